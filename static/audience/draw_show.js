// Shows a draw as it is made: the tickets lie in order of number, then fall into the drawn order, one after the other.
import { fitAll } from "./fit.js";

const LIES = 1500; // milliseconds until the first ticket falls
const FALLS = 900; // milliseconds for one ticket
const ALL_FALL = 5000; // milliseconds from the first to the last, however many there are
const STAYS = 7000; // milliseconds that the drawn order stays
const SHOWN_BEFORE = 3; // draws of before whose seals and reasons stand below the newest
const LARGEST = 6; // times the size at which the tickets of a whole city fit: a few of them fill the hall as well
const EASE = "cubic-bezier(0.22, 0.8, 0.3, 1)";
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether time runs for somebody whom this screen shows: nothing is laid over a running clock. */
function isRunning(now, racing) {
  return [now, racing].some((part) => typeof part?.clock?.running_since === "number");
}

/** Plays each draw that a screen learns of while it is open; what was drawn before stands in the order already. */
export class DrawShow {
  #words;
  #seen; // the id of the newest draw that was shown or was there before, once a snapshot was there

  constructor(words) {
    this.#words = words;
  }

  /** Look at a snapshot; `draw` is what is on record, so nothing is shown that was not drawn. `now` is on in this room. */
  see(board, now = board.now) {
    const newest = board.draw?.id ?? 0;
    this.#seen ??= newest;
    if (newest <= this.#seen || isRunning(now, board.racing)) return; // with the next snapshot in which no clock runs
    this.#seen = newest;
    this.#play(board.draw);
  }

  #play({ kind, late, lines, lots, times, before }) {
    document.querySelector(".draw-show")?.remove();
    const drawn = lines.map((line) => this.#ticket(line));
    const list = element("ol", "tickets", ...[...drawn].sort((one, other) => (one.dataset.number < other.dataset.number ? -1 : 1)));
    const show = element("section", "draw-show", element("h2", "", this.#words[`draw.${kind}`].replace("{late}", late)), list);
    if (lots.seal) show.append(this.#drawnFrom(lots, times, before));
    show.setAttribute("role", "status");
    show.dataset.kind = kind;
    list.dataset.fit = LARGEST;
    document.body.append(show);
    fitAll();
    if (calm.matches) this.#settle(show, list, drawn);
    else setTimeout(() => this.#fall(show, list, drawn), LIES);
  }

  /** What anybody needs to draw it again: the seal that was shown before, what was sealed, what was typed and by whom. */
  #drawnFrom(lots, times, before) {
    const say = (about) => (key) => this.#words[`draw.${key}`].replace(/\{(\w+)\}/g, (_, name) => about[name] ?? "—");
    const why = (about) => (about.reason ? ["reason"] : []);
    const lines = ["from", lots.on_account ? "on_account" : "named", ...why(lots)].map(say(lots));
    if (times > 1) lines.push(say({ times })("times"), ...before.slice(0, SHOWN_BEFORE).flatMap((one) => ["before", ...why(one)].map(say(one))));
    return element("p", "drawn-from", ...lines.map((line) => element("span", "", line)));
  }

  #ticket({ number, place, side }) {
    const told = side ? this.#words[`side.${side}`] : `${place}`;
    const ticket = element("li", "ticket", element("span", "told", told), element("b", "", number));
    ticket.dataset.number = number;
    if (side) ticket.dataset.side = side;
    return ticket;
  }

  #fall(show, list, drawn) {
    list.dataset.moves = "yes"; // fit.js leaves it alone: what moves reaches out of its place
    const from = drawn.map((ticket) => ticket.getBoundingClientRect());
    list.append(...drawn);
    const pause = Math.min(250, ALL_FALL / drawn.length);
    drawn.forEach((ticket, place) => {
      const to = ticket.getBoundingClientRect();
      const start = `translate(${from[place].left - to.left}px, ${from[place].top - to.top}px)`;
      const up = { transform: `${start} scale(1.25)`, offset: 0.15, zIndex: 2 }; // over those that lie and those that have fallen
      const frames = [{ transform: start, zIndex: 0 }, up, { transform: "none", zIndex: 2 }];
      const falling = ticket.animate(frames, { duration: FALLS, delay: place * pause, easing: EASE, fill: "backwards" });
      falling.onfinish = () => ticket.classList.add("fallen");
    });
    setTimeout(() => this.#settle(show, list, drawn), drawn.length * pause + FALLS);
  }

  #settle(show, list, drawn) {
    list.append(...drawn);
    for (const ticket of drawn) ticket.classList.add("fallen");
    delete list.dataset.moves;
    fitAll(); // the window may have another size since
    show.dataset.settled = "yes";
    setTimeout(() => show.remove(), STAYS);
  }
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}
