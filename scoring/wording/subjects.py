"""The words for what is judged and who judges it, by subject: the one place that calls a file a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


@dataclass(frozen=True)
class Words:
    """How one subject is called; those with a number have the placeholder `number`, `judge_said` is in a sentence."""

    judged: LazyString
    judged_no: LazyString
    judge: LazyString
    judge_no: LazyString
    judge_said: LazyString
    task: LazyString
    following: LazyString
    following_no: LazyString
    waiting: LazyString


_CALLED = _l("The desk calls the next contestant. The sheet then appears here by itself.")
_PERFORMANCE = Words(
    _l("Contestant"),
    _l("Contestant %(number)s"),
    _l("Judge"),
    _l("Judge %(number)s"),
    _l("judge %(number)s"),
    _l("Case"),
    _l("Next"),
    _l("No. %(number)s is next"),
    _CALLED,
)
_BY_SUBJECT: Mapping[str, Words] = {
    "performance": _PERFORMANCE,
    "match": Words(
        _l("Match"),
        _l("Match %(number)s"),
        _l("Judge"),
        _l("Judge %(number)s"),
        _l("judge %(number)s"),
        _l("Motion"),
        _l("Next match"),
        _l("Next match: %(number)s"),
        _l("The desk calls the next match. The sheet then appears here by itself."),
    ),
    "bench": Words(
        _l("File"),
        _l("File %(number)s"),
        _l("Inspector"),
        _l("Inspector %(number)s"),
        _l("inspector %(number)s"),
        _l("Task"),
        _l("Next up"),
        _l("Next up: %(number)s"),
        _l("The benches are at work. Each file appears here by its code once it is handed in."),
    ),
    "document": Words(
        _l("Document"),
        _l("Document %(number)s"),
        _l("Reviewer"),
        _l("Reviewer %(number)s"),
        _l("reviewer %(number)s"),
        _l("Task"),
        _l("Next up"),
        _l("Next up: %(number)s"),
        _l("Your documents appear here by their codes once the review is open."),
    ),
    "test": Words(
        _l("Contestant"),
        _l("Contestant %(number)s"),
        _l("Entered by the desk"),
        _l("Entered by the desk"),
        _l("the entry of the desk"),
        _l("Task"),
        _l("Next"),
        _l("No. %(number)s is next"),
        _l("The desk enters the results; nothing is marked here."),
    ),
}

#: How the sides of a match are called, on its clocks and sheets too.
SIDES = {"control": _l("Prosecution"), "defence": _l("Defence")}
#: What a match was for a side, and what decided it.
RESULTS = {"won": _l("won"), "lost": _l("lost"), "tied": _l("tied")}
DECIDED_BY = {
    "scores": _l("Decided by the team's marks"),
    "three_ballots": _l("Decided by three ballots of each judge"),
    "individual_ranking": _l("Decided by the speakers' marks"),
    "sum_of_speakers": _l("Decided by the sum of the speakers"),
    "forfeit": _l("A side does not perform; not decided by marks"),
    "secret_ballot": _l("Equal marks; decided by the panel's secret ballot"),
    "play_off": _l("Equal marks; decided by a play-off"),
}
SPEAKERS = (_l("First speaker"), _l("Second speaker"), _l("Third speaker"), _l("Fourth speaker"))
# Two numbers or names as the tables join them; scores have decimals and stay as they are. static/pair.js does the same.
_NUMBERS = re.compile(r"(?<![0-9A-Za-z.])([0-9A-Za-z]+) : ([0-9A-Za-z]+)(?!\.?[0-9A-Za-z])号?")
_NAMES = re.compile(r"([^\s.:][^.:]*) : ([^.:]*[^\s.:])")
_HAN = re.compile("[㐀-鿿]")


def words_of(subject: str) -> Words:
    """The words of a subject; a kind that is not known is a performance's."""
    return _BY_SUBJECT.get(subject, _PERFORMANCE)


def judged(subject: str, number: object) -> str:
    """What is judged, by its number or code: Contestant 03, File B02."""
    return str(words_of(subject).judged_no) % {"number": number}


def judges_named(subject: str, numbers: str) -> str:
    """One or several who judge, by the numbers of their seats, as a sentence says it: reviewer 2; judge 1, 3."""
    return str(words_of(subject).judge_said) % {"number": numbers}


def part(key: str, parts: Collection[str]) -> str:
    """A side of a match, or a speaker of it; who speaks alone is called by the side."""
    side, _, speaker = key.partition(".")
    called = str(SIDES.get(side, side))
    if not speaker or f"{side}.2" not in parts:
        return called
    return f"{called} {speaker_as(speaker)}"


def speaker_as(seat: str) -> str:
    """A speaker of a side by the place in its order: 一辩, first speaker."""
    return str(SPEAKERS[int(seat) - 1])


def paired(text: str) -> str:
    """A text in which who meets whom is said as people say it: 076 对 001, 076 against 001."""
    if " : " not in text:
        return text
    said, numbers = _NUMBERS.subn(_between, text)
    if not numbers and (names := _NAMES.fullmatch(text)):
        said = _said(names)
    return Markup(said) if isinstance(text, Markup) else said


def _said(two: re.Match[str]) -> str:
    return gettext("%(one)s against %(other)s", one=two[1], other=two[2])


def _between(two: re.Match[str]) -> str:
    """The pair with a blank where it touches Chinese signs."""
    before, after = two.string[: two.start()], two.string[two.end() :]
    return f"{' ' * bool(_HAN.match(before[-1:]))}{_said(two)}{' ' * bool(_HAN.match(after[:1]))}"


@pass_context
def said_in_page(context: Context, text: str, **figures: Any) -> str:
    """The templates' gettext: what a sentence says of two who meet is said as people say it."""
    known = gettext(text)
    return paired((Markup(known) if context.eval_ctx.autoescape else known) % figures)


def judge(subject: str, number: object, name: str = "") -> str:
    """Who judges, by the seat's number and, where it is known, the name: Inspector 2, Judge 3 Wang."""
    called = str(words_of(subject).judge_no) % {"number": number}
    return f"{called} {name}" if name else called
