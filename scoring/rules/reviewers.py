"""Who may review what: how many reviewers a document gets, and whose work office and department keep them off."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from scoring.rules.conflicts import stem
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader

OFFICE, DEPARTMENT = "office", "department"
RELATIONS = (OFFICE, DEPARTMENT)
PER_DOCUMENT = 3


@dataclass(frozen=True)
class ReviewerRules:
    """`per_document` reviewers for each document, nobody with one of the relations to `avoid` to its author.

    A contest within one office avoids the department only. Raises Refused per_document_not_positive, unknown_relation
    (field "avoid.0"). Source: domain pages 1 (recusal: same department, same office) and 2D; 3 and both [D].
    """

    per_document: int = PER_DOCUMENT
    avoid: tuple[str, ...] = RELATIONS

    def __post_init__(self) -> None:
        problems = [] if self.per_document >= 1 else [Problem("per_document_not_positive", "per_document")]
        for place, relation in enumerate(self.avoid):
            if relation not in RELATIONS:
                problems.append(Problem("unknown_relation", f"avoid.{place}", {"relation": str(relation)[:40]}))
        refuse_any(problems)

    @classmethod
    def from_data(cls, data: object) -> ReviewerRules:
        """From `to_data`'s shape; what is absent has its default. Raises Refused, avoid_malformed too."""
        read = Reader(data, cls.__dataclass_fields__)
        per_document = read.whole("per_document", cls.per_document)
        avoid = read.data.get("avoid", cls.avoid)
        if not isinstance(avoid, list | tuple):
            raise Refused.because("avoid_malformed", "avoid")
        read.done()
        return cls(per_document, tuple(avoid))

    def to_data(self) -> dict[str, object]:
        """JSON-able."""
        return {"per_document": self.per_document, "avoid": list(self.avoid)}


@dataclass(frozen=True)
class Belonging:
    """Where somebody works; "" where nobody recorded it."""

    office: str = ""
    department: str = ""


def relation(author: Belonging, reviewer: Belonging, avoid: Collection[str] = RELATIONS) -> str:
    """The relation to avoid that a reviewer has to an author: office, department, or "" for none.

    Departments of two different offices have but their names in common. What was not recorded relates nobody; a
    department whose office was not recorded is taken to be of the other's. Source: domain page 1, 回避.
    """
    offices = stem(author.office), stem(reviewer.office)
    departments = _plain(author.department, reviewer.department)
    if OFFICE in avoid and _same(offices):
        return OFFICE
    if DEPARTMENT in avoid and _same(departments) and (_same(offices) or "" in offices):
        return DEPARTMENT
    return ""


def _plain(one: str, other: str) -> tuple[str, str]:
    """Both as they compare: without outer white space, full-width letters and digits as the ordinary ones."""
    return unicodedata.normalize("NFKC", one).strip(), unicodedata.normalize("NFKC", other).strip()


def _same(names: tuple[str, str]) -> bool:
    return bool(names[0]) and names[0] == names[1]
