// Reads {sums, sheets} of several formats from standard input, and writes what static/judges/tally.js makes of each sheet.
import { readFileSync } from "node:fs";

const { tally } = await import(process.argv[2]);
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(({ sums, sheets }) => sheets.map((typed) => tally(sums, typed)))));
