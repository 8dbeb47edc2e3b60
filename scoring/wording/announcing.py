"""What the host reads out, clause by clause, for screens and the prompter alike. Source: domain page 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _


def announcement_words(subject: str = "performance") -> dict[str, str]:
    """The clauses by key, of the reviewers of a document or of judges; placeholders are paths into a board's row."""
    reviewers = {
        "said.judges": _("%(announcement.judges)s reviewers marked."),
        "said.others": _(
            "The other %(announcement.counted)s reviewers' totals add up to %(announcement.counted_sum)s, "
            "a mean of %(announcement.mean)s."
        ),
    }
    return _of_judges() | (reviewers if subject == "document" else {})


def _of_judges() -> dict[str, str]:
    return {
        "said.judges": _("%(announcement.judges)s judges marked."),
        "said.dropped": _(
            "The highest, %(announcement.highest)s, and the lowest, %(announcement.lowest)s, are dropped."
        ),
        "said.others": _(
            "The other %(announcement.counted)s add up to %(announcement.counted_sum)s, "
            "a mean of %(announcement.mean)s."
        ),
        "said.all": _("The marks add up to %(announcement.counted_sum)s, a mean of %(announcement.mean)s."),
        "said.dropped_more": _(
            "The %(announcement.high)s highest, %(announcement.highest_all)s, and the %(announcement.low)s lowest, "
            "%(announcement.lowest_all)s, are dropped."
        ),
        "said.criterion": _(
            "In each criterion the %(announcement.high)s highest and the %(announcement.low)s lowest marks are dropped."
        ),
        "said.left": _(
            "What counts adds up to %(announcement.counted_sum)s; divided by %(announcement.counted)s it is "
            "%(announcement.mean)s."
        ),
        "said.median": _("The median of what counts is %(announcement.mean)s."),
        "said.sum": _("What counts adds up to %(announcement.mean)s."),
        "said.groups": _("The figures of the groups of judges, by their weights, make %(announcement.mean)s."),
        "said.added": _("%(announcement.added)s is added."),
        "said.penalties": _("%(announcement.penalty_sum)s is taken off."),
        "said.final": _("The final score of contestant %(number)s is %(announcement.final)s."),
    }


def spoken_counts() -> dict[str, str]:
    """Small numbers as they are spoken: 七位评委, seven judges."""
    spoken = _(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty twenty-one"
    ).split()
    counts = {}
    for count, word in enumerate(spoken, start=1):
        counts[f"judges.{count}"] = counts[f"counted.{count}"] = word
    return counts


def announced(row: Mapping[str, Any], subject: str = "performance") -> list[str]:
    """The sentences for one public score, in the order in which they are read out."""
    said, explanation = row["announcement"], row["explanation"]
    keys = []
    if "items" not in explanation:
        keys = ["said.judges", *_of_rule(said)]
    keys += ["said.added"] if "added" in said else []
    keys += ["said.penalties"] if explanation["penalties"] and "added_only" not in said else []
    words, counts = announcement_words(subject), spoken_counts()
    figures = {f"announcement.{key}": counts.get(f"{key}.{figure}", figure) for key, figure in said.items()}
    said_so = [words[key] % (figures | {"number": row["number"]}) for key in [*keys, "said.final"]]
    return [sentence[:1].upper() + sentence[1:] for sentence in said_so]


def _of_rule(said: Mapping[str, Any]) -> list[str]:
    """The clauses of what was dropped and what the rest make."""
    if "rule" not in said:
        return ["said.dropped", "said.others"] if "highest" in said else ["said.all"]
    dropped = {"highest_all": "said.dropped_more", "by_criterion": "said.criterion"}
    made = {"is_mean": "said.left", "is_median": "said.median", "is_sum": "said.sum", "is_groups": "said.groups"}
    return [clause for key, clause in (dropped | made).items() if key in said]
