// In a rehearsal: the hall screen tells the server which scenes really stand on it, so that none is ticked unseen.

const LOOK = 1000; // milliseconds between two looks
const COVERS = { dark: ".hall-dark", message: ".hall-message" }; // lie over everything else
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

const stands = ([, selector]) => [...document.querySelectorAll(selector)].some((part) => part.getClientRects().length > 0);
const named = (scenes) => Object.entries(scenes).filter(stands).map(([name]) => name);

/** Tell the server by the socket what is on this screen, each scene once it has taken it. */
export function tellScenes(socket) {
  if (!document.querySelector(".practice-rehearsal")) return;
  const told = new Set();
  setInterval(() => {
    const covering = named(COVERS);
    const scenes = (covering.length ? covering.slice(0, 1) : named(SCENES)).filter((scene) => !told.has(scene));
    if (!scenes.length || !socket.connected) return;
    socket.emit("shown", { scenes }, ({ noted }) => (noted || []).forEach((scene) => told.add(scene)));
  }, LOOK);
}
