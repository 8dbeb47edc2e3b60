// Makes what is projected fit its place: a part with data-fit is drawn as large as its place allows, never larger.

const LEAST = 0.3; // of the size that the stylesheet gives it
const STEP = 0.02;
const BOXES = ".marks li, .side, .ticket"; // boxes within a part that keep their width: what is in them must fit them, too
const GIVES = ".hall-head, .hall-foot, .unranked[data-fit]"; // as high as what is in them: what they leave is for the others
const TAKES = "[data-fit]:not(.hall-head):not(.hall-foot):not(.unranked):not([data-moves])";

/** Fit every part of the page that asks for it and can be seen; `data-fit` says how much larger it may become. */
export function fitAll() {
  for (const parts of [GIVES, TAKES]) {
    for (const part of document.querySelectorAll(parts)) if (part.clientHeight > 0) fit(part);
  }
}

function fit(part) {
  let fits = LEAST;
  let most = Number(part.dataset.fit);
  if (isFitting(part, most)) return;
  while (most - fits > STEP) {
    const middle = (fits + most) / 2;
    if (isFitting(part, middle)) fits = middle;
    else most = middle;
  }
  part.style.setProperty("--fit", fits);
}

function isFitting(part, size) {
  part.style.setProperty("--fit", size);
  const rounded = part.matches(GIVES) ? 1 : 0; // what is as high as its lines is a part of a pixel higher
  return part.scrollHeight <= part.clientHeight + rounded && [part, ...part.querySelectorAll(BOXES)].every(isWideEnough);
}

function isWideEnough(box) {
  return box.scrollWidth <= box.clientWidth;
}
