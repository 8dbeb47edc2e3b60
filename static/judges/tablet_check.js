// In a rehearsal: tells the desk by itself how large this page is and that it was cut off and came back, and plays the bell.
import { Bell } from "../bell.js";
import { csrfToken, post } from "./page.js";

const bell = new Bell();
const address = document.querySelector("[data-check]")?.dataset.check;
const size = () => `${innerWidth}×${innerHeight}`;
const tell = (known) => post(address, new URLSearchParams({ csrf_token: csrfToken(), ...known }));

if (address) {
  tell({ screen: size() });
  document.addEventListener("click", (event) => event.target.closest?.("[data-sound]") && bell.end());
  document.addEventListener("submit", ({ target }) => target.id === "tablet-check" && (target.elements.screen.value = size()), true);
  const wire = document.getElementById("wire");
  new MutationObserver(() => wire.dataset.state === "resumed" && tell({ cut: "1" })).observe(wire, { attributeFilter: ["data-state"] });
}
