// A page beside the desk: drawn as the server would draw it now, whenever something of the contest has changed.
import { Idiomorph } from "../vendor/idiomorph.js";
import { connect, fetchWithin, pageData } from "../live.js";
import { begunForms } from "../renewal.js";

const ASK_AGAIN = 2000; // milliseconds until a page that could not be had is asked for again, plus up to as much
const LOOK_AROUND = 6000; // milliseconds between two questions for the page while there is no socket
const PATIENCE = 15000; // milliseconds until a question counts as not answered

const words = pageData("words");
const wire = document.getElementById("wire");
const body = () => document.getElementById("live-page");
/** @type {Set<Element>} */
const typedInto = new Set(begunForms()); // the forms that somebody is filling in
let drawing = false;
let again = false;
let later = 0; // the timer of the next question after one without an answer

/** Draw the page anew, but leave alone what is open, being filled in, or was said about the last press. */
function draw(page) {
  Idiomorph.morph(body(), page.getElementById("live-page"), {
    callbacks: {
      beforeNodeMorphed: (shown) =>
        shown.id !== "page-said" && !typedInto.has(shown) && shown.dataset?.still === undefined,
      beforeAttributeUpdated: (name, shown, change) =>
        !(name === "open" && change === "remove" && shown.tagName === "DETAILS"),
    },
  });
  for (const form of typedInto) drawLiveParts(form, page);
}

/** What a form that is being filled in shows of others' doing is drawn anew where it is another thing by now. */
function drawLiveParts(form, page) {
  for (const part of form.querySelectorAll("[data-live]")) {
    const newer = page.getElementById(part.id);
    if (newer && newer.dataset.live !== part.dataset.live) part.replaceWith(document.importNode(newer, true));
  }
}

async function refresh() {
  again = drawing;
  if (drawing) return;
  drawing = true;
  try {
    const home = body().dataset.home;
    const answer = await fetchWithin(PATIENCE, `${home}${home.includes("?") ? "&" : "?"}live=1`, { headers: { Accept: "text/html", "Saiping-Follows": "1" } });
    if (answer.redirected) return typedInto.size || location.reload(); // signed out; what is being typed stays
    if (!answer.ok) throw new Error(String(answer.status));
    draw(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    clearTimeout(later); // one question is enough; what the socket has told once it does not tell again
    later = setTimeout(refresh, ASK_AGAIN * (1 + Math.random()));
  } finally {
    drawing = false;
    if (again) refresh();
  }
}

function show(state) {
  const shown = state === "offline" ? "offline" : "online";
  wire.hidden = false;
  wire.dataset.state = shown;
  wire.textContent = words[shown];
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form");
  if (form) typedInto.add(form);
});

const { contest, event } = body().dataset;
const about = event ? { contest: Number(contest), event: Number(event) } : { contest: Number(contest) };
const socket = connect("/desk", {
  auth: { ...about, news: true },
  event: "news",
  onSnapshot: ({ changed }) => {
    if (changed > Number(body().dataset.changed)) refresh();
  },
  onRefused: () => typedInto.size || location.reload(), // signed out; what is being typed stays
  onState: (state) => {
    show(state);
    if (state === "resumed") refresh();
  },
});
setInterval(() => socket.connected || refresh(), LOOK_AROUND);
