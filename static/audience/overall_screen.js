// The overall result on the big screen comes alive, and turns the pages of what does not fit.
import { pageData } from "../live.js";
import { fitAll } from "./fit.js";
import { Pages } from "./pages.js";
import { phrasesOf } from "./phrases.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";
import { OVERALL, tellScenes } from "./scenes.js";
import { glide } from "./glide.js";

const TURN_EVERY = 12000; // milliseconds for a page of a ranking

const page = pageData("page");
const filler = new Filler(page.words, (text) => phrasesOf(text, page.phrases));
const main = document.querySelector("main");
const rankings = [...document.querySelectorAll(".ranking")].map((section) => new Pages(section));

function layOut() {
  fitAll();
  for (const ranking of rankings) ranking.show();
}

function show(board) {
  glide(rankings[0].rows, () => {
    filler.fill(main, board);
    layOut();
  });
}

layOut();
setInterval(() => rankings.forEach((ranking) => ranking.turn()), TURN_EVERY);
addEventListener("resize", layOut);
document.fonts?.ready.then(layOut);
tellScenes(follow(page, document.getElementById("connection"), show), OVERALL);
