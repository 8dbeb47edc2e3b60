// The tablet's heartbeat: says every ten seconds that it is there, so that the desk sees a tablet that is late or gone.

const BEAT = 10000; // milliseconds; scoring/board/reading/presence.py counts the missed ones

/** Beat over the tablet's socket while it is connected, and at once when it is. */
export function beatOver(socket) {
  const beat = () => socket.connected && socket.emit("beat", {});
  socket.on("connect", beat);
  setInterval(beat, BEAT);
  beat();
}
