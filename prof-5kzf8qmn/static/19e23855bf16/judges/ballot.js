// The secret ballot on a tied match: a side is chosen, the vote is cast, and it is kept on this tablet until it is counted.

const DONE = "ballot_twice"; // it had arrived before, only the answer was lost

/** Follow the ballot on the screen, if there is one; `errands` carries the vote. */
export function followBallots(errands, words) {
  document.addEventListener("change", (event) => event.target.closest?.("#ballot") && showBallot(errands, words));
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "ballot") return;
    event.preventDefault();
    const { dataset, action } = event.target;
    const chosen = event.target.querySelector("input[name=side]:checked");
    if (!chosen || errands.of("ballot", Number(dataset.turn)).length) return;
    errands.add({ kind: "ballot", turn: Number(dataset.turn), side: chosen.value, action });
  });
}

/** Show what is chosen and how far the vote is. */
export function showBallot(errands, words) {
  const form = document.getElementById("ballot");
  if (!form) return;
  const [sent] = errands.of("ballot", Number(form.dataset.turn));
  if (sent) form.querySelector(`input[value="${sent.record.side}"]`).checked = true;
  const chosen = form.querySelector("input[name=side]:checked");
  const button = form.querySelector("#cast");
  form.querySelector("fieldset").disabled = Boolean(sent);
  button.disabled = Boolean(sent) || !chosen;
  button.textContent = sent ? words.sending_button : (chosen?.dataset.cast ?? button.dataset.empty);
  const status = form.querySelector("#ballot-status");
  const waits = sent?.tries ? words.ballot_waits.replace("{tries}", sent.tries) : words.ballot_sending;
  if (sent) status.textContent = waits;
}

/** What the server has said to a vote: the sentence for the judge, and whether the vote is counted. */
export function ballotAnswer(answer, words) {
  const counted = answer.ok || answer.code === DONE;
  return { counted, sentence: counted ? words.ballot_cast : answer.message };
}
