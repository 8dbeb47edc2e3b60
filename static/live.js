// The browser's end of the wire: one socket a screen, snapshots in order of revision, and the state of the connection.
import { io } from "./vendor/socket.io-client.js";
import { patched } from "./patches.js";
import { hear, version } from "./renewal.js";

const REPLY_WITHIN = 8000; // milliseconds until an unanswered event counts as not delivered
const GREETED_WITHIN = 15000; // milliseconds until a connection that brings nothing is begun anew, plus up to as much again
const ASK_AGAIN = 5000; // milliseconds until a server that could not say yes or no is asked again, plus up to as much again
const UNSETTLED = new Set(["storage_failed", "files_gone"]); // what such a server says

/**
 * Connect a screen to a namespace.
 *
 * `auth` says who asks (see docs/live-protocol.md); `event` is the snapshot's name. `onSnapshot(snapshot)` gets each
 * snapshot once, never an older one after a newer; `onState(state)` gets "online", "resumed" (after a loss) or "offline";
 * `onRefused(problem)` gets the server's reason when it does not let this screen in. `page` is what the page shows
 * already, { run, revision, fetch(), patience() }: then snapshots are not sent, but fetched when they are needed.
 * `onRevision(revision)`, in place of `onSnapshot`, is for a page that the server draws: it is told how new the picture is.
 *
 * @param {string} namespace
 * @param {{ auth: object, event: string, onSnapshot?: Function, onState?: Function, onRefused?: Function, page?: any,
 *   onRevision?: Function }} told
 */
export function connect(namespace, { auth, event, onSnapshot, onState = () => {}, onRefused = () => {}, page, onRevision }) {
  const has = () => (onRevision ? { tell: true } : page ? { has: page.revision, run: page.run } : {});
  const socket = io(namespace, {
    auth: (give) => give({ ...auth, version, language: document.documentElement.lang, ...has() }),
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
  });
  let shown = null; // the newest snapshot
  let wasLost = false;
  const show = (snapshot) => {
    if (shown && snapshot.revision < shown.revision) return;
    shown = snapshot;
    if (page) page.revision = snapshot.revision;
    onSnapshot(snapshot);
  };
  const fetchNow = page && untilHad(() => page.fetch(), show, FETCH_AGAIN);
  const syncNow = untilHad(() => synced(socket), show, ASK_AGAIN);
  const greeted = greetings(socket); // called as soon as something has come, be it a refusal
  socket.on(event, (snapshot) => {
    greeted();
    show(snapshot);
  });
  socket.on("delta", ({ base, same = [], revision, patch }) => {
    if (onRevision) return onRevision(revision);
    if (page && !shown) return revision > page.revision ? fetchNow() : undefined;
    if (!shown) return syncNow(); // the greeting is late, or was lost
    if (revision <= shown.revision) return;
    if (base === shown.revision || same.includes(shown.revision)) return show({ ...patched(shown, patch), revision });
    return page ? fetchNow() : syncNow();
  });
  socket.on("current", ({ run }) => {
    greeted();
    page.run = run;
    if (!shown) setTimeout(() => shown || fetchNow(), page.patience());
  });
  socket.on("behind", ({ run, revision }) => {
    greeted();
    if (onRevision) return onRevision(revision);
    shown = null; // it may be of an older revision, too: a restored server counts from there
    page.run = run;
    fetchNow();
  });
  socket.on("upgraded", ({ version: now }) => hear(now));
  socket.on("connect", () => {
    if (!page) shown = null; // the greeting is complete, and a restored server may count from an older revision
    onState(wasLost ? "resumed" : "online");
  });
  socket.on("disconnect", (reason) => {
    wasLost = true;
    onState("offline");
    if (reason === "io server disconnect") socket.connect();
  });
  socket.on("connect_error", (error) => {
    greeted();
    onState("offline");
    if (UNSETTLED.has(error.data?.code)) setTimeout(() => socket.connect(), unevenly(ASK_AGAIN)); // it does not by itself
    else if (error.data) onRefused(error.data);
  });
  setTimeout(() => (document.documentElement.dataset.started = "")); // once the page's script has gone through
  return socket;
}

const FETCH_AGAIN = 3000; // milliseconds, plus up to as much again

/**
 * A function that gets the newest snapshot by `ask()` and shows it, again and again until it is had; called meanwhile, it
 * asks once more, because what is under way may be older than the news that it was called for.
 */
function untilHad(ask, show, pause) {
  let busy = false;
  let again = false;
  return async function askNow() {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      if (await isHad(ask, show)) continue;
      again = true;
      await new Promise((done) => setTimeout(done, unevenly(pause)));
    }
    busy = false;
  };
}

/** Ask once; whether there was an answer. Whatever is wrong with one snapshot, the page goes on following. */
async function isHad(ask, show) {
  const snapshot = await ask().catch(() => null);
  try {
    if (snapshot) show(snapshot);
  } catch (error) {
    console.error(error);
  }
  return snapshot !== null;
}

/** The whole picture by the socket; null where it gives no answer, undefined where it refuses. */
async function synced(socket) {
  const answer = await ask(socket, "sync", {});
  return answer && answer.snapshot;
}

/** Begins the connection anew where it is open and brings nothing; answers what to call once it has brought something. */
function greetings(socket) {
  let waiting = 0;
  socket.io.on("open", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => socket.disconnect().connect(), unevenly(GREETED_WITHIN));
  });
  return () => clearTimeout(waiting);
}

function unevenly(pause) {
  return pause * (1 + Math.random());
}

/**
 * Send one event and wait for its answer; resolves to null when no answer came in time, so that the caller sends
 * the same thing again, which is harmless.
 */
export async function ask(socket, event, payload) {
  if (!socket.connected) return null;
  try {
    return await socket.timeout(REPLY_WITHIN).emitWithAck(event, payload);
  } catch {
    return null;
  }
}

/** Fetch, and give up after some milliseconds; AbortSignal.timeout is too young for many tablets. */
export async function fetchWithin(milliseconds, address, options) {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), milliseconds);
  const answer = await fetch(address, { ...options, signal: patience.signal });
  hear(answer.headers.get("Saiping-Version"));
  return answer;
}

/** The words and figures that the server put into the page for its script, as data. */
export function pageData(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** A random id for a submission; crypto.randomUUID does not exist on plain HTTP. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
