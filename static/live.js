// The browser's end of the wire: one socket a screen, snapshots in order of revision, and the state of the connection.
import { io } from "./vendor/socket.io-client.js";
import { patched } from "./patches.js";
import { hear, version } from "./renewal.js";

const REPLY_WITHIN = 8000; // milliseconds until an unanswered event counts as not delivered

/**
 * Connect a screen to a namespace.
 *
 * `auth` says who asks (see docs/live-protocol.md); `event` is the snapshot's name. `onSnapshot(snapshot)` gets each
 * snapshot once, never an older one after a newer; `onState(state)` gets "online", "resumed" (after a loss) or "offline";
 * `onRefused(problem)` gets the server's reason when it does not let this screen in.
 */
export function connect(namespace, { auth, event, onSnapshot, onState = () => {}, onRefused = () => {} }) {
  const socket = io(namespace, {
    auth: { ...auth, version },
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
    onSnapshot(snapshot);
  };
  socket.on(event, show);
  socket.on("delta", async ({ base, revision, patch }) => {
    if (!shown || revision <= shown.revision) return; // the greeting is still to come, or was newer
    if (base === shown.revision) return show({ ...patched(shown, patch), revision });
    const answer = await ask(socket, "sync", {});
    if (answer?.ok) show(answer.snapshot);
  });
  socket.on("upgraded", ({ version: now }) => hear(now));
  socket.on("connect", () => {
    shown = null; // the greeting is complete, and a restored server may count from an older revision
    onState(wasLost ? "resumed" : "online");
  });
  socket.on("disconnect", (reason) => {
    wasLost = true;
    onState("offline");
    if (reason === "io server disconnect") socket.connect();
  });
  socket.on("connect_error", (error) => {
    onState("offline");
    if (error.data) onRefused(error.data);
  });
  setTimeout(() => (document.documentElement.dataset.started = "")); // once the page's script has gone through
  return socket;
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
