// Opens and closes dialogs, also where the browser knows none (Safari before 15.4): there the style sheet lays them on top.

/** Open a dialog over the page. */
export function openDialog(dialog) {
  dialog.removeAttribute("open");
  if (dialog.showModal) return dialog.showModal();
  dialog.setAttribute("open", "");
  dialog.dataset.drawn = ""; // base.css
  for (const form of dialog.querySelectorAll("form[method=dialog]")) form.onsubmit = (event) => closed(event, dialog);
}

/** Close it again. */
export function closeDialog(dialog) {
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
}

function closed(event, dialog) {
  event.preventDefault();
  closeDialog(dialog);
}
