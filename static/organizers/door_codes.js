// The page of door codes as it is now: who must wait, and which code was typed in, changes without anybody pressing here.
import { DrawnPage } from "./drawn_page.js";

const LOOK_EVERY = 5000; // milliseconds
const FOLLOWED = ["doors-now", "codes-now"]; // not the code that was made just now: it is shown once

const page = new DrawnPage(FOLLOWED, { home: () => location.pathname });
setInterval(() => page.refresh(), LOOK_EVERY);
