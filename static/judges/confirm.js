// Asks before a sheet is locked: every entry with its mark, the server's total, and two clear answers.

/** Open the confirmation; `total` is the server's, or null while it is not known. `onLock()` runs on the judge's yes. */
export function confirmSheet(typed, total, words, onLock) {
  const dialog = document.getElementById("confirm");
  for (const place of dialog.querySelectorAll("[data-mark-of]")) {
    const mark = typed[place.dataset.markOf]?.trim();
    place.textContent = place.getAttribute(`data-word-${mark}`) || mark || "—";
    place.closest("[data-if-marked]")?.toggleAttribute("hidden", !mark);
  }
  document.getElementById("confirm-total").textContent = total ?? "…";
  const later = document.getElementById("confirm-later");
  later.textContent = words.total_later;
  later.hidden = total !== null;
  document.getElementById("lock").onclick = (event) => {
    event.preventDefault();
    if (!dialog.open) return;
    dialog.close();
    onLock();
  };
  dialog.removeAttribute("open");
  dialog.showModal();
  document.getElementById("go-back").focus();
}
