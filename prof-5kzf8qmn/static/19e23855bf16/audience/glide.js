// Lets the rows of a list glide to their new places, for those who have not asked for less motion.

const LASTS = 800; // milliseconds
const EASE = "cubic-bezier(0.22, 0.8, 0.3, 1)";
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Run `change`, which reorders the list's rows, then show each row moving from where it was; new rows appear. */
export function glide(list, change) {
  const before = new Map([...list.children].map((row) => [row, row.getBoundingClientRect()]));
  const focused = document.activeElement;
  change();
  if (focused !== document.activeElement && list.contains(focused)) focused.focus({ preventScroll: true });
  if (calm.matches) return;
  for (const row of list.children) row.getAnimations().forEach((animation) => animation.cancel());
  const after = [...list.children].map((row) => [row, before.get(row), row.getBoundingClientRect()]);
  for (const [row, was, is] of after) {
    const frames = framesFrom(was, is);
    if (frames) row.animate(frames, { duration: LASTS, easing: EASE });
  }
}

function framesFrom(was, is) {
  if (is.height === 0) return null;
  if (!was || was.height === 0) return [{ opacity: 0 }, { opacity: 1 }];
  if (was.top === is.top) return null;
  return [{ transform: `translateY(${was.top - is.top}px)` }, { transform: "none" }];
}
