"""The board's record as tables: what stands in which row and column, whatever the kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from scoring.exports import words

Record = Mapping[str, Any]


class Figure(str):
    """A figure exactly as the screen shows it; every other cell is text and stays text."""


@dataclass(frozen=True)
class Table:
    """One table: its name, the headings of its columns, and as many cells in each row."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def ranking(record: Record, name: str = "") -> Table:
    """The released contestants in rank order with the figures of the leaderboard; `name` is another than 名次."""
    headings = (
        *contestant_headings(),
        gettext("Office"),
        gettext("Final score"),
        gettext("Further decimals"),
        gettext("Mean"),
        gettext("Points off"),
        gettext("Points added"),
        gettext("Tie"),
        gettext("Award"),
    )
    rows = [_ranking_row(row) for row in record["rows"]]
    rows += [unranked_row(one, len(headings)) for one in record.get("unranked", ())]
    return _with_normalised(Table(name or gettext("Ranking"), headings, tuple(rows)), record)


def unranked_row(one: Record, columns: int) -> tuple[str, ...]:
    """Somebody without a rank, with the ground in place of the score."""
    said = words.named(one["ground"])
    said += gettext(", corrected from %(score)s", score=one["was"]) if one.get("was") else ""
    known = ("", one["number"], one["name"], one["office"], said)
    return known + ("",) * (columns - len(known))


def _with_normalised(table: Table, record: Record) -> Table:
    """The plain results with the normalised ones beside them, where the organizer has chosen to see them."""
    if not record.get("severity"):
        return table
    finals = {row["number"]: Figure(row["final"]) for row in record["severity"]["rows"]}
    rows = tuple((*row, finals.get(row[1], "")) for row in table.rows)
    return Table(table.name, (*table.headings, gettext("Normalised, for comparison")), rows)


def severity(record: Record) -> Table:
    """How strict each reviewer was: sheets, mean and spread of the totals given."""
    headings = (gettext("Reviewer"), gettext("Sheets"), gettext("Mean"), gettext("Spread"))
    reviewers = record["severity"]["reviewers"]
    rows = ((one["seat"], Figure(one["reviews"]), Figure(one["mean"]), Figure(one["spread"])) for one in reviewers)
    return Table(gettext("Severity of the reviewers"), headings, tuple(rows))


def _ranking_row(row: Record) -> tuple[str, ...]:
    explanation = row["explanation"]
    return (
        *contestant(row),
        row["office"],
        score(row),
        _further_decimals(row),
        *(_around(explanation) if score_is_a_figure(row) else ("", "", "")),
        words.reason(row, words.tie(row["decided_by"])),
        award(row),
    )


def _around(explanation: Record) -> tuple[str, ...]:
    """The mean, and the points that come off it and go on it."""
    return Figure(explanation["mean"]), Figure(explanation["penalty_sum"]), Figure(_added(explanation))


def _added(explanation: Record) -> str:
    """The points that bonuses of the list add, under their limit."""
    return str(explanation.get("figures", {}).get("added", "0"))


def score_is_a_figure(row: Record) -> bool:
    """Whether the row is ranked by marks; else it is by a win for which nobody was marked."""
    return bool(row["explanation"]["method"] != "forfeit")


def score(row: Record) -> str:
    """The final score, or the words that stand in its place."""
    return Figure(row["score"]) if score_is_a_figure(row) else gettext("won without marks")


def award(row: Record) -> str:
    """The award that the row has got, "" for none."""
    given = row.get("award")
    return words.named(given) if given else ""


def marks(record: Record) -> Table:
    """One row for each contestant and judge: every mark, their total and what became of it; the unranked come last."""
    headings = (*contestant_headings(), *marks_headings(record["rubric"]))
    ranked = (
        (*contestant(row), *from_sheet(judge, record["rubric"]))
        for row in record["rows"]
        for turn in row.get("turns", ())
        for judge in turn["judges"]
    )
    unranked = ((*contestant(one), *line) for one, _, line in uncounted_marks(record, record["rubric"]))
    return Table(gettext("All marks"), headings, (*ranked, *unranked))


def marks_headings(rubric: Sequence[Record]) -> tuple[str, ...]:
    """The headings of what `from_sheet` answers."""
    criteria = (words.bracketed(words.named(criterion), criterion["maximum"]) for criterion in rubric)
    return gettext("Judge"), *criteria, gettext("Total"), gettext("Use"), gettext("Sheet from")


def from_sheet(judge: Record, rubric: Sequence[Record], ground: Record | None = None) -> tuple[str, ...]:
    """A judge's sheet: the marks, their total, what became of them, and where it came from; see `marks_headings`."""
    given = (figure(judge["marks"].get(criterion["key"])) for criterion in rubric)
    return judge["seat"], *given, figure(judge["total"]), *_fate_and_source(judge, rubric, ground)


