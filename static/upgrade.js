// A page without a socket asks now and then which version the server has; static/renewal.js does the rest.
import { hear } from "./renewal.js";

const ASK_EVERY = 10000; // milliseconds, plus up to half as much again

async function look() {
  const answer = await fetch(document.getElementById("renewal").dataset.asks, { cache: "no-store" }).catch(() => null);
  hear(answer && answer.headers.get("Saiping-Version"));
}

function askLater() {
  setTimeout(() => (document.hidden ? Promise.resolve() : look()).finally(askLater), ASK_EVERY * (1 + Math.random() / 2));
}

document.addEventListener("visibilitychange", () => document.hidden || look());
askLater();
