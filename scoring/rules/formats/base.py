"""What a contest format is: data until behaviour differs, then a function.

It says four things, each with its own class here: what is judged (`Judged`), what a sheet holds (`Sheets`), how sheets
become a score (`Scoring`) and how it is shown (`Shown`); one of benches says more (`Benches`). The rest of the code
asks a format and never looks inside its settings, parts, sheets or facts:

- A *turn* is what is called and judged at one time: a performance, a match, a bench, a document.
- Its *parts* are what gets a score of its own within it: ("",) for a performance, bench or document; the
  sides and speakers of a match ("control", "defence", "control.1", …). Who is behind a part is the store's
  matter.
- A *sheet* is what one seat hands in for a whole turn, in a JSON-able shape that the format and its tablet
  template agree upon: marks by criterion; by part and criterion, with ballots; a checklist of defects with
  pages and notes; marks with comments. Problems name their place in it by a dotted field.
- What is recorded about a turn beside sheets and penalties are its *facts*, in a shape of the format's own:
  times, who did not speak, the panel's secret ballot, the checklist that the chief settled, a cap, a void.
- An *outcome* has a score for each part that earned one; a part without a score (void, bye) is not ranked.
  What the turn decides beyond figures (which side won and how) is its verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from scoring.rules.agreement import Dispute
from scoring.rules.clocks import Clock, read_clocks
from scoring.rules.explanation import Score
from scoring.rules.formats.common import panel_of, reviewers_of
from scoring.rules.not_performing import not_held
from scoring.rules.panel import Standing
from scoring.rules.ranking import Contender
from scoring.rules.refusal import Problem
from scoring.rules.rubric import Rubric
from scoring.rules.rulings import Cap

__all__ = [
    "INSPECTORS",
    "Benches",
    "Format",
    "Judged",
    "Outcome",
    "PenaltyFacts",
    "Score",
    "Scoring",
    "Settings",
    "SheetFacts",
    "Sheets",
    "Shown",
    "Start",
    "Subject",
    "TurnFacts",
]

Settings = Mapping[str, Any]
#: At benches two check each file and must agree. Source: domain page 2C.
INSPECTORS = 2
Subject = Literal["performance", "match", "bench", "document", "test"]


@dataclass(frozen=True)
class SheetFacts:
    """One seat of the turn's panel: its standing and its sheet as `read_sheet` made it, if it is in."""

    seat: str
    standing: Standing
    marks: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class PenaltyFacts:
    """Points to take off one part after averaging, or to add where it `adds`; `points` is positive."""

    part: str
    kind: str
    points: Decimal
    reason: str = ""
    adds: bool = False


