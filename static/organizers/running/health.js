// The health of the seats at the desk: asked now and again, because a tablet that is gone says nothing.
import { ask } from "../../live.js";

const ASK_EVERY = 5000; // milliseconds

/** Follow the seats over the desk's socket; `words` says how a state is called, with %(time)s for how long. */
export class Health {
  #words;
  #known = new Map(); // by seat id: {state, seconds} and when we were told
  #asking = false;

  constructor(words) {
    this.#words = words;
    setInterval(() => this.draw(), 1000);
  }

  follow(socket) {
    socket.on("connect", () => this.#ask(socket));
    setInterval(() => this.#ask(socket), ASK_EVERY);
  }

  /** Write what is known into the page: the time since a tablet was last heard counts on between two answers. */
  draw() {
    for (const [seat, { state, seconds, at }] of this.#known) {
      const since = seconds === null ? 0 : seconds + Math.floor((performance.now() - at) / 1000);
      for (const element of document.querySelectorAll(`[data-seat="${seat}"]`)) this.#write(element, state, since);
    }
  }

  #write(element, state, since) {
    if (element.dataset.health !== state) element.dataset.health = state;
    if (!element.classList.contains("health")) return;
    const time = `${Math.floor(since / 60)}:${String(since % 60).padStart(2, "0")}`;
    const said = this.#words[state].replace("%(time)s", time);
    if (element.textContent !== said) element.textContent = said;
  }

  /** What the server says is wrong, in the place that tells of the connection. */
  #complain(answer) {
    if (!answer?.message) return;
    const wire = document.getElementById("wire");
    Object.assign(wire, { hidden: false, textContent: answer.message });
    wire.dataset.state = "offline";
  }

  async #ask(socket) {
    if (this.#asking) return;
    this.#asking = true;
    const answer = await ask(socket, "health", {});
    this.#asking = false;
    if (!answer?.ok) return this.#complain(answer);
    for (const { seat, state, seconds } of answer.seats) this.#known.set(seat, { state, seconds, at: performance.now() });
    this.draw();
    const waiting = document.getElementById("devices-wait");
    if (waiting) waiting.hidden = !answer.devices_wait;
  }
}
