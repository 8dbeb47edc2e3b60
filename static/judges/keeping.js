// Keeps on this tablet what the server has not taken yet, so that a closed tab or an empty battery loses nothing.
const DATABASE = "saiping";
const SHEETS = "sheets";

function open() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHEETS);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error("blocked"));
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * The kept sheets of one seat. `shelf` names contest and seat; a record is kept under its turn.
 * Where the browser refuses to store (a private window, a full disk) the records live as long as the page.
 */
export class Keeping {
  #database = null;
  #shelf;
  #memory = new Map();

  constructor(shelf) {
    this.#shelf = shelf;
  }

  /** Open the store; resolves to the Keeping itself. */
  async open() {
    try {
      this.#database = await open();
    } catch (error) {
      console.warn("kept in memory only:", error);
    }
    return this;
  }

  /** Every kept record of the seat. */
  async all() {
    const kept = new Map(this.#memory);
    if (this.#database) {
      const range = IDBKeyRange.bound(`${this.#shelf}/`, `${this.#shelf}/\uffff`);
      for (const record of await done(this.#store("readonly").getAll(range))) kept.set(record.turn, record);
    }
    return [...kept.values()];
  }

  /** Keep a record in place of the turn's former one; resolves when it is stored. */
  async put(record) {
    try {
      await done(this.#store("readwrite").put(record, `${this.#shelf}/${record.turn}`));
      this.#memory.delete(record.turn);
    } catch {
      this.#memory.set(record.turn, record);
    }
  }

  /** Forget the record of a turn. */
  async remove(turn) {
    this.#memory.delete(turn);
    if (this.#database) await done(this.#store("readwrite").delete(`${this.#shelf}/${turn}`));
  }

  #store(mode) {
    return this.#database.transaction(SHEETS, mode, { durability: "strict" }).objectStore(SHEETS);
  }
}
