"""The log in plain sentences: what each verb of the record means, and of which kind it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from scoring.actions.preparing.rehearsed_screens import HALL
from scoring.actions.registry import Logged, log_entries
from scoring.actions.results.disqualifications import OUT
from scoring.exports.words import named
from scoring.rules import not_performing
from scoring.rules.publication import AT_ONCE
from scoring.wording.subjects import judge, paired, words_of

KINDS: Mapping[str, Any] = {
    "course": _l("Course of the day"),
    "sheets": _l("Score sheets"),
    "panel": _l("Panel and recusals"),
    "results": _l("Results"),
    "changes": _l("Corrections and rulings"),
    "draws": _l("Draws"),
    "review": _l("Documents and codes"),
    "setup": _l("Setting up"),
    "screens": _l("Screens"),
}
#: Entries of earlier releases that nothing writes any more.
FORMER = {"leave_out": Logged("review", _l("left a contestant without a document out"))}


def entries_of(kind: str) -> list[str]:
    """The names of the entries of this kind."""
    return [name for name, one in {**FORMER, **log_entries()}.items() if one.kind == kind]


def _logged(name: str) -> Logged | None:
    return log_entries().get(name, FORMER.get(name))


def sentence(entry: Mapping[str, Any]) -> str:
    """What was done, without who and why; a verb without a sentence of its own names itself."""
    known = _logged(entry["verb"])
    said = known and (_special(entry, known) or known.usual)
    if said is None:
        return gettext("recorded “%(verb)s”", verb=entry["verb"].replace("_", " "))
    return paired(str(said) % _Known(entry))


def _special(entry: Mapping[str, Any], known: Logged) -> Any:
    """The sentence for what is not told yet, was switched off, or is not public with the release; None for the rest."""
    details, out = entry["details"], _is_put_out(entry)
    if out is not None and known.out:
        return known.out if out else known.back
    if entry.get("coded"):
        return known.coded
    if known.grounds and details.get("ground") in known.grounds:
        return known.grounds[details["ground"]]
    if details.get("way", AT_ONCE) != AT_ONCE:
        return known.held_back
    return known.off[1] if known.off and details.get(known.off[0]) is False else None


def _is_put_out(entry: Mapping[str, Any]) -> bool | None:
    """Whether a correction puts somebody out, or lets them in again; None where it is about figures."""
    kinds = _kinds(entry["details"])
    return bool(kinds[1]) if kinds else None


def _kinds(details: Mapping[str, Any]) -> Sequence[str]:
    """As what somebody does not perform before and after a correction, "" for not at all; () where it is about none."""
    changes = details.get("changes")
    return changes.get(OUT, ()) if isinstance(changes, Mapping) else ()


def why(entry: Mapping[str, Any]) -> str:
    """The reason, question or words that were given, "" for none."""
    given = (entry["details"].get(name) for name in ("reason", "question", "message", "note"))
    return next((text for text in given if isinstance(text, str) and text), "")


def who(entry: Mapping[str, Any]) -> str:
    """The account's name, which judge or that it was one, that a hall screen told it by itself, or nobody knows."""
    if entry["actor"] == HALL:
        return gettext("Hall screen")
    if str(entry["actor"]).startswith("address:"):
        return gettext("Somebody")
    if entry["seat"]:
        return judge(entry["subject"], entry["seat"])
    return str(entry["actor"] or words_of(entry["subject"]).judge)


def kind_of(name: str) -> str:
    """The kind of an entry; one without a sentence is part of the setting up."""
    known = _logged(name)
    return known.kind if known else "setup"


def _how_witnessed(details: Mapping[str, Any]) -> str:
    """Whether the witness of a draw typed with an own account; "" where no witness was asked for, and of old."""
    if "on_account" not in details or not details["witness"]:
        return ""
    return gettext(" with an own account") if details["on_account"] else gettext(", as whoever drew named them")


class _Known(dict[str, Any]):
    """The figures of an entry by name; what an old entry does not have is a dash."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        turn = entry["turn"] or "—"
        super().__init__({"contestant": turn} | entry["details"] | {"turn": turn})
        self["about"] = judge(entry["subject"], entry["about"] or "—")
        self["reserve"] = judge(entry["subject"], entry["reserve"] or "—")
        self["how"] = _how_witnessed(self)
        if "listed" in self:
            self["listed_named"] = named(self["listed"])
        if "judge" in self:
            self["judge"] = judge(entry["subject"], self["judge"])
        kind = not_performing.KINDS.get(str(self.get("kind", "")) or "".join(_kinds(self)))
        if kind:
            self["kind_named"] = named(kind)

    def __missing__(self, name: str) -> str:
        return "—"
