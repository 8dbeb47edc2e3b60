// The pages about matches come alive: each snapshot fills what the server wrote.
import { pageData } from "../live.js";
import { Filler } from "./places.js";
import { follow } from "./follow.js";

const page = pageData("page");
const filler = new Filler(page.words);
const main = document.querySelector("main");

follow(page, document.getElementById("connection"), (board) => filler.fill(main, board));
