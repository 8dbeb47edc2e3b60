// Gives a new result the stage of the hall screen for a while.
const STAYS = 20000; // milliseconds that it keeps the stage while the next one performs

let leaving;

/** Show the newest result alone, from its beginning; `layOut()` runs when it has left the stage. */
export function takeStage(layOut) {
  document.body.classList.remove("revealing");
  document.body.getBoundingClientRect(); // so that the animations begin anew
  document.body.classList.add("revealing");
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    document.body.classList.remove("revealing");
    layOut();
  }, STAYS);
}
