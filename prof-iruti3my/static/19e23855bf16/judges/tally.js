// Adds up what stands on this tablet while the server's total is not there: a provisional sum, shown as one, never sent.
// What the rulebook reads is read here (tests/judges/test_tally.py holds both equal): exact, in units of 10^-12.

const PLACES = 12;
const LONGEST = 12; // signs of a typed figure, as in scoring/rules/figures.py
const MOST_OCCURRENCES = 99; // these three as in scoring/rules/inspection.py
const LONGEST_NOTE = 200;
const MOST = { page: 9999, photo: 999999999 };
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const BLANKS = new RegExp(`^${BLANK}|${BLANK}$`, "g");
const TYPED = /^(-?)(?=\.?\d)(\d*)\.?(\d*)$/;

/** The figure that a person typed, in units of 10^-12; null where it is none. Full-width digits and points count. */
export function read(typed) {
  const text = stripped(typed).replace(/[０-９．]/g, (sign) => sign.normalize("NFKC")).replace(/。/g, ".");
  const found = text.length <= LONGEST && TYPED.exec(text);
  if (!found) return null;
  const units = BigInt(found[2] + found[3].padEnd(PLACES, "0"));
  return found[1] ? -units : units;
}

/** Such a figure as text, without trailing zeros: 13.5. */
export function written(units) {
  const digits = String(units < 0 ? -units : units).padStart(PLACES + 1, "0");
  const places = digits.slice(-PLACES).replace(/0+$/, "");
  return `${units < 0 ? "-" : ""}${digits.slice(0, -PLACES)}${places && `.${places}`}`;
}

/** A mark in units of 10^-12 if it is within its limits and on its step, else null. */
export function readMark(typed, { minimum, maximum, step }) {
  const [mark, low, high, unit] = [typed, minimum, maximum, step].map((text) => read(text));
  return mark !== null && mark >= low && mark <= high && (mark - low) % unit === read("0") ? mark : null;
}

/** The sheet's points so far, as text: {total (null where a sheet has no one total), totals by part or item}. */
export function tally({ total, marks = {}, items = {} }, typed) {
  const parts = Object.entries(marks).map(([part, fields]) => [part, marked(fields, typed)]);
  const left = Object.entries(items).map(([item, costs]) => [item, leftOf(costs, typed)]);
  const all = [...parts, ...left];
  const totals = Object.fromEntries(all.filter(([key]) => key).map(([key, units]) => [key, written(units)]));
  return { total: total ? written(sum(all.map(([, units]) => units))) : null, totals };
}

function marked(fields, typed) {
  return sum(Object.entries(fields).map(([field, limits]) => readMark(typed[field] ?? "", limits) ?? read("0")));
}

/** What a checklist's item still has: its maximum less what its defects cost, never less than nothing. */
function leftOf({ maximum, points }, typed) {
  const most = read(maximum);
  const lost = sum(Object.entries(points).map(([line, each]) => read(each) * BigInt(found(line, typed))));
  return lost > most ? read("0") : most - lost;
}

/** How often a defect counts as found: not at all where anything about it could not be handed in. */
function found(line, typed) {
  const counted = whole(typed[line] ?? "");
  const count = counted ?? 0;
  if (counted === null || count < 0 || count > MOST_OCCURRENCES) return 0;
  const details = Object.keys(typed).filter((name) => name.startsWith(`${line}.`));
  return details.every((name) => isFine(name.slice(line.length + 1), stripped(typed[name]), count)) ? count : 0;
}

/** Whether one detail ("3.page") of an occurrence can stand beside so many of them. */
function isFine(detail, text, count) {
  const [number, name, ...more] = detail.split(".");
  const isDetail = /^[1-9]\d?$/.test(number) && (name === "note" || name in MOST) && !more.length;
  if (!isDetail || text === "") return true;
  if (Number(number) > count) return false;
  if (name === "note") return [...text].length <= LONGEST_NOTE;
  const figure = whole(text);
  return figure !== null && figure >= 1 && figure <= MOST[name];
}

/** A whole number as typed, 0 for nothing, null where it is none. */
function whole(typed) {
  if (stripped(typed) === "") return 0;
  const text = read(typed);
  const number = text === null ? NaN : Number(written(text));
  return Number.isInteger(number) ? number : null;
}

function stripped(text) {
  return text.replace(BLANKS, "");
}

function sum(units) {
  return units.reduce((one, other) => one + other, BigInt(0));
}
