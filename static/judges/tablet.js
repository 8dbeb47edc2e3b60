// The judge's tablet: joins the sheet on the screen, its courier and the wire, and follows the contest from turn to turn.
import { Clocks } from "../clock.js";
import { ask, connect, pageData } from "../live.js";
import { paired } from "../pair.js";
import { guardRenewal } from "../renewal.js";
import { ballotAnswer, followBallots, showBallot } from "./ballot.js";
import { followCalls, showCall, showCalling } from "./chief.js";
import { Courier, newRecord } from "./courier.js";
import { Errands } from "./errands.js";
import { beatOver } from "./heartbeat.js";
import { Keeping } from "./keeping.js";
import { showLeft } from "./left.js";
import { OpenSheet } from "./open.js";
import { csrfToken, exchange, freshPage, post, postSheet } from "./page.js";
import { followPhotos, putPhoto, showPhotos } from "./photos.js";
import { showWaiting } from "./standing.js";
import { guardWays } from "./ways.js";

const SETTLING = 400; // milliseconds in which a new page takes no touch: it was meant for the one before
const LOOK_AROUND = 6000; // milliseconds between two looks for the page while there is no socket
const FETCH_AGAIN = 2000; // milliseconds until a page that could not be had is asked for again, plus up to as much
const GONE_ON = new Set(["turn_not_open", "turn_released", "turn_not_held", "seat_recused", "sheet_submitted", "seat_moved"]);

const words = pageData("words");
const couriers = new Map(); // by turn: the open sheet's, and those that still owe something
const submitted = new Set(); // the turns whose sheet was submitted on this page
const clocks = new Clocks();
let root; // the part of the page that follows the contest
let snapshot; // the server's view that `root` was made from
let shown = null; // the OpenSheet, while one is on the screen
let seen = ""; // the glance that the page was made from
let refreshing = null;

const { shelf, pulse } = document.querySelector("[data-tablet]").dataset;
const keeping = new Keeping(shelf);
const pressesKept = new Keeping(`press:${shelf}`, "id");
const errands = new Errands(pressesKept, { deliver: bring, tell: answered });
const doors = {
  deliver,
  keep: (record) => keeping.put(record),
  forget: (turn) => keeping.remove(turn),
  tell: follow,
};
let socket;
start();

/** Take up what this tablet has kept, then the wire; not at the top level, where older browsers know no await. */
async function start() {
  const [kept] = await Promise.all([keeping.open(takeUpLate), errands.open()]);
  kept.forEach(takeUp);
  // From here on nothing is awaited: the greeting must not come before the page knows what it shows.
  socket = connect("/judge", {
    auth: { seat: pageData("snapshot").seat.id },
    event: "tablet",
    onSnapshot: look,
    onState: showWire,
    onRefused: (problem) => (problem.code === "seat_moved" ? lock() : say(problem.message)),
  });
  socket.on("moved", lock);
  clocks.follow(socket);
  beatOver(socket);
  followCalls(errands);
  followBallots(errands, words);
  followPhotos(errands, words);
  guardWays(pulse, () => say(words.no_way));
  setInterval(() => socket.connected || refresh(), LOOK_AROUND);
  guardRenewal({
    isKept: (field) => field.closest("#sheet") !== null,
    wouldLose: () => !keeping.lasts || !pressesKept.lasts,
  });
  show();
  couriers.forEach((courier) => courier.run());
  errands.retry();
}

function takeUp(record) {
  couriers.set(record.turn, new Courier(record, { version: record.base, typed: {}, state: "" }, doors));
}

/** The store has answered after the page was shown: the sheets that it kept are shown and sent all the same. */
function takeUpLate(records) {
  for (const record of records) {
    const known = couriers.get(record.turn);
    if (known) known.adopt(record);
    else if (submitted.has(record.turn)) keeping.remove(record.turn);
    else takeUp(record);
  }
  shown?.meet(shown.courier.held);
  couriers.forEach((courier) => courier.run());
  follow();
}

/** Make the script meet the HTML that stands in the page now. */
function show() {
  root = document.querySelector("[data-tablet]");
  snapshot = pageData("snapshot");
  document.body.classList.toggle("stage-moved", root.dataset.stage === "moved");
  if ("follows" in root.dataset) {
    history.replaceState(null, "", root.dataset.home);
    seen = glanceOf(snapshot);
  }
  shown = null; // a courier may speak before the new sheet is there
  shown = root.dataset.stage === "open" ? new OpenSheet(words, courierOf, { retryAll, isWaiting }) : null;
  showPresses();
  if (root.dataset.stage === "moved") errands.retry(); // what is not sent from here any more is said at once
}

