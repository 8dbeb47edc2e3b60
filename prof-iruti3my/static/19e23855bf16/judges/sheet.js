// The sheet on the screen: its entries, the ways to set them, and the messages beside them. It judges no mark.
import { Pad } from "./pad.js";
import { countParts, reveal, startParts } from "./parts.js";
import { read, readMark, tally, written } from "./tally.js";

const ENTRY = "typed-";

export class Sheet {
  #form;
  #words;
  #sums;
  #onTyped;
  #pad;

  /** `sums` is what totals are made of; `onTyped(typed)` is called after each change by the judge. */
  constructor(form, words, sums, onTyped) {
    this.#form = form;
    this.#words = words;
    this.#sums = sums;
    this.#onTyped = onTyped;
    form.addEventListener("input", (event) => this.#changed(event.target));
    form.addEventListener("change", (event) => this.#tidy(event.target));
    form.addEventListener("click", (event) => this.#stepped(event.target.closest("[data-step]")));
    form.addEventListener("keydown", (event) => this.#pressed(event));
    const limitsOf = (field) => this.#limits[keyOf(field)];
    this.#pad = new Pad(form, words, { limitsOf, after: (field) => this.#after(field) });
  }

  /** Show the first part that is not filled in and, where the pad stands beside the sheet, turn it to the first mark. */
  begin() {
    startParts(this.#form, this.#empty);
    const figures = this.#figures;
    const first = figures.find((field) => !isFilled(field)) ?? figures[0];
    if (first && this.#limits[keyOf(first)] && this.#pad.stands) this.#pad.turnTo(first);
  }

  /** What stands in the fields, by name. */
  typed() {
    return Object.fromEntries(this.#fields.map((field) => [keyOf(field), valueOf(field)]));
  }

  /** The fields' names as the judge reads them. */
  names() {
    const named = (field) => text(field.closest("[data-entry]"), "[data-name]");
    return Object.fromEntries(this.#fields.map((field) => [keyOf(field), named(field)]));
  }

  /** Put marks into the fields; a field that already says so is left alone, with its cursor. */
  fill(typed) {
    // whoever adds fields as they are needed adds them now
    this.#form.dispatchEvent(new CustomEvent("fill", { bubbles: true, detail: typed }));
    for (const field of this.#fields) {
      const wanted = typed[keyOf(field)] ?? "";
      if (valueOf(field).trim() !== wanted) put(field, wanted);
    }
  }

  /** Show the problems ({entry or field: {message}}) beside their fields, and none beside the others. */
  show(problems) {
    for (const entry of this.#entries) {
      const fields = this.#fields.filter((field) => field.closest("[data-entry]") === entry);
      const wrong = fields.filter((field) => problems[keyOf(field)]);
      const problem = problems[entry.dataset.entry] ?? problems[wrong.length && keyOf(wrong[0])];
      const place = entry.querySelector(".problem");
      if (place.textContent !== (problem?.message ?? "")) place.textContent = problem?.message ?? "";
      for (const field of fields) {
        const invalid = wrong.includes(field) || (problem && !wrong.length && field === fields[0]);
        if (invalid) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
      entry.closest(".criterion")?.toggleAttribute("data-wrong", Boolean(entry.closest(".criterion").querySelector("[aria-invalid]")));
    }
    countParts(this.#form, this.#empty);
  }

  /** The answers that are not given, as problems. */
  lacking() {
    const empty = this.#answers.filter((answer) => !answer.fields.some(isFilled));
    return Object.fromEntries(empty.map(({ key, message }) => [key, { message }]));
  }

  /** How many answers are given, and how many there are. */
  progress() {
    const answers = this.#answers;
    return { done: answers.filter((answer) => answer.fields.some(isFilled)).length, all: answers.length };
  }

  /** Whether an item or a part has an entry at all: before that nothing is taken off a checklist's item. */
  isBegun(key) {
    return this.#answers.some((answer) => (answer.key === key || key === "") && answer.fields.some(isFilled));
  }

  /** Whether points are taken off a maximum, so that a sheet without an entry has no total yet. */
  get takesOff() {
    return "items" in this.#sums;
  }

  /** The tablet's own sum of what stands in the fields: {total, totals}. */
  ownTotals() {
    return tally(this.#sums, this.typed());
  }

  /** Bring the cursor to the first entry that has a problem. */
  focusProblem() {
    focus(this.#form.querySelector('[aria-invalid="true"]'));
  }

  /** Bring the cursor to the first answer that is not given. */
  focusEmpty() {
    focus(this.#empty[0]);
  }

  /** Close the sheet to typing while it is being submitted, or open it again. */
  lock(locked) {
    this.#form.querySelector("#entries").disabled = locked;
    this.#pad.lock(locked);
  }

  /** What has to be answered: each field by itself, but any one of those in a [data-any]; comments may stay empty. */
  get #answers() {
    const groups = [...this.#form.querySelectorAll("[data-any]")].map((group) => ({
      key: group.dataset.any,
      message: group.dataset.lacking,
      fields: this.#fields.filter((field) => group.contains(field)),
    }));
    const single = this.#fields.filter((field) => !field.matches("textarea") && !field.closest("[data-any]"));
    const message = this.#words.mark_empty;
    return [...groups, ...single.map((field) => ({ key: keyOf(field), message, fields: [field] }))];
  }

  get #entries() {
    return [...this.#form.querySelectorAll("[data-entry]")];
  }

  /** One field for each entry: of several choices the first stands for all. */
  get #fields() {
    const all = [...this.#form.querySelectorAll(`[name^="${ENTRY}"]`)];
    return all.filter((field) => field.type !== "radio" || choices(field)[0] === field);
  }

  /** One field for each answer that is not given. */
  get #empty() {
    return this.#answers.filter((answer) => !answer.fields.some(isFilled)).map((answer) => answer.fields[0]);
  }

  /** The limits of every mark, by the name of its field. */
  get #limits() {
    return Object.assign({}, ...Object.values(this.#sums.marks ?? {}));
  }

  get #figures() {
    return this.#fields.filter((field) => field.matches("[data-figure]"));
  }

  #changed(target) {
    if (target.closest("[data-entry]")) this.#onTyped(this.typed());
  }

  /** Once the cursor has left a figure in full-width signs, show it in plain ones; anything else stays as typed. */
  #tidy(field) {
    const figure = field.matches("[data-figure]") ? read(field.value) : null;
    if (figure === null || !/[^\d.\s-]/.test(field.value)) return;
    field.value = written(figure);
    this.#changed(field);
  }

  #stepped(button) {
    if (button) this.#step(button.closest("[data-entry]").querySelector("[data-figure]"), button.dataset.step);
  }

  /** One step up or down from a mark; where there is none yet, or no good one, the pad asks for it first. */
  #step(field, direction) {
    const limits = this.#limits[keyOf(field)];
    const mark = readMark(field.value, limits);
    if (document.activeElement !== field) field.focus({ preventScroll: true });
    if (mark === null) return this.#pad.turnTo(field, true);
    const next = direction === "up" ? mark + read(limits.step) : mark - read(limits.step);
    if (readMark(written(next), limits) === null) return;
    field.value = written(next);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.select(); // a real keyboard writes in its place
  }

  #pressed(event) {
    const field = event.target;
    if (!field.matches("[data-figure]") || event.isComposing) return;
    const steps = { ArrowUp: "up", ArrowDown: "down" };
    if (event.key in steps && !this.#limits[keyOf(field)]) return;
    if (event.key in steps) this.#step(field, steps[event.key]);
    else if (event.key === "Enter") focus(this.#after(field));
    else return;
    event.preventDefault();
  }

  /** Where the judge goes on after a figure: the next one, after the last one what is still empty, then the main button. */
  #after(field) {
    const figures = this.#figures;
    const next = figures[figures.indexOf(field) + 1] ?? this.#empty.find((each) => each !== field);
    return next ?? this.#form.querySelector(".main-button");
  }
}

/** The choices that share the field's name. */
function choices(field) {
  return [...field.form.elements].filter((other) => other.name === field.name);
}

/** What stands in a field, or which of its choices is taken; a box that is not ticked says nothing. */
function valueOf(field) {
  if (field.type === "checkbox") return field.checked ? field.value : "";
  if (field.type !== "radio") return field.value;
  return choices(field).find((choice) => choice.checked)?.value ?? "";
}

function put(field, wanted) {
  if (field.type === "checkbox") field.checked = wanted === field.value;
  else if (field.type !== "radio") field.value = wanted;
  else for (const choice of choices(field)) choice.checked = choice.value === wanted;
}

function keyOf(field) {
  return field.name.slice(ENTRY.length);
}

function isFilled(field) {
  return valueOf(field).trim() !== "";
}

function text(entry, selector) {
  return entry.querySelector(selector).textContent.trim();
}

/** Bring the cursor to a field, also where it stands in a part that is not shown. */
function focus(field) {
  if (!field) return;
  reveal(field);
  field.focus();
}
