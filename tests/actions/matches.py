"""A hall of matches for the tests: four teams of two, three judges, and what everybody does there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from scoring.actions.running import matches, releases, sheets, turns
from scoring.actions.setting_up.contests import Entrant
from scoring.actions.setting_up.match_plans import KNOCKOUT, MatchEntrant, MatchPlan, RoundPlan
from scoring.actions.transaction import Actor, perform
from scoring.board.snapshots.audience import Board
from scoring.board.views.audience import audience as audience_view
from scoring.extensions import db
from scoring.rules.formats.debate import defaults_for
from scoring.store import Seat, Turn
from tests.conftest import DESK

SEED, WITNESS = "20261122-0731", "监督员 周"
TEAM_SHEET = {"opening": "25", "free_debate": "40", "closing": "15", "teamwork": "10", "manner": "10"}


def pair(number: str, name: str) -> MatchEntrant:
    speakers = [Entrant(f"{number}-{place}", f"{name}{place}号") for place in (1, 2)]
    return MatchEntrant(number, name, "江北区院", speakers=speakers)


TEAMS = [pair("A", "甲队"), pair("B", "乙队"), pair("C", "丙队"), pair("D", "丁队")]


def plan(teams: int = 4, *rounds: RoundPlan, rooms: int = 1, **settings: Any) -> MatchPlan:
    """Two against two, decided by the team sheets alone, three judges in each room."""
    chosen = defaults_for(2) | {"individual_sheets": False, "ties": _ties()} | settings
    wanted = rounds or (RoundPlan(("淘汰赛", "Knockout"), KNOCKOUT),)
    title = ("对抗辩论", "Debate")
    return MatchPlan("bianlun", title, "明州市院", "debate", rooms, 3, TEAMS[:teams], wanted, chosen, SEED, WITNESS)


def _ties() -> list[str]:
    return ["exact_value", "format_step", "untrimmed_mean", "play_off", "shared_rank"]


def sheet_worth(control: str, defence: str) -> dict[str, str]:
    """A team sheet with these totals for the two sides, what is missing taken off the free debate."""
    typed: dict[str, str] = {}
    for side, total in (("control", control), ("defence", defence)):
        missing = 100 - int(total)
        typed |= {f"{side}.{key}": mark for key, mark in TEAM_SHEET.items()}
        typed[f"{side}.free_debate"] = str(40 - missing)
    return typed


@dataclass
class Hall:
    """A contest of matches as a test's story needs it."""

    contest_id: int

    @property
    def turns(self) -> list[Turn]:
        return list(db.session.scalars(select(Turn).order_by(Turn.round_id, Turn.position)))

    def match(self, key: str) -> Turn:
        return next(turn for turn in self.turns if turn.pairing["key"] == key)

    def seat(self, number: int) -> Seat:
        return db.session.scalars(select(Seat).where(Seat.number == number)).first()

    def call(self, key: str) -> None:
        perform(turns.call, DESK, self.match(key).id)

    def submits(self, judge: int, key: str, typed: dict[str, str]) -> None:
        turn, seat = self.match(key), self.seat(judge)
        perform(sheets.submit, Actor(f"seat:{seat.id}"), turn.id, seat.id, typed, f"sheet-of-{key}-by-{judge}")

    def all_submit(self, key: str, *totals: tuple[str, str]) -> None:
        for judge, (control, defence) in enumerate(totals, 1):
            self.submits(judge, key, sheet_worth(control, defence))

    def votes(self, judge: int, key: str, side: str) -> None:
        seat = self.seat(judge)
        perform(matches.cast_ballot, Actor(f"seat:{seat.id}"), self.match(key).id, seat.id, side)

    def release(self, key: str) -> None:
        perform(releases.release, DESK, self.match(key).id)

    def play(self, key: str, *totals: tuple[str, str]) -> None:
        self.call(key)
        self.all_submit(key, *totals)
        self.release(key)

    def audience(self) -> Board:
        db.session.rollback()
        return audience_view(self.contest_id)


TIED = [("90", "80"), ("80", "90"), ("85", "85")]
CONTROL_WINS = [("90", "80"), ("90", "80"), ("85", "85")]
