// Takes away what a page of the desk shows once its session is over, or was not confirmed for as long as it may be idle.
// It is back, with all that was typed, as soon as the same account is signed in again.
"use strict";
{
  const ASK_EVERY = 10000; // milliseconds
  const PATIENCE = 8000; // milliseconds until a question counts as not answered
  const LEAST = 30; // seconds; what was done by opening this page may not be noted yet

  const { asks, goodFor } = document.currentScript.dataset;
  const covering = document.getElementById("covering").content;
  const passed = () => [performance.now(), Date.now()]; // one stands while some devices sleep, the other may be put back
  let [known, seconds] = [passed(), Math.max(Number(goodFor), LEAST)];
  let shown = null; // what the page showed, while it is covered
  let focused = null;
  let scrolled = 0;

  const isLate = () => passed().some((now, clock) => now - known[clock] > seconds * 1000);

  function cover() {
    if (shown) return;
    [focused, scrolled, shown] = [document.activeElement, scrollY, document.createDocumentFragment()];
    shown.append(...document.body.childNodes);
    document.body.append(covering.cloneNode(true));
  }

  function uncover() {
    if (!shown) return;
    document.body.replaceChildren(shown);
    shown = null;
    scrollTo(0, scrolled);
    focused?.focus();
    dispatchEvent(new Event("uncovered"));
  }

  async function look() {
    const ending = new AbortController();
    const late = setTimeout(() => ending.abort(), PATIENCE);
    const asked = passed();
    const answer = await fetch(asks, { method: "HEAD", cache: "no-store", signal: ending.signal }).catch(() => null);
    clearTimeout(late);
    if (answer?.status === 401 || answer?.status === 403) return cover();
    if (answer?.status !== 204) return;
    [known, seconds] = [asked, Number(answer.headers.get("Saiping-Good-For"))];
    if (!isLate()) uncover();
  }

  const coverLate = () => isLate() && cover();
  setInterval(coverLate, 1000);
  setInterval(look, ASK_EVERY);
  addEventListener("session-ended", look);
  document.addEventListener("visibilitychange", () => {
    coverLate();
    if (!document.hidden) look();
  });
}
