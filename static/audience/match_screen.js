// The hall screen of a match: fills each snapshot, lets the clock run, and gives a new result the stage for a while.
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

const TURN_EVERY = 12000; // milliseconds for a page of the standings

const page = pageData("page");
const filler = new Filler(page.words, (text) => phrasesOf(text, page.phrases));
const draws = new DrawShow(page.words);
const clocks = new Clocks(new Bell()); // it rings once somebody has clicked on the hall screen
const room = document.querySelector(".now").dataset.with.split(".")[1]; // where this screen hangs
const main = document.querySelector("main");
const count = document.getElementById("pages");
const lists = [...document.querySelectorAll(".ranked-list")].map((list) => ({ list, pages: new Pages(list, count) }));
let board;

function seen() {
  return lists.find(({ list }) => !list.hidden).pages; // the standings, or how far each got in the knockout
}

function layOut() {
  fitAll();
  seen().show();
}

function show(snapshot) {
  const takenBack = board && snapshot.taken_back.length > board.taken_back.length;
  const isNews = board && !takenBack && snapshot.match && snapshot.match.turn !== board.match?.turn;
  board = snapshot;
  draws.see(board, board.rooms[room]?.now);
  filler.fill(main, board);
  clocks.draw();
  if (isNews) takeStage(layOut);
  layOut();
}

layOut();
setInterval(() => seen().turn(), TURN_EVERY);
addEventListener("resize", layOut);
document.fonts?.ready.then(layOut);
const socket = follow(page, document.getElementById("connection"), show);
clocks.follow(socket);
tellScenes(socket);
