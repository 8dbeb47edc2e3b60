// A document to read beside the rubric: its bar with zoom and pages, for a PDF as for text.

const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const FIT = ZOOMS.indexOf(1);

for (const section of document.querySelectorAll("[data-document]")) readable(section);

/** Bring one document's section to life. */
function readable(section) {
  const view = section.querySelector(".document-view");
  zoomable(section, view);
  if (section.dataset.document === "pdf") openable(section, view);
}

function zoomable(section, view) {
  let step = FIT;
  const zoomTo = (next) => {
    step = Math.min(Math.max(next, 0), ZOOMS.length - 1);
    const place = view.scrollTop / view.scrollHeight;
    section.style.setProperty("--zoom", ZOOMS[step]);
    view.scrollTop = place * view.scrollHeight;
    button(section, "[data-zoom='-1']").disabled = step === 0;
    button(section, "[data-zoom='1']").disabled = step === ZOOMS.length - 1;
  };
  for (const each of section.querySelectorAll("[data-zoom]")) {
    each.onclick = () => zoomTo(each.dataset.zoom === "0" ? FIT : step + Number(each.dataset.zoom));
  }
}

/** Open the PDF; whatever goes wrong, the reader is told and can try again. */
async function openable(section, view) {
  const words = JSON.parse(section.querySelector(".document-words").textContent);
  const news = section.querySelector(".document-news");
  const again = button(section, "[data-again]");
  const tell = (text, failed) => {
    news.hidden = !text;
    news.querySelector("p").textContent = text;
    again.hidden = !failed;
    section.querySelector("[data-alone]").hidden = !failed; // by the browser itself, where it is too old for ours
  };
  tell(words.opening, false);
  try {
    const { openPages } = await import("./document_pages.js");
    const pages = await openPages(section, view, words);
    turnable(section, pages, words);
    tell("", false);
  } catch {
    tell(words.failed, true);
    again.onclick = () => openable(section, view);
  }
}

function turnable(section, pages, words) {
  const shown = section.querySelector(".document-page");
  pages.onPage = (page) => {
    shown.textContent = words.page.replace("{page}", page).replace("{pages}", pages.count);
    button(section, "[data-turn='-1']").disabled = page === 1;
    button(section, "[data-turn='1']").disabled = page === pages.count;
  };
  pages.onPage(1);
  for (const each of section.querySelectorAll("[data-turn]")) {
    each.onclick = () => pages.goTo(pages.current + Number(each.dataset.turn));
  }
}

function button(section, selector) {
  return section.querySelector(selector);
}
