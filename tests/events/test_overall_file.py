"""The overall result as a workbook, opened again with another library and read cell by cell."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from scoring.actions.setting_up.overall import set_awards
from scoring.actions.transaction import perform
from tests.conftest import DESK
from tests.events.test_overall import BEST_OFFICE, MODELS, enter_late, weigh


def sheets_of(browser, contest_id: int) -> dict[str, list[list[object]]]:
    """The cells by sheet, without the title."""
    answer = browser.get(f"/desk/{contest_id}/overall.xlsx")
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book}


def play(meet) -> None:
    weigh(meet)
    perform(set_awards, DESK, meet.contest_id, "overall", MODELS)
    perform(set_awards, DESK, meet.contest_id, "offices", BEST_OFFICE)
    for place in (1, 2, 3):
        meet.plays(place, {"01": "90", "02": "95.5", "03": "80"})


def test_the_ranking_sheet_has_every_part_of_a_total_and_the_award(meet, organizer):
    play(meet)
    headings, first, *_ = sheets_of(organizer, meet.contest_id)["Overall ranking"]
    assert headings[4:8] == [
        "Legal explanation",
        "Legal explanation × 40%",
        "Written reasoning",
        "Written reasoning × 30%",
    ]
    assert first[:8] == [1, "02", "林晓彤", "慈溪县院", 95.5, 38.2, 95.5, 28.65]
    assert (first[headings.index("Total")], first[headings.index("Award")]) == (95.5, "Model")


def test_the_offices_sheet_names_who_counts_and_who_has_too_few(meet, organizer):
    play(meet)
    weigh(meet, offices={"best": 2})
    headings, first, second = sheets_of(organizer, meet.contest_id)["Offices"]
    assert first[:5] == [1, "江北区院", 2, "01 陈思远 90.00; 03 周子涵 80.00", 85]
    assert first[headings.index("Award")] == "Organisation award"
    assert second[:4] == [None, "慈溪县院", 1, "too few totals"]


EVENTS = ("Legal explanation", "Written reasoning", "Questions on the spot")


def test_whoever_has_no_total_is_in_the_file_too(meet, organizer):
    perform(enter_late, meet.contest_id)
    play(meet)
    assert sheets_of(organizer, meet.contest_id)["Without a total"][1:] == [
        ["04", "赵敏", "慈溪县院", "; ".join(f"{event} took no part" for event in EVENTS)]
    ]


def test_the_ranking_of_an_event_has_its_awards(meet, organizer):
    perform(set_awards, DESK, meet.contest_id, "ranking", MODELS, 2)
    meet.plays(2, {"01": "90", "02": "95.5", "03": "80"})
    answer = organizer.get(f"/desk/{meet.contest_id}/ranking.xlsx?event=2")
    rows = list(load_workbook(BytesIO(answer.data))["Ranking"].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == ["Award", "Model", None, None]


def test_only_the_desk_gets_the_file(meet, anyone):
    assert anyone.get(f"/desk/{meet.contest_id}/overall.xlsx").status_code == 302
