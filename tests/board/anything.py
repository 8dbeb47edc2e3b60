"""Does whatever might be done in a contest next, in any order and mostly at the wrong moment, by the real verbs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from sqlalchemy import select

from scoring.actions.pressing import perform_named
from scoring.actions.registry import Field, heard, read_flag, read_whole
from scoring.actions.results import corrections
from scoring.actions.review import coding, review_rulings, reviewers
from scoring.actions.running import calls, matches, paper, screens, seats, settlements, sheets
from scoring.actions.transaction import Actor, perform
from scoring.board.conditions.totals import figures_of
from scoring.board.reading.facts import format_of, outcome_of, parts_of
from scoring.extensions import db
from scoring.rules.not_performing import KINDS
from scoring.rules.refusal import Refused
from scoring.store import ChiefCall, Contest, Correction, Event, NotPerforming, Penalty, Seat, Turn
from scoring.store.contests import RELEASED
from scoring.store.panel import GROUNDS

#: Who presses: each verb is pressed by somebody who may.
PEOPLE = {role: Actor(f"account:{role}一", role=role) for role in ("organizer", "chief", "tallier", "checker")}
SUPERVISOR = Actor("account:监督员", role="supervisor")
#: What is pressed of a stage alone: none of the contests has one.
OF_STAGES = {
    *("propose_promotion", "confirm_promotion", "undo_promotion", "move_up", "step_back", "keep_promotion"),
}
SCENES = ("live", "ranking", "current", "message")


class Anything:
    """Somebody with a list of all verbs and no idea; what is refused changes nothing."""

    def __init__(self, contest_id: int, seed: str) -> None:
        """Press in this contest; the same seed presses the same."""
        self.contest_id, self.chance, self._number = contest_id, random.Random(seed), 0

    def step(self) -> str:
        """Do one thing, or try to; answers its name."""
        kinds = (self._judges, self._judges, self._judges, self._deeds, self._verbs)
        name, deed = self.chance.choice(list(self.chance.choice(kinds)()))
        with refused_or_not():
            deed()
        return name

    def _judges(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        """What makes a contest go on: more often than all the rest."""
        yield "sheets", self.sheets
        yield "see_through", self.see_through
        yield "see_through", self.see_through
        yield "sheet", lambda: self.sheet(turn := self.turn(), self.chance.choice(turn.panel))

    def _verbs(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        for name in [one for one in heard() if one not in OF_STAGES]:
            yield name, partial(self.press, name)

    def _deeds(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        """What has no name among the desk's verbs."""
        organizer, chief, contest_id = PEOPLE["organizer"], PEOPLE["chief"], self.contest_id
        pick, seat = self.chance.choice, self.seat
        yield "freeze", lambda: perform(screens.freeze, organizer, contest_id)
        yield "unfreeze", lambda: perform(screens.unfreeze, organizer, contest_id)
        yield "unfreeze", lambda: perform(screens.unfreeze, organizer, contest_id)
        yield "scene", lambda: perform(screens.prepare_scene, organizer, contest_id, pick(SCENES), "请保持安静")
        yield "take", lambda: perform(screens.take_scene, organizer, contest_id)
        yield "call_chief", lambda: perform(calls.call_chief, self.judge(one := seat()), one.id)
        yield "take_seat", lambda: seats.take_seat(self.judge(one := seat(), "tablet-9"), one.id, one.tablet)
        yield "ballot", self.ballot
        yield "correct", self.correct
        yield "correct", self.correct
        yield "put_out", self.put_out
        yield "paper", self.paper
        yield "code", lambda: perform(coding.code_documents, organizer, contest_id, "314159", "王监督")
        yield "witness", lambda: perform(coding.witness_decoding, SUPERVISOR, contest_id)
        yield "decode", lambda: perform(coding.decode, organizer, contest_id)
        yield "open_review", lambda: perform(reviewers.open_review, organizer, contest_id)
        yield (
            "rereview",
            lambda: perform(reviewers.order_rereview, organizer, contest_id, self.turn().id, "chair", None),
        )
        yield (
            "rule",
            lambda: perform(
                review_rulings.rule,
                chief,
                contest_id,
                self.turn().id,
                pick(("void", "veto", "cap")),
                "plagiarism",
                "查实",
            ),
        )
        yield "release_review", lambda: perform(review_rulings.release_review, organizer, contest_id)

    def press(self, name: str) -> None:
        """One of the desk's verbs with fields that might be right."""
        verb = heard()[name]
        role = next((role for role in PEOPLE if role in verb.roles), "organizer")
        turn = self.turn()
        sent = {
            field.name: self.field(field, turn)
            for field in verb.fields
            if not field.optional or self.chance.random() < 0.5
        }
        perform_named(name, PEOPLE[role], self.contest_id, sent, self.new_id())

    def field(self, field: Field, turn: Turn) -> object:
        """Something that the field might hold for this turn."""
        chance, event = self.chance, turn.round.event
        parts = [one.part for one in turn.appearances]
        one_of: dict[str, Callable[[], Sequence[object]]] = {
            "turn": lambda: [turn.id],
            "seat": lambda: [seat.id for seat in turn.panel or turn.room.seats],
            "reserve": lambda: [seat.id for seat in turn.room.seats],
            "room": lambda: [room.id for room in event.rooms],
            "ground": lambda: GROUNDS,
            "contestant": lambda: [one.entrant.id for one in turn.appearances],
            "number": lambda: ["91", "92", *(one.entrant.number for one in turn.appearances)],
            "first": lambda: [one.entrant.number for one in turn.appearances],
            "second": lambda: [one.number for one in event.contest.contestants],
            "confirmation": lambda: [turn.number],
            "kind": lambda: list(KINDS),
            "reach": lambda: ["turn", "event", "contest"],
            "part": lambda: parts,
            "speaker": lambda: parts,
            "side": lambda: [*turn.sides, ""],
            "clock": lambda: [clock.key for clock in format_of(event).clocks(event.settings)],
            "penalty": lambda: self.ids(Penalty),
            "decision": lambda: self.ids(NotPerforming),
            "call": lambda: self.ids(ChiefCall),
            "figures": lambda: [figures_of(outcome_of(turn))],
            "line": lambda: ["index.wrong_entry", "index.missing_entry"],
            "event": lambda: [event.position],
            "numbers": lambda: [[one.number for one in event.contest.contestants][:2]],
            "speakers": lambda: [["甲一", "甲二"]],
            "cases": lambda: [["案例一", "案例二"]],
        }
        if field.read is read_flag:
            return chance.random() < 0.5
        if field.name == "place" and field.read is not read_whole:
            return chance.choice(("last", "drawn"))
        if field.name in one_of:
            return chance.choice([*one_of[field.name](), *([] if field.name != "penalty" else [0])] or [""])
        return chance.randrange(1, 40) if field.read is read_whole else "现场决定"

    def see_through(self) -> None:
        """Whatever is still missing for a turn's release, and the release."""
        turn, organizer = self.turn(), PEOPLE["organizer"]
        for name in ("draw_sides", "call", "start_benches", "stop_bench", "hand_in"):
            with refused_or_not():
                sent = {"turn": turn.id, "seed": "20261129", "witness": "王监督", "alone": True, "reason": "只有一人"}
                perform_named(name, organizer, self.contest_id, sent, self.new_id())
        self.sheets(turn.id)
        for line in ("index.wrong_entry", "index.missing_entry"):
            with refused_or_not():
                perform(settlements.settle_difference, PEOPLE["chief"], turn.id, line, 1, "两人当面复核")
        with refused_or_not():
            perform_named("release", organizer, self.contest_id, {"turn": turn.id}, self.new_id())

    def sheets(self, turn_id: int | None = None) -> None:
        """Every judge of a turn hands in."""
        turn = db.session.get_one(Turn, turn_id) if turn_id else self.turn()
        for seat in list(turn.panel):
            with refused_or_not():
                self.sheet(turn, seat)

    def sheet(self, turn: Turn, seat: Seat) -> None:
        """A judge hands in, or begins to."""
        turn_id, seat_id, typed = turn.id, seat.id, self.typed(turn)
        if self.chance.random() < 0.9:
            perform(sheets.submit, self.judge(seat), turn_id, seat_id, typed, self.new_id())
        else:
            perform(sheets.save_draft, self.judge(seat), turn_id, seat_id, dict(list(typed.items())[:1]), 0)

    def typed(self, turn: Turn) -> dict[str, str]:
        """A sheet that can be submitted."""
        event = turn.round.event
        kind, found = format_of(event), {}
        if kind.subject == "bench":
            defect = self.chance.choice(({"index.wrong_entry": "2"}, {"index.missing_entry": "1"}, {}))
            items = [one.key for one in kind.rubric(event.settings, "").criteria]
            clean = {f"{item}.nothing_found": "1" for item in items if item != "index" or not defect}
            return clean | defect
        for part in parts_of(turn):
            for one in kind.rubric(event.settings, part).criteria:
                behind = f"{part}." if part else ""
                least = max(one.minimum, one.maximum - 3)
                found[f"{behind}{one.key}"] = str(self.chance.choice((one.maximum, least, one.maximum - one.step)))
        return found

    def ballot(self) -> None:
        """A judge votes on a match."""
        turn = self.turn()
        seat = self.chance.choice(turn.panel)
        perform(matches.cast_ballot, self.judge(seat), turn.id, seat.id, self.chance.choice([*turn.sides, "control"]))

    def correct(self) -> None:
        """A released sheet is corrected, or the correction is turned down."""
        turn = self.turn(RELEASED)
        seat = self.chance.choice(turn.panel)
        typed, contest_id = self.typed(turn), self.contest_id
        perform(corrections.request_sheet, PEOPLE["tallier"], contest_id, turn.id, seat.id, typed, "评委", "看错格")
        decide = self.chance.choice((corrections.approve_correction,) * 3 + (corrections.reject_correction,))
        perform(decide, PEOPLE["chief"], contest_id, self.ids(Correction)[-1], "已核对")

    def put_out(self) -> None:
        """Somebody is disqualified after the release."""
        turn, contest_id, kind = self.turn(RELEASED), self.contest_id, self.chance.choice(list(KINDS))
        perform(corrections.request_out, PEOPLE["tallier"], contest_id, turn.id, kind, "评委", "查实")
        perform(corrections.approve_correction, PEOPLE["chief"], contest_id, self.ids(Correction)[-1], "已核对")

    def paper(self) -> None:
        """A sheet on paper is entered by two people."""
        turn = self.turn()
        seat, typed = self.chance.choice(turn.panel), self.typed(turn)
        for who in ("tallier", "checker"):
            perform(paper.enter_paper, PEOPLE[who], self.contest_id, turn.id, seat.id, typed)

    def turn(self, state: str = "") -> Turn:
        """A turn of the contest, one in this state if there is any."""
        db.session.rollback()
        contest = db.session.get_one(Contest, self.contest_id)
        turns = [turn for event in contest.events for played in event.rounds for turn in played.turns]
        return self.chance.choice([turn for turn in turns if turn.state == state] or turns)

    def seat(self) -> Seat:
        """A seat of the contest."""
        return self.chance.choice(self.turn().room.seats)

    def ids(self, kind: type[Any]) -> Sequence[int]:
        """Of all records of the kind; 0 where there is none."""
        return list(db.session.scalars(select(kind.id).order_by(kind.id))) or [0]

    def judge(self, seat: Seat, holder: str = "") -> Actor:
        """Who acts from a seat."""
        return Actor(f"seat:{seat.id}", seat_id=seat.id, holder=holder)

    def new_id(self) -> str:
        """A request's or submission's id."""
        self._number += 1
        return f"anything-{self.chance.randrange(10**9)}-{self._number:06d}"


@contextmanager
def refused_or_not() -> Iterator[None]:
    """What is refused, or does not even make sense, changes nothing."""
    with suppress(Refused, IndexError, KeyError):
        yield
    db.session.rollback()


def events_in(contest_id: int) -> list[int]:
    """The places of the contest's events."""
    db.session.rollback()
    return [event.position for event in db.session.scalars(select(Event).where(Event.contest_id == contest_id))]
