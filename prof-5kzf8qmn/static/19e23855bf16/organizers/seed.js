// Makes a seed where nobody rolls one: 16 figures from the browser's own source of chance.

const FIGURES = 16;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-make-seed]");
  if (!button) return;
  const chance = crypto.getRandomValues(new Uint32Array(FIGURES));
  document.getElementById(button.dataset.makeSeed).value = Array.from(chance, (each) => each % 10).join("");
});
