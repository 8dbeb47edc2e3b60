// Says of two who meet what people say, 076 对 001, by the same rules as scoring/wording/subjects.py: the tables join them by a colon.

const NUMBERS = /(^|[^0-9A-Za-z.])([0-9A-Za-z]+) : ([0-9A-Za-z]+)(?!\.?[0-9A-Za-z])\u53f7?/; // u53f7: the sign after a number
const NAMES = /^([^\s.:][^.:]*) : ([^.:]*[^\s.:])$/; // scores have decimals and stay as they are
const HAN = /[\u3400-\u9fff]/;

/** The text with its pair said in the page's language. */
export function paired(text) {
  if (!text.includes(" : ")) return text;
  const said = document.documentElement.dataset.pair;
  if (!NUMBERS.test(text)) return text.replace(NAMES, said);
  return text.replace(NUMBERS, (found, before, one, other, at) => {
    const after = text.charAt(at + found.length);
    const pair = said.replace("$1", one).replace("$2", other);
    return `${before}${HAN.test(before) ? " " : ""}${pair}${HAN.test(after) ? " " : ""}`;
  });
}
