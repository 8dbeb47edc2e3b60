"""What the pages for readers name is there: paths, commands, settings, sections, messages of the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring import create_app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = [*sorted((ROOT / "scoring").rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py"))]
TEXT = {path: path.read_text() for path in [*PAGES, *CODE]}
#: What pages name of places that are made when the product runs or is set up.
MADE = ("static/vendor/", "tests/bench/results/")
#: Names that Socket.IO gives itself.
ITS_OWN = {"connect", "disconnect"}


def named_paths(text: str) -> Iterator[str]:
    """Every path below the project's folders that stands in code marks or in a link."""
    found = re.findall(r"[`(]((?:scoring|templates|static|tests|docs)/[\w./-]*\w/?)(?![\w/]*[_<{*])", text)
    yield from (path for path in found if not path.startswith(MADE))


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_path_that_a_page_names_exists(document: Path) -> None:
    assert [path for path in named_paths(TEXT[document]) if not (ROOT / path).exists()] == []


def test_every_function_that_the_page_of_the_house_names_is_in_its_file() -> None:
    named = re.findall(r"`(scoring/[\w/]+\.py)`: ((?:`\w+`(?:, )?)+)", TEXT[ROOT / "docs" / "architecture.md"])
    assert len(named) > 15
    places = [(path, name) for path, names in named for name in re.findall(r"\w+", names)]
    assert [one for one in places if not re.search(rf"(def|class) {one[1]}\b", TEXT[ROOT / one[0]])] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_link_leads_to_a_page(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", TEXT[document])
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_command_that_a_page_names_is_one() -> None:
    ours = set(re.findall(r"^  ([a-z]+)\)$", (ROOT / "dev").read_text(), re.MULTILINE))
    flasks = set(create_app().cli.commands)
    said = {page.name: TEXT[page] for page in PAGES}
    unknown = {name: set(re.findall(r"\./dev ([a-z]+)", text)) - ours for name, text in said.items()}
    unknown_too = {name: set(re.findall(r"--app wsgi ([a-z-]+)", text)) - flasks for name, text in said.items()}
    assert [one for one in (unknown | unknown_too).items() if one[1]] == []


def test_every_setting_that_a_page_names_is_read_and_every_one_that_is_read_is_named() -> None:
    read = {name for path in CODE if "scoring" in path.parts for name in re.findall(r'"(SAIPING_[A-Z_]+)"', TEXT[path])}
    named = {name for page in PAGES for name in re.findall(r"SAIPING_[A-Z_]+", TEXT[page])}
    assert (named - read, read - named) == (set(), set())


def test_every_section_of_the_domain_page_that_a_source_names_is_there() -> None:
    cited = {
        (section, path.name)
        for path in CODE
        for group in re.findall(r"domain pages? ((?:\d ?[A-D]?(?:,? and )?)+)", TEXT[path])
        for section in re.findall(r"\d ?[A-D]?", group)
    }
    headings = set(re.findall(r"^#+ (\d[A-D]?)\.? ", TEXT[ROOT / "docs" / "domain.md"], re.MULTILINE))
    assert len(cited) > 50
    assert [(section, name) for section, name in cited if section.replace(" ", "") not in headings] == []


def test_every_message_that_the_server_takes_is_in_the_page_of_the_wire() -> None:
    page = TEXT[ROOT / "docs" / "live-protocol.md"]
    taken = {
        name
        for path in CODE
        for name in re.findall(r'@socketio\.on\("(\w+)", namespace', TEXT[path])
        if "scoring" in path.parts
    }
    assert [name for name in sorted(taken - ITS_OWN) if f"`{name}`" not in page] == []


def test_the_unit_keeps_the_service_from_the_history_of_a_clone() -> None:
    unit = (ROOT / "docs" / "deploying.md").read_text().partition("[Service]")[2].partition("[Install]")[0]
    folder = unit.partition("WorkingDirectory=")[2].partition("\n")[0]
    assert f"InaccessiblePaths=-{folder}/.git" in unit
