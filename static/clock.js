// The clocks of a page: the server's time as well as it can be known here, and what is left by it on each clock.
import { ask } from "./live.js";

const TRIES = 5; // round trips for one estimate; the shortest tells the most
const ESTIMATE_EVERY = 60000; // milliseconds
const DRAW_EVERY = 100; // milliseconds at most; a second that ends sooner is drawn when it ends, on all screens at once
const ASLEEP = 3000; // milliseconds; after a longer pause between two looks no bell rings for what was missed

/** What is left on a clock in milliseconds at `now` (server's time); negative when time is over. */
export function left({ seconds, spent_ms: spent, running_since: since }, now) {
  return seconds * 1000 - spent - (since === null ? 0 : Math.max(0, now - since));
}

/** Minutes and seconds, counted up to the next whole second, so that 0:00 shows when time is over. */
export function text(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const shown = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
}

/** Draws every element with data-clock (facts as in docs/live-protocol.md, "Clocks"), and rings where there is a bell. */
export class Clocks {
  #bell;
  #ahead = null; // milliseconds from this page's own time to the server's
  #seen = new Map(); // by clock: what was left at the last look, and when that was

  constructor(bell = null) {
    this.#bell = bell;
    this.#tick();
  }

  /** Learn the server's time over this socket, now and again and after each new connection. */
  follow(socket) {
    const learn = () => socket.connected && this.#estimate(socket);
    socket.on("connect", learn);
    document.addEventListener("visibilitychange", learn); // some devices stop their time while they sleep
    setInterval(learn, ESTIMATE_EVERY);
    learn();
  }

  /** Put a clock's facts into the element; without facts it is hidden. */
  show(element, facts) {
    element.dataset.clock = JSON.stringify(facts ?? null);
    element.hidden = !facts;
    this.draw();
  }

  /** Draw all clocks of the page as they stand now. */
  draw() {
    if (this.#ahead === null) return; // what the server drew is nearer to the truth than a guess
    const now = performance.now() + this.#ahead;
    for (const element of document.querySelectorAll("[data-clock]")) this.#face(element, now);
  }

  #tick() {
    setTimeout(() => this.#tick(), this.#pause()); // first: whatever is wrong with one clock, the others go on
    this.draw();
  }

  /** Milliseconds until a clock of the page shows another second. */
  #pause() {
    if (this.#ahead === null) return DRAW_EVERY;
    const now = performance.now() + this.#ahead;
    const running = [...document.querySelectorAll('[data-clock][data-runs="true"]')];
    const ends = running.map((element) => untilNext(left(JSON.parse(element.dataset.clock), now)));
    return Math.min(DRAW_EVERY, ...ends);
  }

  #face(element, now) {
    const facts = JSON.parse(element.dataset.clock || "null");
    if (!facts) return;
    const rest = left(facts, now);
    const shown = "elapsed" in element.dataset ? spent(facts, rest) : isStopped(facts, rest) ? stopped() : text(rest);
    if (element.textContent !== shown) element.textContent = shown;
    element.dataset.runs = facts.running_since !== null;
    element.dataset.phase = phase(facts, rest);
    element.toggleAttribute("data-stopped", isStopped(facts, rest));
    if (this.#bell && "rings" in element.dataset) this.#ring(facts, rest, now);
  }

  #ring(facts, rest, now) {
    const key = `${facts.key} ${facts.side} ${facts.running_since}`;
    const before = this.#seen.get(key);
    this.#seen.set(key, { rest, now });
    if (!before || facts.running_since === null || now - before.now > ASLEEP) return;
    const passed = (mark) => before.rest > mark && rest <= mark;
    if (passed(0) || (facts.stop_seconds && passed(-facts.stop_seconds * 1000))) this.#bell.end();
    else if (facts.warn_seconds && passed(facts.warn_seconds * 1000)) this.#bell.warn();
  }

  async #estimate(socket) {
    let shortest = Infinity;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const sent = performance.now();
      const answer = await ask(socket, "time", null);
      const took = performance.now() - sent;
      if (!answer?.ok || took >= shortest) continue;
      shortest = took;
      this.#ahead = answer.at - sent - took / 2;
    }
    this.draw();
  }
}

/** The time that was used, in whole seconds that have passed, up to the hard stop; for an element with data-elapsed. */
function spent({ seconds, stop_seconds: stop }, rest) {
  const used = seconds * 1000 - rest;
  const most = stop ? (seconds + stop) * 1000 : used;
  return text(Math.floor(Math.max(0, Math.min(used, most)) / 1000) * 1000);
}

/** Milliseconds until `text` of what is left changes. */
function untilNext(rest) {
  return Math.max(1, rest - (Math.ceil(rest / 1000) - 1) * 1000);
}

/** What a clock says once the hard stop has come, in the page's language. */
function stopped() {
  return document.querySelector('meta[name="clock-stopped"]').content;
}

/** Whether the hard stop has come: so much over time nobody goes on. */
function isStopped({ stop_seconds: stop }, rest) {
  return Boolean(stop) && rest <= -stop * 1000;
}

function phase({ warn_seconds: warn }, rest) {
  if (rest <= 0) return "over";
  return rest <= warn * 1000 ? "warn" : "time";
}
