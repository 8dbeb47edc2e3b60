// Keeps the sum of the maxima beside each rubric right while they are typed; the server adds them up again on saving.
const THOUSANDTHS = 1000;

function points(text) {
  const figure = Number(text.trim());
  return text.trim() !== "" && Number.isFinite(figure) ? Math.round(figure * THOUSANDTHS) : NaN;
}

function show(rubric, full) {
  const sum = rubric.querySelector("[data-sum]");
  const fields = [...rubric.querySelectorAll("[data-maximum]")];
  const whole = fields.reduce((total, field) => total + points(field.value), 0);
  sum.querySelector("b").textContent = Number.isNaN(whole) ? "?" : String(whole / THOUSANDTHS);
  sum.classList.toggle("sum-wrong", whole !== points(full.value));
}

const form = document.getElementById("rubric-form");
const full = document.getElementById("full_marks");

function showAll() {
  for (const rubric of form.querySelectorAll(".rubric")) show(rubric, full);
}

form.addEventListener("input", showAll);
showAll(); // somebody may have typed before this script came
