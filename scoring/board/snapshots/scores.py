"""A public score with its rank, and how it came about: what everybody is shown of it, and what the record has."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from scoring.board.snapshots.shared import Award, Named
from scoring.board.snapshots.words import OneOf, Sides


class JudgeTotal(TypedDict):
    """What became of one judge's sheet."""

    seat: Annotated[str, "the judge's number"]
    total: Annotated[str | None, "null where the judge has no sheet"]
    fate: Annotated[
        str,
        OneOf(
            "counted",
            "dropped_high",
            "dropped_low",
            "recused",
            "abstained",
            "away",
            "compared",
            "set_aside",
            "no_figure",
        ),
        "`compared` went into an agreed checklist, `set_aside` gave way to a further review, `no_figure` belongs to a "
        "group of judges with too few sheets",
    ]
    source: NotRequired[
        Annotated[
            str, OneOf("paper", "list", "correction"), "only where the sheet did not come from the judge's tablet"
        ]
    ]


class PenaltyTaken(TypedDict):
    """Points taken off after averaging, or added by a bonus."""

    kind: str
    points: str
    reason: str
    adds: NotRequired[Annotated[bool, "only of a bonus, which adds its points"]]


class PenaltyNamed(PenaltyTaken):
    """The same with its name."""

    zh: str
    en: str


class Tie(TypedDict):
    """How a tie was decided."""

    step: Annotated[str, "the step that told this contestant from the others, or `shared_rank`"]
    shared: bool
    figures: Annotated[dict[str, str], "this contestant's own, by step, for the steps that were asked"]


class Defect(TypedDict):
    """Faults of one kind."""

    zh: str
    en: str
    count: int
    points: str


class ChecklistItem(TypedDict):
    """An item of an agreed checklist."""

    zh: str
    en: str
    maximum: str
    points_left: str
    defects: list[Defect]


class Bonus(TypedDict):
    """Points added."""

    kind: str
    points: str


class Cap(TypedDict):
    """A limit on the figure before the penalties."""

    kind: str
    zh: str
    en: str
    limit: str
    before: Annotated[str, "the exact figure before this cap"]
    bites: Annotated[bool, "whether it took anything away"]
    reason: str


class WeighedPart(TypedDict):
    """A score that another is put together from."""

    key: Annotated[str, "which speaker, match or event"]
    exact: str
    shown: Annotated[str, "the figure that was published"]
    weight: Annotated[str, "`exact` times this is what it adds"]


class GroupOfJudges(TypedDict):
    """The figure of one group of judges, and what it weighed."""

    key: str
    zh: str
    en: str
    weight: Annotated[str, "of 100, by the rules"]
    share: Annotated[str, "what it made of this score, of 1; 0 where it has too few sheets"]
    seats: Annotated[list[str], "the numbers of its judges whose sheets are valid"]
    method: Annotated[str, "as the whole score's, without `groups`"]
    valid: int
    counted: int
    counted_sum: str
    exact: str
    shown: Annotated[str, "the figure, rounded; all `share` times `exact` make `mean_exact`"]
    figures: NotRequired[dict[str, str]]


class Told(TypedDict):
    """How a score came about, without the judges' lines and the checklist."""

    method: Annotated[
        str,
        "`trimmed`, `criterion` or `plain`, alone or with `_median` or `_sum`, `groups` of judges, or the format's "
        "own; of a win without marks `forfeit`",
    ]
    valid: Annotated[int, "how many totals are valid"]
    counted: Annotated[int, "how many are left after dropping"]
    counted_sum: Annotated[str, "their sum"]
    mean_exact: Annotated[str, "a decimal where it ends, else a fraction"]
    mean: Annotated[str, "as it is shown"]
    penalties: list[PenaltyNamed]
    penalty_sum: Annotated[str, "taken off after averaging"]
    final: Annotated[str, "`mean`, and what `figures` says is `added`, less `penalty_sum`, or 0 where it has a `floor`"]
    untrimmed_mean: Annotated[str, "the mean with nothing dropped"]
    tie: Tie | None
    bonuses: NotRequired[Annotated[list[Bonus], "added to `counted_sum`"]]
    caps: NotRequired[list[Cap]]
    figures: NotRequired[
        Annotated[
            dict[str, str],
            "of the format's own, such as the seconds a bench took; `drop_high` and `drop_low` where not one total was "
            "dropped at each end, `added` what bonuses add, `added_most` where that is their limit, `floor` where "
            "penalties went below it",
        ]
    ]
    terms: NotRequired[Annotated[list[WeighedPart], "in place of judges' lines; they add up to `mean_exact`"]]
    groups: NotRequired[Annotated[list[GroupOfJudges], "where judges sit in weighed groups"]]


