// In a rehearsal: the hall screen tells the server which scenes really stand on it, so that none is ticked unseen.
// It shows a code until somebody has typed that at the desk: what other screens say counts for nothing.

const LOOK = 1000; // milliseconds between two looks
const COVERS = { draw: ".draw-show", dark: ".hall-dark", message: ".hall-message" }; // lie over everything else, the first on top
const SCENES = {
  welcome: ".welcome",
  performing: ".now",
  race: ".hall[data-holds~=begun] .race",
  marking: ".marking",
  score: ".latest",
  ranking: ".hall[data-is=ranking] .ranking",
  current: ".hall[data-is=current] .stage",
  frozen: ".hall-frozen",
  closing: ".closing",
};
/** What the hall screen of the overall result shows. */
export const OVERALL = { overall: ".event-cards", frozen: ".hall-frozen" };

const stands = ([, selector]) => [...document.querySelectorAll(selector)].some((part) => part.getClientRects().length > 0);
const named = (scenes) => Object.entries(scenes).filter(stands).map(([name]) => name);

/** This tab's code; it stays when the page is loaded again. As scoring/actions/preparing/rehearsed_screens.py reads it. */
function ownCode() {
  const signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const fresh = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => signs[byte % 32]).join("");
  try {
    const code = sessionStorage.getItem("hall-code") ?? fresh;
    sessionStorage.setItem("hall-code", code);
    return code;
  } catch {
    return fresh; // where nothing can be kept, the code holds as long as the page
  }
}

/**
 * Tell the server by the socket which of its `own` scenes are on this screen, each scene once it has taken it.
 *
 * @param {any} socket
 * @param {Record<string, string>} own
 */
export function tellScenes(socket, own = SCENES) {
  if (!document.querySelector(".practice-rehearsal")) return;
  const told = new Set();
  const screen = ownCode();
  const shown = document.getElementById("hall-code");
  shown.querySelector("b").textContent = `${screen.slice(0, 3)} ${screen.slice(3)}`;
  shown.hidden = false;
  let isKnown = false;
  const hear = ({ known, noted }) => {
    isKnown = Boolean(known);
    shown.hidden = isKnown;
    (noted || []).forEach((scene) => told.add(scene));
  };
  setInterval(() => {
    const covering = named(COVERS);
    const scenes = (covering.length ? covering.slice(0, 1) : named(own)).filter((scene) => !told.has(scene));
    if ((isKnown && !scenes.length) || !socket.connected) return;
    socket.emit("shown", { scenes, screen }, hear);
  }, LOOK);
}
