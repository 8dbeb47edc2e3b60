// The desk's script, and that of the pages beside it: keeps the page as the server would draw it now, and sends the forms without leaving the page.
import { Bell } from "../bell.js";
import { Clocks } from "../clock.js";
import { Idiomorph } from "../vendor/idiomorph.js";
import { connect, fetchWithin, pageData } from "../live.js";
import { begunForms } from "../renewal.js";
import { Health } from "./health.js";

const PAUSE = 300; // milliseconds between two questions for the page, however many drafts come in
const ASK_AGAIN = 2000; // milliseconds until a page that could not be had is asked for again, plus up to as much
const LOOK_AROUND = 6000; // milliseconds between two questions for the page while there is no socket
const PATIENCE = 15000; // milliseconds until a question counts as not answered
const SENT_WITHIN = 30000; // milliseconds until a form counts as not sent; it can go again, with the same request id

const words = pageData("words");
const desk = () => document.getElementById("desk");
const announcer = document.getElementById("announcer");
const wire = document.getElementById("wire");
const typedInto = new Set(begunForms().map((form) => form.id)); // ids of the forms that somebody is filling in
let asking = false; // a question for the page as it is now is under way
let sending = false; // a form is under way
let askAgain = false;
let later = 0; // the timer of the next question after one without an answer
let drawnAt = performance.now();
let askedAt = 0;
const sound = document.getElementById("sound");
const clocks = new Clocks(sound ? new Bell(sound) : null);
const health = words.health ? new Health(words.health) : null;

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** Make this desk look like the one in `page`, but leave alone what is open or being filled in. */
function draw(page) {
  const current = currentTurn();
  const focused = document.activeElement?.id;
  Idiomorph.morph(desk(), page.getElementById("desk"), {
    callbacks: {
      beforeNodeMorphed: (shown, next) => !(shown.id && shown.id === next.id && typedInto.has(shown.id)),
      beforeAttributeUpdated: (name, shown, change) =>
        !(name === "open" && change === "remove" && shown.tagName === "DETAILS") &&
        !(name === "aria-pressed" && shown === sound),
    },
  });
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  drawnAt = performance.now();
  clocks.draw();
  health?.draw();
  if (currentTurn() !== current) showCurrentTurn();
}

const currentTurn = () => document.querySelector(".order tr[aria-current]")?.id;

/** Scroll the running order, and nothing else, to the current turn. */
function showCurrentTurn() {
  const row = document.getElementById(currentTurn());
  const rows = document.querySelector(".order-rows");
  if (row) rows.scrollTop = row.offsetTop - rows.clientHeight / 3;
}

/** Ask for the page as it is now; questions that come while one is under way, or a form is, become one more. */
async function refresh() {
  const early = askedAt + PAUSE - performance.now();
  askAgain = asking || sending || early > 0;
  if (askAgain) {
    if (early > 0 && !asking && !sending) setTimeout(rest, early);
    return;
  }
  asking = true;
  askedAt = performance.now();
  try {
    const answer = await fetchWithin(PATIENCE, home(), { headers: { Accept: "text/html", "Saiping-Follows": "1" } });
    if (answer.redirected) return typedInto.size || location.reload(); // signed out; what is being typed stays
    if (!answer.ok) throw new Error(String(answer.status));
    drawNews(parse(await answer.text()));
  } catch {
    clearTimeout(later); // one question is enough; what the socket has told once it does not tell again
    later = setTimeout(refresh, ASK_AGAIN * (1 + Math.random()));
  } finally {
    asking = false;
    rest();
  }
}

/** Draw news that nobody here asked for: what came of the last press stays while the next step is the same. */
function drawNews(page) {
  if (sending) askAgain = true;
  if (sending || Number(page.getElementById("desk").dataset.revision) < Number(desk().dataset.revision)) return;
  const [shown, fresh] = [document.getElementById("outcome"), page.getElementById("outcome")];
  if (shown.dataset.step === fresh.dataset.step) fresh.replaceWith(shown.cloneNode(true));
  draw(page);
}

/** Send a verb's form and draw the answer; without an answer the form keeps its request id, so that it can go again. */
async function send(form, button) {
  sending = true;
  button?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetchWithin(SENT_WITHIN, form.action, { method: "POST", body: new FormData(form) });
    const page = parse(await answer.text());
    if (page.getElementById("desk")) drawAnswer(page, form, answer.ok);
    else if (page.getElementById("go-on")) HTMLFormElement.prototype.submit.call(form); // the password first
    else if (answer.redirected) location.assign(answer.url);
    else failed(page.querySelector("main p")?.textContent);
  } catch {
    say(words.not_sent);
  } finally {
    document.querySelectorAll("[aria-busy]").forEach((waiting) => waiting.removeAttribute("aria-busy"));
    sending = false;
    rest();
  }
}

/** The server answered with something else than a desk: say what, and look whether we are still signed in. */
function failed(sentence) {
  say(sentence ?? words.not_sent);
  askAgain = true;
}

function drawAnswer(page, form, accepted) {
  typedInto.delete(form.id);
  if (accepted) settle(form);
  draw(page);
  if (!accepted && isFilledIn(form)) typedInto.add(form.id); // news must not take what was refused out of the field
  tell();
}

/** Whether a form has fields to type into or to choose from, unlike one that is only pressed. */
function isFilledIn(form) {
  return form.querySelector("input:not([type=hidden]), textarea, select") !== null;
}

function rest() {
  if (askAgain && !asking && !sending) refresh();
}

function home() {
  return desk().dataset.home;
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
  const seconds = Number(since.dataset.seconds) + Math.floor((performance.now() - drawnAt) / 1000);
  since.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function show(state) {
  const shown = state === "offline" ? "offline" : "online";
  wire.hidden = false;
  wire.dataset.state = shown;
  wire.textContent = words[shown];
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.verb) return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-disabled")) announcer.textContent = reason();
  else if (!sending) send(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  // The second click of a double click would press the next step, which has taken the button's place.
  if (event.detail > 1 && event.target.closest("button.main")) event.preventDefault();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-verb][id]");
  if (form) typedInto.add(form.id);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey || event.repeat) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  document.getElementById("main-button")?.click();
});

const socket = connect("/desk", {
  auth: { contest: Number(desk().dataset.contest), event: Number(desk().dataset.event) },
  event: "desk",
  onRevision: (revision) => {
    if (revision !== Number(desk().dataset.revision)) refresh();
  },
  onState: show,
  onRefused: (problem) => (typedInto.size ? say(problem.message) : location.reload()),
});
clocks.follow(socket);
health?.follow(socket);
setInterval(tick, 1000);
setInterval(() => socket.connected || refresh(), LOOK_AROUND);
showCurrentTurn();