class JudgeLine(TypedDict):
    """One judge's sheet with its marks, as the record has it."""

    seat: str
    standing: str
    total: str | None
    fate: str
    marks: dict[str, str]
    dropped: NotRequired[dict[str, str]]


class SourcedLine(JudgeLine):
    """The same, with where the sheet came from."""

    source: str


class Sighting(TypedDict):
    """Where an inspector saw a fault."""

    seat: str
    page: str
    note: str


class CheckedDefect(Defect):
    """Faults of one kind as the record has them: what each costs, who found how many, and how the count came about."""

    key: str
    each: str
    found: dict[str, int]
    reason: str
    sightings: list[Sighting]


class CheckedItem(TypedDict):
    """An item of an agreed checklist as the record has it."""

    key: str
    zh: str
    en: str
    maximum: str
    deducted: str
    left: str
    capped: bool
    nothing_found: bool
    defects: list[CheckedDefect]


class RecordedExplanation(Told):
    """How a score came about, with every mark, as the record has it."""

    judges: list[SourcedLine]
    items: NotRequired[list[CheckedItem]]


class Explanation(Told):
    """How a score came about, as everybody sees it: enough to count it again from the judges' totals."""

    judges: list[JudgeTotal]
    items: NotRequired[Annotated[list[ChecklistItem], "of an agreed checklist; what is left makes `counted_sum`"]]
    time: NotRequired[Annotated[str, "what a bench took, as `52:13`"]]


class Corrected(TypedDict):
    """A score before and after a correction."""

    old: str | None
    new: str | None


class ToldApart(TypedDict):
    """What tells those apart who show the same digits on different ranks."""

    key: str
    value: str


class Played(TypedDict):
    """One match behind a standing."""

    turn: int
    side: Annotated[str, Sides]
    opponent: Named
    result: Annotated[str, OneOf("won", "lost", "tied", "")]
    figure: str


class Standing(TypedDict):
    """Every match behind a rank, with the figures they make."""

    figures: Annotated[dict[str, str], "`matches`, `won`, `tied` and `total`"]
    played: list[Played]


class RowMade(TypedDict):
    """What of a row its own turns make, whoever else is ranked."""

    turn: Annotated[int, "the last one that gave it"]
    contestant: int
    number: str
    name: str
    office: str
    announcement: Annotated[dict[str, str], "the figures that the host reads out"]
    corrected: Annotated[Corrected | None, "the score before and after a correction"]
    standing: Annotated[Standing | None, "of several matches together; null where one turn's score says it all"]


class RowApart(TypedDict):
    """What tells somebody apart from those who show the same digits, if anything has to."""

    told_apart: NotRequired[ToldApart]


class RowAward(TypedDict):
    """The award of whoever gets one."""

    award: NotRequired[Annotated[Award, "where one is given; none is before everything that it is for is public"]]


class RowRank(TypedDict):
    """What the place among the others adds to a row."""

    rank: int
    shared: Annotated[bool, "whether the rank is shared"]
    score: Annotated[str, "rounded, as announced; `forfeit` for who has only wins without marks"]
    precise: Annotated[str, "more digits where others show the same score"]
    decided_by: Annotated[str | None, "the tie step that decided"]
    told_apart: NotRequired[
        Annotated[ToldApart, "where somebody on another rank shows the same digits: the step, and the figure in it"]
    ]


class RecordedMade(RowMade):
    """What of a row its own turns make, with every mark."""

    explanation: RecordedExplanation


class ShownMade(RowMade):
    """The same as everybody sees it."""

    explanation: Explanation


class RecordedRow(RecordedMade, RowRank):
    """A released score with every mark, as the record has it."""


class Row(RowMade, RowRank, RowAward):
    """A released score as everybody sees it."""

    explanation: Explanation
