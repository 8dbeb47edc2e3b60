// Whoever prints a page of the desk leaves an entry in the log of access.
"use strict";
const told = document.currentScript.dataset.told;
addEventListener("beforeprint", () => {
  const sent = new FormData();
  sent.append("page", location.pathname);
  sent.append("csrf_token", document.querySelector("meta[name=csrf-token]").content);
  navigator.sendBeacon(told, sent);
});
