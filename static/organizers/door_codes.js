// The page of door codes as it is now: who must wait, and which code was typed in, changes without anybody pressing here.
import { Idiomorph } from "../vendor/idiomorph.js";
import { fetchWithin } from "../live.js";

const LOOK_EVERY = 5000; // milliseconds
const PATIENCE = 15000; // milliseconds until a question counts as not answered
const FOLLOWED = ["doors-now", "codes-now"]; // not the code that was made just now: it is shown once

async function look() {
  try {
    const answer = await fetchWithin(PATIENCE, location.pathname, { headers: { Accept: "text/html", "Saiping-Follows": "1" } });
    if (answer.redirected) return location.reload(); // signed out
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of FOLLOWED) Idiomorph.morph(document.getElementById(id), page.getElementById(id));
    }
  } catch {
    // the next look tries again
  }
  setTimeout(look, LOOK_EVERY);
}

setTimeout(look, LOOK_EVERY);
