"""How each setting is asked for: its kind of field, its name, and one line that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

WHOLE, DECIMAL, FLAG, CHOICE, TEXT, LONG, TIME, LINES, MANY = (
    "whole",
    "decimal",
    "flag",
    "choice",
    "text",
    "long",
    "time",
    "lines",
    "many",
)
Words: TypeAlias = LazyString | str


@dataclass(frozen=True)
class Spec:
    """One field: its kind, label, the line that explains it, what can be chosen where that is fixed, and its unit."""

    kind: str
    label: Words
    hint: Words = ""
    choices: Mapping[str, Words] = field(default_factory=dict)
    unit: Words = ""


@dataclass(frozen=True)
class Table:
    """A setting that is a list of rows: its columns, what stays hidden in a row, and what a new row holds.

    Without `fresh` no row can be added. `title` heads the table, `about` is a line that explains it.
    """

    title: Words
    columns: Mapping[str, Spec]
    hidden: tuple[str, ...]
    fresh: Mapping[str, object] = field(default_factory=dict)
    adding: Words = ""
    about: Words = ""


#: Who may enter something of the list, beside the organizer, and who confirms it.
LIST_ENTERING: Mapping[str, Words] = {
    "anybody": _l("anybody of the desk"),
    "timekeeper": _l("the timekeeper"),
    "tallier": _l("the tallier"),
    "chief": _l("the chief judge"),
    "coder": _l("the coding officer"),
    "organizer": _l("the organizer alone"),
}
LIST_CONFIRMING: Mapping[str, Words] = {
    "nobody": _l("nobody"),
    "another": _l("another person"),
    "chief": _l("the chief judge"),
}
POINTS, SECONDS, SHEETS, PEOPLE, DOCUMENTS = _l("pts"), _l("s"), _l("sheets"), _l("people"), _l("documents")
_ZH = Spec(TEXT, _l("Chinese name"))
_EN = Spec(TEXT, _l("English name"))
_CRITERIA: Mapping[str, Spec] = {
    "zh": _ZH,
    "en": _EN,
    "maximum": Spec(DECIMAL, _l("Maximum"), unit=POINTS),
    "step": Spec(DECIMAL, _l("Step"), unit=POINTS),
    "minimum": Spec(DECIMAL, _l("Minimum"), unit=POINTS),
    "decides_ties": Spec(FLAG, _l("Key for ties")),
    "hint_zh": Spec(LONG, _l("What to look for, Chinese")),
    "hint_en": Spec(LONG, _l("What to look for, English")),
}
_CRITERION: Mapping[str, object] = {"zh": "", "en": "", "maximum": "10", "step": "0.5", "minimum": "0"}


def _rubric(title: Words) -> Table:
    return Table(title, _CRITERIA, ("key",), _CRITERION, _l("Add a criterion"))


_DEFECT: Mapping[str, object] = {"zh": "", "en": "", "points": "1"}
DEFECTS = Table(
    _l("Defects"),
    {"zh": _ZH, "en": _EN, "points": Spec(DECIMAL, _l("Points off, each"), unit=POINTS)},
    ("key",),
    _DEFECT,
    _l("Add a defect"),
)
TABLES: Mapping[str, Table] = {
    "rubric": _rubric(_l("Score sheet")),
    "individual_rubric": _rubric(_l("Sheet for each speaker")),
    "team_rubric": _rubric(_l("Sheet for each side")),
    "checklist": Table(
        _l("Checklist"),
        {"zh": _ZH, "en": _EN, "maximum": Spec(DECIMAL, _l("Maximum"), unit=POINTS)},
        ("key",),
        {"zh": "", "en": "", "maximum": "10", "defects": [_DEFECT]},
        _l("Add an item"),
    ),
    "panel.groups": Table(
        _l("Groups of judges with weights"),
        {
            "zh": _ZH,
            "en": _EN,
            "weight": Spec(DECIMAL, _l("Weight"), unit="%"),
            "seats": Spec(TEXT, _l("Seats, such as 1-5, 8")),
            "figure": Spec(CHOICE, _l("Figure"), choices={"mean": _l("mean"), "median": _l("median")}),
            "drop_high": Spec(WHOLE, _l("Highest dropped")),
            "drop_low": Spec(WHOLE, _l("Lowest dropped")),
            "trim_from": Spec(WHOLE, _l("… from so many sheets on"), unit=SHEETS),
            "minimum_valid": Spec(WHOLE, _l("Fewest for a figure"), unit=SHEETS),
        },
        ("key",),
        {"zh": "", "en": "", "weight": "", "seats": "", "figure": "mean"}
        | {"drop_high": 0, "drop_low": 0, "trim_from": 0, "minimum_valid": 1},
        _l("Add a group"),
        _l(
            "Without groups all judges count alike. With groups each makes its own figure, and these by their weights "
            "make the score; what is said above of dropping then holds for no group."
        ),
    ),
    "penalties": Table(
        _l("Penalties and bonuses that can be entered"),
        {
            "zh": _ZH,
            "en": _EN,
            "points": Spec(DECIMAL, _l("Worth"), unit=POINTS),
            "most": Spec(DECIMAL, _l("… or up to (0: fixed)"), unit=POINTS),
            "effect": Spec(CHOICE, _l("Effect"), choices={"off": _l("takes off"), "on": _l("adds")}),
            "hits": Spec(
                CHOICE,
                _l("Hits"),
                choices={"person": _l("the person"), "side": _l("the side"), "document": _l("the document")},
            ),
            "enters": Spec(CHOICE, _l("Entered by"), choices=LIST_ENTERING),
            "confirms": Spec(CHOICE, _l("Confirmed by"), choices=LIST_CONFIRMING),
        },
        ("key",),
        {"zh": "", "en": "", "effect": "off", "points": "5", "most": "0", "enters": "anybody", "confirms": "nobody"},
        _l("Add a penalty or bonus"),
    ),
    "caps": Table(
        _l("Faults that limit the total"),
        {"zh": _ZH, "en": _EN, "limit": Spec(DECIMAL, _l("At most"), unit=POINTS)},
        ("key",),
        {"zh": "", "en": "", "limit": "60"},
        _l("Add a limit"),
    ),
    "measures": Table(
        _l("Points for what was measured"),
        {
            "criterion": Spec(CHOICE, _l("Criterion")),
            "better": Spec(
                CHOICE, _l("Reached"), choices={"at_least": _l("with at least"), "at_most": _l("with at most")}
            ),
            "value": Spec(DECIMAL, _l("Measured figure")),
            "points": Spec(DECIMAL, _l("Points"), unit=POINTS),
        },
        (),
        {"criterion": "", "better": "at_least", "value": "0", "points": "0"},
        _l("Add a step"),
    ),
    "voids": Table(
        _l("Faults that void an entry"),
        {"zh": _ZH, "en": _EN},
        ("key",),
        {"zh": "", "en": ""},
        _l("Add a ground"),
    ),
    "clocks": Table(
        _l("Clocks"),
        {
            "zh": _ZH,
            "en": _EN,
            "seconds": Spec(TIME, _l("Time"), unit=_l("min:s")),
            "warn_seconds": Spec(WHOLE, _l("Warning before the end"), unit=SECONDS),
        },
        ("key", "kind", "side"),
    ),
}
_RUNS_FOR = {"single": _l("one speaker"), "dual": _l("each side by itself"), "shared": _l("everybody")}
_BELONGS_TO = {"": _l("no side"), "control": _l("prosecution"), "defence": _l("defence")}
#: The clocks of a debate: its stage script, in which stages can be added, ordered and taken away.
STAGE_SCRIPT = Table(
    _l("Clocks"),
    {
        **TABLES["clocks"].columns,
        "kind": Spec(CHOICE, _l("Runs for"), choices=_RUNS_FOR),
        "side": Spec(CHOICE, _l("Belongs to"), choices=_BELONGS_TO),
    },
    ("key",),
    {"zh": "", "en": "", "seconds": 180, "warn_seconds": 30, "kind": "single", "side": ""},
    _l("Add a clock"),
)


def table_of(name: str, settings: Mapping[str, object]) -> Table:
    """The table of this name for settings such as these: those of a debate have a stage script."""
    return STAGE_SCRIPT if name == "clocks" and "speakers" in settings else TABLES[name]


RUBRICS = ("rubric", "individual_rubric", "team_rubric", "checklist")

STEPS = {
    "exact_value": _l("exact value, with more decimals"),
    "key_criterion": _l("key criterion"),
    "untrimmed_mean": _l("mean with nothing dropped"),
    "format_step": _l("the format's own step"),
    "play_off": _l("play-off or secret ballot"),
    "shared_rank": _l("shared rank, 1-2-2-4"),
}

#: The same where nobody judges, and so nobody votes.
STEPS_OF_TESTS = STEPS | {"play_off": _l("play-off")}

SPECS: Mapping[str, Spec] = {
    "mode": Spec(
        CHOICE,
        _l("How the documents come about"),
        _l("Written on the day, nobody can show uptake: its points move to another criterion."),
        {"sent_in": _l("sent in"), "on_the_day": _l("written on the day")},
    ),
    "sent_in_only.criterion": Spec(
        CHOICE, _l("Only shown by documents sent in"), _l("This criterion is left out on the day.")
    ),
    "sent_in_only.onto": Spec(CHOICE, _l("Its points move to"), _l("So that a sheet is worth the same on the day.")),
    "decide": Spec(
        CHOICE,
        _l("How a match is decided"),
        _l("Teams are usually decided by scores; one against one is a vehicle for ranking individuals."),
        {
            "scores": _l("mean score of each side"),
            "three_ballots": _l("three ballots of each judge"),
            "individual_ranking": _l("ranking of individuals"),
            "sum_of_speakers": _l("sum of the speakers' scores"),
        },
    ),
    "individual_sheets": Spec(
        FLAG, _l("Judges mark each speaker too"), _l("Needed for best debaters and individual ranks.")
    ),
    "tied_match": Spec(
        CHOICE,
        _l("A tied match"),
        _l("What happens when both sides have the same result."),
        {"secret_ballot": _l("secret ballot of the panel"), "stands": _l("stays a tie")},
    ),
    "silent.points": Spec(
        DECIMAL,
        _l("Points off for a silent member"),
        _l("For a member who does not speak in free debate; 0 for none."),
        unit=POINTS,
    ),
    "silent.from": Spec(
        CHOICE,
        _l("They come off the score of"),
        _l("The side, the speaker, or both."),
        {"side": _l("the side"), "speaker": _l("the speaker"), "both": _l("both")},
    ),
    "ballot_penalties": Spec(
        FLAG,
        _l("Penalties change stage ballots"),
        _l("Of three ballots only: else a side keeps every ballot that a judge's marks gave it."),
    ),
    "meeting.by": Spec(
        CHOICE,
        _l("Who meets whom"),
        _l("Of the first round; in a knockout whoever wins meets whoever wins."),
        {
            "anybody": _l("anybody, sides by draw"),
            "office": _l("opponents of another office, sides by draw"),
            "department": _l("opponents of another department, sides by draw"),
            "fixed": _l("one camp always prosecutes, the other defends"),
        },
    ),
    "meeting.control": Spec(
        LINES,
        _l("Always the prosecution"),
        _l("An office, a department or a number a line; all others defend. Only where sides are fixed."),
    ),
    "motions": Spec(
        LINES,
        _l("Motions, one a line"),
        _l("Dealt to the matches by the draw of the sides; empty if announced otherwise."),
    ),
    "panel.trim": Spec(
        FLAG,
        _l("Drop the highest and the lowest"),
        _l("Source of the usual announcement; the rest have their mean."),
    ),
    "panel.drop_high": Spec(
        WHOLE, _l("How many of the highest go"), _l("Usually one; some rules drop two at each end.")
    ),
    "panel.drop_low": Spec(WHOLE, _l("How many of the lowest go"), _l("Of several equal ones no more than that go.")),
    "panel.by": Spec(
        CHOICE,
        _l("What is dropped"),
        _l("Whole sheets by their total, or in each criterion its own extreme marks, whoever gave them."),
        {"total": _l("totals"), "criterion": _l("marks of each criterion")},
    ),
    "panel.trim_from": Spec(
        WHOLE, _l("… from this many valid sheets on"), _l("At least one more than are dropped."), unit=SHEETS
    ),
    "panel.short": Spec(
        CHOICE,
        _l("With fewer sheets, as after a recusal"),
        _l("For whom that will be so is said on the page of recusal relations before anybody performs."),
        {
            "plain": _l("nothing is dropped"),
            "trim": _l("dropped all the same"),
            "reserve": _l("no score until a reserve judge steps in"),
        },
    ),
    "panel.figure": Spec(
        CHOICE,
        _l("What counts makes a"),
        _l("A sum takes exactly as many sheets as are needed to drop; in a total it counts as one sheet."),
        {"mean": _l("mean"), "median": _l("median"), "sum": _l("sum")},
    ),
    "panel.empty": Spec(
        CHOICE,
        _l("A group with too few sheets, as after a recusal"),
        _l("For whom that will be so is said on the page of recusal relations before anybody performs."),
        {
            "reserve": _l("no score until a reserve judge steps in"),
            "share": _l("its weight goes to the other groups, in proportion to theirs"),
        },
    ),
    "panel.floor": Spec(
        FLAG, _l("Never below 0"), _l("Penalties take off no more than there is; the explanation says so.")
    ),
    "panel.wide": Spec(
        WHOLE,
        _l("Pointed out from a spread over"),
        _l("The chief judge is told where totals lie further apart; they count all the same."),
        unit=POINTS,
    ),
    "panel.minimum_valid": Spec(
        WHOLE, _l("Fewest sheets for a score"), _l("With fewer, nothing can be released."), unit=SHEETS
    ),
    "panel.decimals": Spec(WHOLE, _l("Decimals of a score"), _l("Rounded half up once, at the very end.")),
    "floor": Spec(FLAG, _l("Never below 0"), _l("Penalties take off no more than there is; the explanation says so.")),
    "listed.bonus_most": Spec(
        DECIMAL,
        _l("Bonuses add at most"),
        _l("All bonuses of one score together; what is beyond is said and not counted."),
        unit=POINTS,
    ),
    "decimals": Spec(WHOLE, _l("Decimals of a score"), _l("Rounded half up once, at the very end.")),
    "reviewers.per_document": Spec(
        WHOLE, _l("Reviewers for each document"), _l("Drawn evenly, nobody reviews what they may not."), unit=PEOPLE
    ),
    "reviewers.avoid": Spec(
        MANY,
        _l("Nobody reviews work from"),
        _l("A contest within one office avoids the department only."),
        {"office": _l("the same office"), "department": _l("the same department")},
    ),
    "rereview.threshold": Spec(
        DECIMAL,
        _l("Further review from a range over"),
        _l("In points between the highest and the lowest total."),
        unit=POINTS,
    ),
    "severity.shown": Spec(
        FLAG, _l("Show results with severity evened out"), _l("Beside the plain result, never instead of it.")
    ),
    "severity.least_reviews": Spec(
        WHOLE,
        _l("… for reviewers of at least so many documents"),
        _l("With fewer nothing can be said."),
        unit=DOCUMENTS,
    ),
    "publication": Spec(
        CHOICE,
        _l("When a score is public"),
        _l("One behind: the first three together, then each when the next has performed."),
        {"at_once": _l("at once"), "one_behind": _l("one behind"), "at_end": _l("all at the end")},
    ),
    "overtime.free_seconds": Spec(WHOLE, _l("Free of charge"), _l("Overtime that costs nothing."), unit=SECONDS),
    "overtime.step_seconds": Spec(WHOLE, _l("One step"), _l("Each started step costs the same."), unit=SECONDS),
    "overtime.points_per_step": Spec(
        DECIMAL, _l("Points off for each step"), _l("Taken off after the mean."), unit=POINTS
    ),
    "overtime.most": Spec(DECIMAL, _l("Off at most"), _l("Overtime never costs more."), unit=POINTS),
    "overtime.stop_seconds": Spec(
        WHOLE, _l("Stopped after"), _l("Seconds past the end at which the turn is stopped."), unit=SECONDS
    ),
    "bonus.given": Spec(FLAG, _l("Bonus for finishing early"), _l("Off unless you want it.")),
    "bonus.step_seconds": Spec(WHOLE, _l("One bonus step"), _l("Only whole steps count."), unit=SECONDS),
    "bonus.points_per_step": Spec(
        DECIMAL, _l("Points for each bonus step"), _l("Never above the full marks."), unit=POINTS
    ),
    "bonus.most": Spec(DECIMAL, _l("Bonus at most"), _l("No more however early."), unit=POINTS),
}
