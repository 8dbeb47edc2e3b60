// The number pad: stands in for the system's keyboard, a key for each whole mark where there are few enough, else digits.
import { reveal } from "./parts.js";
import { read, written } from "./tally.js";

const FIGURES = "[data-figure]";
const MOST_KEYS = { tall: 41, short: 31 }; // whole marks that have a key each, by the height of the page
const MOST_FRACTIONS = 4; // such as .5, or .25 .5 .75
const MOST_MARKS = 400; // of a criterion that are looked at for that
const ONE = read("1");
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "⌫"];

export class Pad {
  #form;
  #words;
  #limitsOf;
  #after;
  #place = document.getElementById("pad");
  #field = null; // the field that the keys go to
  #fresh = true; // whether the next digit begins anew
  #pressing = false; // whether a finger is down

  /** `limitsOf(field)`: its minimum, maximum and step, undefined where it has none; `after(field)`: where "next" leads. */
  constructor(form, words, { limitsOf, after }) {
    [this.#form, this.#words, this.#limitsOf, this.#after] = [form, words, limitsOf, after];
    form.querySelectorAll(FIGURES).forEach(quiet);
    form.addEventListener("pointerdown", (event) => event.target.matches(FIGURES) && quiet(event.target));
    form.addEventListener("focusin", (event) => this.#focused(event.target));
    form.addEventListener("click", (event) => event.target.matches(FIGURES) && this.#select(event.target));
    form.addEventListener("input", (event) => event.target === this.#field && this.#mark());
    document.addEventListener("pointerdown", () => (this.#pressing = true), true);
    for (const up of ["pointerup", "pointercancel"]) document.addEventListener(up, () => setTimeout(() => this.#lifted()), true);
    addEventListener("resize", () => requestAnimationFrame(() => this.#field && this.#makeRoom())); // after frame.js
    this.#place.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the field
    this.#place.addEventListener("click", (event) => this.#press(event.target.closest("button")));
  }

  /** Whether the pad has its own place beside the sheet; elsewhere it comes with the cursor and goes with it. */
  get stands() {
    const { dataset } = document.documentElement;
    return !this.#form.closest(".reading") && !("narrow" in dataset) && !("low" in dataset);
  }

  /** Turn to a field; `ask` where it was pressed to change a mark that is not there yet. */
  turnTo(field, ask = false) {
    this.#field?.removeAttribute("data-active");
    if (field !== this.#field) this.#draw(field);
    this.#field = field;
    this.#fresh = true;
    field.setAttribute("data-active", "");
    this.#place.hidden = false;
    this.#place.toggleAttribute("data-asks", ask);
    const asks = this.#words.ask.replace("{name}", nameOf(field));
    put("pad-name", ask ? asks : nameOf(field));
    put("pad-asks", ask ? asks : ""); // for ears: the field's own name is read out anyway
    this.#mark();
    this.#makeRoom();
  }

  /** The pad stands or comes, as there is room. On a low page it lies over the foot of the sheet: the field goes up to where it is seen. */
  #makeRoom() {
    const page = document.documentElement;
    this.#place.toggleAttribute("data-comes", !this.stands);
    const covers = "low" in page.dataset && !this.#place.hidden;
    page.toggleAttribute("data-pad", covers);
    if (covers) this.#field.scrollIntoView({ block: "start" });
  }

  /** Close the pad's keys while the sheet is locked. */
  lock(locked) {
    for (const button of this.#place.querySelectorAll("button")) button.disabled = locked;
    if (!locked && this.#field) this.#mark();
  }

  #focused(target) {
    if (target.matches(FIGURES)) {
      this.turnTo(target);
      target.select();
    } else if (!this.#pressing) {
      this.#leave(target);
    }
  }

  /** The finger is up: only now may the pad go, or what was pressed would move away from under the finger. */
  #lifted() {
    this.#pressing = false;
    this.#leave(document.activeElement);
  }

  /** Go with the cursor, where the pad came with it. */
  #leave(target) {
    if (this.#field && !this.stands && !target.matches(FIGURES) && !this.#place.contains(target)) this.#close();
  }

  #select(field) {
    this.#fresh = true;
    field.select();
  }

  #close() {
    this.#place.hidden = true;
    this.#field?.removeAttribute("data-active");
    this.#field = null;
    this.#makeRoom();
  }

  #draw(field) {
    const limits = this.#limitsOf(field);
    const keys = limits && keysOf(limits);
    const place = document.getElementById("pad-keys");
    place.classList.toggle("pad-digits", !keys);
    const digits = limits ? [...DIGITS, "."] : DIGITS; // what has no limits is counted
    const values = keys ? keys.values.map((value) => key(value, { value })) : digits.map((digit) => this.#digit(digit));
    const fractions = keys ? keys.fractions.map((fraction) => key(fraction, { fraction })) : [];
    place.replaceChildren(...values);
    document.getElementById("pad-fractions").replaceChildren(...fractions);
    put("pad-range", limits ? this.#words.range.replace("{minimum}", limits.minimum).replace("{maximum}", limits.maximum) : "");
    const next = this.#after(field);
    this.#place.querySelector("[data-pad=next]").firstChild.data = next.matches("input") ? this.#words.next : this.#words.finish;
  }

  #digit(digit) {
    const made = key(digit, { digit });
    if (digit === "⌫") made.setAttribute("aria-label", this.#words.back_key);
    return made;
  }

  /** Show what of the keys stands in the field, and which of them cannot be pressed. */
  #mark() {
    const mark = read(this.#field.value);
    const whole = mark === null ? null : mark - (mark % ONE);
    const limits = this.#limitsOf(this.#field);
    for (const button of this.#place.querySelectorAll(".pad-keys button")) {
      const { value, fraction } = button.dataset;
      if (value !== undefined) button.setAttribute("aria-pressed", String(whole !== null && read(value) === whole));
      if (fraction === undefined) continue;
      button.disabled = whole === null || whole + read(fraction) > read(limits.maximum);
      button.setAttribute("aria-pressed", String(mark !== null && mark - whole === read(fraction)));
    }
  }

  #press(button) {
    if (!button || !this.#field) return;
    const { pad, value, fraction, digit } = button.dataset;
    this.#place.removeAttribute("data-asks");
    put("pad-name", nameOf(this.#field));
    if (pad === "clear") this.#enter("");
    if (pad === "close") this.#close();
    if (pad === "next") this.#goOn();
    if (value !== undefined) this.#enter(value);
    if (digit !== undefined) this.#enter(this.#typed(digit));
    if (fraction !== undefined) this.#enterFraction(fraction);
    else if (value !== undefined && !document.querySelector("[data-fraction]")) this.#goOn();
  }

  /** A fraction completes the mark: the pad goes on by itself. */
  #enterFraction(fraction) {
    const mark = read(this.#field.value);
    this.#enter(written(mark - (mark % ONE) + read(fraction)));
    this.#goOn();
  }

  #typed(digit) {
    const stands = this.#fresh ? "" : this.#field.value;
    if (digit === "⌫") return this.#field.value.slice(0, -1);
    return (stands + digit).slice(0, this.#field.maxLength);
  }

  #enter(text) {
    this.#field.value = text;
    this.#fresh = false;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #goOn() {
    const next = this.#after(this.#field);
    reveal(next);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    if (!next.matches("input") && !this.stands) this.#close();
  }
}

/** The keys for marks within these limits: whole ones, and the fractions that may follow; null where digits are better. */
export function keysOf({ minimum, maximum, step }) {
  const [low, high, unit] = [read(minimum), read(maximum), read(step)];
  if ((high - low) / unit > MOST_MARKS) return null;
  const values = [];
  const fractions = new Set();
  for (let mark = low; mark <= high; mark += unit) {
    if (mark % ONE) fractions.add(written(mark % ONE).slice(1));
    else values.push(written(mark));
  }
  if (values.length < 2 || values.length > MOST_KEYS["short" in document.documentElement.dataset ? "short" : "tall"] || fractions.size > MOST_FRACTIONS) return null;
  return { values, fractions: [...fractions].sort() };
}

/** The system's keyboard stays away: this pad is there; a real keyboard types as ever. */
function quiet(field) {
  field.inputMode = "none";
}

function key(text, dataset) {
  const made = document.createElement("button");
  made.type = "button";
  made.tabIndex = -1;
  made.textContent = text;
  Object.assign(made.dataset, dataset);
  return made;
}

function nameOf(field) {
  const label = field.closest("label")?.querySelector("span") ?? field.closest("[data-entry]").querySelector("[data-name]");
  return label.textContent.trim();
}

function put(id, text) {
  document.getElementById(id).textContent = text;
}
