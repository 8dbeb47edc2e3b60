// Counts the common time of a batch on from the server's figure, so that the tablet's own clock is never asked.
import { isThere } from "../../renewal.js";

const ASK_AGAIN = 2000; // milliseconds
const drawn = new WeakMap(); // a clock element -> the server's figure it was drawn with, and when that was met here

function tick() {
  for (const clock of document.querySelectorAll(".elapsed")) {
    const figure = `${clock.dataset.since} ${clock.dataset.now}`;
    if (drawn.get(clock)?.figure !== figure) drawn.set(clock, { figure, at: performance.now() });
    const passed = Number(clock.dataset.now) - Number(clock.dataset.since) + performance.now() - drawn.get(clock).at;
    if (clock.dataset.hardStop && passed / 1000 >= Number(clock.dataset.most)) hardStop(clock);
    const seconds = Math.min(Math.floor(passed / 1000), Number(clock.dataset.most));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

/** The hard stop has come: the server says which benches it has stopped, as soon as it answers. */
async function hardStop(clock) {
  clock.dataset.hardStop = "";
  if (await isThere()) location.reload();
  else setTimeout(hardStop, ASK_AGAIN, clock);
}

setInterval(tick, 250);
tick();
