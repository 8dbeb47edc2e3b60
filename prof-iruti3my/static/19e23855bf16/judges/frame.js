// How much room the page has, counted in its own text size: the styles follow data-frame, so that a small tablet, large
// print, the browser's zoom and an open keyboard are one case each. A classic script: nothing is drawn before it looked.
(function () {
  var SIDE_BY_SIDE = 56; // em of width from which the sheet and its panel stand beside each other
  var NARROW = 41; // em of width below which names of the contest and the like go
  var SHORT = 44; // em of height below which there is one line of bar
  var LOW = 31; // em of height below which nothing is sticky: 600 px in large print is; of width, where it is short too
  var KEPT = "saiping-text"; // under this name the tablet keeps that large print is wanted
  var root = document.documentElement;

  function look() {
    var seen = window.visualViewport;
    var em = parseFloat(getComputedStyle(root).fontSize) || 16;
    var wide = window.innerWidth / em;
    var high = Math.min(window.innerHeight, seen ? seen.height * seen.scale : Infinity) / em;
    root.setAttribute("data-frame", wide >= SIDE_BY_SIDE && wide > high ? "columns" : "stack");
    mark("data-narrow", wide < NARROW);
    mark("data-short", high < SHORT);
    mark("data-low", high < LOW || (high < SHORT && wide < LOW));
    var field = document.activeElement; // a keyboard that opens must not cover what is typed into
    if (field && /^(INPUT|TEXTAREA)$/.test(field.tagName)) field.scrollIntoView({ block: "nearest" });
  }

  function mark(name, is) {
    if (is) root.setAttribute(name, "");
    else root.removeAttribute(name);
  }

  function print(large) {
    mark("data-large", large);
    look();
    var button = document.getElementById("larger");
    if (button) button.setAttribute("aria-pressed", String(large));
  }

  function kept(large) {
    try {
      if (large === undefined) return localStorage.getItem(KEPT) === "large";
      localStorage.setItem(KEPT, large ? "large" : "");
    } catch (error) {
      // where nothing can be kept, the switch holds as long as the page
    }
    return large;
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !event.target.closest("#larger")) return;
    print(kept(!root.hasAttribute("data-large")));
  });
  document.addEventListener("DOMContentLoaded", function () { print(root.hasAttribute("data-large")); });
  window.addEventListener("resize", look);
  if (window.visualViewport) window.visualViewport.addEventListener("resize", look);
  print(kept());
})();
