// The hall screen plays each release in the order it is announced, and turns the pages of a long ranking.
import { Bell } from "../bell.js";
import { Clocks } from "../clock.js";
import { pageData } from "../live.js";
import { DrawShow } from "./draw_show.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";
import { glide } from "./glide.js";

const REVEAL = 5000; // milliseconds until marks, mean and score have been shown and the ranking may move
const STAYS = 20000; // milliseconds that a new score keeps the stage while the next one performs
const TURN_EVERY = 12000; // milliseconds for a page of the ranking
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const page = pageData("page");
const filler = new Filler(page.words);
const draws = new DrawShow(page.words);
const parts = document.querySelectorAll("main > :not(.ranking):not(.running-order)");
const ranking = document.querySelector(".ranking");
const order = document.querySelector(".running-order");
const rows = document.querySelector(".rows");
const pages = document.getElementById("pages");

const clocks = new Clocks(new Bell()); // it rings once somebody has clicked on the hall screen
let board; // the newest snapshot
let news; // the contestant whose score is new and not in the ranking yet
let shown = 0; // the page of the ranking
let moving; // the ranking waits for the reveal
let leaving; // the newest score leaves the stage
let turning; // the pages of the ranking turn

function rowsThatFit() {
  const row = rows.querySelector(".row:not([hidden])") ?? rows.firstElementChild;
  if (!row) return 1;
  return Math.max(1, Math.floor((rows.clientHeight + 1) / row.offsetHeight));
}

function showPage(wanted) {
  const fit = rowsThatFit();
  const count = Math.max(1, Math.ceil(rows.children.length / fit));
  shown = ((wanted % count) + count) % count;
  [...rows.children].forEach((row, index) => (row.hidden = Math.floor(index / fit) !== shown));
  pages.textContent = count > 1 ? `${shown + 1} / ${count}` : "";
}

function pageOf(contestant) {
  const place = [...rows.children].findIndex((row) => row.dataset.id === String(contestant));
  return place < 0 ? shown : Math.floor(place / rowsThatFit());
}

function showRanking() {
  moving = undefined;
  glide(rows, () => {
    filler.fill(ranking, board);
    filler.fill(order, board);
    const newest = String(board.latest?.contestant);
    for (const row of rows.children) row.classList.toggle("fresh", row.dataset.id === newest);
    showPage(news ? pageOf(news) : shown);
  });
  if (news) turnLater();
  news = undefined;
}

function turnLater() {
  clearInterval(turning);
  turning = setInterval(() => showPage(shown + 1), TURN_EVERY);
}

function reveal() {
  document.body.classList.remove("revealing");
  document.body.getBoundingClientRect(); // so that the animations begin anew
  document.body.classList.add("revealing");
  clearTimeout(leaving);
  leaving = setTimeout(() => document.body.classList.remove("revealing"), STAYS);
}

function show(snapshot) {
  const takenBack = board && snapshot.taken_back.length > board.taken_back.length;
  const isNews = board && !takenBack && snapshot.latest && snapshot.latest.turn !== board.latest?.turn;
  board = snapshot;
  draws.see(board);
  for (const part of parts) filler.fill(part, board);
  clocks.draw();
  if (isNews) {
    news = board.latest.contestant;
    reveal();
  }
  if (isNews && !calm.matches) moving ??= setTimeout(showRanking, REVEAL);
  else if (!moving) showRanking();
}

showPage(0);
turnLater();
addEventListener("resize", () => showPage(shown));
clocks.follow(follow(page, document.getElementById("connection"), show));