/** The courier of the turn on the screen; one that a former page left is told what the server holds now. */
function courierOf(sheet) {
  const { turn, sheet: held } = snapshot;
  const known = couriers.get(turn.id);
  if (known) {
    known.meet(held);
    known.retry();
    return known;
  }
  const courier = new Courier(newRecord(turn, held.version, sheet), held, doors);
  couriers.set(turn.id, courier);
  return courier;
}

/** Show on the screen whatever has changed with a courier. */
function follow(courier) {
  const owing = [...couriers.values()].filter((each) => each.owes && !each.read);
  const unsent = presses().filter(({ moved }) => moved);
  showLeft(owing.filter((each) => each !== shown?.courier), unsent, words, putAway);
  countWaiting(owing);
  shown?.show();
  if (courier?.submitted) goOn(courier);
  if (courier?.refusal && GONE_ON.has(courier.refusal.code)) refresh();
}

/** Say in the bar how many sheets and presses wait for an answer. */
function countWaiting(owing) {
  const waiting = presses().filter(({ tries, moved }) => tries && !moved);
  showWaiting(owing.filter((each) => each.tries && !each.refusal).length + waiting.length, words);
}

/** Every press that is still to be answered. */
function presses() {
  return ["ballot", "call", "photo"].flatMap((kind) => errands.of(kind));
}

/** A sheet is submitted: say so, and go on to whatever the contest shows now. */
function goOn(courier) {
  couriers.delete(courier.record.turn);
  submitted.add(courier.record.turn);
  if (shown?.courier === courier) history.replaceState(null, "", root.dataset.home);
  refresh(words.went.replace("{number}", courier.record.number));
}

/** The judge has read what was not taken: it goes, unless its turn may be called again. */
function putAway(courier) {
  courier.read = true;
  if (courier.refusal.code !== "turn_not_open") {
    couriers.delete(courier.record.turn);
    keeping.remove(courier.record.turn);
  }
  follow();
}

function retryAll() {
  couriers.forEach((courier) => courier.retry());
  errands.retry();
}

/** Whether a photo of the sheet on the screen is still to be sent. */
function isWaiting() {
  return errands.of("photo", snapshot.turn.id).length > 0;
}

/** Send a press by the socket, or through its form's door where the socket gives no answer. */
async function bring({ id, kind, turn, side, message, photo, action }) {
  if (kind === "photo") return post(action, formOf({ photo }));
  const [event, payload] = kind === "ballot" ? ["ballot", { turn, side }] : ["call_chief", { message }];
  const answer = await ask(socket, event, { ...payload, request: id });
  return answer ?? post(action, formOf({ ...payload, request: id }));
}

function formOf(entries) {
  const body = new FormData();
  for (const [name, entry] of Object.entries({ csrf_token: csrfToken(), ...entries })) body.append(name, entry);
  return body;
}

/** Show what became of a press; null is no answer yet. */
function answered(record, answer) {
  const settled = answer !== null && !errands.of(record.kind).some((other) => other.record === record);
  showPresses(settled && record.kind === "call" && !answer.ok ? answer.message : "");
  if (answer?.code === "seat_moved") lock();
  if (!settled) return;
  if (record.kind === "photo") placePhoto(record, answer);
  else refresh(record.kind === "ballot" ? ballotAnswer(answer, words).sentence : "");
}

/** The server has a photo: its sheet says so, wherever that is. */
function placePhoto(record, answer) {
  if (putPhoto(record, answer)) return showPhotos(errands, words);
  const courier = couriers.get(record.turn);
  const field = `${record.entry}.photo`;
  if (answer.ok && courier) courier.type({ ...courier.record.typed, [field]: String(answer.photo) });
  else if (!answer.ok) say(answer.message);
}

function showPresses(refused = "") {
  showBallot(errands, words);
  showCalling(errands, words, refused);
  showPhotos(errands, words);
  follow();
}

