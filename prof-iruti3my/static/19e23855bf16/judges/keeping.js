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
    impatient(reject);
  });
}

/** Resolves when the browser has written it; no sheet waits longer for a store than it takes to send it without. */
function written(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    impatient(reject);
  });
}

function impatient(reject) {
  setTimeout(() => reject(new Error("no answer")), PATIENCE);
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

  /** Open the store. */
  async open() {
    try {
      this.#database = await open();
    } catch (error) {
      console.warn("kept in memory only:", error);
    }
  }

  /** Whether whatever it holds would be there again after the page is loaded anew. */
  get lasts() {
    return this.#memory.size === 0;
  }

  /** Every kept record of the seat. */
  async all() {
    const range = () => IDBKeyRange.bound(`${this.#shelf}/`, `${this.#shelf}/\uffff`);
    const stored = await this.#try("readonly", (sheets) => sheets.getAll(range()));
    const kept = new Map((stored ?? []).map((record) => [record[this.#key], record]));
    this.#memory.forEach((record, key) => kept.set(key, record));
    return [...kept.values()];
  }

  /** Keep a record in place of the former one under its key; resolves when it is stored. */
  async put(record) {
    const key = record[this.#key];
    this.#memory.set(key, record);
    const stored = await this.#try("readwrite", (sheets) => sheets.put(record, `${this.#shelf}/${key}`));
    if (stored) this.#memory.delete(key);
  }

  /** Forget the record under a key. */
  async remove(key) {
    this.#memory.delete(key);
    await this.#try("readwrite", (sheets) => sheets.delete(`${this.#shelf}/${key}`));
  }

  /** Ask the store something; null where it cannot answer. */
  async #try(mode, ask) {
    try {
      const transaction = this.#database.transaction(SHEETS, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(SHEETS));
      await written(transaction);
      return request.result;
    } catch {
      return null;
    }
  }
}
