// The ways that lead off this page: taken only while the server can be reached, so that no tap loses the page.

const PATIENCE = 5000; // milliseconds

/** Guard the page's links and plain forms; `say()` tells the judge that there is no way at the moment. */
export function guardWays(pulse, say) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (event.defaultPrevented || !link || leadsWithin(link) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (await isThere(pulse)) location.assign(link.href);
    else say();
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    event.preventDefault();
    const pressed = event.submitter ?? document.activeElement;
    if (!(await isThere(pulse))) return say();
    if (pressed?.name) form.append(hidden(pressed));
    form.submit();
  });
}

function leadsWithin(link) {
  return link.getAttribute("href").startsWith("#") || link.target === "_blank";
}

/** Whether the server answers. */
async function isThere(pulse) {
  const ending = new AbortController();
  const late = setTimeout(() => ending.abort(), PATIENCE);
  try {
    return (await fetch(pulse, { signal: ending.signal, cache: "no-store" })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(late);
  }
}

/** @param {any} pressed the button or field that was pressed */
function hidden({ name, value }) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}
