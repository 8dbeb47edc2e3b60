// The keys of the desk: each presses or goes to something that is on the page anyway, and never while somebody types.

const OFF = "saiping-single-keys-off";
const list = document.getElementById("keys");
const single = document.getElementById("single-keys");

const first = (selector) => document.querySelector(selector);

/** Open the details that a form stands in, and go to its first field. */
function enter(form, details) {
  const box = document.getElementById(details);
  if (!box) return;
  box.open = true;
  (first(`#${form} select, #${form} input:not([type=hidden])`) ?? box.querySelector("summary")).focus();
}

/** Go to the row of the running order `step` away from the one in focus, else to the current one. */
function toRow(step) {
  const rows = [...document.querySelectorAll(".order tbody tr")];
  const here = rows.indexOf(document.activeElement?.closest(".order tbody tr"));
  const current = Math.max(0, rows.findIndex((row) => row.hasAttribute("aria-current")));
  const row = rows[here < 0 ? current : Math.min(Math.max(here + step, 0), rows.length - 1)];
  if (!row) return;
  row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function showList() {
  if (!list.open) list.showModal();
}

const KEYS = {
  "?": showList,
  m: () => document.getElementById("main-button")?.focus(),
  c: () => first(".clock-face .clock-run")?.click(),
  s: () => first("[id^=switch_clock-]")?.click(),
  n: () => toRow(1),
  p: () => toRow(-1),
  r: () => enter("recuse-form", "recuse-details"),
  o: () => enter("overtime-form", "overtime-details"),
  u: () => first("#undo-button, #undo-release-summary, [id^=reopen-]")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !single.checked || list.open) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const act = KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

try {
  single.checked = localStorage.getItem(OFF) !== "yes";
  single.addEventListener("change", () => localStorage.setItem(OFF, single.checked ? "no" : "yes"));
} catch {
  single.checked = true; // where nothing can be kept, the choice holds as long as the page
}
document.addEventListener("click", (event) => {
  if (event.target.closest("#keys-button")) showList();
});
