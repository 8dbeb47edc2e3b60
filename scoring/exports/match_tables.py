"""The tables of an event of matches: standings by wins, every match of every round, ballots, marks of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flask_babel import gettext

from scoring.exports import words
from scoring.exports.tables import (
    Figure,
    Record,
    Table,
    award,
    contestant,
    contestant_headings,
    explained,
    explanation_headings,
    figure,
    from_sheet,
    marks_headings,
    ranking,
    uncounted_marks,
    unranked_row,
)
from scoring.rules.figures import plain
from scoring.wording.subjects import SIDES, paired


def match_tables(record: Record) -> list[Table]:
    """All tables of an event whose contestants meet in matches; those without a row are left out, but the ranking."""
    speakers = {**record, "rows": record["speakers"], "unranked": ()}
    tables = [
        match_ranking(record),
        matches(record),
        ballots(record),
        _marks(gettext("All marks"), record, record["rubric"], speaker=not _by_wins(record)),
        ranking(speakers, gettext("Ranking of the speakers")),
        _marks(gettext("Marks of the speakers"), {**record, "unranked": ()}, record["speaker_rubric"], speaker=True),
        explanations(record),
    ]
    return [table for place, table in enumerate(tables) if table.rows or not place]


def match_ranking(record: Record) -> Table:
    """The ranking of the event: of sides by wins, or of speakers by scores."""
    return standings(record) if _by_wins(record) else ranking(record)


def _by_wins(record: Record) -> bool:
    """Whether sides are ranked by their wins; else speakers by their scores."""
    return any(row["explanation"]["method"] == "wins" for row in record["rows"])


def standings(record: Record) -> Table:
    """The sides in rank order with the matches won, tied and lost, and what they reached in all of them."""
    headings = (
        *contestant_headings(),
        gettext("Office"),
        gettext("Matches played"),
        gettext("Matches won"),
        gettext("Matches tied"),
        gettext("Matches lost"),
        gettext("Sum over the matches"),
        gettext("Tie"),
        gettext("Award"),
    )
    rows = [_standing_row(row) for row in record["rows"]]
    rows += [unranked_row(one, len(headings)) for one in record["unranked"]]
    return Table(gettext("Ranking"), headings, tuple(rows))


def _standing_row(row: Record) -> tuple[str, ...]:
    counted = row["standing"]["figures"]
    lost = int(counted["matches"]) - int(counted["won"]) - int(counted["tied"])
    figures = (counted["matches"], counted["won"], counted["tied"], str(lost), counted["total"])
    tie = words.reason(row, words.tie(row["decided_by"]))
    return (*contestant(row), row["office"], *(Figure(one) for one in figures), tie, award(row))


def matches(record: Record) -> Table:
    """One row for each match: who met whom, both figures, penalties and secret votes, who won and by what."""
    sides = [words.side(side) for side in SIDES]
    headings = (
        gettext("Round"),
        gettext("Match"),
        *(heading for side in sides for heading in (words.numbered(side), side)),
        *(words.bracketed(gettext("Figure"), side) for side in sides),
        *(words.bracketed(gettext("Points off"), side) for side in sides),
        *(words.bracketed(gettext("Secret votes"), side) for side in sides),
        gettext("Winner"),
        gettext("How it was decided"),
        gettext("Best speakers"),
    )
    return Table(gettext("Matches"), headings, tuple(_match_row(match) for match in record["matches"]))


def _match_row(match: Record) -> tuple[str, ...]:
    sides = sorted(match["sides"], key=lambda one: list(SIDES).index(one["side"]))
    won = next((one for one in sides if one["side"] == match["winner"]), None)
    return (
        *_of_match(match),
        *(cell for one in sides for cell in (one["number"], one["name"])),
        *(_side_figure(one) for one in sides),
        *(_points_off(one) for one in sides),
        *("" if one["votes"] is None else Figure(one["votes"]) for one in sides),
        won["number"] if won else "",
        words.decided_by(match["decided_by"]),
        gettext(", ").join(f"{one['number']} {one['name']}" for one in match["best_speakers"]),
    )


def _of_match(match: Record) -> tuple[str, str]:
    return words.named(match["round"]), paired(match["number"])


def _side_figure(side: Record) -> str:
    """What a side reached, with the digits that tell it from the other, or as what it did not perform."""
    return figure(side["precise"]) or words.result(side["result"])


def _points_off(side: Record) -> str:
    return gettext("; ").join(words.penalty(one) for one in side["penalties"])


def ballots(record: Record) -> Table:
    """One row for each judge who gave three ballots: for which side each is, and the points behind the stage ballot."""
    stages = (words.bracketed(gettext("Stage total"), words.side(side)) for side in SIDES)
    headings = (
        gettext("Round"),
        gettext("Match"),
        gettext("Judge"),
        gettext("Impression ballot"),
        *stages,
        gettext("Stage ballot"),
        gettext("Deciding ballot"),
    )
    return Table(gettext("Three ballots"), headings, tuple(_ballot_rows(record)))


def _ballot_rows(record: Record) -> Iterator[tuple[str, ...]]:
    for match in record["matches"]:
        for line, totals in zip(match["ballots"], match["stage_totals"], strict=True):
            points = (Figure(totals[side]) for side in SIDES)
            given = (words.side(line[ballot]) for ballot in ("impression", "stage", "deciding"))
            first, *others = given
            yield *_of_match(match), line["seat"], first, *points, *others


def _marks(name: str, record: Record, rubric: Sequence[Record], *, speaker: bool) -> Table:
    """One row for each side, or each speaker, and judge: every mark, their sum and what became of it."""
    by_ballots = any(part["explanation"]["method"] == "ballots" for _, part in _parts(record, speaker))
    headings = (
        *_part_headings(),
        *marks_headings(rubric),
        *([gettext("Ballots")] if by_ballots else []),
    )
    rows = list(_mark_rows(record, rubric, by_ballots, speaker))
    rows += [
        ("", paired(turn["number"]), "", one["number"], one["name"], *line, *([""] if by_ballots else []))
        for one, turn, line in uncounted_marks(record, rubric)
    ]
    return Table(name, headings, tuple(rows))


def _part_headings() -> tuple[str, ...]:
    return gettext("Round"), gettext("Match"), gettext("Side"), gettext("No."), gettext("Name")


def _of_part(match: Record, part: Record) -> tuple[str, ...]:
    return *_of_match(match), words.side(part["side"]), part["number"], part["name"]


def _parts(record: Record, speaker: bool) -> Iterator[tuple[Record, Record]]:
    for match in record["matches"]:
        yield from ((match, part) for part in match["parts"] if part["speaker"] is speaker)


def _mark_rows(record: Record, rubric: Sequence[Record], by_ballots: bool, speaker: bool) -> Iterator[tuple[str, ...]]:
    for match, part in _parts(record, speaker):
        for judge in part["explanation"]["judges"]:
            given = judge["total"] if by_ballots else None
            summed = {"total": _sum_of(judge)} if by_ballots else {}
            line = from_sheet({**judge, **summed}, rubric)
            yield *_of_part(match, part), *line, *([figure(given)] if by_ballots else [])


def _sum_of(judge: Record) -> str | None:
    return plain(sum(map(Decimal, judge["marks"].values()), Decimal(0))) if judge["marks"] else None


def explanations(record: Record) -> Table:
    """One row for each side and speaker of each match: how the sheets became the figure."""
    headings = (*_part_headings(), *explanation_headings())
    rows = (
        (*_of_part(match, part), *explained(part["explanation"], figure(part["explanation"]["final"])))
        for speaker in (False, True)
        for match, part in _parts(record, speaker)
    )
    return Table(gettext("How the scores came about"), headings, tuple(rows))
