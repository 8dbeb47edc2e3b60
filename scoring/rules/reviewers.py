"""The rules of reviewers: how many a document gets, and which belongings to its author keep somebody off it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from scoring.rules.declared import Kind, Setting
from scoring.rules.offices import DEPARTMENT, OFFICE
from scoring.rules.refusal import Problem, Refused, refuse_any

RELATIONS = (OFFICE, DEPARTMENT)
PER_DOCUMENT = 3


def _read_avoid(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple):
        raise Refused.because("avoid_malformed")
    return tuple(raw)


@dataclass(frozen=True)
class ReviewerRules(Setting):
    """`per_document` reviewers for each document, nobody with one of the relations to `avoid` to its author.

    A contest within one office avoids the department only. Raises Refused per_document_not_positive, avoid_malformed,
    unknown_relation (field "avoid.0"). Source: domain pages 1 (recusal: same department, same office) and 2D; 3 and
    both [D].
    """

    per_document: int = PER_DOCUMENT
    avoid: Annotated[tuple[str, ...], Kind(_read_avoid, list)] = RELATIONS

    def __post_init__(self) -> None:
        problems = [] if self.per_document >= 1 else [Problem("per_document_not_positive", "per_document")]
        for place, relation in enumerate(self.avoid):
            if relation not in RELATIONS:
                problems.append(Problem("unknown_relation", f"avoid.{place}", {"relation": str(relation)[:40]}))
        refuse_any(problems)
