"""The main button promises what the verb grants: in every state of every format, ready or not, for the same reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from scoring.actions.registry import heard
from scoring.actions.results import totals
from scoring.actions.review import coding, review_rulings
from scoring.actions.running import calibration, clocks, marking, not_performing, recusals, send_back, sheets, turns
from scoring.actions.transaction import Actor, perform, record
from scoring.board.conditions.totals import totals as totals_view
from scoring.board.reading.not_performing import decisions_on
from scoring.board.snapshots.desk import Desk, MainStep, TurnOnDesk
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from scoring.organizers.running.desk import sent_with
from scoring.rules.refusal import Refused
from scoring.store import Contest, Turn
from scoring.store.contests import OPEN, PERFORMING, PREPARING
from scoring.store.unit_of_work import unit_of_work
from tests.actions import hall as benches
from tests.actions.matches import KNOCKOUT, RoundPlan, plan, sheet_worth
from tests.browser import hall_states as stages
from tests.conftest import DESK, Venue, begin_with, marks_worth
from tests.review.conftest import sheet_of

CHECKERS = (Actor("account:统分员", role="tallier"), Actor("account:核分员", role="checker"))


def refusal_of(step: MainStep) -> str | None:
    """Why the verb of the step is refused, None where it is granted; nothing is changed by asking."""
    db.session.rollback()
    verb = heard()[step["verb"]]
    try:
        with unit_of_work():
            verb.run(DESK, **verb.read(sent_with(step)))
    except Refused as refused:
        return refused.code
    finally:
        db.session.rollback()
    return None


def check(contest_id: int) -> MainStep | None:
    """The main button as it is now, after a look whether it keeps its promise."""
    db.session.rollback()
    desk = desk_view(contest_id)
    step = desk["main"]
    if step and step["verb"] != "check_totals":  # that one leads to a page of its own
        assert refusal_of(step) == step.get("reason"), step
        assert step["ready"] == ("reason" not in step)
    if step and "release" in {verb for turn in desk["turns"] for verb in turn["can"]}:
        assert step["ready"] or step["verb"] != "release"
    return step


def _not_recused(turn: TurnOnDesk) -> int:
    gone = {one["seat"] for one in turn["recused"]}
    return next((int(seat) for seat in turn["cells"] if int(seat) not in gone), next(iter(gone), 0))


def _handed_in(turn: TurnOnDesk) -> int:
    asked = {one["seat"] for one in turn["sent_back"]}
    return next(int(seat) for seat, cell in turn["cells"].items() if cell == "submitted" and int(seat) not in asked)


def _silence(turn: TurnOnDesk) -> dict[str, Any]:
    speaker = turn["match"]["sides"][0]["speakers"][0]
    return {"speaker": speaker["part"], "silent": not speaker["silent"]}


#: What is sent along with a verb that is offered for a turn, made of the turn as the desk shows it.
SENT: dict[str, Callable[[TurnOnDesk], dict[str, Any]]] = {
    "call": lambda turn: {"leave_open": True},
    "undo_call": lambda turn: {},
    "close_marking": lambda turn: {},
    "reopen_marking": lambda turn: {},
    "release": lambda turn: {},
    "unlock_panel": lambda turn: {},
    "draw_sides": lambda turn: {"seed": "7", "witness": "监督员 周"},
    "recuse": lambda turn: {"seat_id": _not_recused(turn), "ground": "abstained", "reason": "身体不适"},
    "send_back": lambda turn: {"seat_id": _handed_in(turn), "question": "是否误填？"},
    "mark_silent": _silence,
    "record_play_off": lambda turn: {"side": "control", "reason": "加赛"},
    "add_overtime": lambda turn: {"seconds": 40, "part": turn["match"]["sides"][0]["side"] if turn["match"] else ""},
    "record_not_performing": lambda turn: {
        "kind": "absent",
        "reason": "未到",
        "decided_by": "评委会主任",
        "contestant_id": turn["may_be_out"][-1]["id"],
    },
}
#: What is said of one field, not of the button: a judge who was chosen before, an overtime that is there already.
OF_A_FIELD = {"already_recused", "overtime_twice"}


def refused_for(verb: str, *args: Any, **named: Any) -> str | None:
    """Why a verb of this name is refused, None where it is granted; nothing is changed by asking."""
    db.session.rollback()
    try:
        with unit_of_work():
            heard()[verb].run(DESK, *args, **named)
    except Refused as refused:
        return refused.code
    finally:
        db.session.rollback()
    return None


def check_every_button(contest_id: int) -> None:
    """Every button that the desk offers is granted, and of the plain ones every other is refused."""
    db.session.rollback()
    desk = desk_view(contest_id)
    for turn in desk["turns"]:
        for verb in turn["can"]:
            found = refused_for(verb, turn["id"], **SENT[verb](turn))
            assert found is None or found in OF_A_FIELD, (verb, turn["number"], turn["state"], found)
        for verb in {"call", "undo_call", "close_marking", "reopen_marking", "release"} - set(turn["can"]):
            complete = verb == "close_marking" and not turn["missing"] and turn["state"] in ("performing", "marking")
            assert refused_for(verb, turn["id"], **SENT[verb](turn)) or complete, (verb, turn["number"], turn["state"])
        if turn["why"]:
            assert refused_for("release", turn["id"]) == turn["why"]["code"]
    for decision in {one["id"]: one for turn in desk["turns"] for one in turn["not_performing"]}.values():
        found = refused_for("withdraw_not_performing", decision["id"], "到了")
        assert found == (decision["stands"]["code"] if decision["stands"] else None), decision
    if desk["undo_release"]:
        undone = next(turn for turn in desk["turns"] if turn["id"] == desk["undo_release"])
        assert refused_for("undo_release", undone["id"], "按错", undone["number"]) is None
    check_every_clock(desk)


def check_every_clock(desk: Desk) -> None:
    """Every clock that the desk shows is started where it stands and paused where it runs."""
    current, preparing = desk["current"], desk["preparing"]
    shown = [(current["id"], one) for one in current["clocks"]["all"]] if current else []
    shown = [] if current and current["state"] == "released" else shown
    for turn_id, one in shown + ([(preparing["turn"], preparing["clock"])] if preparing else []):
        verb = "start_clock" if one["running_since"] is None else "pause_clock"
        assert refused_for(verb, turn_id, one["key"], one["side"]) is None, (verb, one["key"])


Happens = Callable[[Random, Turn, Any], None]


def someone(lots: Random, turn: Turn) -> int:
    return lots.choice(turn.panel).id


def abstains(lots: Random, turn: Turn, typed: Any) -> None:
    perform(recusals.recuse, DESK, turn.id, someone(lots, turn), "abstained", "身体不适")


def all_abstain(lots: Random, turn: Turn, typed: Any) -> None:
    for seat in [seat.id for seat in turn.panel]:
        perform(recusals.recuse, DESK, turn.id, seat, "abstained", "身体不适")


def submits(lots: Random, turn: Turn, typed: Any) -> None:
    seat = someone(lots, turn)
    sheet = typed(lots)
    perform(sheets.submit, Actor(f"seat:{seat}"), turn.id, seat, sheet, f"sheet-{turn.id}-{seat}-{lots.random()}")


def all_submit(lots: Random, turn: Turn, typed: Any) -> None:
    for _ in range(6 * len(turn.panel)):
        try_it(submits, lots, turn, typed)


def closes(lots: Random, turn: Turn, typed: Any) -> None:
    perform(marking.close_marking, DESK, turn.id)


def reopens(lots: Random, turn: Turn, typed: Any) -> None:
    perform(marking.reopen_marking, DESK, turn.id)


def asks(lots: Random, turn: Turn, typed: Any) -> None:
    perform(send_back.send_back, DESK, turn.id, someone(lots, turn), "是否误填？")


def is_away(lots: Random, turn: Turn, typed: Any) -> None:
    who = lots.choice(desk_view(turn.contest.id)["turns"])["may_be_out"]
    one = lots.choice(who)["id"] if who else 0
    kind = lots.choice(["absent", "forfeited", "disqualified", "withdrawn"])
    perform(not_performing.record_not_performing, DESK, turn.id, kind, "未到", "评委会主任", one)


def is_back(lots: Random, turn: Turn, typed: Any) -> None:
    decision = decisions_on(turn)[0]["id"] if decisions_on(turn) else 0
    perform(not_performing.withdraw_not_performing, DESK, decision, "到了")


def is_called(lots: Random, turn: Turn, typed: Any) -> None:
    perform(turns.call, DESK, turn.id, lots.random() < 0.5)


def is_not_called(lots: Random, turn: Turn, typed: Any) -> None:
    perform(turns.undo_call, DESK, turn.id)


def calibrates(lots: Random, turn: Turn, typed: Any) -> None:
    perform(calibration.unlock_panel, DESK, turn.id)


def runs_a_clock(lots: Random, turn: Turn, typed: Any) -> None:
    perform(clocks.pause_clock, DESK, turn.id, "speak")


def is_checked(lots: Random, turn: Turn, typed: Any) -> None:
    shown = totals_view(turn.contest.id)["turns"]
    for one in shown:
        for checker in CHECKERS:
            perform(totals.check_totals, checker, one["id"], one["figures"])


def wants_checks(lots: Random, turn: Turn, typed: Any) -> None:
    perform(totals.ask_for_checks, DESK, turn.contest.id, lots.random() < 0.5)


def goes_into(contest_id: int, state: str) -> None:
    """The contest is in another state, as after any change of it."""

    def change() -> None:
        contest = db.session.get_one(Contest, contest_id)
        contest.state = state
        record(contest, DESK, "describe")

    perform(change)


def opens_or_not(lots: Random, turn: Turn, typed: Any) -> None:
    """The contest is open or still prepared, as it can be before the first call."""
    if not any(other.begun for other in turn.round.turns):
        goes_into(turn.contest.id, lots.choice([OPEN, OPEN, PREPARING]))


HAPPENS: tuple[Happens, ...] = (
    *(submits, all_submit, all_submit, abstains, all_abstain, closes, reopens, asks, is_away, is_back),
    *(is_called, is_not_called, calibrates, runs_a_clock, is_checked, wants_checks, opens_or_not),
)


def try_it(happens: Happens, lots: Random, turn: Turn, typed: Any) -> None:
    """Something happens, as far as it is granted."""
    try:
        happens(lots, turn, typed)
    except (Refused, IndexError):
        db.session.rollback()


def walk(contest_id: int, seed: int, typed: Any, steps: int = 26, happens: tuple[Happens, ...] = HAPPENS) -> int:
    """Whatever happens by lot, the button keeps its promise; it is pressed where it is ready. Answers how often."""
    lots, pressed = Random(seed), 0
    for place in range(steps):
        turns_here = [turn["id"] for turn in desk_view(contest_id)["turns"]]
        now = [turn for key in turns_here if (turn := db.session.get(Turn, key)) and turn.state == PERFORMING]
        turn = now[0] if now and lots.random() < 0.8 else db.session.get_one(Turn, lots.choice(turns_here))
        try_it(lots.choice(happens), lots, turn, typed)
        step = check(contest_id)
        if place % 3 == 0:
            check_every_button(contest_id)
        if step and step["ready"] and lots.random() < 0.7:
            verb = heard()[step["verb"]]
            perform(verb.run, DESK, **verb.read(sent_with(step)))
            pressed += 1
            check(contest_id)
    return pressed


@pytest.mark.parametrize("seed", range(2))
def test_a_performance(venue: Venue, seed: int) -> None:
    assert walk(venue.contest_id, seed, lambda lots: marks_worth(lots.choice(["80", "90", "95"]))) > 3


@pytest.mark.parametrize("seed", range(2))
def test_a_match(set_up: Any, seed: int) -> None:
    hall = set_up(plan(4, RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT)))
    worth = (("90", "80"), ("80", "90"), ("85", "85"))
    assert walk(hall.contest_id, seed, lambda lots: sheet_worth(*lots.choice(worth))) > 3


@pytest.fixture
def bench_hall(installation: Any) -> Iterator[Any]:
    """Two clerks at their benches, whose files are handed in."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            hall = benches.first_handed_in()
            hall.stop("02")
            hall.hand_in("02")
            yield hall


