// The bells of a clock: a short tone as a warning, a long one at the end. Silent until somebody has touched the page.
const MUTED = "saiping-muted";
let mutedHere = false; // where nothing can be kept, the choice holds as long as the page

export class Bell {
  #context = null;
  #button;

  /** `button`, if there is one, turns the sound on and off; the page remembers it. */
  constructor(button = null) {
    this.#button = button;
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => this.#wake());
    button?.addEventListener("click", () => this.#mute(button.getAttribute("aria-pressed") === "true"));
    this.#mute(isMuted());
  }

  warn() {
    this.#tone(880, 0.35);
  }

  end() {
    this.#tone(587, 2.5);
  }

  /** Browsers let a page sound only once somebody has touched it. */
  #wake() {
    this.#context ??= new (window.AudioContext ?? window.webkitAudioContext)(); // Safari before 14.1
    if (this.#context.state === "suspended") this.#context.resume();
  }

  #mute(muted) {
    keep(muted);
    this.#button?.setAttribute("aria-pressed", String(!muted));
  }

  #tone(pitch, seconds) {
    if (!this.#context || isMuted()) return;
    const [from, until] = [this.#context.currentTime, this.#context.currentTime + seconds];
    const [sound, volume] = [this.#context.createOscillator(), this.#context.createGain()];
    sound.frequency.value = pitch;
    volume.gain.setValueAtTime(0.5, from);
    volume.gain.exponentialRampToValueAtTime(0.001, until);
    sound.connect(volume).connect(this.#context.destination);
    sound.start(from);
    sound.stop(until);
  }
}

function isMuted() {
  try {
    return localStorage.getItem(MUTED) === "yes";
  } catch {
    return mutedHere;
  }
}

function keep(muted) {
  mutedHere = muted;
  try {
    localStorage.setItem(MUTED, muted ? "yes" : "no");
  } catch {
    // a browser that keeps nothing, or whose disk is full
  }
}
