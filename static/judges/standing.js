// Shows where the sheet is: the three steps, a sentence, the server's running total, and the main button.

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
  const { done, all } = sheet.progress();
  put("marked", words.marked.replace("{done}", done).replace("{all}", all));
  put("total", courier.held.total ?? "");
  for (const place of document.querySelectorAll("[data-total-of]")) {
    place.textContent = courier.held.totals?.[place.dataset.totalOf] ?? "";
    place.toggleAttribute("data-stale", courier.owes);
  }
  byId("total").toggleAttribute("data-stale", courier.owes);
  byId("send-now").hidden = !courier.tries;
  const button = byId("submit");
  button.disabled = courier.sending || courier.submitted;
  put("submit", courier.sending ? words.sending_button : button.dataset.label);
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
  return courier.held.version ? words.held : words.empty;
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