@pytest.mark.parametrize("seed", range(1))
def test_a_bench(bench_hall: Any, seed: int) -> None:
    found: tuple[dict[str, str], ...] = ({"index__wrong_entry": "2"}, {"index__wrong_entry": "1"}, {})
    walk(bench_hall.contest_id, seed, lambda lots: benches.checklist(**lots.choice(found)))


def is_ruled_on(lots: Random, turn: Turn, typed: Any) -> None:
    kind = lots.choice([("penalty", "late"), ("cap", "wrong_addressee"), ("void", "plagiarism")])
    perform(review_rulings.rule, DESK, turn.contest.id, turn.id, *kind, "第三页")


def is_decoded(lots: Random, turn: Turn, typed: Any) -> None:
    perform(coding.witness_decoding, stages.SUPERVISOR, turn.contest.id)
    perform(coding.decode, stages.CODER, turn.contest.id)


@pytest.fixture
def review_hall(installation: Any) -> Iterator[Any]:
    """Three documents with two reviewers each; the review is open."""
    for app in begin_with(installation, installation.empty):
        with app.app_context():
            yield stages.reviewed(stages.review("wenshu", 3), 0)


@pytest.mark.parametrize("seed", [1])
def test_a_review(review_hall: Any, seed: int) -> None:
    happens = (*HAPPENS, *[all_submit] * 4, *[is_decoded] * 4, is_ruled_on)
    assert walk(review_hall.contest_id, seed, lambda lots: sheet_of(lots.choice(["80", "84"])), 30, happens) > 0


