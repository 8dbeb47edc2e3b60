// Gets this page again from the server and exchanges what has changed, so that HTML is made in one place only.
import { fetchWithin } from "../live.js";

const PATIENCE = 8000; // milliseconds

/**
 * The page as the server makes it now: its document, or null if it could not be had.
 * `sent` are the ids of what was submitted here: who was signed out is told whether it counts.
 */
export async function freshPage(sent) {
  try {
    const answer = await fetchWithin(PATIENCE, location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) leaveFor(answer.url, sent); // signed out: the server says where to go
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

function leaveFor(address, sent) {
  const there = new URL(address);
  for (const id of sent) there.searchParams.append("sent", id);
  location.assign(there.href);
}

/** Exchange one part of this page, by its selector, for the fresh page's. */
export function exchange(fresh, selector) {
  document.querySelector(selector).replaceWith(document.adoptNode(fresh.querySelector(selector)));
}

/** Post a sheet through the form's door, for when the socket cannot be had; the answer, or null if there was none. */
export async function postSheet(address, verb, { typed, base = 0, submission = "", reason = "" }) {
  const body = new URLSearchParams({ verb, base: String(base), submission, reason, csrf_token: csrfToken() });
  for (const [key, text] of Object.entries(typed)) body.append(`typed-${key}`, text);
  return post(address, body);
}

/** Post a form as JSON is answered; the answer, or null if there was none. */
export async function post(address, body) {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetchWithin(PATIENCE, address, { method: "POST", body, headers });
    const said = await answer.json();
    return said.code?.startsWith("http_") ? null : said;
  } catch {
    return null;
  }
}

/** The token that every form of this page needs. */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]').content;
}
