// A page beside the desk: drawn as the server would draw it now, whenever something of the contest has changed.
import { connect } from "../live.js";
import { DrawnPage } from "./drawn_page.js";
import { showWire } from "./wire.js";

const page = new DrawnPage(["live-page"], { home: () => withLive(page.part.dataset.home) });
const withLive = (home) => `${home}${home.includes("?") ? "&" : "?"}live=1`;

const { contest, event } = page.part.dataset;
const about = event ? { contest: Number(contest), event: Number(event) } : { contest: Number(contest) };
const socket = connect("/desk", {
  auth: { ...about, news: true },
  event: "news",
  onSnapshot: ({ changed }) => {
    if (changed > Number(page.part.dataset.changed)) page.refresh();
  },
  onRefused: () => page.signedOut(),
  onState: (state) => {
    showWire(state);
    if (state === "resumed") page.refresh();
  },
});
page.lookAroundWithout(socket);
