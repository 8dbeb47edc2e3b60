// Where a page's modules do not run (an old browser, a file that did not arrive), the page becomes the plain one: its
// forms are shown as they work without a script, and it asks again by itself. A classic script in the oldest words.
(function () {
  var PATIENCE = 8000; // milliseconds until modules that have said nothing count as not running
  var root = document.documentElement;
  var own = document.currentScript;
  var touched = false; // something was typed here: the page is not taken from under the hand
  var plain = null; // the style sheet of the plain page, while it is that

  function started() {
    return root.hasAttribute("data-started"); // static/live.js sets it
  }

  function failed(event) {
    if (event.target === window || event.target.tagName === "SCRIPT") becomePlain();
  }

  function becomePlain() {
    if (started() || plain) return;
    plain = document.createElement("link");
    plain.rel = "stylesheet";
    plain.href = own.getAttribute("data-plain");
    document.head.appendChild(plain);
    var passed = 0;
    var every = Number(own.getAttribute("data-again"));
    var looking = setInterval(function () {
      passed += 1;
      if (started()) {
        clearInterval(looking); // the modules came late: the page is theirs after all
        document.head.removeChild(plain);
        plain = null;
      } else if (every && passed >= every && !touched) {
        passed = 0;
        comeAgain();
      }
    }, 1000);
  }

  // By GET, whatever answered with this page; and only from a server that is there, or the page were the browser's own.
  function comeAgain() {
    var asks = new XMLHttpRequest();
    asks.open("HEAD", location.href);
    asks.onload = function () {
      if (asks.status < 500 && !touched && !started()) location.replace(location.href.split("#")[0]);
    };
    asks.send();
  }

  if (!own.getAttribute("data-again")) return; // a page that has no plain form
  document.addEventListener("input", function () { touched = true; }, true);
  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", failed);
  setTimeout(becomePlain, PATIENCE);
})();
