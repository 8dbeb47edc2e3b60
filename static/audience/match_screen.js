// The hall screen of a match: fills each snapshot, lets the clock run, and gives a new result the stage for a while.
import { Bell } from "../bell.js";
import { Clocks } from "../clock.js";
import { pageData } from "../live.js";
import { DrawShow } from "./draw_show.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";

const STAYS = 20000; // milliseconds that a new result keeps the stage
const TURN_EVERY = 12000; // milliseconds for a page of the standings

const page = pageData("page");
const filler = new Filler(page.words);
const draws = new DrawShow(page.words);
const clocks = new Clocks(new Bell()); // it rings once somebody has clicked on the hall screen
const main = document.querySelector("main");
const pages = document.getElementById("pages");
let board;
let shown = 0; // the page of the standings
let leaving;

function showPage(wanted) {
  const rows = document.querySelector(".ranked-list:not([hidden]) .rows");
  const row = rows.querySelector(".row:not([hidden])") ?? rows.firstElementChild;
  const fit = row ? Math.max(1, Math.floor((rows.clientHeight + 1) / row.offsetHeight)) : 1;
  const count = Math.max(1, Math.ceil(rows.children.length / fit));
  shown = ((wanted % count) + count) % count;
  [...rows.children].forEach((each, index) => (each.hidden = Math.floor(index / fit) !== shown));
  pages.textContent = count > 1 ? `${shown + 1} / ${count}` : "";
}

function reveal() {
  document.body.classList.add("revealing");
  clearTimeout(leaving);
  leaving = setTimeout(() => document.body.classList.remove("revealing"), STAYS);
}

function show(snapshot) {
  const takenBack = board && snapshot.taken_back.length > board.taken_back.length;
  const isNews = board && !takenBack && snapshot.match && snapshot.match.turn !== board.match?.turn;
  board = snapshot;
  draws.see(board);
  filler.fill(main, board);
  clocks.draw();
  if (isNews) reveal();
  showPage(shown);
}

showPage(0);
setInterval(() => showPage(shown + 1), TURN_EVERY);
addEventListener("resize", () => showPage(shown));
clocks.follow(follow(page, document.getElementById("connection"), show));
