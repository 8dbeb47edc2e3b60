"""The browser's files are written down for the oldest browsers that we know of."""

from __future__ import annotations

import re

import pytest

from scoring.pages.assets import STATIC, written_down

SCRIPTS = sorted(file for file in STATIC.rglob("*.js") if "vendor" not in file.parts)
#: Syntax that a whole module fails on, and what was written in its place.
TOO_YOUNG = {
    r"""from ["'](?!\.)""": "an import by name, which needs an import map",
    r"^(?:(?:const|let) [^=\n]*= ?)?await ": "an await at the top level",
    r"\bstatic \{": "a static block",
    r"""(?:querySelector\w*|closest|matches)\([^\n]*:(?:is|where|has)\(""": "a selector of later years",
    r"""(?:querySelector\w*|closest|matches)\([^\n]*:not\([^()]*,""": "a selector of later years",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: str(file.relative_to(STATIC)))
def test_a_script_keeps_to_what_chromium_86_and_safari_15_can_read(script):
    text = script.read_text()
    found = [why for pattern, why in TOO_YOUNG.items() if re.search(pattern, text, re.MULTILINE)]
    assert not found


@pytest.mark.parametrize(
    ("written", "served"),
    [
        (".a { & .b { top: 0 } }", ".a .b{top:0}"),
        (".a { inset: 0 1px }", ".a{top:0;bottom:0;left:1px;right:1px}"),
        (".a { height: calc(100dvh - 2rem) }", ".a{height:calc(calc(100 * var(--dvh)) - 2rem)}"),
        (".a, .b:has(c) { top: 0 }", ".a{top:0}.b:has(c){top:0}"),
    ],
)
def test_a_style_sheet_is_served_in_the_words_of_old_browsers(written, served):
    assert written_down(written) == served


def test_a_file_is_taken_for_no_other_kind_and_read_by_no_other_servers_pages(venue):
    browser = venue.app.test_client()
    address = re.search(r'/static/[^"]+\.css', browser.get("/").text)
    assert address
    with browser.get(address[0]) as answer:
        headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers
