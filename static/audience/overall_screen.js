// The overall result on the big screen comes alive, and turns the pages of what does not fit.
import { pageData } from "../live.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";
import { glide } from "./glide.js";

const TURN_EVERY = 12000; // milliseconds for a page of a ranking

const page = pageData("page");
const filler = new Filler(page.words);
const main = document.querySelector("main");

/** One ranking that shows as many rows as fit, page after page. */
class Pages {
  #rows;
  #count;
  #shown = 0;

  constructor(section) {
    this.#rows = section.querySelector(".rows");
    this.#count = section.querySelector(".pages");
  }

  get rows() {
    return this.#rows;
  }

  turn() {
    this.#shown += 1;
    this.show();
  }

  show() {
    const row = this.#rows.querySelector(".row:not([hidden])") ?? this.#rows.firstElementChild;
    const fit = row ? Math.max(1, Math.floor((this.#rows.clientHeight + 1) / row.offsetHeight)) : 1;
    const count = Math.max(1, Math.ceil(this.#rows.children.length / fit));
    this.#shown %= count;
    [...this.#rows.children].forEach((each, index) => (each.hidden = Math.floor(index / fit) !== this.#shown));
    this.#count.textContent = count > 1 ? `${this.#shown + 1} / ${count}` : "";
  }
}

const rankings = [...document.querySelectorAll(".ranking")].map((section) => new Pages(section));

function show(board) {
  glide(rankings[0].rows, () => {
    filler.fill(main, board);
    for (const ranking of rankings) ranking.show();
  });
}

for (const ranking of rankings) ranking.show();
setInterval(() => rankings.forEach((ranking) => ranking.turn()), TURN_EVERY);
addEventListener("resize", () => rankings.forEach((ranking) => ranking.show()));
follow(page, document.getElementById("connection"), show);
