// A page that was left open over an upgrade says so, and loads itself again as soon as nothing typed here would be lost.

const QUIET = 5000; // milliseconds without a key or a touch: nobody is in the middle of something
const SPREAD = 5000; // milliseconds left to chance, so that a hall of phones does not come back in one moment
const LOOK_EVERY = 1000;
const PATIENCE = 5000; // milliseconds until a server that does not answer counts as gone
const TRIED = "saiping-renewed";

let touchedAt = 0;
let renewing = false;
let isKept = (_field) => false; // whether what stands in a field is kept elsewhere
let wouldLose = () => false; // whether something else would be lost

for (const kind of ["input", "pointerdown", "keydown"]) addEventListener(kind, () => (touchedAt = performance.now()), true);

/** The version of this page: the server's files when it was made. */
export const version = document.querySelector('meta[name="version"]').content;

/** Say when a page must not load itself again: `isKept(field)` for what stands in a field, `wouldLose()` for the rest. */
export function guardRenewal(guards) {
  ({ isKept, wouldLose } = guards);
}

/** Hear which version the server has now; a page that is not of that version renews itself, once for each. */
export function hear(now) {
  if (!now || now === version || renewing || tried() === now) return;
  renewing = true;
  remember(now);
  document.getElementById("renewal").hidden = false;
  setTimeout(renew, SPREAD * Math.random());
}

/** Load the page again once it is free, and only from a server that is there: it must not be lost to the browser's own. */
async function renew() {
  if (isFree() && (await isThere()) && isFree()) return location.reload();
  offer();
  setTimeout(renew, LOOK_EVERY);
}

/** A page that waits because of what was typed can be loaded by a press, which whoever typed it decides. */
function offer() {
  const press = document.getElementById("renew");
  press.hidden = !wouldForget();
  press.onclick = async () => (await isThere()) && location.replace(location.href.split("#")[0]); // never sent a second time
}

/** Whether the server answers, whatever it says. */
export async function isThere() {
  const ending = new AbortController();
  const late = setTimeout(() => ending.abort(), PATIENCE);
  try {
    return (await fetch(location.href, { method: "HEAD", cache: "no-store", signal: ending.signal })).status < 500;
  } catch {
    return false;
  } finally {
    clearTimeout(late);
  }
}

function isFree() {
  if (performance.now() - touchedAt < QUIET || document.querySelector("dialog[open]") || wouldLose()) return false;
  return !wouldForget();
}

/** Whether something stands here that is nowhere else: typed and not kept, or sent with a form that was refused. */
function wouldForget() {
  if ("sent" in document.getElementById("renewal").dataset) return true;
  return [...document.querySelectorAll("input, textarea, select")].some((field) => isTyped(field) && !isKept(field));
}

/** Whether a field holds something that the server did not put there. */
function isTyped(field) {
  if (field.type === "hidden" || field.type === "range") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type.startsWith("select")) {
    const given = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return given !== undefined && !given.selected;
  }
  return "defaultValue" in field && field.value !== field.defaultValue;
}

/** The forms that were being filled in before the page's script came to watch them. */
export function begunForms() {
  return [...document.forms].filter((form) => [...form.elements].some((field) => isTyped(field)));
}

function tried() {
  try {
    return sessionStorage.getItem(TRIED);
  } catch {
    return null;
  }
}

function remember(now) {
  try {
    sessionStorage.setItem(TRIED, now);
  } catch {
    // where nothing can be kept, a page may renew itself twice
  }
}
