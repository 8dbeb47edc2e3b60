// The order by hand: a row is dragged, or moved by its arrows, and the one form below asks for the reason and sends it.

const section = document.getElementById("by-hand");
const list = document.getElementById("movable");
const form = document.getElementById("move-form");
const drawn = section && "drawn" in section.dataset; // lots have decided: a change needs a reason
let held; // the row that is being dragged

/** Fill the form for a move; without a draw it goes at once, after one the reason comes first. */
function propose(row, place) {
  form.elements.turn.value = row.dataset.turn;
  form.elements.place.value = place;
  for (const other of list.children) other.classList.toggle("proposed", other === row);
  if (!drawn || form.elements.reason.value.trim()) form.requestSubmit();
  else form.elements.reason.focus();
}

const placeOf = (row) => [...list.children].indexOf(row) + 1;

function startDrag(event) {
  held = event.target.closest("[data-waits]");
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.dataset.number);
  held.classList.add("held");
}

/** Show the row where it would be dropped. */
function drag(event) {
  const over = event.target.closest("[data-waits]");
  if (!held || !over) return;
  event.preventDefault();
  if (over === held) return;
  const below = event.clientY > over.getBoundingClientRect().top + over.offsetHeight / 2;
  list.insertBefore(held, below ? over.nextElementSibling : over);
}

function drop(event) {
  if (!held) return;
  event.preventDefault();
  held.classList.remove("held");
  propose(held, placeOf(held));
  held = undefined;
}

function arrow(event) {
  if (!event.target.closest(".arrows") || !drawn) return;
  event.preventDefault();
  propose(event.target.closest("li"), event.target.elements.place.value);
}

if (list && form) {
  list.addEventListener("dragstart", startDrag);
  list.addEventListener("dragover", drag);
  list.addEventListener("drop", drop);
  list.addEventListener("dragend", drop);
  list.addEventListener("submit", arrow);
}
document.querySelector("[autofocus]")?.focus();
