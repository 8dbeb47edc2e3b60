// In a rehearsal: tells the desk by itself how large this page is and whether a cut left the sheet as it was; plays the bell.
import { Bell } from "../bell.js";
import { csrfToken, post } from "./page.js";

const bell = new Bell();
const address = document.querySelector("[data-check]")?.dataset.check;
const size = () => `${innerWidth}×${innerHeight}`;
const ASK_AGAIN = 3000; // milliseconds
let cut = null; // what the open sheet held when the network went, and what was typed since

/** Tell the server, again and again until it has answered. */
async function tell(known) {
  while (!(await post(address, new URLSearchParams({ csrf_token: csrfToken(), ...known })))) {
    await new Promise((done) => setTimeout(done, ASK_AGAIN));
  }
}

/** The open sheet: its turn and every entry that is not empty; null where there is nothing to lose. */
function held() {
  const form = document.forms.namedItem("sheet");
  const turn = /\/turn\/(\d+)/.exec(form?.getAttribute("action") ?? "")?.[1];
  if (!turn) return null;
  const typed = [...new FormData(form)].filter(([name, text]) => name.startsWith("typed-") && String(text).trim());
  return typed.length ? { turn, typed: Object.fromEntries(typed) } : null;
}

/** Remember the sheet when the network goes; once it is back and the server has the sheet, say whether it is the same. */
function look() {
  const state = document.getElementById("wire")?.dataset.state;
  if (state === "offline") cut = cut ?? held();
  if (state !== "resumed" || !cut || document.getElementById("steps")?.dataset.reached !== "server") return;
  const [before, now] = [cut, held()];
  cut = null;
  if (now && now.turn !== before.turn) return; // the contest went on: another sheet says nothing of that one
  const kept = JSON.stringify(now) === JSON.stringify(before);
  tell({ back: before.turn, kept: kept ? "1" : "0", ...(now ? now.typed : {}) });
}

if (address) {
  tell({ screen: size() });
  document.addEventListener("click", (event) => event.target.closest?.("[data-sound]") && bell.end());
  document.addEventListener("submit", ({ target }) => target.id === "tablet-check" && (target.elements.screen.value = size()), true);
  document.addEventListener("input", () => cut && (cut = held() ?? cut));
  const looked = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-reached"] };
  new MutationObserver(look).observe(document.body, looked);
}