def uncounted_marks(record: Record, rubric: Sequence[Record]) -> Iterator[tuple[Record, Record, tuple[str, ...]]]:
    """Whoever has no rank, with each turn and each sheet that came in all the same."""
    for one in record.get("unranked", ()):
        for turn in one.get("turns", ()):
            for judge in turn["judges"]:
                yield one, turn, from_sheet(judge, rubric, one["ground"])


def _fate_and_source(judge: Record, rubric: Sequence[Record], ground: Record | None) -> tuple[str, str]:
    """What became of a judge's total and marks, of whoever has no rank with the ground, and where it came from."""
    source = words.source(judge.get("source", "")) if judge["total"] is not None else ""
    dropped = judge.get("dropped", {})
    gone = (words.mark_dropped(one, dropped[one["key"]]) for one in rubric if one["key"] in dropped)
    fate = words.bracketed(words.fate(judge["fate"]), gettext("; ").join(gone))
    return words.bracketed(fate, words.named(ground)) if ground else fate, source


def explanations(record: Record) -> Table:
    """One row for each contestant: how the sheets became the mean, and the mean the final score."""
    told = [row["explanation"] for row in record["rows"]]
    more = [section for section, said in _SECTIONS.items() if any(said(one) for one in told)]
    headings = (
        *contestant_headings(),
        *explanation_headings(),
        gettext("Tie"),
        gettext("Deciding figure"),
        *(words.section(section) for section in more),
    )
    rows = tuple(
        (
            *contestant(row),
            *explained(row["explanation"], score(row)),
            words.tie(row["decided_by"]),
            _deciding_figure(row),
            *(_SECTIONS[section](row["explanation"]) for section in more),
        )
        for row in record["rows"]
    )
    return Table(gettext("How the scores came about"), headings, rows)


#: What only some formats have between the sum and the mean, or beside it, and how it is said.
_SECTIONS: Mapping[str, Callable[[Record], str]] = {
    "bonuses": lambda told: words.bonuses(told.get("bonuses", ())),
    "caps": lambda told: words.caps(told.get("caps", ())),
    "groups": lambda told: words.groups(told.get("groups", ())),
    "figures": lambda told: words.clock(told.get("figures", {}).get("seconds", "")),
}


def explanation_headings() -> tuple[str, ...]:
    """The headings of what `explained` answers."""
    return (
        gettext("Method"),
        gettext("Valid sheets"),
        gettext("Highest dropped"),
        gettext("Lowest dropped"),
        gettext("Sum counted"),
        gettext("Divided by"),
        gettext("Mean, exact"),
        gettext("Mean"),
        gettext("Penalties"),
        gettext("Points off"),
        gettext("Points added"),
        gettext("Final score"),
        gettext("Mean of all sheets"),
    )


def explained(explanation: Record, final: str) -> tuple[str, ...]:
    """How a score came about, `final` being what it is announced as; groups of judges have sums of their own."""
    grouped = "groups" in explanation
    return (
        words.method(explanation),
        Figure(explanation["valid"]),
        _dropped(explanation, "dropped_high"),
        _dropped(explanation, "dropped_low"),
        *(("", "") if grouped else (Figure(explanation["counted_sum"]), Figure(explanation["counted"]))),
        figure(explanation["mean_exact"]),
        Figure(explanation["mean"]),
        words.penalties(explanation),
        Figure(explanation["penalty_sum"]),
        Figure(_added(explanation)),
        final,
        Figure(explanation["untrimmed_mean"]),
    )


def contestant_headings() -> tuple[str, ...]:
    """The headings of what `contestant` answers."""
    return gettext("Rank"), gettext("No."), gettext("Name")


def contestant(row: Record) -> tuple[str, ...]:
    """Rank, number and name; the number is a name too, so that 07 does not become 7."""
    return Figure(row["rank"]) if "rank" in row else "", row["number"], row["name"]


def _dropped(explanation: Record, fate: str) -> str:
    totals = [judge["total"] for judge in explanation["judges"] if judge["fate"] == fate]
    return figure(totals[0]) if len(totals) == 1 else gettext("; ").join(totals)


def _further_decimals(row: Record) -> str:
    """The longer figure where the shown one is not enough to see the order."""
    return Figure(row["precise"]) if row["precise"] != row["score"] else ""


def _deciding_figure(row: Record) -> str:
    """The contestant's own figure in the step that decided, where the explanation names it."""
    tie = row["explanation"]["tie"]
    return figure(tie["figures"].get(tie["step"]) if tie else None)


def figure(value: str | None) -> str:
    """A figure, or nothing where there is none; a fraction such as 638/7 has no decimal figure and stays text."""
    if value is None:
        return ""
    return value if "/" in value else Figure(value)
