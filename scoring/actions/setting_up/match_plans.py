"""Setting up a contest of matches: its rounds, pairs, sides and motions, and the places of a knockout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from scoring.actions.running.holding import settle_who_is_out
from scoring.actions.running.seals import break_seal
from scoring.actions.setting_up.camps import camps_of, check_meeting
from scoring.actions.setting_up.contests import Entrant, open_room
from scoring.actions.setting_up.entry_list import entrant_kind
from scoring.actions.transaction import Actor, record
from scoring.board.reading.facts import CASE
from scoring.board.reading.matches import winners_of
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.bracket import bracket, check_seeds, ready_matches
from scoring.rules.camps import FIXED, draw_across, round_robin_across, stand
from scoring.rules.formats.base import Format
from scoring.rules.formats.common import meeting_of
from scoring.rules.pairings import Debated, Pair, deal_motions
from scoring.rules.refusal import Refused
from scoring.store import Appearance, Contest, Contestant, Event, Round, Turn
from scoring.store.contests import PERSON

ALL_PLAY, ROUND_ROBIN, KNOCKOUT, BY_HAND = "all_play", "round_robin", "knockout", "by_hand"


@dataclass(frozen=True)
class MatchEntrant:
    """One line of the entry list: a team with its speakers in order of seat, or one person without any."""

    number: str
    name: str
    office: str = ""
    department: str = ""
    speakers: Sequence[Entrant] = ()


@dataclass(frozen=True)
class RoundPlan:
    """A round's names (Chinese, English), how its matches are paired, and how many go on to it, 0 for all.

    `pairs` are the lines that were typed where the pairs are made by hand.
    """

    name: tuple[str, str]
    pairing: str
    size: int = 0
    pairs: Sequence[str] = ()


@dataclass(frozen=True)
class MatchPlan:
    """What a contest of matches needs to begin; `seed` is what was typed for the draw of its first round."""

    slug: str
    title: tuple[str, str]
    office: str
    format: str
    rooms: int
    judges: int
    entrants: Sequence[MatchEntrant]
    rounds: Sequence[RoundPlan]
    settings: Mapping[str, Any]
    seed: str
    witness: str
    reason: str = ""


def set_up_matches(actor: Actor, plan: MatchPlan) -> int:
    """Create the contest with the first round's matches paired and their sides drawn; answers its id.

    Raises Refused: unknown_format, the problems of the settings, slug_taken, number_twice, speaker_missing, and what
    `break_seal` refuses and the rulebook about too few contestants.
    Source: domain page 2B.
    """
    kind = formats.get(plan.format)
    kind.check_settings(plan.settings)
    if db.session.scalar(select(Contest.id).where(Contest.slug == plan.slug)):
        raise Refused.because("slug_taken", "slug")
    contest = Contest(slug=plan.slug, title_zh=plan.title[0], title_en=plan.title[1], office=plan.office)
    event = Event(contest=contest, format=kind.key, title_zh=kind.zh, title_en=kind.en, settings=dict(plan.settings))
    db.session.add_all([contest, event])
    _open_rooms(event, plan)
    _enter(contest, plan, speakers_of(kind, plan.settings))
    plan_rounds(event, plan.rounds)
    db.session.flush()
    check_meeting(event, [one.pairing for one in plan.rounds], KNOCKOUT)
    record(contest, actor, "set_up", slug=plan.slug, contestants=len(plan.entrants), judges=plan.judges)
    lots = break_seal(actor, event, plan.seed, plan.witness, plan.reason)
    drawn = pair_first(event.rounds[0], [entrant.number for entrant in plan.entrants], lots["seed"])
    record(contest, actor, "draw_sides", **lots, **drawn)
    return contest.id


def _open_rooms(event: Event, plan: MatchPlan) -> None:
    for place in range(1, plan.rooms + 1):
        open_room(event, plan.judges, place)


def speakers_of(kind: Format, settings: Mapping[str, Any]) -> int:
    """How many speakers a side has that get a score of their own."""
    return max([int(part.partition(".")[2]) for part in kind.parts(settings) if "." in part], default=0)


def _enter(contest: Contest, plan: MatchPlan, speakers: int) -> None:
    seen: set[str] = set()
    for line in plan.entrants:
        entrant = _contestant(contest, seen, line, entrant_kind(contest.events, bool(line.speakers)))
        if len(line.speakers or [line]) < speakers:
            raise Refused.because("speaker_missing", number=line.number, speakers=speakers)
        for speaker in line.speakers:
            _contestant(contest, seen, speaker, PERSON, entrant)


def _contestant(
    contest: Contest, seen: set[str], line: Entrant | MatchEntrant, kind: str, team: Contestant | None = None
) -> Contestant:
    if line.number in seen:
        raise Refused.because("number_twice", "number", number=line.number)
    seen.add(line.number)
    office = line.office or (team.office if team else "")
    entered = Contestant(contest=contest, number=line.number, name=line.name, office=office, kind=kind, team=team)
    entered.department = line.department
    db.session.add(entered)
    return entered


def plan_rounds(event: Event, plans: Sequence[RoundPlan]) -> None:
    """Give the event its rounds, still without matches."""
    for position, plan in enumerate(plans, 1):
        kept = {"pairing": plan.pairing, "size": plan.size}
        db.session.add(Round(event=event, position=position, name_zh=plan.name[0], name_en=plan.name[1], plan=kept))


def pair_first(played: Round, numbers: Sequence[str], seed: str) -> dict[str, Any]:
    """Make the first round's matches and draw their sides and motions; answers as `draw_sides_of` does."""
    played.plan = played.plan | {"seed": seed}
    if played.plan["pairing"] == KNOCKOUT:
        check_seeds(numbers)
        played.plan = played.plan | {"seeds": list(numbers)}
        fill_bracket(played)
    else:
        for place, (first, second) in enumerate(_pairs(played, numbers, seed), 1):
            add_match_between(played, str(place), first, second)
    return draw_sides_of(played, seed)


