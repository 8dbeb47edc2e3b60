// What is wrong with the boxes of a page: text or a value that is cut, what is outside the window, boxes over one another.
(tolerance) => {
  const REPLACED = "svg, img, canvas, video, progress, meter, input, select, textarea, button";
  const CLIPS = /hidden|clip/;
  const SCROLLS = /auto|scroll/;
  const SHORT = 6; // signs: a figure, a time, a number of a contestant
  // Nothing moves while this looks, so that each element is asked once; a browser's answers are what takes the time.
  const once = (ask) => {
    const known = new Map();
    return (element) => {
      if (!known.has(element)) known.set(element, ask(element));
      return known.get(element);
    };
  };
  const styleOf = once((element) => getComputedStyle(element));
  const layoutOf = once((element) => {
    const { position, display, visibility, opacity, clipPath, overflowX, overflowY } = styleOf(element);
    return { position, display, visibility, opacity, clipPath, overflowX, overflowY };
  });
  const boxOf = once((element) => element.getBoundingClientRect());
  const isSeen = once((element) => element.checkVisibility?.() !== false && isShown(element)); // in a closed <details>
  const isShown = once((element) => showsItself(element) && (isTop(element.parentElement) || isShown(element.parentElement)));
  const windowOf = once(windowLeft);
  const anchor = once(stayingPart);
  const curtain = topmost();
  const root = curtain ?? document.body;
  const moves = document.scrollingElement.scrollHeight > innerHeight + tolerance && !CLIPS.test(layoutOf(document.body).overflowY);

  /** What covers the whole window, so that only what is in it is seen: an open dialog, the dark, an announcement. */
  function topmost() {
    const dialog = [...document.querySelectorAll("dialog[open]")].filter((one) => one.matches(":modal")).pop();
    if (dialog) return dialog;
    const covers = [...document.body.querySelectorAll("*")].filter((one) => {
      const style = styleOf(one);
      if (style.position !== "fixed" || style.display === "none" || style.visibility === "hidden" || !isOpaque(style)) return false;
      const box = one.getBoundingClientRect();
      return box.left <= 0 && box.top <= 0 && box.right >= innerWidth && box.bottom >= innerHeight;
    });
    return covers.sort((one, other) => (+styleOf(one).zIndex || 0) - (+styleOf(other).zIndex || 0)).pop();
  }

  function isOpaque({ backgroundColor, backgroundImage }) {
    return backgroundImage.includes("gradient") || !/^rgba\(.*, 0(\.\d+)?\)$|^transparent$/.test(backgroundColor);
  }

  function isTop(element) {
    return !element || element === document.documentElement;
  }

  function showsItself(element) {
    const style = layoutOf(element);
    if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0" || style.clipPath !== "none") return false;
    if (style.position !== "absolute") return true;
    const forReaders = element.offsetWidth <= 1 && element.offsetHeight <= 1;
    const waysToSkip = boxOf(element).right < -100;
    return !forReaders && !waysToSkip;
  }

  /** The part of the window that its ancestors leave to an element; an axis that scrolls cuts nothing off for good. */
  function windowLeft(element) {
    const left = { left: 0, right: innerWidth, top: moves ? -Infinity : 0, bottom: moves ? Infinity : innerHeight, by: "the window" };
    const scrolls = { x: false, y: false };
    for (let one = element; one && one !== document.body && one !== document.documentElement; one = one.parentElement) {
      const style = layoutOf(one);
      const box = boxOf(one);
      if (style.position === "fixed") break;
      if (one.matches("svg, input, select, textarea")) continue;
      for (const [axis, from, to] of [["x", "left", "right"], ["y", "top", "bottom"]]) {
        const overflow = axis === "x" ? style.overflowX : style.overflowY;
        if (SCROLLS.test(overflow)) scrolls[axis] = true;
        if (!CLIPS.test(overflow) || scrolls[axis]) continue;
        if (box[from] > left[from]) Object.assign(left, { [from]: box[from], by: named(one) });
        if (box[to] < left[to]) Object.assign(left, { [to]: box[to], by: named(one) });
      }
    }
    if (scrolls.x) Object.assign(left, { left: -Infinity, right: Infinity });
    if (scrolls.y) Object.assign(left, { top: -Infinity, bottom: Infinity });
    return left;
  }

  function named(element) {
    const name = element.id ? `#${element.id}` : [...element.classList].map((one) => `.${one}`).join("");
    const above = element.parentElement?.closest("[class], [id]");
    const under = above && !name ? `${above.id ? `#${above.id}` : `.${above.classList[0]}`} ` : "";
    return `${under}${element.localName}${name}`;
  }

  /** Each line of each text as the box of its signs: as high as they are, not as high as the font would allow. */
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("script, style, template, noscript, select, title") || !isSeen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const half = parseFloat(styleOf(element).fontSize) * 0.42;
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        const middle = (box.top + box.bottom) / 2;
        found.push({ element, node, text: node.data.trim().replace(/\s+/g, " "), left: box.left, right: box.right, top: middle - half, bottom: middle + half });
      }
    }
    return found;
  }

  /** Boxes that can be seen as such: pictures and controls, and what has a border all round or a ground of its own. */
  function painted() {
    const all = [...root.querySelectorAll("*")].filter((one) => !one.closest("svg") || one.localName === "svg");
    return all.filter((one) => one.offsetParent !== null || layoutOf(one).position === "fixed" || one.localName === "svg").filter(
      (one) => (one.matches(REPLACED) || hasGround(styleOf(one))) && isSeen(one),
    ).map((element) => {
      const box = boxOf(element);
      return { element, left: box.left, right: box.right, top: box.top, bottom: box.bottom };
    }).filter((box) => box.right - box.left > tolerance && box.bottom - box.top > tolerance);
  }

  function hasGround(style) {
    const borders = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth];
    const clear = style.backgroundImage === "none" && /^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
    return style.display !== "inline" && (!clear || borders.every((width) => parseFloat(width) > 0));
  }

  /** What stays where it is while the page moves under it: it may lie over what can be moved from under it. */
  function stayingPart(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const { position } = layoutOf(one);
      if (moves && position === "fixed" || position === "sticky" && (moves || slidesUnder(one))) return one;
    }
    return null;
  }

  /** Whether a list of its own scrolls under what is sticky: the head of its table. */
  function slidesUnder(sticky) {
    for (let one = sticky.parentElement; one && one !== document.body; one = one.parentElement) {
      if (SCROLLS.test(layoutOf(one).overflowY)) return one.scrollHeight > one.clientHeight + tolerance;
    }
    return false;
  }

  /** What of a box is on the screen as things stand: what scrolls shows no more than its own window. */
  function shownPart(box) {
    let shown = within(box, windowOf(box.element));
    for (let one = box.element.parentElement; one && one !== document.body && one !== document.documentElement; one = one.parentElement) {
      const style = layoutOf(one);
      if (style.position === "fixed" && one !== root) break;
      if (SCROLLS.test(style.overflowX) || SCROLLS.test(style.overflowY)) shown = within(shown, boxOf(one));
    }
    return shown;
  }

  function within(box, { left, right, top, bottom }) {
    return { ...box, left: Math.max(box.left, left), right: Math.min(box.right, right), top: Math.max(box.top, top), bottom: Math.min(box.bottom, bottom) };
  }

  function meet(one, other) {
    return Math.min(one.right, other.right) - Math.max(one.left, other.left) > tolerance &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > tolerance;
  }

  /** The ground on which a text stands; none where it scrolls in between. */
  function groundOf(element) {
    for (let one = element; one && one !== document.body && one !== document.documentElement; one = one.parentElement) {
      if (SCROLLS.test(layoutOf(one).overflowX)) return null;
      if (hasGround(styleOf(one))) return one;
    }
    return null;
  }

  const said = (box) => named(box.element) + (box.text ? ` “${box.text.slice(0, 24)}”` : "");
  const lines = texts();
  const boxes = painted();
  const faults = new Set();
  for (const box of [...lines, ...boxes]) {
    const room = windowOf(box.element);
    const over = Math.max(room.left - box.left, box.right - room.right, room.top - box.top, box.bottom - room.bottom);
    if (over > tolerance) faults.add(`cut: ${said(box)} by ${room.by} (${Math.round(over)} px)`);
  }
  for (const line of lines) {
    const ground = groundOf(line.element);
    if (!ground) continue;
    const over = Math.max(boxOf(ground).left - line.left, line.right - boxOf(ground).right);
    if (over > tolerance) faults.add(`out: ${said(line)} of ${named(ground)} (${Math.round(over)} px)`);
  }
  for (const element of new Set(lines.map(({ element }) => element))) {
    const style = styleOf(element);
    const wide = element.scrollWidth - element.clientWidth;
    if (CLIPS.test(style.overflowX) && style.display !== "inline" && wide > tolerance) faults.add(`cut: ${named(element)} “${element.textContent.trim().slice(0, 24)}” by itself (${wide} px)`);
  }
  for (const { element } of boxes) {
    if (!element.matches("select, input")) continue;
    const missing = lacks(element);
    if (missing > tolerance) faults.add(`cut: ${named(element)} “${valueOf(element).slice(0, 24)}” by its field (${Math.round(missing)} px)`);
  }
  const broad = document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth;
  if (!curtain && broad > tolerance) faults.add(`wide: the page goes on ${broad} px beside the window`);
  const shown = [...lines, ...boxes].map(shownPart).map((box) => ({ ...box, anchor: anchor(box.element) })).sort((one, other) => one.top - other.top);
  shown.forEach((one, place) => {
    for (let next = place + 1; next < shown.length && shown[next].top < one.bottom - tolerance; next += 1) {
      const other = shown[next];
      if (!meet(one, other) || one.anchor !== other.anchor || one.node === other.node && one.node) continue;
      if (belongs(one, other) || belongs(other, one)) continue;
      faults.add(`over: ${said(one)} and ${said(other)}`);
    }
  });
  return [...faults];

  /** The choice that is made, or what stands in a short field; a longer text is read by moving in it. */
  function valueOf(field) {
    if (field.localName === "select") return field.selectedOptions[0]?.text.trim() ?? "";
    return /^(text|search|tel|url|email|number)$/.test(field.type) && field.value.length <= SHORT ? field.value : "";
  }

  /** How many pixels of its value a field has no room for. */
  function lacks(field) {
    const style = styleOf(field);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const needed = pen.measureText(valueOf(field)).width;
    if (field.localName !== "select" || style.whiteSpace !== "normal") return needed - room;
    const height = field.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const lines = Math.max(1, Math.round(height / parseFloat(style.lineHeight)));
    return Math.max(needed - room * lines, field.scrollWidth - field.clientWidth, field.scrollHeight - field.clientHeight);
  }

  /** Whether the first box is the ground on which the other one stands. */
  function belongs(one, other) {
    return !one.text && one.element.contains(other.element);
  }
}
