// Keeps on this tablet what the server has not taken yet, so that a closed tab or an empty battery loses nothing.
const DATABASE = "saiping";
const SHEETS = "sheets";
const PATIENCE = 3000; // milliseconds until a browser that does not answer counts as one that cannot store

function open() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHEETS);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** Resolves to what the browser answers once all is done. */
function answered(transaction, request) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** The same answer, or a failure where it does not come in time: no sheet waits longer for a store than it takes to send it without. */
function inTime(answer) {
  return Promise.race([answer, new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE))]);
}

/**
 * The kept records of one seat. `shelf` names contest and seat; a sheet is kept under its turn, others under `key`.
 * Where the browser refuses to store (a private window, a full disk) the records live as long as the page.
 */
export class Keeping {
  #database = null;
  #shelf;
  #key;
  #memory = new Map();

  constructor(shelf, key = "turn") {
    this.#shelf = shelf;
    this.#key = key;
  }

  /** Open the store and resolve to every record that it kept of the seat. One that answers later tells `late(records)`. */
  async open(late) {
    const kept = this.#takenUp();
    try {
      return await inTime(kept);
    } catch (error) {
      console.warn("kept in memory only, so far:", error);
      kept.then((records) => this.#meet(records, late)).catch((failure) => console.warn("not taken up:", failure));
      return [];
    }
  }

  /** What the store has kept, however long it takes. */
  async #takenUp() {
    this.#database = await open();
    const range = IDBKeyRange.bound(`${this.#shelf}/`, `${this.#shelf}/\uffff`);
    return this.#ask("readonly", (sheets) => sheets.getAll(range));
  }

  /** Tell what a late store had kept, then write into it what was kept meanwhile. */
  #meet(records, late) {
    late(records);
    this.#memory.forEach((record) => this.put(record));
  }

  /** Whether whatever it holds would be there again after the page is loaded anew. */
  get lasts() {
    return this.#memory.size === 0;
  }

  /** Keep a record in place of the former one under its key; resolves when it is stored. */
  async put(record) {
    const key = record[this.#key];
    this.#memory.set(key, record);
    const isStored = await this.#isDone((sheets) => sheets.put(record, `${this.#shelf}/${key}`));
    if (isStored && this.#memory.get(key) === record) this.#memory.delete(key);
  }

  /** Forget the record under a key. */
  async remove(key) {
    this.#memory.delete(key);
    await this.#isDone((sheets) => sheets.delete(`${this.#shelf}/${key}`));
  }

  /** Change the store; whether that was done in time. */
  async #isDone(change) {
    try {
      await inTime(this.#ask("readwrite", change));
      return true;
    } catch {
      return false;
    }
  }

  async #ask(mode, question) {
    const transaction = this.#database.transaction(SHEETS, mode, { durability: "strict" });
    return answered(transaction, question(transaction.objectStore(SHEETS)));
  }
}
