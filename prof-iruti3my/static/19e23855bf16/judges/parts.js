// A sheet of several parts (a team, its speakers) shows one at a time; a button for each says how much of it is empty.

/** Show the part that a field stands in, so that it can be seen and take the cursor. */
export function reveal(field) {
  const part = field.closest("[data-part]");
  if (part?.hidden) showPart(part);
}

/** Bring a sheet's parts to life: the first one that is not filled in is shown. `empty` are the fields without an entry. */
export function startParts(form, empty) {
  const parts = partsOf(form);
  if (parts.length < 2) return;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-part]");
    if (button) showPart(document.getElementById(button.dataset.showPart));
  });
  showPart(parts.find((part) => empty.some((field) => part.contains(field))) ?? parts[0]);
}

/** Say on each part's button how many of its fields are empty; a full one has a tick. */
export function countParts(form, empty) {
  for (const button of form.querySelectorAll("[data-show-part]")) {
    const part = document.getElementById(button.dataset.showPart);
    const left = empty.filter((field) => part.contains(field)).length;
    button.querySelector("[data-left]").textContent = left || "✓";
    button.toggleAttribute("data-full", !left);
  }
}

function showPart(shown) {
  const form = shown.closest("form");
  for (const part of partsOf(form)) part.hidden = part !== shown;
  for (const button of form.querySelectorAll("[data-show-part]")) {
    button.setAttribute("aria-pressed", String(button.dataset.showPart === shown.id));
  }
}

function partsOf(form) {
  return [...form.querySelectorAll("[data-part]")];
}
