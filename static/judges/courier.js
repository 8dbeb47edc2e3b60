// Carries one sheet to the server: drafts while the judge works, then the submission; one message at a time, the latest wins.
import { newId } from "../live.js";

import { paired } from "../pair.js";

const QUIET = 400; // milliseconds without typing after which a draft is sent
const FIRST_PAUSE = 1000; // milliseconds; doubled after each message without an answer
const LONGEST_PAUSE = 30000;
const UNANSWERED_MOST = 10;
const AGAIN = new Set(["storage_failed", "files_gone", "too_many_attempts"]); // the server could not say yes or no
const NOT_HERE = new Set(["seat_not_yours", "seat_code_renewed", "not_signed_in"]); // says nothing about the sheet: a submission stays meant
const SPREAD = 0.5; // of each pause left to chance, so that a hall of tablets does not come back in one moment

/** Whether two sheets hold the same entries, as the server reads them: outer blanks and empty entries do not count. */
export function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "").trim() === (other[name] ?? "").trim());
}

/** A fresh record for a turn: what is typed here, and what is needed to send it again after a reload. */
export function newRecord(turn, base, sheet) {
  const [typed, names] = [sheet.typed(), sheet.names()];
  return { turn: turn.id, number: paired(turn.number), names, typed, base, unanswered: [], submission: null, reason: "" };
}

export class Courier {
  held; // the sheet as the server last said it holds it
  conflict = null; // a newer sheet from elsewhere, until the judge has chosen
  refusal = null; // the answer that ended the sending
  submitted = false;
  read = false; // whether the judge has read the refusal
  tries = 0; // messages in a row that got no answer
  #doors;
  #begun; // the sheet as it was when this courier took it
  #timer = 0;
  #pause = FIRST_PAUSE;
  #running = null;

