// Calls the chief judge: one press, sent again until the server has answered, and the answer of the desk.
import { ask } from "live";
import { exchange, post } from "./page.js";

const FIRST_PAUSE = 1000; // milliseconds; doubled after each time without an answer
const LONGEST_PAUSE = 30000;

/** Send the form by the socket or by its door; `onCalled()` runs when the server has the call. */
export function followCalls(socket, words, onCalled) {
  const send = async (form, pause) => {
    const [message, request] = [form.elements.message.value, form.elements.request.value];
    const problem = form.querySelector(".problem");
    form.querySelector("button").disabled = true;
    const byForm = () => post(form.action, new URLSearchParams(new FormData(form)));
    const answer = (await ask(socket, "call_chief", { request, message })) ?? (await byForm());
    const again = answer === null || ["storage_failed", "files_gone"].includes(answer.code);
    form.querySelector("button").disabled = again;
    problem.textContent = again ? words.call_waits : (answer.message ?? "");
    if (answer?.ok || answer?.code === "chief_called") onCalled();
    const next = Math.min(pause * 2, LONGEST_PAUSE);
    if (again) setTimeout(() => form.isConnected && send(form, next), pause * (0.5 + Math.random() / 2));
  };
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "chief-form") return;
    event.preventDefault();
    send(event.target, FIRST_PAUSE);
  });
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
