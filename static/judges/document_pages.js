// The pages of a PDF: drawn when they come near the view, let go when they are far, so that a tablet can hold 200.

const PIXELS_MOST = 8_000_000; // of one page; more is refused by older tablets
const IMAGE_PIXELS_MOST = 60_000_000;
const SETTLED = 200; // milliseconds without a change of width

let pdfjs; // what draws: the newest one that this browser can read, or the older one where it cannot draw with that
let isOlder = false;

/** Open a section's PDF and lay out its pages; fails where it cannot be had. */
export async function openPages(section, view, words) {
  pdfjs = pdfjs ?? (await newest(section.dataset).catch(() => withOlder(section.dataset)));
  const file = await opened(section.dataset).catch(async (error) => {
    if (isOlder || NOT_THE_BROWSERS.includes(error?.name)) throw error;
    pdfjs = await withOlder(section.dataset);
    return opened(section.dataset);
  });
  const first = (await file.getPage(1)).getViewport({ scale: 1 });
  return new Pages(file, view, first, words, section.dataset);
}

/** What pdf.js says of a file or of the way to it: another part would say the same. */
const NOT_THE_BROWSERS = [
  "InvalidPDFException",
  "MissingPDFException",
  "PasswordException",
  "ResponseException",
  "UnexpectedResponseException",
];

function opened(dataset) {
  return pdfjs.getDocument(source(dataset)).promise;
}

async function withOlder(dataset) {
  const found = await older(dataset);
  isOlder = true;
  return found;
}

async function newest({ worker }) {
  const found = await import("../vendor/pdfjs-dist.js");
  found.GlobalWorkerOptions.workerSrc = worker;
  return found;
}

/** A script of before there were modules, for browsers that cannot read the newest one's words. */
function older({ older: address, olderWorker }) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onerror = reject;
    script.onload = () => {
      window.pdfjsLib.GlobalWorkerOptions.workerSrc = olderWorker;
      resolve(window.pdfjsLib);
    };
    document.head.append(script);
  });
}

function source({ address, parts }) {
  return {
    url: address,
    cMapPacked: true,
    cMapUrl: `${parts}cmaps/`,
    standardFontDataUrl: `${parts}fonts/`,
    wasmUrl: `${parts}wasm/`,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: IMAGE_PIXELS_MOST,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  };
}

class Pages {
  /** `onPage(number)` is called when another page is in the middle of the view. */
  constructor(file, view, size, words, dataset) {
    this.file = file;
    this.last = isOlder ? file : null; // after which nothing else is tried
    this.dataset = dataset;
    this.view = view;
    this.count = file.numPages;
    this.current = 1;
    this.onPage = (_number) => {};
    this.near = new Set();
    this.frames = Array.from({ length: this.count }, (_, at) => frame(at + 1, size, words));
    view.querySelector(".document-pages").replaceChildren(...this.frames.map((each) => each.sheet));
    this.watch();
  }

  /** Draw what comes near, let go what leaves, note what is in the middle, draw again when the width has changed. */
  watch() {
    const near = new IntersectionObserver((seen) => seen.forEach((each) => this.moved(each)), {
      root: this.view,
      rootMargin: "75% 0px",
    });
    const middle = new IntersectionObserver((seen) => seen.forEach((each) => this.passed(each)), {
      root: this.view,
      rootMargin: "-50% 0px -50% 0px",
    });
    const width = new ResizeObserver(() => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.near.forEach((each) => this.draw(each)), SETTLED);
    });
    for (const { sheet } of this.frames) [near, middle].forEach((each) => each.observe(sheet));
    width.observe(this.frames[0].sheet);
  }

  moved({ target, isIntersecting }) {
    const found = this.frames[Number(target.dataset.page) - 1];
    if (isIntersecting) {
      this.near.add(found);
      this.draw(found);
    } else if (this.near.delete(found)) {
      letGo(found);
    }
  }

  passed({ target, isIntersecting }) {
    if (!isIntersecting) return;
    this.current = Number(target.dataset.page);
    this.onPage(this.current);
  }

  /** Bring a page to the top of the view. */
  goTo(number) {
    const found = this.frames[Math.min(Math.max(number, 1), this.count) - 1];
    this.view.scrollTop = found.sheet.offsetTop;
  }

  /** Draw a page as sharp as the screen, unless it is drawn at this width already. */
  async draw(each) {
    const width = Math.round(each.sheet.clientWidth * (window.devicePixelRatio || 1));
    if (each.width === width) return;
    each.width = width;
    each.task?.cancel();
    const file = this.file;
    try {
      const page = await file.getPage(each.number);
      if (each.width !== width) return;
      await paint(each, page, width);
    } catch (error) {
      if (error?.name === "RenderingCancelledException") return;
      each.width = 0;
      if (await this.takenOver(file)) return this.draw(each);
      each.sheet.textContent = each.blank;
    }
  }

  /** Whether the older part has taken over from this file: the newest was read by this browser, but cannot draw here. */
  takenOver(file) {
    if (file !== this.file) return Promise.resolve(true);
    if (file === this.last) return Promise.resolve(false);
    this.taking = this.taking ?? this.takeOver();
    return this.taking;
  }

  async takeOver() {
    try {
      pdfjs = isOlder ? pdfjs : await withOlder(this.dataset);
      this.file = this.last = await opened(this.dataset);
      return true;
    } catch {
      return false;
    }
  }
}

function frame(number, size, words) {
  const sheet = document.createElement("div");
  sheet.className = "document-sheet";
  sheet.dataset.page = number;
  shape(sheet, size);
  const [label, blank] = [words.sheet, words.blank].map((text) => text.replace("{page}", number));
  return { sheet, number, width: 0, task: null, label, blank };
}

function shape(sheet, { width, height }) {
  sheet.style.setProperty("--ratio", `${width} / ${height}`);
}

/** Paint on a new canvas and exchange it when it is done, so that nothing flickers. */
async function paint(each, page, width) {
  const plain = page.getViewport({ scale: 1 });
  shape(each.sheet, plain);
  const scale = Math.min(width / plain.width, Math.sqrt(PIXELS_MOST / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", each.label);
  const surface = isOlder ? { canvasContext: canvas.getContext("2d") } : { canvas };
  each.task = page.render({ ...surface, viewport, annotationMode: pdfjs.AnnotationMode.DISABLE });
  await each.task.promise;
  each.sheet.replaceChildren(canvas);
  each.sheet.dataset.drawn = "";
}

function letGo(each) {
  each.task?.cancel();
  each.width = 0;
  each.sheet.replaceChildren();
  delete each.sheet.dataset.drawn;
}
