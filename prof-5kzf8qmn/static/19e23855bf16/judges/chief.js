// Calls the chief judge: one press, kept and sent again until the server has answered, and the answer of the desk.
import { exchange } from "./page.js";

/** Send the form's call by the errands. */
export function followCalls(errands) {
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "chief-form") return;
    event.preventDefault();
    if (errands.of("call").length) return;
    errands.add({ kind: "call", message: event.target.elements.message.value, action: event.target.action });
  });
}

/** Show whether a call is on its way; `refused` is the server's sentence against one, "" where there is none. */
export function showCalling(errands, words, refused = "") {
  const form = document.getElementById("chief-form");
  if (!form) return;
  const [sent] = errands.of("call");
  form.querySelector("button").disabled = Boolean(sent);
  form.querySelector(".problem").textContent = sent?.tries ? words.call_waits : refused;
}

/** Show the call as the fresh page has it; the sentence to say where the desk has answered since, else "". */
export function showCall(fresh) {
  const [shown, next] = [document.getElementById("chief"), fresh.getElementById("chief")];
  if (!shown || !next) return shown?.remove() ?? "";
  if (shown.dataset.call === next.dataset.call) return "";
  const answered = "waits" in shown.dataset && !("waits" in next.dataset);
  next.open = shown.open;
  exchange(fresh, "#chief");
  return answered ? next.querySelector("[role=status]").textContent.trim() : "";
}