  /** `doors`: `deliver(event, payload)` resolves to the answer or null; `keep(record)`, `forget(turn)`; `tell(courier)`. */
  constructor(record, held, doors) {
    this.record = record;
    this.held = held;
    this.#doors = doors;
    this.#begun = held;
    if (this.#isOwn(held)) this.#accepted(held);
  }

  /** Whether something here has not reached the server. */
  get owes() {
    return !this.submitted && (this.sending || !same(this.record.typed, this.held.typed));
  }

  /** Whether the judge means the sheet to be submitted and no answer has settled it. */
  get sending() {
    return this.record.submission !== null;
  }

  /** Whether a message is on its way at this moment. */
  get busy() {
    return this.#running !== null;
  }

  /** What the judge typed; sent when the typing rests. */
  type(typed) {
    if (this.sending || this.submitted) return;
    this.record.typed = typed;
    this.refusal = null;
    this.#doors.keep(this.record);
    this.#after(QUIET);
    this.#tell();
  }

  /** Why the judge changes or keeps a sheet that was sent back; it goes with the submission. */
  explain(reason) {
    this.record.reason = reason;
    this.refusal = null;
    this.#doors.keep(this.record);
    this.#tell();
  }

  /** The judge means to submit what is typed; the id is made once and goes with every resend until it is answered. */
  async submit() {
    if (this.sending || this.submitted) return;
    this.record.submission = newId();
    this.refusal = null;
    this.#tell();
    await this.#doors.keep(this.record);
    await this.run();
  }

  /** Resolve a conflict: keep what is typed here ("mine"), or take what the server holds ("theirs"). */
  choose(which) {
    if (which === "theirs") this.record.typed = this.conflict.typed;
    this.#accepted(this.conflict);
    this.conflict = null;
    return this.run();
  }

  /** Take over what a fresh page says the server holds, unless something of ours is still to be said. */
  meet(sheet) {
    if (this.busy || sheet.version < this.held.version) return;
    if (!this.owes) this.record.typed = sheet.typed;
    this.held = sheet; // with an older base our next draft is refused, and the judge chooses
    if (this.#isOwn(sheet)) this.#accepted(sheet);
  }

  /** Take up what this tablet had kept of the sheet and its store told late; what was typed since stays. */
  adopt(kept) {
    if (this.sending || this.submitted) return;
    const isSince = ([name, text]) => text.trim() !== (this.#begun.typed[name] ?? "");
    const since = Object.entries(this.record.typed).filter(isSince);
    const base = kept.base === this.#begun.version ? this.record.base : Math.min(kept.base, this.record.base);
    const submission = since.length ? null : kept.submission;
    this.record = { ...kept, typed: { ...kept.typed, ...Object.fromEntries(since) }, base, submission };
    if (this.#isOwn(this.held)) this.#accepted(this.held);
    this.#doors.keep(this.record);
  }

  /** Try again now, as after a lost connection; what was refused before is asked again. */
  retry() {
    this.#pause = FIRST_PAUSE;
    this.refusal = null;
    return this.run();
  }

  /** Send until nothing is owed, or the server cannot be reached, or the judge has to decide. */
  run() {
    clearTimeout(this.#timer);
    if (!this.busy && this.#due) this.#running = this.#carry();
    if (!this.busy) this.#rest();
    return this.#running ?? Promise.resolve();
  }

  get #due() {
    return this.owes && !this.conflict && !this.refusal;
  }

  async #carry() {
    let answered;
    do {
      this.#tell();
      answered = await this.#exchange();
    } while (answered && this.#due);
    this.#running = null;
    if (!answered) this.#later();
    this.#rest();
  }

  /** Whatever is wrong with the page, what the judge typed is sent and sent again. */
  #tell() {
    try {
      this.#doors.tell(this);
    } catch (error) {
      console.error(error);
    }
  }

  #rest() {
    if (!this.owes) this.#doors.forget(this.record.turn);
    this.#tell();
  }

  /** Send one message; whether it was answered. */
  async #exchange() {
    const { turn, base, submission, reason = "" } = this.record;
    const typed = { ...this.record.typed };
    this.#remember(typed);
    await this.#doors.keep(this.record);
    const [event, more] = submission ? ["submit", { submission, typed, reason }] : ["draft", { typed }];
    const answer = await this.#doors.deliver(event, { turn, base, ...more }).catch(() => null);
    if (answer === null || AGAIN.has(answer.code)) return false;
    this.tries = 0;
    this.#pause = FIRST_PAUSE;
    this.#take(answer);
    return true;
  }

  #remember(typed) {
    const sent = this.record.unanswered;
    if (!sent.length || !same(sent[sent.length - 1], typed)) this.record.unanswered = [...sent, typed].slice(-UNANSWERED_MOST);
  }

  #take(answer) {
    if (answer.ok) return this.#accepted(answer.sheet);
    if (this.#wasTaken(answer)) return this.#accepted(answer.holds);
    this.record.unanswered = [];
    if (answer.code === "draft_outdated") {
      this.conflict = answer.holds;
      this.record.submission = null; // the judge has not seen what the server holds: submit again
      this.#doors.keep(this.record);
      return;
    }
    if (!NOT_HERE.has(answer.code)) this.record.submission = null;
    if (answer.holds) this.held = answer.holds;
    this.refusal = answer;
    this.#doors.keep(this.record);
  }

  /** Whether a refusal only says that an earlier message of ours had arrived, and its answer was lost. */
  #wasTaken({ code, holds }) {
    if (code === "draft_outdated") return this.#isOwn(holds);
    return Boolean(holds?.submission) && holds.submission === this.record.submission;
  }

  /** Whether a sheet of the server came from here: an earlier message had arrived, only its answer was lost. */
  #isOwn(sheet) {
    return [this.record.typed, ...this.record.unanswered].some((typed) => same(typed, sheet.typed));
  }

  #accepted(sheet) {
    this.held = sheet;
    this.record.base = sheet.version;
    this.record.unanswered = [];
    this.submitted = sheet.state === "submitted";
    // Unlocked since it was submitted: that submission is settled, and the next one is another.
    if (this.submitted || sheet.state === "returned") this.record.submission = null;
  }

  #later() {
    this.tries += 1;
    this.#after(this.#pause * (1 - SPREAD * Math.random()));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #after(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.run(), pause);
  }
}
