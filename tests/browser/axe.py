"""What axe finds on a page against WCAG 2.2 AA and its own good practice."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from tests.conftest import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back, and only that is worked out in full: what is right is most of a page.
WRONG = """tags => axe.run({ runOnly: tags, resultTypes: ["violations"] }).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`)))"""


@cache
def script() -> str:
    """The script of axe."""
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Each part of the page that breaks a rule: the rule's name, and how the part begins."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    return list(page.evaluate(WRONG, TAGS))
