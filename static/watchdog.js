// Where a page's modules do not run (an old browser, a file that did not arrive), the page becomes the plain one: its
// forms are shown as they work without a script, and it asks again by itself. A file that did not arrive is asked for
// again. A classic script in the oldest words.
(function () {
  var PATIENCE = 8000; // milliseconds until modules that have said nothing count as not running
  var LONGEST_PAUSE = 60000; // milliseconds until a file that did not arrive is asked for again; at first a second
  var root = document.documentElement;
  var own = document.currentScript;
  var touched = false; // something was typed here: the page is not taken from under the hand
  var plain = null; // the style sheet of the plain page, while it is that
  var pauses = {}; // by address of a file that did not arrive: milliseconds until it is asked for again

  function started() {
    return root.hasAttribute("data-started"); // static/live.js sets it
  }

  function failed(event) {
    var file = event.target;
    if (file.tagName === "SCRIPT" || (file.tagName === "LINK" && file.rel === "stylesheet")) fetchAgain(file);
    if (own.getAttribute("data-again") && (file === window || file.tagName === "SCRIPT")) becomePlain();
  }

  // A copy in the same place: of style sheets the later one wins.
  function fetchAgain(file) {
    var address = file.src || file.href;
    var pause = pauses[address] || 1000;
    pauses[address] = Math.min(pause * 2, LONGEST_PAUSE);
    setTimeout(function () {
      var again = document.createElement(file.tagName);
      for (var i = 0; i < file.attributes.length; i += 1) again.setAttribute(file.attributes[i].name, file.attributes[i].value);
      if (file.parentNode) file.parentNode.replaceChild(again, file);
    }, pause);
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

  // A style sheet that was missed before this script could hear of it has no rule that can be read.
  function isMissing(sheet) {
    try {
      return sheet.cssRules.length === 0;
    } catch (error) {
      return true;
    }
  }

  // A script before this one says by data-sets which mark it leaves on the page when it runs.
  var before = document.querySelectorAll("script[data-sets]");
  for (var k = 0; k < before.length; k += 1) if (!root.hasAttribute(before[k].getAttribute("data-sets"))) fetchAgain(before[k]);
  var links = document.querySelectorAll("link[rel=stylesheet]");
  for (var i = 0; i < links.length; i += 1) if (isMissing(links[i].sheet)) fetchAgain(links[i]);
  addEventListener("error", failed, true);
  if (!own.getAttribute("data-again")) return; // a page that has no plain form
  document.addEventListener("input", function () { touched = true; }, true);
  addEventListener("unhandledrejection", failed);
  setTimeout(becomePlain, PATIENCE);
})();
