// Asks before a sheet is locked: every entry with its mark, the total, and two clear answers.
import { closeDialog, openDialog } from "../dialogs.js";

/** Open the confirmation; `own` says that the `total` is the tablet's own sum. `onLock()` runs on the judge's yes. */
export function confirmSheet(typed, { total, own }, words, onLock) {
  const dialog = document.getElementById("confirm");
  for (const place of dialog.querySelectorAll("[data-mark-of]")) {
    const mark = typed[place.dataset.markOf]?.trim();
    place.textContent = place.getAttribute(`data-word-${mark}`) || mark || "—";
    place.closest("[data-if-marked]")?.toggleAttribute("hidden", !mark);
  }
  document.getElementById("confirm-total").textContent = total ?? "";
  document.getElementById("confirm-sum-label").textContent = own ? words.own_total : words.total;
  document.querySelector("#confirm .sum").toggleAttribute("data-own", own);
  const later = document.getElementById("confirm-later");
  later.textContent = words.total_later;
  later.hidden = !own;
  document.getElementById("lock").onclick = (event) => {
    event.preventDefault();
    if (!dialog.hasAttribute("open")) return;
    closeDialog(dialog);
    onLock();
  };
  openDialog(dialog);
  dialog.querySelector(".confirm-marks").scrollTop = 0;
  document.getElementById("go-back").focus({ preventScroll: true });
}