@dataclass(frozen=True)
class TurnFacts:
    """All that is recorded about one turn: every seat of its panel, the penalties, the format's own facts."""

    parts: tuple[str, ...]
    sheets: tuple[SheetFacts, ...]
    penalties: tuple[PenaltyFacts, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """A turn's result: scores by part, and the JSON-able verdict where the format has one."""

    scores: Mapping[str, Score]
    verdict: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Start:
    """One way in which a new event of a format may begin: its names and the settings it starts from."""

    key: str
    zh: str
    en: str
    settings: Callable[[], dict[str, Any]]


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return sum(other.get(name) == value for name, value in one.items())


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What is judged, and the settings of an event of it; each function takes the event's settings.

    - `subject`: what it is; the words for it and for who judges it are in `scoring/wording/subjects.py`. Of a "test"
      the desk enters the sheets: nobody sits on a panel, and nobody is called.
    - `defaults()`: the settings a new event starts from, JSON-able, all of them editable.
    - `starts`: the ways in which a new event may begin where there are several, () where `defaults` are the only one.
    - `check_settings(settings)`: raises Refused with every problem, fields such as "rubric.0.maximum".
    - `parts(settings)`: the parts each turn has.
    - `speakers(settings)`: how many persons perform on each side, each of whom may be away; 0 where sides have none.
    - `motions(settings)`: what is drawn for each match to be about, () for none.
    - `coded`: whether the panel marks what was handed in, by a code and without knowing whose it is; such a turn is
      not called, and nobody marks it before it has its code.
    - `sent_in(settings)`: whether what is judged is handed in before the day.
    - `calibrates`: whether the panel's sheets of the first turn may be unlocked once to discuss them.
    """

    key: str
    subject: Subject
    defaults: Callable[[], dict[str, Any]]
    check_settings: Callable[[Settings], None]
    parts: Callable[[Settings], tuple[str, ...]]
    starts: tuple[Start, ...] = ()
    speakers: Callable[[Settings], int] = lambda settings: 0
    motions: Callable[[Settings], tuple[str, ...]] = lambda settings: ()
    coded: bool = False
    sent_in: Callable[[Settings], bool] = lambda settings: False
    calibrates: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """What a sheet holds.

    - `rubric(settings, part)`: the criteria of that part's judge lines, for column heads and forms.
    - `read_sheet(settings, parts, raw)`: the clean JSON-able sheet, decimals as strings; raises Refused with
      every problem. Reading a clean sheet again gives the same.
    - `draft_problems(settings, parts, raw)`: what is wrong so far; what is empty is not. Never raises.
    - `running_total(settings, parts, raw)`: points so far, or None where a sheet has no one total.
    - `running_totals(settings, raw)`: the points so far of each part or item that a judge marks, by its key; {} where
      a sheet has one total.
    - `sums(settings)`: what the running totals are made of, JSON-able, for a tablet that adds up what was typed while
      it hears no total: `marks`, by part the limits of each field's mark, or `items`, by item what its defects cost;
      and whether a sheet has one `total`. `static/judges/tally.js` reads it, a test holds it equal to the totals above.
    """

    rubric: Callable[[Settings, str], Rubric]
    read_sheet: Callable[[Settings, Sequence[str], object], dict[str, Any]]
    draft_problems: Callable[[Settings, Sequence[str], object], tuple[Problem, ...]]
    running_total: Callable[[Settings, Sequence[str], object], Decimal | None]
    running_totals: Callable[[Settings, object], Mapping[str, Decimal]] = lambda settings, raw: {}
    sums: Callable[[Settings], Mapping[str, Any]] | None = None

    def sums_of(self, settings: Settings) -> Mapping[str, Any]:
        """What the running totals are made of; of one rubric where the format says nothing else."""
        if self.sums is not None:
            return self.sums(settings)
        return {"total": True, "marks": {"": self.rubric(settings, "").limits()}}


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """How sheets become a score, and scores a rank.

    - `score(settings, facts)`: the outcome; raises Refused while there can be none.
    - `check_facts(settings, sheets, facts)`: raises Refused for facts that cannot be recorded of a turn.
    - `not_held(settings, kinds)`: the outcome of a turn of which a side, or whoever was to perform, does not, from the
      kind of not performing (absent, forfeited, …) by part.
    - `chain(settings)`: the tie steps, in order.
    - `tie_values(settings, score)`: values for the tie steps by step name, the higher the better.
    - `contender(settings, key, scores, recorded)`: what the contestant `key` is ranked on after the turns
      that gave `scores`; `recorded` are tie values that people recorded (play_off). Raises Refused where the
      scores cannot be put together.
    - `standing(settings, scores)`: the score that a contestant stands with after all its turns, explained; `scores` are
      its scores by turn, at least one, in order.
    - `points(settings, scores)`: the score, on the scale of its sheet, that a contestant takes into a composite total;
      not its standing where that counts something else, such as wins.
    - `grouped`: whether a panel's judges may sit in weighed groups; a format without refuses settings that say so.
    """

    score: Callable[[Settings, TurnFacts], Outcome]
    check_facts: Callable[[Settings, Sequence[SheetFacts], Mapping[str, Any]], None] = lambda *facts: None
    not_held: Callable[[Settings, Mapping[str, str]], Outcome] = lambda settings, kinds: Outcome({}, not_held(kinds))
    chain: Callable[[Settings], Sequence[str]] = lambda settings: tuple(settings["ties"])
    tie_values: Callable[[Settings, Score], Mapping[str, Fraction]]
    contender: Callable[[Settings, str, Sequence[Score], Mapping[str, Fraction]], Contender]
    standing: Callable[[Settings, Mapping[str, Score]], Score] = lambda settings, scores: [*scores.values()][-1]
    points: Callable[[Settings, Mapping[str, Score]], Score] = lambda settings, scores: [*scores.values()][-1]
    grouped: bool = False

    def least_panel(self, settings: Settings) -> int:
        """The fewest judges with whom there is a score. Source: domain page 1, floor of the trim."""
        panel, reviewers = panel_of(settings), reviewers_of(settings)
        return max(panel.least if panel else 1, reviewers.per_document if reviewers else 1)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How it is shown: what it is called, and which clocks run.

    - `zh`, `en` name the format; `about_zh`, `about_en` say what is judged and how, for whoever chooses one.
    - `entry_names(settings)`: what the entries of a sheet are called ("zh", "en") that are no criteria of the rubric.
    - `clocks(settings)`: the stages' clocks, in order.
    - `timed`: the key of the clock whose time over the overtime rule measures, "" for none.
    - `prepares`: the key of the clock that may run while a turn still waits, "" for none.
    """

    zh: str
    en: str
    about_zh: str = ""
    about_en: str = ""
    entry_names: Callable[[Settings], Mapping[str, dict[str, str]]] = lambda settings: {}
    clocks: Callable[[Settings], tuple[Clock, ...]] = lambda settings: read_clocks(settings["clocks"])
    timed: str = ""
    prepares: str = ""


@dataclass(frozen=True, kw_only=True)
class Format(Judged, Sheets, Scoring, Shown):
    """One contest format: all that the rest of the house may ask of it."""

    def trims_from(self, settings: Settings) -> int:
        """From how many judges of a room the extremes are dropped; 0 where they are not, or a room marks nothing whole.

        Source: domain page 1, floor of the trim.
        """
        panel = panel_of(settings)
        return panel.from_sheets if panel and not self.coded else 0

    @property
    def entered(self) -> bool:
        """Whether the desk enters what each sheet holds, so that nobody sits on a panel."""
        return self.subject == "test"

    @property
    def called(self) -> bool:
        """Whether turns are called one by one, by themselves."""
        return not (self.coded or self.entered)

    @property
    def all_starts(self) -> tuple[Start, ...]:
        """Every way in which a new event may begin, at least the default one."""
        return self.starts or (Start("", self.zh, self.en, self.defaults),)

    def start_of(self, settings: Settings) -> Start:
        """The way of beginning that these settings have most in common with: what is usual for an event like this."""
        return max(self.all_starts, key=lambda start: _alike(start.settings(), settings))


@dataclass(frozen=True, kw_only=True)
class Benches(Format):
    """A format in which all work at benches at once, and two inspectors check what was handed in.

    - `limits(settings)`: the seconds after which overtime begins, and those after which all work stops.
    - `disputes(settings, sheets, facts)`: the lines on which the inspectors differ; raises Refused until both sheets
      are in.
    - `settle(settings, sheets, line, count, reason)`: the fact that the chief settles a line; raises Refused.
    - `rule_cap(settings, facts, kind, reason)`: the caps of the turn with one more; raises Refused.
    - `caps(settings)`: the caps that may be ruled.
    - `photos(sheet)`: the ids of the photos that a clean sheet refers to, by field.
    """

    limits: Callable[[Settings], tuple[int, int]]
    disputes: Callable[[Settings, Sequence[SheetFacts], Mapping[str, Any]], tuple[Dispute, ...]]
    settle: Callable[[Settings, Sequence[SheetFacts], str, object, object], dict[str, Any]]
    rule_cap: Callable[[Settings, Mapping[str, Any], str, str], list[dict[str, str]]]
    caps: Callable[[Settings], tuple[Cap, ...]]
    photos: Callable[[Mapping[str, Any]], Mapping[str, int]] = lambda sheet: {}

    def least_panel(self, settings: Settings) -> int:
        """Both inspectors. Source: domain page 2C."""
        return INSPECTORS
