// A checklist's entries: tap a defect up or down, and a row for the page and the note of each occurrence.

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-count]");
  if (button) count(button.closest("[data-entry]"), button.dataset.count === "up" ? 1 : -1);
});

// before the sheet reads what is typed: rows beyond the count are gone by then
document.addEventListener("input", (event) => event.target.matches?.("[data-counted]") && follow(event.target), true);

document.addEventListener("fill", (event) => {
  for (const field of event.target.querySelectorAll("[data-counted]")) {
    field.value = event.detail[field.name.replace("typed-", "")] ?? "";
    follow(field);
  }
});

/** One occurrence more or fewer; none at all is an empty field. */
function count(entry, step) {
  const field = entry.querySelector("[data-counted]");
  const next = Math.min(Math.max(counted(field) + step, 0), Number(field.max));
  field.value = next || "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** As many rows as are counted; something found takes back the word that nothing was. */
function follow(field) {
  const rows = field.closest("[data-entry]").querySelector(".occurrences");
  const wanted = counted(field);
  while (rows.children.length > wanted) rows.lastElementChild.remove();
  while (rows.children.length < wanted) rows.append(row(field, rows.children.length + 1));
  const item = field.closest("[data-any]");
  if (wanted) item.querySelector("[data-nothing]").checked = false;
}

function row(field, number) {
  const blank = field.closest("[data-entry]").querySelector("template").content.firstElementChild;
  const made = blank.cloneNode(true);
  const numbered = (text) => text.replace("{n}", number);
  made.dataset.entry = numbered(made.dataset.entry);
  for (const input of made.querySelectorAll("input")) input.name = numbered(input.name);
  for (const word of made.querySelectorAll("[data-name], .occurrence-number")) word.textContent = numbered(word.textContent);
  return made;
}

function counted(field) {
  const typed = field.value.normalize("NFKC").trim();
  return /^\d{1,2}$/.test(typed) ? Number(typed) : 0;
}
