// Reads {sums, sheets} of several formats, a line for each batch, and answers each line with what static/judges/tally.js makes of its sheets.
import { createInterface } from "node:readline";

const { tally } = await import(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(asked.map(({ sums, sheets }) => sheets.map((typed) => tally(sums, typed))))}\n`);
}
