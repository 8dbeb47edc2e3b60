// The yardstick: Node's own socket.io server with the same event and the same message.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
const fill = "x".repeat(1340);

// Judges: a sheet is acknowledged and nothing else.
io.of("/judge").on("connection", (socket) => {
  socket.on("submit", (_sheet, acknowledge) => acknowledge({ ok: true }));
});

io.of("/audience").on("connection", (socket) => {
  socket.join("watchers");
  socket.on("broadcast", ([count, pause]) => {
    const send = () => {
      const at = process.hrtime.bigint().toString().padStart(20, "0");
      io.of("/audience").to("watchers").emit("delta", { at, fill });
      count -= 1;
      if (count > 0) {
        if (pause > 0) setTimeout(send, pause * 1000);
        else setImmediate(send);
      }
    };
    send();
  });
});

http.listen(0, "127.0.0.1", () => console.log(http.address().port));
