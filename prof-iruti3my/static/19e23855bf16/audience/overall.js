// The overall result comes alive: rows glide to their new places.
import { pageData } from "../live.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";
import { glide } from "./glide.js";

const page = pageData("page");
const filler = new Filler(page.words);
const main = document.querySelector("main");
const rows = document.querySelector(".rows");

follow(page, document.getElementById("connection"), (board) => glide(rows, () => filler.fill(main, board)));
