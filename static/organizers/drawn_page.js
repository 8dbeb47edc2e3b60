// Keeps a page that the server draws as it would be drawn now: asks for it again and morphs what is shown into it.
import { Idiomorph } from "../vendor/idiomorph.js";
import { fetchWithin } from "../live.js";
import { begunForms } from "../renewal.js";

const PAUSE = 300; // milliseconds between two questions for the page, however much comes in
const ASK_AGAIN = 2000; // milliseconds until a page that could not be had is asked for again, plus up to as much
const LOOK_AROUND = 6000; // milliseconds between two questions for the page while there is no socket
const PATIENCE = 15000; // milliseconds until a question counts as not answered

export const parse = (html) => new DOMParser().parseFromString(html, "text/html");

/** The parts with these ids of the page that is open. `onNews` and `onDrawn` are for what a page does beside. */
export class DrawnPage {
  /** @type {Set<Element>} */
  typedInto = new Set(begunForms()); // the forms that somebody is filling in
  asking = false; // a question for the page as it is now is under way
  busy = false; // something else is under way after which the page is asked for
  askAgain = false;
  later = 0; // the timer of the next question after one without an answer
  askedAt = 0;
  drawnAt = performance.now();

  /**
   * @param {string[]} ids
   * @param {{ home: () => string, onNews?: (page: Document) => void, onDrawn?: () => void }} told
   */
  constructor(ids, { home, onNews = (page) => this.draw(page), onDrawn = () => {} }) {
    this.ids = ids;
    this.home = home;
    this.onNews = onNews;
    this.onDrawn = onDrawn;
    document.addEventListener("input", (event) => {
      const form = event.target.closest("form");
      if (form) this.typedInto.add(form);
    });
  }

  /** The first of them, which says what the page is about. */
  get part() {
    return document.getElementById(this.ids[0]);
  }

  /** Ask now and again while there is no socket that would say when. */
  lookAroundWithout(socket) {
    setInterval(() => socket.connected || this.refresh(), LOOK_AROUND);
    addEventListener("uncovered", () => {
      socket.connect(); // one that was refused does not come back by itself
      this.refresh();
    });
  }

  /** Make what is shown look like `page`, but leave alone what is open, being filled in, or stays by itself. */
  draw(page) {
    const focused = document.activeElement?.id;
    const callbacks = {
      beforeNodeMorphed: (shown) => !this.typedInto.has(shown) && shown.dataset?.still === undefined,
      beforeAttributeUpdated: (name, shown, change) =>
        !(name === "open" && change === "remove" && shown.tagName === "DETAILS") &&
        !(name === "aria-pressed" && shown.id === "sound"),
    };
    for (const id of this.ids) Idiomorph.morph(document.getElementById(id), page.getElementById(id), { callbacks });
    for (const form of this.typedInto) drawLiveParts(form, page);
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
    this.drawnAt = performance.now();
    this.onDrawn();
  }

  /** Ask for the page as it is now; questions that come while one is under way become one more. */
  async refresh() {
    const early = this.askedAt + PAUSE - performance.now();
    this.askAgain = this.asking || this.busy || early > 0;
    if (this.askAgain) {
      if (early > 0 && !this.asking && !this.busy) setTimeout(() => this.rest(), early);
      return;
    }
    this.asking = true;
    this.askedAt = performance.now();
    try {
      const answer = await fetchWithin(PATIENCE, this.home(), { headers: { Accept: "text/html", "Saiping-Follows": "1" } });
      if (answer.redirected) return this.signedOut();
      if (!answer.ok) throw new Error(String(answer.status));
      this.onNews(parse(await answer.text()));
    } catch {
      clearTimeout(this.later); // one question is enough; what the socket has told once it does not tell again
      this.later = setTimeout(() => this.refresh(), ASK_AGAIN * (1 + Math.random()));
    } finally {
      this.asking = false;
      this.rest();
    }
  }

  rest() {
    if (this.askAgain && !this.asking && !this.busy) this.refresh();
  }

  /** Leave for the sign-in; what is being typed is covered and stays, see covered.js. */
  signedOut() {
    if (this.typedInto.size) dispatchEvent(new Event("session-ended"));
    else location.reload();
  }
}

/** What a form that is being filled in shows of others' doing is drawn anew where it is another thing by now. */
function drawLiveParts(form, page) {
  for (const part of form.querySelectorAll("[data-live]")) {
    const newer = page.getElementById(part.id);
    if (newer && newer.dataset.live !== part.dataset.live) part.replaceWith(document.importNode(newer, true));
  }
}
