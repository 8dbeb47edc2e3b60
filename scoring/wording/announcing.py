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
        keys = ["said.judges", *(("said.dropped", "said.others") if "highest" in said else ("said.all",))]
    keys += ["said.penalties"] if explanation["penalties"] else []
    words, counts = announcement_words(subject), spoken_counts()
    figures = {f"announcement.{key}": counts.get(f"{key}.{figure}", figure) for key, figure in said.items()}
    said_so = [words[key] % (figures | {"number": row["number"]}) for key in [*keys, "said.final"]]
    return [sentence[:1].upper() + sentence[1:] for sentence in said_so]
