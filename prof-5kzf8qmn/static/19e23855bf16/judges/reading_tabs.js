// On an upright tablet: switches between the document and the rubric. Side by side both are there, and the buttons are not.

const reading = document.querySelector("[data-reading]");
const buttons = [...reading.querySelectorAll("[data-show]")];

/** Show the document or the sheet. */
function show(what) {
  reading.dataset.shown = what;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.show === what));
  scrollTo(0, 0);
}

for (const button of buttons) button.onclick = () => show(button.dataset.show);
show("document");
