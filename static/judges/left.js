// Shows what this tablet still holds of other turns: what waits to be sent, and what the server did not take.

/** Show one notice for each courier that owes; `onRead(courier)` runs when the judge has read a refused one. */
export function showLeft(couriers, words, onRead) {
  const notices = couriers.map((courier) => (courier.refusal ? refused(courier, words, onRead) : waiting(courier, words)));
  document.getElementById("left").replaceChildren(...notices);
}

function waiting(courier, words) {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.textContent = words.waiting_for.replace("{number}", courier.record.number);
  return notice;
}

function refused(courier, words, onRead) {
  const { number, names, typed } = courier.record;
  const notice = document.getElementById("left-behind").content.cloneNode(true).firstElementChild;
  const [title, why, marks, button] = notice.children;
  const comesAgain = courier.refusal.code === "turn_not_open";
  title.textContent = (comesAgain ? words.left_kept : words.left_title).replace("{number}", number);
  why.textContent = `${courier.refusal.message} ${comesAgain ? words.left_again : words.left_why}`;
  for (const [key, mark] of Object.entries(typed)) if (mark.trim()) marks.append(...line(names[key] ?? key, mark));
  button.addEventListener("click", () => onRead(courier));
  return notice;
}

function line(name, mark) {
  const term = document.createElement("dt");
  const value = document.createElement("dd");
  term.textContent = name;
  value.textContent = mark;
  return [term, value];
}
