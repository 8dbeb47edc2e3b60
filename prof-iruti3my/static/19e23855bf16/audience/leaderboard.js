// The leaderboard comes alive: rows glide to their new places and the newest score stands out.
import { pageData } from "../live.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";
import { glide } from "./glide.js";

const page = pageData("page");
const filler = new Filler(page.words);
const rows = document.querySelector(".rows");
const main = document.querySelector("main");
let latest = page.latest;

function markNewest(board) {
  const newest = board.latest ? board.latest.contestant : null;
  const isNews = newest !== latest;
  latest = newest;
  for (const row of rows.children) {
    if (isNews) row.classList.toggle("fresh", row.dataset.id === String(newest));
  }
}

/** What the figures come over. */
export const socket = follow(page, document.getElementById("connection"), (board) => {
  glide(rows, () => filler.fill(main, board));
  markNewest(board);
});
