// What a patch makes of a snapshot; docs/live-protocol.md, "Deltas", says what the parts of a patch mean.

/** The snapshot, or the part of one, after the patch; what has not changed stays the same object. */
export function patched(before, { runs, set = {}, in: inner = {}, gone = [] }) {
  const after = Array.isArray(before) ? (runs ? runs.flatMap((run) => taken(before, run)) : [...before]) : { ...before };
  for (const key of gone) delete after[key];
  Object.assign(after, set);
  for (const [key, patch] of Object.entries(inner)) after[key] = patched(after[key], patch);
  return after;
}

/** A run of old items by where and how many, or so many places for new ones. */
function taken(before, run) {
  return Array.isArray(run) ? before.slice(run[0], run[0] + run[1]) : Array(run).fill(null);
}
