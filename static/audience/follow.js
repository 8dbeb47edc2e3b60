// Keeps a screen up to date: by the socket, else by asking for the figures; and says so when it is not.
import { connect, fetchWithin } from "../live.js";

const ASK_EVERY = 8000; // milliseconds between two questions while there is no socket, plus up to as much again
const PATIENCE = 8000; // milliseconds until a question counts as not answered
const BACK_FOR = 4000; // milliseconds that "up to date again" stays

/**
 * Follow an event of a contest, or its overall result. `onBoard(board)` gets each snapshot that differs from the one before; `element` is where the screen
 * says that the connection is lost, and that it is back. Answers the socket.
 */
export function follow({ slug, event, overall, address, words }, element, onBoard) {
  const note = new Note(element, words);
  let revision = -1;
  const show = (board) => {
    note.heard();
    if (board.contest.moved && document.body.classList.contains("screen-hall")) return location.reload();
    if (board.revision === revision) return;
    revision = board.revision;
    onBoard(board);
  };
  const asker = new Asker(address, {
    onBoard: (board) => {
      if (board.revision > revision) show(board);
      note.fresh();
    },
    onFailure: () => note.stale(),
  });
  asker.start(); // until the socket is there, because it may never be
  const socket = connect("/audience", {
    auth: { contest: slug, event, overall },
    event: "board",
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
  return socket;
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

  async #ask() {
    const board = await this.#board().catch(() => null);
    if (!this.asks) return; // the socket came back meanwhile
    if (board) this.#told.onBoard(board);
    else this.#told.onFailure();
    this.start();
  }

  async #board() {
    const response = await fetchWithin(PATIENCE, this.#address, { headers: { Accept: "application/json" }, cache: "no-cache" });
    return response.ok ? response.json() : null;
  }
}

/** Says how old the figures are while they may be, and for a moment that they are not any more. */
class Note {
  #element;
  #words;
  #clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  #heardAt = new Date();
  #isStale = false;
  #leaving;

  constructor(element, words) {
    this.#element = element;
    this.#words = words;
  }

  heard() {
    this.#heardAt = new Date();
  }

  stale() {
    if (this.#isStale) return;
    this.#isStale = true;
    clearTimeout(this.#leaving);
    this.#say("lost", this.#words["connection.lost"].replace("%(time)s", this.#clock.format(this.#heardAt)));
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
