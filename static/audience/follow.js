// Keeps a screen up to date: by the socket, else by asking for the figures; and says so when it is not.
import { ask, connect, fetchWithin } from "../live.js";

const ASK_EVERY = 8000; // milliseconds between two questions while there is no socket, plus up to as much again
const PATIENCE = 8000; // milliseconds until a question counts as not answered
const NOTHING = { board: undefined, at: 0 }; // what an answer brings that brings no figures
const FETCH_WITHIN = 3000; // milliseconds until a page fetches what it will be patched from, plus up to as much again
const BACK_FOR = 4000; // milliseconds that "up to date again" stays

/**
 * Follow an event of a contest, or its overall result. `onBoard(board)` gets each snapshot that differs from the one before; `element` is where the screen
 * says that the connection is lost, and that it is back. Answers the socket.
 */
export function follow({ slug, pass, event, overall, address, words, minutes_ahead: ahead, revision: first, run }, element, onBoard) {
  const note = new Note(element, words, ahead);
  let revision = -1;
  const show = (board) => {
    note.heard();
    if (board.contest.moved && document.body.classList.contains("screen-hall")) return location.reload();
    if (board.revision === revision) return;
    revision = board.revision;
    onBoard(board);
  };
  const asker = new Asker(address, {
    onBoard: (board, at) => {
      note.isNow(at);
      if (board.revision > revision) show(board);
      note.fresh();
    },
    isNow: (at) => note.isNow(at),
    onFailure: () => note.stale(),
  });
  asker.start(); // until the socket is there, because it may never be
  const socket = connect("/audience", {
    auth: { contest: slug, pass, event, overall },
    event: "board",
    page: { revision: first, run, fetch: () => asker.newest(), patience },
    onSnapshot: show,
    onState: (state) => {
      if (state !== "offline") {
        asker.stop();
        note.fresh();
      } else if (!asker.asks) {
        asker.start();
        note.stale();
      }
    },
  });
  socket.io.on("ping", () => note.heard());
  const learn = async () => {
    const answer = await ask(socket, "time", null);
    if (answer?.ok) note.isNow(answer.wall); // `at` is for counting: nobody may put it right
  };
  socket.on("connect", learn);
  document.addEventListener("visibilitychange", learn); // some devices stop their time while they sleep
  return socket;
}

/** How long a page that is up to date may do without the figures behind it: not at all in the hall, which plays them. */
function patience() {
  return document.body.classList.contains("screen-hall") ? 0 : FETCH_WITHIN * (1 + Math.random());
}

/** Asks for the figures again and again, at uneven pauses, so that a hall full of phones does not ask at once. */
class Asker {
  #address;
  #told;
  #timer;
  asks = false;

  constructor(address, told) {
    this.#address = address;
    this.#told = told;
  }

  start() {
    this.asks = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), ASK_EVERY * (1 + Math.random()));
  }

  stop() {
    this.asks = false;
    clearTimeout(this.#timer);
  }

  /** The newest snapshot; null where it cannot be had. */
  async newest() {
    const { board, at } = await this.#board();
    if (board) this.#told.isNow(at);
    return board ?? null;
  }

  async #ask() {
    const { board, at } = await this.#board().catch(() => NOTHING);
    if (!this.asks) return; // the socket came back meanwhile
    if (board) this.#told.onBoard(board, at);
    else this.#told.onFailure();
    this.start();
  }

  async #board() {
    const response = await fetchWithin(PATIENCE, this.#address, { headers: { Accept: "application/json" }, cache: "no-cache" });
    return response.ok ? { board: await response.json(), at: Date.parse(response.headers.get("Date")) } : NOTHING;
  }
}

/** Says how old the figures are while they may be, by the server's time, and for a moment that they are not any more. */
class Note {
  #element;
  #words;
  #zone; // milliseconds by which the venue's time zone is ahead of UTC
  #ahead = NaN; // milliseconds from this page's own time to the server's clock on the wall, once it has told that
  #heardAt = performance.now();
  #isStale = false;
  #leaving;

  constructor(element, words, minutesAhead) {
    this.#element = element;
    this.#words = words;
    this.#zone = minutesAhead * 60000;
  }

  /** The server has told what its clock on the wall says, in milliseconds. */
  isNow(at) {
    if (at > 0) this.#ahead = at - performance.now();
  }

  heard() {
    this.#heardAt = performance.now();
  }

  stale() {
    if (this.#isStale) return;
    this.#isStale = true;
    clearTimeout(this.#leaving);
    const at = this.#heardAt + this.#ahead + this.#zone;
    if (Number.isNaN(at)) this.#say("lost", this.#words["connection.old"]);
    else this.#say("lost", this.#words["connection.lost"].replace("%(time)s", new Date(at).toISOString().slice(11, 16)));
  }

  fresh() {
    this.heard();
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#say("back", this.#words["connection.back"]);
    this.#leaving = setTimeout(() => (this.#element.hidden = true), BACK_FOR);
  }

  #say(state, text) {
    this.#element.dataset.state = state;
    this.#element.textContent = text;
    this.#element.hidden = false;
  }
}
