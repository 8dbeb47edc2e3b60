// The open sheet: what its buttons do, and what of its courier the judge sees.
import { pageData } from "../live.js";
import { paired } from "../pair.js";
import { confirmSheet } from "./confirm.js";
import { same } from "./courier.js";
import { Sheet } from "./sheet.js";
import { showStanding, totalsOf } from "./standing.js";

const FLUSH = 1500; // milliseconds that the confirmation waits for the server's total

export class OpenSheet {
  courier;
  #sheet;
  #words;
  #isWaiting;
  #asked = false; // whether the judge has meant to submit: from then on what is missing is said
  #presses = 0; // so that a late answer opens no second question

  /**
   * `courierOf(sheet)` gives the courier of the sheet on the screen; `retryAll()` sends now whatever waits; `isWaiting()`
   * says whether something that belongs to the sheet, such as a photo, is still to be sent.
   */
  constructor(words, courierOf, { retryAll, isWaiting }) {
    const form = byId("sheet");
    this.#words = words;
    this.#isWaiting = isWaiting;
    this.#sheet = new Sheet(form, words, pageData("sums"), (typed) => this.courier.type(typed));
    byId("submit").dataset.label = byId("submit").textContent;
    form.addEventListener("submit", (event) => event.preventDefault());
    byId("submit").addEventListener("click", (event) => this.#press(event));
    byId("send-now").addEventListener("click", retryAll);
    byId("marked").addEventListener("click", () => this.#sheet.focusEmpty());
    byId("reason")?.addEventListener("input", (event) => this.courier.explain(event.target.value));
    byId("keep")?.addEventListener("click", (event) => this.#keep(event));
    for (const choice of form.querySelectorAll("[data-choose]")) {
      choice.addEventListener("click", (event) => this.#choose(event));
    }
    this.courier = courierOf(this.#sheet);
    this.#sheet.fill(this.courier.record.typed);
    this.#sheet.begin();
    followBar(form.querySelector(".closing"));
    if (byId("reason")) byId("reason").value = this.courier.record.reason ?? "";
  }

  /** Show what has changed with the courier. */
  show() {
    const { conflict, refusal, sending, submitted } = this.courier;
    this.#sheet.show(this.#problems());
    this.#sheet.lock(sending || submitted);
    if (byId("keep")) byId("keep").disabled = sending || submitted;
    this.#showReason(refusal?.fields.reason);
    showStanding(this.courier, this.#sheet, this.#words);
    const place = byId("refusal");
    place.hidden = !refusal;
    place.textContent = refusal ? this.#sentence(refusal) : "";
    this.#showConflict(conflict);
  }

  /** Take over what a fresh page says the server holds. */
  meet(held) {
    this.courier.meet(held);
    this.#sheet.fill(this.courier.record.typed);
    if (byId("reason")) byId("reason").value ||= this.courier.record.reason ?? "";
    this.show();
  }

  /** Whether the judge is in the middle of a sheet that is still open: then the page does not change under the hand. */
  keeps(view) {
    const { turn, typed } = this.courier.record;
    const begun = Object.values(typed).some((text) => text.trim());
    const elsewhere = view.turn?.id !== turn && view.owed.some((other) => other.turn === turn);
    return begun && elsewhere && !this.courier.submitted;
  }

  /** Say who is called now, with the way there; the sheet on the screen stays. */
  announce(turn) {
    const place = byId("newcomer");
    place.hidden = !turn;
    const text = this.#words.newcomer.replace("{mine}", this.courier.record.number);
    place.querySelector("p").textContent = turn ? text.replace("{number}", paired(turn.number)) : "";
  }

  /** The main button: find what is missing, wait a moment for the server's total, then ask. */
  async #press(event) {
    event?.preventDefault();
    const { courier } = this;
    const press = ++this.#presses;
    this.#asked = true;
    if (this.#isPointed(this.#sheet.lacking())) return;
    if (this.#isWaiting()) return void (byId("status").textContent = this.#words.photos_wait);
    await Promise.race([courier.run(), new Promise((resolve) => setTimeout(resolve, FLUSH))]);
    if (press !== this.#presses || courier.sending || courier.submitted) return;
    if (courier.conflict) return byId("conflict").querySelector("[data-choose]").focus();
    if (this.#isPointed(this.#problems()) || this.#lacksReason()) return;
    if (courier.refusal) return byId("refusal").scrollIntoView({ block: "nearest" });
    const typed = { ...courier.record.typed };
    // what is locked is what was shown; should it have changed meanwhile, ask again
    const lock = () => (same(typed, courier.record.typed) ? courier.submit() : this.#press());
    confirmSheet(typed, totalsOf(courier, this.#sheet), this.#words, lock);
  }

  /** Submit the sheet that was sent back with the marks that it had. */
  #keep(event) {
    this.#sheet.fill(this.courier.held.question.typed);
    this.courier.type(this.#sheet.typed());
    return this.#press(event);
  }

  /** Whether the sheet was sent back, comes back changed and says not why; the judge is led to the reason. */
  #lacksReason() {
    const { held, record } = this.courier;
    if (!held.question || record.reason?.trim() || same(record.typed, held.question.typed)) return false;
    this.#showReason({ message: this.#words.reason_missing });
    byId("reason").focus();
    return true;
  }

  #showReason(problem) {
    if (!byId("reason")) return;
    byId("problem-reason").textContent = problem?.message ?? "";
    byId("reason").toggleAttribute("aria-invalid", Boolean(problem));
    if (problem) byId("reason").setAttribute("aria-invalid", "true");
  }

  /** Show the problems and bring the cursor to the first; whether there were any. */
  #isPointed(problems) {
    if (!Object.keys(problems).length) return false;
    this.show();
    this.#sheet.focusProblem();
    byId("status").textContent = this.#words.look;
    return true;
  }

  /** What is wrong with which entry: the server's word, without entries that were changed since it looked. */
  #problems() {
    const { held, record, refusal } = this.courier;
    const said = { ...held.problems, ...refusal?.fields };
    const still = (key) => (held.typed[key] ?? "") === (record.typed[key] ?? "").trim() || refusal?.fields[key];
    const known = Object.fromEntries(Object.entries(said).filter(([key]) => still(key)));
    return this.#asked ? { ...known, ...this.#sheet.lacking() } : known;
  }

  /** Show both sheets side by side, in sight unless the judge is typing. */
  #showConflict(conflict) {
    const place = byId("conflict");
    const isNew = conflict && place.hidden;
    place.hidden = !conflict;
    if (conflict) showDifferences(this.courier.record.typed, conflict.typed);
    if (isNew && !byId("entries").contains(document.activeElement)) place.scrollIntoView({ block: "center" });
  }

  #sentence(refusal) {
    return Object.keys(refusal.fields).length ? this.#words.look : refusal.message;
  }

  #choose(event) {
    event.preventDefault();
    if (!this.courier.conflict) return;
    this.courier.choose(event.currentTarget.dataset.choose);
    this.#sheet.fill(this.courier.record.typed);
    byId("contestant").focus();
  }
}

/** How high the bar below the sheet is: whatever takes the cursor is scrolled clear of it. */
function followBar(bar) {
  const tell = () => document.documentElement.style.setProperty("--closing", `${bar.offsetHeight}px`);
  new ResizeObserver(tell).observe(bar);
}

function showDifferences(mine, held) {
  for (const row of byId("conflict").querySelectorAll("[data-compare]")) {
    const key = row.dataset.compare;
    const [here, there] = [(mine[key] ?? "").trim(), held[key] ?? ""];
    row.hidden = here === there;
    row.querySelector("[data-mine]").textContent = here || "—";
    row.querySelector("[data-held]").textContent = there || "—";
  }
}

function byId(id) {
  return document.getElementById(id);
}
