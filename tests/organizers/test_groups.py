"""The groups of pages under every desk page: four, alike for everybody who has a page in them."""

from __future__ import annotations

import re

import pytest

GROUPS = ["Before", "Contest day", "Results", "Screens"]


def groups(page: str) -> list[str]:
    """The groups' names in their order."""
    nav = page.partition('<nav class="groups"')[2].partition("</nav>")[0]
    return [name.strip() for name in re.findall(r"<summary>([^<]+)", nav)]


def open_page(page: str) -> list[str]:
    """What the groups say is open."""
    return re.findall(r'class="menu-page">([^<]+)', page)


def test_a_page_names_its_group_and_itself(organizer):
    for address, said in (("", "Desk"), ("/cards", "Seat cards"), ("/log", "Log"), ("/screens", "Screen control")):
        page = organizer.get(f"/desk/1{address}").text
        assert groups(page) == GROUPS
        assert open_page(page) == [said]


@pytest.mark.parametrize("address", ["/set-up/rules", "/set-up/judges"])
def test_a_page_behind_another_belongs_to_it(organizer, address):
    assert open_page(organizer.get(f"/desk/1{address}").text) == ["Set-up"]


def test_a_refused_press_stays_in_the_group_of_its_page(organizer):
    answer = organizer.post("/desk/1/undo_call", data={"request": "a" * 32, "page": "desk", "turn": "1"})
    assert (answer.status_code, open_page(answer.text)) == (409, ["Desk"])
