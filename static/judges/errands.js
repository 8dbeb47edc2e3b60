// Carries the presses of a judge that are no sheet (a vote, a call, a photo) to the server: each is kept on this tablet
// and sent again, with the same id, until it is answered.
import { newId } from "../live.js";

const FIRST_PAUSE = 1000; // milliseconds; doubled after each time without an answer
const LONGEST_PAUSE = 30000;
const SPREAD = 0.5; // of each pause left to chance
const AGAIN = new Set(["storage_failed", "files_gone", "too_many_attempts"]); // the server could not say yes or no
const NOT_HERE = new Set(["seat_not_yours", "seat_code_renewed", "not_signed_in"]); // says nothing about the press
const MOVED = "seat_moved"; // the press stays here, unsent, until this tablet has the seat again and asks anew

export class Errands {
  #keeping;
  #doors;
  #all = new Map(); // by id: {record, tries, pause, timer, busy, moved}

  /** `keeping` stores records by their id; `deliver(record)` resolves to the answer or null; `tell(record, answer)`. */
  constructor(keeping, doors) {
    this.#keeping = keeping;
    this.#doors = doors;
  }

  /** Take up what was kept before this page was loaded; `retry` sends it. What a late store tells is sent at once. */
  async open() {
    const late = (records) => {
      this.#takeUp(records);
      this.retry();
    };
    this.#takeUp(await this.#keeping.open(late));
  }

  #takeUp(records) {
    for (const record of records) if (!this.#all.has(record.id)) this.#take(record);
  }

  /** What of a kind is still to be answered, of one turn or of any: {record, tries, moved}, in the order of the presses. */
  of(kind, turn = null) {
    const all = [...this.#all.values()].filter(({ record }) => record.kind === kind);
    return turn === null ? all : all.filter(({ record }) => record.turn === turn);
  }

  /** Keep a press, {kind, …}, and send it. The id is made once, however often it is sent. */
  async add(press) {
    const record = { id: newId(), ...press };
    this.#take(record);
    this.#tell(record, null);
    await this.#keeping.put(record);
    this.#send(record.id);
  }

  /** Forget a press that is not wanted any more. */
  drop(id) {
    clearTimeout(this.#all.get(id)?.timer);
    this.#all.delete(id);
    return this.#keeping.remove(id);
  }

  /** Send now whatever waits. */
  retry() {
    this.#all.forEach((errand, id) => {
      errand.pause = FIRST_PAUSE;
      this.#send(id);
    });
  }

  #take(record) {
    this.#all.set(record.id, { record, tries: 0, pause: FIRST_PAUSE, timer: 0, busy: false, moved: false });
  }

  async #send(id) {
    const errand = this.#all.get(id);
    if (!errand || errand.busy) return;
    clearTimeout(errand.timer);
    errand.busy = true;
    const answer = await this.#doors.deliver(errand.record).catch(() => null);
    errand.busy = false;
    if (!this.#all.has(id)) return;
    errand.moved = answer?.code === MOVED;
    if (answer === null || AGAIN.has(answer.code) || NOT_HERE.has(answer.code)) this.#later(id, errand);
    else if (!errand.moved) await this.drop(id);
    this.#tell(errand.record, answer);
  }

  /** Whatever is wrong with the page, the press is sent and sent again. */
  #tell(record, answer) {
    try {
      this.#doors.tell(record, answer);
    } catch (error) {
      console.error(error);
    }
  }

  #later(id, errand) {
    errand.tries += 1;
    errand.timer = setTimeout(() => this.#send(id), errand.pause * (1 - SPREAD * Math.random()));
    errand.pause = Math.min(errand.pause * 2, LONGEST_PAUSE);
  }
}
