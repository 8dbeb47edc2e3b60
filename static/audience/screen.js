// The hall screen plays each release in the order it is announced, and turns the pages of a long ranking.
import { Bell } from "../bell.js";
import { Clocks } from "../clock.js";
import { pageData } from "../live.js";
import { DrawShow } from "./draw_show.js";
import { fitAll } from "./fit.js";
import { Pages } from "./pages.js";
import { phrasesOf } from "./phrases.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";
import { tellScenes } from "./scenes.js";
import { takeStage } from "./stage.js";
import { glide } from "./glide.js";

const REVEAL = 5000; // milliseconds until marks, mean and score have been shown and the ranking may move
const TURN_EVERY = 12000; // milliseconds for a page of the ranking
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const page = pageData("page");
const filler = new Filler(page.words, (text) => phrasesOf(text, page.phrases));
const draws = new DrawShow(page.words);
const hall = document.querySelector(".hall");
const ranking = document.querySelector(".ranking");
const others = document.querySelectorAll("main > :not(.hall), .hall > :not(.ranking)");
const pages = new Pages(ranking);

const clocks = new Clocks(new Bell()); // it rings once somebody has clicked on the hall screen
let board; // the newest snapshot
let news; // the contestant whose score is new and not in the ranking yet
let moving; // the ranking waits for the reveal
let turning; // the pages of the ranking turn

function layOut() {
  fitAll();
  pages.show(news);
}

function showRanking() {
  moving = undefined;
  glide(pages.rows, () => {
    filler.fill(ranking, board);
    const newest = String(board.latest?.contestant);
    for (const row of pages.rows.children) row.classList.toggle("fresh", row.dataset.id === newest);
    layOut();
  });
  if (news) turnLater();
  news = undefined;
}

function turnLater() {
  clearInterval(turning);
  turning = setInterval(() => pages.turn(), TURN_EVERY);
}

/** A snapshot as the hall of this room shows it: who performs and who is next here. */
function inThisRoom(snapshot) {
  const { now, next } = snapshot.rooms[page.place] ?? snapshot;
  return { ...snapshot, now, next };
}

function show(whole) {
  const snapshot = inThisRoom(whole);
  const takenBack = board && snapshot.taken_back.length > board.taken_back.length;
  const isNews = board && !takenBack && snapshot.latest && snapshot.latest.turn !== board.latest?.turn;
  board = snapshot;
  draws.see(board);
  filler.mark(hall, board);
  for (const part of others) filler.fill(part, board);
  clocks.draw();
  if (isNews) {
    news = board.latest.contestant;
    for (const row of pages.rows.children) row.classList.remove("fresh"); // the newest is on the stage, and not in the ranking yet
    takeStage(layOut);
  }
  fitAll();
  if (isNews && !calm.matches) moving ??= setTimeout(showRanking, REVEAL);
  else if (!moving) showRanking();
}

layOut();
turnLater();
addEventListener("resize", layOut);
document.fonts?.ready.then(layOut);
const socket = follow(page, document.getElementById("connection"), show);
clocks.follow(socket);
tellScenes(socket);
