// Where a line of Chinese may break: between words, by the same rules as scoring/wording/phrases.py, which explains them.

const HAN = /[\u3400-\u9fff]|[^\u3400-\u9fff]+/g;

/** Cuts a text where its lines may break; `rules` are the words and signs that the page was told. */
export function phrasesOf(text, rules) {
  const found = [];
  let unknown = "";
  for (let place = 0; place < text.length; ) {
    const term = rules.terms.find((each) => text.startsWith(each, place)) ?? "";
    const word = term || text[place];
    place += word.length;
    if (term || rules.ends.includes(word)) {
      found.push(...(term ? before(found, unknown, word, rules) : stretch(unknown + word, rules)));
      unknown = "";
    } else if (rules.opens.includes(word)) {
      found.push(...stretch(unknown, rules));
      unknown = word;
    } else unknown += word;
  }
  return together([...found, ...stretch(unknown, rules)], rules);
}

function before(found, unknown, term, rules) {
  const isCount = unknown && [...unknown].every((sign) => rules.counts.includes(sign));
  if (isCount || (unknown.length === 1 && !found.length)) return [unknown + term];
  return [...stretch(unknown, rules), term];
}

function stretch(unknown, { longest }) {
  const signs = unknown.match(HAN) ?? [];
  return signs.length > longest ? signs : unknown ? [unknown] : [];
}

function together(parts, { closes, opens, longest }) {
  const joined = [];
  let takesNext = false;
  for (const [place, part] of parts.entries()) {
    const last = joined[joined.length - 1];
    const alone = part.length === 1 && !isStretched(parts, place, longest);
    const afterClosing = Boolean(last) && closes.includes(last[last.length - 1]);
    const begins = alone && Boolean(last) && (opens.includes(part) || (!closes.includes(part) && afterClosing));
    if (last && !begins && (closes.includes(part[0]) || opens.includes(last[last.length - 1]) || alone || takesNext)) joined[joined.length - 1] += part;
    else joined.push(part);
    takesNext = begins;
  }
  return joined;
}

/** Whether the sign at this place belongs to a long stretch that was cut sign by sign. */
function isStretched(parts, place, longest) {
  let [first, last] = [place, place];
  while (first >= 0 && parts[first].length === 1) first -= 1;
  while (last < parts.length && parts[last].length === 1) last += 1;
  return last - first - 1 > longest;
}
