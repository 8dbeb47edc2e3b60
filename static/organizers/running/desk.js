// The desk and the pages that are pressed like it: forms are sent without leaving the page, clocks and tablets are followed.
import { Bell } from "../../bell.js";
import { Clocks } from "../../clock.js";
import { connect, fetchWithin } from "../../live.js";
import { DrawnPage, parse } from "../drawn_page.js";
import { showWire, words } from "../wire.js";
import { Health } from "./health.js";

const SENT_WITHIN = 30000; // milliseconds until a form counts as not sent; it can go again, with the same request id

const announcer = document.getElementById("announcer");
const sound = document.getElementById("sound");
const page = new DrawnPage(["desk"], { home: () => page.part.dataset.home, onNews: drawNews, onDrawn: drawn });
let current = currentTurn(); // the turn to which the running order was scrolled
const clocks = new Clocks(sound ? new Bell(sound) : null);
const health = words.health ? new Health(words.health) : null;

function drawn() {
  clocks.draw();
  health?.draw();
  if (currentTurn() !== current) showCurrentTurn();
}

function currentTurn() {
  return document.querySelector(".order tr[aria-current]")?.id;
}

/** Scroll the running order, and nothing else, to the current turn. */
function showCurrentTurn() {
  current = currentTurn();
  const row = document.getElementById(current);
  const rows = document.querySelector(".order-rows");
  if (row) rows.scrollTop = row.offsetTop - rows.clientHeight / 3;
}

/** Draw news that nobody here asked for: what came of the last press stays while the next step is the same. */
function drawNews(fresh) {
  const was = page.part.dataset.revision;
  if (page.busy) page.askAgain = true;
  if (page.busy || Number(fresh.getElementById("desk").dataset.revision) < Number(was)) return;
  const [said, now] = [document.getElementById("outcome"), fresh.getElementById("outcome")];
  if (said.dataset.step === now.dataset.step) now.replaceWith(said.cloneNode(true));
  page.draw(fresh);
}

/** Send a verb's form and draw the answer; without an answer the form keeps its request id, so that it can go again. */
async function send(form, button) {
  page.busy = true;
  button?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetchWithin(SENT_WITHIN, form.action, { method: "POST", body: new FormData(form) });
    const given = parse(await answer.text());
    if (given.getElementById("desk")) drawAnswer(given, form, answer.ok);
    else if (given.getElementById("go-on")) HTMLFormElement.prototype.submit.call(form); // the password first
    else if (answer.redirected) location.assign(answer.url);
    else failed(given.querySelector("main p")?.textContent);
  } catch {
    say(words.not_sent);
  } finally {
    document.querySelectorAll("[aria-busy]").forEach((waiting) => waiting.removeAttribute("aria-busy"));
    page.busy = false;
    page.rest();
  }
}

/** The server answered with something else than a desk: say what, and look whether we are still signed in. */
function failed(sentence) {
  say(sentence ?? words.not_sent);
  page.askAgain = true;
}

function drawAnswer(given, form, accepted) {
  page.typedInto.delete(form);
  if (accepted) settle(form);
  page.draw(given);
  if (!accepted && isFilledIn(form)) page.typedInto.add(form); // news must not take what was refused out of the field
  tell();
}

/** Whether a form has fields to type into or to choose from, unlike one that is only pressed. */
function isFilledIn(form) {
  return form.querySelector("input:not([type=hidden]), textarea, select") !== null;
}

/** A form that was accepted is closed and empty again. */
function settle(form) {
  form.reset();
  form.closest("details")?.removeAttribute("open");
}

/** Read out what came of a press and bring it into sight, or go to the first field that was refused. */
function tell() {
  const outcome = document.getElementById("outcome");
  announcer.textContent = outcome.textContent.trim();
  outcome.scrollIntoView({ block: "nearest" });
  document.querySelector("#desk [aria-invalid]")?.focus();
}

/** Why the main button cannot be pressed now. */
function reason() {
  return document.getElementById("main-reason").textContent.trim();
}

function say(sentence) {
  const said = document.createElement("p");
  said.className = "message message-refused";
  said.textContent = sentence;
  document.getElementById("outcome").replaceChildren(said);
  tell();
}

/** Count on from the server's time by how long ago it was drawn; the laptop's own clock is not asked. */
function tick() {
  const since = document.querySelector(".since");
  if (!since) return;
  const seconds = Number(since.dataset.seconds) + Math.floor((performance.now() - page.drawnAt) / 1000);
  since.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.verb) return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-disabled")) announcer.textContent = reason();
  else if (!page.busy) send(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  // The second click of a double click would press the next step, which has taken the button's place.
  if (event.detail > 1 && event.target.closest("button.main")) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey || event.repeat) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  document.getElementById("main-button")?.click();
});

const socket = connect("/desk", {
  auth: { contest: Number(page.part.dataset.contest), event: Number(page.part.dataset.event) },
  event: "desk",
  onRevision: (revision) => {
    if (revision !== Number(page.part.dataset.revision)) page.refresh();
  },
  onState: showWire,
  onRefused: (problem) => {
    if (page.typedInto.size && problem.code !== "not_signed_in") say(problem.message);
    else page.signedOut();
  },
});
clocks.follow(socket);
health?.follow(socket);
setInterval(tick, 1000);
page.lookAroundWithout(socket);
showCurrentTurn();
