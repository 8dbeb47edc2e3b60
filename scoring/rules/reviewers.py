"""The rules of reviewers: how many a document gets, and which belongings to its author keep somebody off it."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.rules.offices import DEPARTMENT, OFFICE
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.rules.settings import Reader

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
