// Shows where the sheet is: the four steps, a sentence, the running total, what is still empty, and the main button.
import { same } from "./courier.js";

/** Say how many sheets wait on this tablet to be sent. */
export function showWaiting(count, words) {
  const place = byId("waiting");
  place.hidden = !count;
  put("waiting", count ? words.waiting_count.replace("{count}", count) : "");
}

/** Show how far the sheet of `courier` has come; `sheet` is its view, `words` the judge's language. */
export function showStanding(courier, sheet, words) {
  showSteps(reached(courier));
  put("status", sentence(courier, words));
  byId("status").toggleAttribute("data-plain", isPlain(courier)); // the step says as much
  const { done, all } = sheet.progress();
  put("marked", words.left.replace("{count}", all - done));
  byId("marked").hidden = done === all || courier.sending || courier.submitted;
  showTotals(sheet, totalsOf(courier, sheet), words);
  byId("send-now").hidden = !courier.tries;
  const button = byId("submit");
  button.disabled = courier.sending || courier.submitted;
  put("submit", courier.sending ? words.sending_button : button.dataset.label);
}

/**
 * The total and the totals of the parts: the server's where it holds what stands here, else the tablet's own sum, which
 * says so and is never sent.
 */
export function totalsOf(courier, sheet) {
  const own = !same(courier.record.typed, courier.held.typed);
  const { total, totals = {} } = own ? sheet.ownTotals() : courier.held;
  return { own, total: sheet.takesOff && !sheet.isBegun("") ? null : total, totals };
}

function showTotals(sheet, { own, total, totals }, words) {
  put("total", total ?? "");
  put("sum-label", own ? words.own_total : words.total);
  document.querySelector(".closing .sum").toggleAttribute("data-own", own);
  for (const place of document.querySelectorAll("[data-total-of]")) {
    const key = place.dataset.totalOf;
    place.textContent = sheet.takesOff && !sheet.isBegun(key) ? "" : (totals[key] ?? "");
    place.toggleAttribute("data-own", own);
  }
  for (const place of document.querySelectorAll("[data-starts]")) place.hidden = sheet.isBegun("");
}

/** The last of the four states that is certain: "" for an untouched sheet, else "tablet", "server" or the server's word. */
function reached(courier) {
  if (courier.submitted) return courier.held.reached;
  if (courier.owes) return "tablet";
  return courier.held.version ? "server" : "";
}

function sentence(courier, words) {
  const tries = (text) => text.replace("{tries}", courier.tries);
  if (courier.submitted) return words.went.replace("{number}", courier.record.number);
  if (courier.conflict) return words.conflict;
  if (courier.refusal) return Object.keys(courier.refusal.fields).length ? words.look : courier.refusal.message;
  if (courier.sending) return courier.tries ? tries(words.again) : words.sending;
  if (courier.owes) return courier.tries ? tries(words.waits) : words.kept;
  if (courier.held.returned) return words.returned;
  return courier.held.version ? words.held : words.empty;
}

/** Whether the sentence says no more than the step beside it. */
function isPlain({ conflict, refusal, sending, submitted, tries, held }) {
  return !conflict && !refusal && !sending && !submitted && !tries && !held.returned;
}

function showSteps(name) {
  const steps = byId("steps");
  const items = [...steps.children];
  const place = items.findIndex((item) => item.dataset.step === name);
  steps.dataset.reached = name;
  items.forEach((item, index) => {
    item.toggleAttribute("data-done", index <= place);
    if (index === place) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
}

function byId(id) {
  return document.getElementById(id);
}

function put(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}
