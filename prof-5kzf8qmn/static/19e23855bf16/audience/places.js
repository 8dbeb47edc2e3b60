// Fills the marked places of the audience's pages from a snapshot, by the same rules as scoring/audience/places.py.

import { paired } from "../pair.js";

/** What the snapshot holds at a dotted path; undefined if there is nothing. */
function valueAt(data, path) {
  return path.split(".").reduce((held, name) => held?.[name], data);
}

function isThere(value) {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** The items at a path; an object's are its pairs. */
function itemsAt(data, path) {
  const value = valueAt(data, path) ?? [];
  if (Array.isArray(value)) return value;
  return Object.entries(value).map(([key, held]) => ({ key, value: held }));
}

/** Which of these paths hold something, by their last names. */
function heldOf(data, paths) {
  const held = paths.split(" ").filter((path) => isThere(valueAt(data, path)));
  return held.map((path) => path.split(".").pop()).join(" ");
}

/**
 * Fills places in one language: `fill(element, data)` writes the figures of `data` into the places marked in `element`.
 *
 * data-field writes a figure, data-say a sentence around figures, data-mark copies a figure to data-is for the
 * stylesheet, data-holds which of the paths in data-holds-of hold something, data-value and data-max set a progress bar, data-clock gets a clock's facts, data-when and data-unless show and hide, data-unlike hides a
 * figure that is written elsewhere already, data-with narrows to a part of the snapshot, data-list keeps one child for
 * each item, made from the template named by data-each and known by its data-key.
 */
export class Filler {
  #words;
  #phrases;

  /** `phrases(text)` cuts a text where its lines may break; a page that is not told where leaves it to the browser. */
  constructor(words, phrases = (text) => [text]) {
    this.#words = words;
    this.#phrases = phrases;
  }

  fill(element, data) {
    const marks = element.dataset;
    if (marks.with) {
      data = valueAt(data, marks.with);
      element.hidden = !isThere(data);
      if (element.hidden) return; // what was there stays written, unseen, until there is something again
    }
    this.mark(element, data);
    if (marks.value) Object.assign(element, { max: valueAt(data, marks.max), value: valueAt(data, marks.value) });
    if ("clock" in marks) marks.clock = JSON.stringify(data ?? null); // static/clock.js draws it
    if (marks.field) this.#write(element, this.#text(data, marks.field));
    if (marks.say) this.#write(element, this.#sentence(marks.say, data));
    if (marks.unlike) element.hidden = element.textContent === this.#text(data, marks.unlike);
    if (marks.list) this.#fillList(element, data);
    else for (const child of element.children) this.fill(child, data);
  }

  /** What the stylesheet and the reader's eye are told of one element, without what stands in it. */
  mark(element, data) {
    const marks = element.dataset;
    if (marks.when) element.hidden = !isThere(valueAt(data, marks.when));
    if (marks.unless) element.hidden = isThere(valueAt(data, marks.unless));
    if (marks.mark) marks.is = valueAt(data, marks.mark) ?? "";
    if (marks.holdsOf) marks.holds = heldOf(data, marks.holdsOf);
  }

  #write(element, sentence) {
    const text = paired(sentence);
    if (element.textContent === text) return;
    if (!element.classList.contains("phrases")) element.textContent = text;
    else {
      const parts = this.#phrases(text);
      element.replaceChildren(...parts.flatMap((part, place) => (place ? [document.createElement("wbr"), part] : [part])));
    }
  }

  #text(data, path) {
    const value = valueAt(data, path);
    if (value === undefined || value === null) return "";
    return this.#words[`${path.split(".").pop()}.${value}`] ?? String(value);
  }

  #sentence(key, data) {
    return this.#words[key].replace(/%\(([\w.]+)\)s/g, (_, path) => this.#text(data, path));
  }

  #fillList(list, data) {
    const { each, key } = list.dataset;
    const gone = new Map([...list.children].map((child) => [child.dataset.id, child]));
    itemsAt(data, list.dataset.list).forEach((item, index) => {
      const id = String(key ? item[key] : index);
      const child = gone.get(id) ?? document.getElementById(each).content.firstElementChild.cloneNode(true);
      gone.delete(id);
      child.dataset.id = id;
      this.fill(child, item);
      if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
    });
    gone.forEach((child) => child.remove());
  }
}
