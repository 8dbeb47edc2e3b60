"""Taking a document in: examined beside the server, kept on disk, and only then recorded by the verb."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from scoring.board.reading.offices import answers_of, listed_offices
from scoring.documents import Examined, examine_apart, identity_marks
from scoring.loop.in_thread import in_thread
from scoring.rules.folding import written_plainly
from scoring.rules.numbers import same_number
from scoring.rules.offices import department_and_post, parted, shorter_names
from scoring.rules.refusal import Refused
from scoring.store import Contest, Contestant
from scoring.store.kept_files import keep


@dataclass(frozen=True)
class Received:
    """What is recorded about an examined document, its bytes being on disk already."""

    name: str
    kind: str
    sha256: str
    shown_sha256: str
    pages: int | None
    unreadable: tuple[int, ...]
    made_safe: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]


def receive(name: str, content: bytes, hidden: Iterable[str]) -> Received:
    """Examine a document in a process of its own, search it for the names to be hidden, and keep it.

    Raises Refused as `scoring.documents.examine` does. It waits without blocking the loop that serves the others.
    """
    examined = in_thread(examine_apart, name, content)
    return kept(examined, content, hidden)


def kept(examined: Examined, content: bytes, hidden: Iterable[str]) -> Received:
    """Keep an examined document on disk; answers what is to be recorded about it."""
    findings = tuple(asdict(mark) for mark in identity_marks(examined, hidden))
    return Received(
        name=os.path.basename(examined.name)[:255],
        kind=examined.kind,
        sha256=keep(content),
        shown_sha256=keep(examined.shown),
        pages=examined.pages,
        unreadable=examined.unreadable_pages,
        made_safe=examined.made_safe,
        findings=findings,
    )


def names_to_hide(contest: Contest) -> frozenset[str]:
    """The names, offices and departments of the entry list, and the offices' other names: what no document may say."""
    entered = [word for one in contest.contestants for word in (one.name, one.office, one.department)]
    listed = [word for one in listed_offices(contest) for word in (one.name, one.short)]
    other = [word for one in answers_of(contest) if one.same for word in (one.one, one.other)]
    offices = [parted(word)[0] for word in (*entered, *listed, *other)]
    shorter = [short for office in offices for short in shorter_names(office)]
    departments = [department_and_post(one.department)[0] for one in contest.contestants]
    return frozenset(word for word in (*entered, *listed, *other, *offices, *shorter, *departments) if word)


def author_by_name(contest: Contest, name: str) -> Contestant:
    """Whose document it is by its file name: it begins with the contestant's number, or holds one contestant's name.

    Raises Refused document_of_nobody.
    """
    stem = os.path.basename(name).rpartition(".")[0]
    plain = written_plainly(stem)
    digits = plain[: len(plain) - len(plain.lstrip("0123456789"))]
    numbered = [one for one in contest.contestants if same_number(digits, one.number)]
    found = numbered or [one for one in contest.contestants if one.name in stem]
    if len(found) != 1:
        raise Refused.because("document_of_nobody", "document", name=name)
    return found[0]