/** What of a view decides which page is shown. */
function glanceOf({ turn, sheet, recused, ballot, owed, call, next, over, elsewhere }) {
  const closed = sheet?.state === "submitted" && sheet.reached;
  const shown = [closed, sheet?.question, recused, ballot, owed, call, next, over, elsewhere];
  return JSON.stringify([turn && { ...turn, clock: null }, ...shown]);
}

/** Another tablet has taken the seat: nothing is typed here from this moment, and the server's page says why. */
function lock() {
  if (root.dataset.stage === "moved") return;
  root.setAttribute("inert", ""); // where that is unknown, the style sheet takes the touches away
  say(words.moved);
  refresh();
}

/** The server's newest view of the seat: get the page again where it says something new. */
function look(view) {
  clocks.show(document.getElementById("clock"), view.turn?.clock);
  const glance = glanceOf(view);
  const mine = view.turn && shown?.courier.record.turn === view.turn.id ? shown.courier : null;
  const typedElsewhere = mine && !mine.busy && !mine.owes && view.sheet.version > mine.held.version;
  if (glance !== seen || typedElsewhere) refresh("", glance);
}

/** Get the page again and exchange what differs, until it is had; calls while one is under way lead to one more. */
async function refresh(news = "", glance = null) {
  if (refreshing) {
    Object.assign(refreshing, { again: true, glance: glance ?? refreshing.glance, news: refreshing.news || news });
    return;
  }
  refreshing = { again: true, glance, news };
  while (refreshing.again) {
    refreshing.again = false;
    if (await takenOver()) continue;
    await new Promise((done) => setTimeout(done, FETCH_AGAIN * (1 + Math.random())));
    refreshing.again = true; // what the socket has told once it does not tell again
  }
  refreshing = null;
}

/** Get the page once and say what is to be said; whether it was had. */
async function takenOver() {
  const fresh = await freshPage(sentHere());
  const had = Boolean(fresh?.querySelector("[data-tablet]"));
  try {
    if (had) takeOver(fresh, refreshing.glance);
  } catch (error) {
    console.error(error); // whatever is wrong with one page, the tablet goes on following
    return false;
  }
  if (refreshing.news) say(refreshing.news, root.dataset.stage === "locked");
  refreshing.news = "";
  return had;
}

/** The ids of what was submitted on this tablet, as far as it still knows them. */
function sentHere() {
  const ids = [...couriers.values()].map((courier) => courier.record.submission);
  return new Set([...ids, snapshot.sheet?.submission].filter(Boolean));
}

function takeOver(fresh, glance) {
  const next = fresh.querySelector("[data-tablet]");
  if (readingOf(fresh) !== readingOf(document)) return location.reload(); // a document is opened with its page
  const view = JSON.parse(fresh.getElementById("snapshot").textContent);
  // What the page itself says, where it follows: it may be newer than what the socket told before it was asked for.
  if ("follows" in next.dataset) seen = glanceOf(view);
  else if (glance) seen = glance;
  const answered = showCall(fresh);
  if (answered) refreshing.news ||= answered;
  if (shown?.keeps(view)) return shown.announce(view.turn);
  if (next.dataset.view !== root.dataset.view) return change(fresh);
  exchange(fresh, "#owed");
  shown?.meet(view.sheet);
}

/** The turn whose document stands beside the sheet. */
function readingOf(page) {
  return page.querySelector("[data-reading]")?.dataset.reading;
}

function change(fresh) {
  document.title = fresh.title;
  exchange(fresh, "[data-tablet]");
  show();
  root.dataset.settling = "";
  setTimeout((page) => delete page.dataset.settling, SETTLING, root);
  scrollTo(0, 0);
  root.querySelector("h1").focus({ preventScroll: true });
  if (shown) say(words.called.replace("{number}", paired(snapshot.turn.number)), true);
}

/** Send by the socket, or through the form's door where the socket gives no answer. */
async function deliver(event, payload) {
  const answer = await ask(socket, event, payload);
  return answer ?? postSheet(`${root.dataset.home}/turn/${payload.turn}`, event, payload);
}

function showWire(state) {
  const place = document.getElementById("wire");
  place.dataset.state = state;
  place.textContent = state === "offline" ? words.offline : words.online;
  if (state === "resumed") retryAll();
}

/** Tell the judge; `unseen` where the page shows it anyway, and only a screen reader needs the words. */
function say(text, unseen = false) {
  const place = document.getElementById("news");
  place.classList.toggle("visually-hidden", unseen);
  place.textContent = text;
}
