// Turns the pages of a ranking that is longer than its place: as many rows as fit, however high each of them is.

/** One ranking: the section with `.rows` and, for "2 / 5", `.pages`. */
export class Pages {
  #rows;
  #count;
  #shown = 0;

  constructor(section, count = section.querySelector(".pages")) {
    this.#rows = section.querySelector(".rows");
    this.#count = count;
  }

  get rows() {
    return this.#rows;
  }

  turn() {
    this.#shown += 1;
    this.show();
  }

  /** Show the page as far as it is turned, or the one with the row that is known by `id`. */
  show(id) {
    const pages = this.#cut();
    const with_id = pages.findIndex((page) => page.some((row) => row.dataset.id === String(id)));
    this.#shown = with_id < 0 ? this.#shown % pages.length : with_id;
    pages.forEach((page, place) => page.forEach((row) => (row.hidden = place !== this.#shown)));
    this.#count.textContent = pages.length > 1 ? `${this.#shown + 1} / ${pages.length}` : "";
  }

  /** The rows cut into pages; all are drawn smaller where one would take half of the place and be cut. */
  #cut() {
    const rows = [...this.#rows.children];
    for (const row of rows) row.hidden = false;
    this.#rows.classList.remove("long");
    const room = this.#rows.clientHeight + 1;
    const isLong = rows.some((row) => row.getBoundingClientRect().height > room / 2);
    this.#rows.classList.toggle("long", isLong);
    const pages = [[]];
    let left = room;
    for (const [row, height] of rows.map((each) => [each, each.getBoundingClientRect().height])) {
      if (height > left && pages[pages.length - 1].length) {
        pages.push([]);
        left = room;
      }
      pages[pages.length - 1].push(row);
      left -= height;
    }
    return pages;
  }
}
