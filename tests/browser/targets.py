"""What a finger and an old eye need on a page: targets of 44 pixels, letters of 16, placeholders with contrast."""

from __future__ import annotations

from playwright.sync_api import Page

SMALL = """() => {
  const [TARGET, LETTER, SLACK] = [44, 16, 0.5];
  const shown = (element) => element.checkVisibility() && getComputedStyle(element).visibility !== "hidden"
    && !element.closest("[inert], .visually-hidden") && !element.matches(".skip");
  const named = (element) => element.outerHTML.slice(0, 110).replace(/\\s+/g, " ");
  const scope = document.querySelector("dialog[open]") ?? document.body;
  const box = (element) => {
    const small = element.matches("input[type=radio], input[type=checkbox], input[type=file]");
    const label = small && element.closest("label");
    return (label || element).getBoundingClientRect();
  };
  const wrong = [];
  const targets = "a[href], button, input:not([type=hidden]), textarea, select, summary";
  for (const element of scope.querySelectorAll(targets)) {
    const { width, height } = box(element);
    const inText = element.matches("p a:not(.button)");
    if (shown(element) && !inText && (width < TARGET - SLACK || height < TARGET - SLACK)) {
      wrong.push(`target ${Math.round(width)}x${Math.round(height)}: ${named(element)}`);
    }
  }
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.matches("script, style, option") || !shown(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < LETTER - 0.1) wrong.push(`letters of ${size}: ${named(element)}`);
  }
  const light = (colour) => {
    const part = (one) => (one /= 255) <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number).map(part);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  for (const field of scope.querySelectorAll("input[placeholder]")) {
    if (!shown(field)) continue;
    const colours = [getComputedStyle(field, "::placeholder").color, getComputedStyle(field).backgroundColor];
    const [ink, paper] = colours.map(light);
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) wrong.push(`placeholder with a contrast of ${contrast.toFixed(1)}: ${named(field)}`);
  }
  return wrong;
}"""


def too_small(page: Page) -> list[str]:
    """Targets, letters and placeholders of the page, or of its open dialog, that are too small or too faint."""
    return list(page.evaluate(SMALL))
