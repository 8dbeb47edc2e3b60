// Says beside the page's name whether the page is told of what happens; its words are the page's own.
import { pageData } from "../live.js";

export const words = pageData("words");
const wire = document.getElementById("wire");

/** Say beside the page's name whether it is told of what happens. */
export function showWire(state) {
  const shown = state === "offline" ? "offline" : "online";
  wire.hidden = false;
  wire.dataset.state = shown;
  wire.textContent = words[shown];
}
