// Where somebody signs out, every other page of the desk that is open in this browser leaves the screen at once.
"use strict";
const signIn = document.currentScript.dataset.to;
if ("BroadcastChannel" in window) {
  const tabs = new BroadcastChannel("saiping-signed-out");
  tabs.onmessage = () => location.replace(signIn);
  addEventListener("submit", (event) => event.target.matches("form.account") && tabs.postMessage("out"));
}
addEventListener("pageshow", (event) => event.persisted && location.reload()); // one that the browser had kept