def _pairs(played: Round, numbers: Sequence[str], seed: str) -> list[Pair]:
    camp_of = camps_of(played.event)
    if played.plan["pairing"] == ROUND_ROBIN:
        return round_robin_across(numbers, camp_of)
    if played.plan["pairing"] == BY_HAND:
        return [(first, second) for first, second in played.plan["pairs"]]
    return list(draw_across(seed, numbers, camp_of).pairs)


def draw_sides_of(played: Round, seed: str) -> dict[str, Any]:
    """Draw sides and motions of the round's matches that have none yet; the sides of camps are as they are fixed.

    Answers {"sides": {match key: [prosecution, defence]}}, with {"fixed": True} where no lot decided them, and
    {"motions": {match key: motion}} where motions are listed; {} where everything is drawn.
    """
    waiting = [turn for turn in played.turns if not turn.pairing.get("seed") and not turn.not_held]
    rules, camp_of, drawn = meeting_of(played.event.settings), camps_of(played.event), {}
    for turn in waiting:
        sides = stand(seed, (turn.pairing["first"], turn.pairing["second"]), camp_of, rules)
        _take_sides(turn, sides.control, sides.defence)
        turn.pairing = turn.pairing | {"seed": seed}
        drawn[turn.pairing["key"]] = [sides.control, sides.defence]
    dealt = _deal(played, waiting, seed)
    told: dict[str, Any] = {"sides": drawn} if drawn else {}
    return told | ({"fixed": True} if drawn and rules.by == FIXED else {}) | ({"motions": dealt} if dealt else {})


def _deal(played: Round, turns: Sequence[Turn], seed: str) -> dict[str, str]:
    """Give these matches their motions, heeding those of every match of the event that has one."""
    event = played.event
    others = [turn for other in event.rounds for turn in other.turns if turn.facts.get(CASE)]
    before = [Debated(turn.pairing["first"], turn.pairing["second"], turn.facts[CASE]) for turn in others]
    matches = [(turn.pairing["key"], (turn.pairing["first"], turn.pairing["second"])) for turn in turns]
    dealt = deal_motions(seed, matches, formats.get(event.format).motions(event.settings), before)
    for turn in turns if dealt else ():
        turn.facts = {**turn.facts, CASE: dealt[turn.pairing["key"]]}
    return dealt


def add_match_between(played: Round, key: str, first: str, second: str) -> None:
    """A match in the next room in turn; until the draw the side of each is only a place to stand."""
    position = max((turn.position for turn in played.turns), default=0) + 1
    rooms = played.event.rooms
    room = rooms[(position - 1) % len(rooms)]
    pairing = {"key": key, "first": first, "second": second}
    turn = Turn(round=played, room=room, position=position, pairing=pairing, facts={})
    db.session.add(turn)
    _take_sides(turn, first, second)


def _take_sides(turn: Turn, control: str, defence: str) -> None:
    event = turn.round.event
    entrants = {"control": _entrant(event, control), "defence": _entrant(event, defence)}
    standing = {appearance.part: appearance for appearance in turn.appearances}
    for part in formats.get(event.format).parts(event.settings):
        side, _, speaker = part.partition(".")
        contestant = _speaker(entrants[side], int(speaker)) if speaker else entrants[side]
        if part in standing:
            standing[part].contestant = contestant
        else:
            db.session.add(Appearance(turn=turn, part=part, contestant=contestant))
    if turn.out:
        settle_who_is_out(turn)  # a speaker who is away goes with the side


def _entrant(event: Event, number: str) -> Contestant:
    return next(entrant for entrant in event.contest.contestants if entrant.number == number)


def _speaker(entrant: Contestant, place: int) -> Contestant:
    """A team's speaker by seat; who entered alone speaks for themselves."""
    speakers = [member for member in entrant.contest.contestants if member.team is entrant]
    return speakers[place - 1] if speakers else entrant


def fill_bracket(played: Round) -> None:
    """Make the matches of a knockout of which both sides are known by now."""
    made = {turn.pairing["key"] for turn in played.turns}
    for match in ready_matches(bracket(played.plan["seeds"], winners_of(played.turns))):
        if match.key not in made and match.first and match.second:
            add_match_between(played, match.key, match.first, match.second)