def test_every_button_of_a_day_that_is_gone_through_by_hand(venue: Venue) -> None:
    """Each state that a turn comes to, the rare ones too: every button is looked at after each step."""

    def after(happens: Callable[[], object]) -> None:
        happens()
        check_every_button(venue.contest_id)

    first, seat = venue.turn("01"), venue.seat(1).id
    check_every_button(venue.contest_id)
    after(lambda: venue.call("01"))
    after(lambda: venue.submits(1, "01", marks_worth("80")))
    after(lambda: perform(recusals.recuse, DESK, first.id, seat, "kin", "近亲属"))
    assert "undo_call" not in desk_view(venue.contest_id)["turns"][0]["can"]
    after(lambda: perform(marking.close_marking, DESK, first.id))
    after(lambda: perform(marking.reopen_marking, DESK, first.id))
    for judge in range(2, 8):
        venue.submits(judge, "01", marks_worth("85"))
    after(lambda: perform(send_back.send_back, DESK, first.id, venue.seat(2).id, "是否误填？"))
    after(lambda: perform(turns.call, DESK, venue.turn("02").id, True))
    assert desk_view(venue.contest_id)["turns"][0]["why"] is None
    for judge in range(2, 8):
        perform(recusals.recuse, DESK, first.id, venue.seat(judge).id, "abstained", "身体不适")
    check_every_button(venue.contest_id)
    assert desk_view(venue.contest_id)["turns"][0]["why"]["code"] == "no_judge_marks"
    after(lambda: perform(not_performing.record_not_performing, DESK, first.id, "forfeited", "放弃", "评委会主任"))
    goes_into(venue.contest_id, PREPARING)
    check_every_button(venue.contest_id)


def test_where_all_judges_abstain_the_button_is_not_ready_and_says_the_way_out(venue: Venue) -> None:
    venue.call("01")
    all_abstain(Random(1), venue.turn("01"), None)
    step = check(venue.contest_id)
    assert step is not None
    assert (step["verb"], step["ready"], step["reason"]) == ("release", False, "no_judge_marks")
    assert "unlock_panel" not in desk_view(venue.contest_id)["turns"][0]["can"]  # there is no sheet to unlock
    perform(not_performing.record_not_performing, DESK, venue.turn("01").id, "forfeited", "未评分", "评委会主任")
    assert check(venue.contest_id)["turn"] == venue.turn("02").id


def test_before_the_opening_nobody_is_called(venue: Venue) -> None:
    goes_into(venue.contest_id, PREPARING)
    assert check(venue.contest_id)["reason"] == "contest_not_open"
