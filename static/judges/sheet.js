// The sheet on the screen: its entries, the ways to set them, and the messages beside them. It knows no rule about marks.
const ENTRY = "typed-";
const PLAIN = /^(\d+\.?\d*|\.\d+)$/;

/** The text as a slider can show it, or "" where it is no plain figure. */
function figure(text) {
  const plain = text.normalize("NFKC").replace("。", ".").trim();
  return PLAIN.test(plain) ? plain : "";
}

export class Sheet {
  #form;
  #words;
  #onTyped;
  #touched = null; // the field of the slider under the finger, and what stood in it

  /** `onTyped(typed)` is called after each change by the judge. */
  constructor(form, words, onTyped) {
    this.#form = form;
    this.#words = words;
    this.#onTyped = onTyped;
    form.addEventListener("input", (event) => this.#changed(event.target));
    form.addEventListener("change", (event) => this.#tidy(event.target));
    form.addEventListener("click", (event) => this.#stepped(event.target.closest("[data-step]")));
    form.addEventListener("keydown", (event) => this.#pressed(event));
    form.addEventListener("pointerdown", (event) => this.#touch(event.target));
    form.addEventListener("pointercancel", () => this.#untouch());
    this.#fields.forEach((field) => this.#follow(field));
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
      this.#follow(field);
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
    }
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

  /** Bring the cursor to the first entry that has a problem. */
  focusProblem() {
    this.#form.querySelector('[aria-invalid="true"]')?.focus();
  }

  /** Close the sheet to typing while it is being submitted, or open it again. */
  lock(locked) {
    this.#form.querySelector("fieldset").disabled = locked;
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

  #changed(target) {
    const entry = target.closest("[data-entry]");
    if (!entry) return;
    const field = entry.querySelector(`[name^="${ENTRY}"]`);
    if (target.matches("[data-slide]")) field.value = target.value;
    if (field) this.#follow(field);
    this.#onTyped(this.typed());
  }

  /** Once the cursor has left a figure in full-width signs, show it in plain ones; anything else stays as typed. */
  #tidy(field) {
    if (field.type === "radio" || field.type === "checkbox") return;
    if (!field.matches(`input[name^="${ENTRY}"]`) || !figure(field.value) || figure(field.value) === field.value) return;
    field.value = figure(field.value);
    this.#changed(field);
  }

  #stepped(button) {
    if (button) this.#step(button.closest("[data-entry]"), button.dataset.step);
  }

  /** One step up or down; the first one on an empty entry begins where the slider rests. */
  #step(entry, direction) {
    const field = entry.querySelector(`[name^="${ENTRY}"]`);
    const slide = entry.querySelector("[data-slide]");
    if (figure(field.value)) direction === "up" ? slide.stepUp() : slide.stepDown();
    field.value = slide.value;
    this.#changed(field);
  }

  #touch(target) {
    const field = target.matches("[data-slide]") && target.closest("[data-entry]").querySelector(`[name^="${ENTRY}"]`);
    this.#touched = field ? { field, text: field.value } : null;
  }

  /** The browser takes the finger for a scroll: the slider that it began on has moved and moves back. */
  #untouch() {
    if (!this.#touched) return;
    this.#touched.field.value = this.#touched.text;
    this.#changed(this.#touched.field);
    this.#touched = null;
  }

  #pressed(event) {
    const field = event.target;
    if (!field.matches(`input[name^="${ENTRY}"]`) || field.type === "radio" || event.isComposing) return;
    const steps = { ArrowUp: "up", ArrowDown: "down" };
    if (event.key in steps && !field.closest("[data-entry]").querySelector("[data-slide]")) return;
    if (event.key in steps) this.#step(field.closest("[data-entry]"), steps[event.key]);
    else if (event.key === "Enter") this.#after(field).focus();
    else return;
    event.preventDefault();
  }

  #after(field) {
    const fields = this.#fields.filter((each) => !each.matches("textarea"));
    return fields[fields.indexOf(field) + 1] ?? this.#form.querySelector(".main-button");
  }

  /** Let the slider follow its field; the filled part of its track is drawn from --fill. */
  #follow(field) {
    const slide = field.closest("[data-entry]").querySelector("[data-slide]");
    if (!slide) return;
    const shown = figure(field.value);
    slide.value = shown; // what is no figure puts it at rest, in the middle
    slide.toggleAttribute("data-empty", !shown);
    slide.setAttribute("aria-valuetext", shown || this.#words.no_mark);
    const share = (slide.value - slide.min) / (slide.max - slide.min);
    slide.style.setProperty("--fill", `${share * 100}%`);
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
