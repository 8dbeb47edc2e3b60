// Shows what this tablet still holds beside the open sheet: what waits to be sent, and what the server did not take.

/**
 * Show one notice for each courier that owes, and one for each of the `presses` that stay here because the seat moved;
 * `onRead(courier)` runs when the judge has read a refused one.
 */
export function showLeft(couriers, presses, words, onRead) {
  const notices = couriers.map((courier) => (courier.refusal ? refused(courier, words, onRead) : waiting(courier, words)));
  const unsent = presses.map(({ record }) => sentence(words[`left_${record.kind}`], "notice notice-refused"));
  document.getElementById("left").replaceChildren(...notices, ...unsent);
}

function waiting(courier, words) {
  return sentence(words.waiting_for.replace("{number}", courier.record.number), "notice");
}

function sentence(text, className) {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}

function refused(courier, words, onRead) {
  const notice = document.getElementById("left-behind").content.cloneNode(true).firstElementChild;
  const [title, why, table, button] = notice.children;
  const { code, message } = courier.refusal;
  const comesAgain = code === "turn_not_open";
  title.textContent = (comesAgain ? words.left_kept : words.left_title).replace("{number}", courier.record.number);
  const said = `${message} ${comesAgain ? words.left_again : words.left_why}`;
  why.textContent = code === "seat_moved" ? words.left_moved : said;
  table.tBodies[0].append(...differences(courier));
  button.addEventListener("click", () => onRead(courier));
  return notice;
}

/** A row for each entry that stands here otherwise than on the server. */
function differences({ record: { names, typed }, held }) {
  const keys = Object.keys({ ...typed, ...held.typed });
  const [here, there] = [(key) => (typed[key] ?? "").trim(), (key) => held.typed[key] ?? ""];
  return keys.filter((key) => here(key) !== there(key)).map((key) => row(names[key] ?? key, here(key), there(key)));
}

function row(name, here, there) {
  const made = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = name;
  made.append(head, cell(here), cell(there));
  return made;
}

function cell(text) {
  const made = document.createElement("td");
  made.textContent = text || "—";
  return made;
}
