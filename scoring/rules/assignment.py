"""Assignment: so many reviewers for each document, equal loads, nobody who is recused, the same for the same seed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Mapping, Sequence

from scoring.rules.draw import draw
from scoring.rules.refusal import Problem, Refused, refuse_any

Assignment = Mapping[str, tuple[str, ...]]
Recusals = Mapping[str, Collection[str]]


def assign(
    documents: Sequence[str], reviewers: Sequence[str], per_document: int, recusals: Recusals, seed: str
) -> dict[str, tuple[str, ...]]:
    """`per_document` reviewers for each document, in the order of the documents; names in the reviewers' order.

    `recusals` are the recused reviewers by document. Loads differ by at most one; where recusals make that impossible
    no fairer assignment exists: nobody has two more than somebody else whom any exchange could relieve them to.
    The order in which documents and reviewers are given changes nothing but the order of the answer.
    Raises Refused per_document_not_positive; too_few_reviewers for each document that cannot be assigned (field the
    document; figures needed, free, recused: the names of those who are); as `draw` does. Source: domain page 2D.
    """
    free = _free(documents, reviewers, per_document, recusals)
    chosen = _spread(seed, draw(seed, "documents", documents), draw(seed, "reviewers", reviewers), free, per_document)
    loads = Counter(dict.fromkeys(reviewers, 0))
    loads.update(reviewer for names in chosen.values() for reviewer in names)
    while path := _relief(chosen, free, loads):
        _hand_on(chosen, loads, path)
    return {document: tuple(r for r in reviewers if r in chosen[document]) for document in documents}


def _free(
    documents: Sequence[str], reviewers: Sequence[str], per_document: int, recusals: Recusals
) -> dict[str, list[str]]:
    """Who may review each document; refuses with every document for which there are too few."""
    if type(per_document) is not int or per_document < 1:
        raise Refused.because("per_document_not_positive", "per_document")
    free = {d: [r for r in reviewers if r not in recusals.get(d, ())] for d in documents}
    problems = []
    for document, names in free.items():
        if len(names) < per_document:
            recused = ", ".join(r for r in reviewers if r not in names)
            figures = {"needed": str(per_document), "free": str(len(names)), "recused": recused}
            problems.append(Problem("too_few_reviewers", document, figures))
    refuse_any(problems)
    return free


def _spread(
    seed: str, documents: Sequence[str], reviewers: Sequence[str], free: Mapping[str, Sequence[str]], per_document: int
) -> dict[str, set[str]]:
    """Document by document in drawn order, whoever has least so far; who comes first among equals is drawn too."""
    loads = Counter(dict.fromkeys(reviewers, 0))
    chosen: dict[str, set[str]] = {}
    for document in documents:
        lots = {name: place for place, name in enumerate(draw(seed, f"reviewers of {document}", reviewers))}
        ranked = sorted(free[document], key=lambda name: (loads[name], lots[name]))
        chosen[document] = set(ranked[:per_document])
        loads.update(chosen[document])
    return chosen


def _relief(
    chosen: Mapping[str, set[str]], free: Mapping[str, Sequence[str]], loads: Mapping[str, int]
) -> list[tuple[str, str, str]]:
    """A chain of (document, from, to) that takes one document off somebody to somebody with at least two fewer.

    Chains of several steps matter: A may be unable to pass anything to C, yet able to through B.
    """
    for heaviest in sorted(loads, key=lambda name: (-loads[name], name)):
        came: dict[str, tuple[str, str]] = {}
        waiting = deque([heaviest])
        while waiting:
            giver = waiting.popleft()
            if loads[giver] <= loads[heaviest] - 2:
                return _chain(came, heaviest, giver)
            for document in sorted(d for d, names in chosen.items() if giver in names):
                for taker in sorted(set(free[document]) - chosen[document] - {*came, heaviest}):
                    came[taker] = (document, giver)
                    waiting.append(taker)
    return []


def _chain(came: Mapping[str, tuple[str, str]], first: str, last: str) -> list[tuple[str, str, str]]:
    """The steps from `first` to `last`, the last one first."""
    steps = []
    while last != first:
        document, giver = came[last]
        steps.append((document, giver, last))
        last = giver
    return steps


def _hand_on(chosen: Mapping[str, set[str]], loads: Counter[str], path: Sequence[tuple[str, str, str]]) -> None:
    for document, giver, taker in path:
        chosen[document].remove(giver)
        chosen[document].add(taker)
        loads[giver] -= 1
        loads[taker] += 1


def loads_of(assignment: Assignment, reviewers: Sequence[str]) -> dict[str, int]:
    """How many documents each reviewer has, also those who have none."""
    counted = Counter(reviewer for names in assignment.values() for reviewer in names)
    return {reviewer: counted[reviewer] for reviewer in reviewers}


def check_assignment(assignment: Assignment, reviewers: Sequence[str], per_document: int, recusals: Recusals) -> None:
    """Refuse an assignment edited by hand that would not do; unequal loads are the organizer's to choose.

    Raises Refused with every problem, the field is the document: unknown_reviewer, reviewer_recused, reviewer_twice
    (figures reviewer), reviewers_not_enough (figures needed, given). Source: domain pages 1 (recusal) and 2D.
    """
    problems = []
    for document, names in assignment.items():
        for place, name in enumerate(names):
            code = _wrong(name, names[:place], reviewers, recusals.get(document, ()))
            problems += [Problem(code, document, {"reviewer": name})] if code else []
        if len(names) < per_document:
            figures = {"needed": str(per_document), "given": str(len(names))}
            problems.append(Problem("reviewers_not_enough", document, figures))
    refuse_any(problems)


def _wrong(name: str, before: Sequence[str], reviewers: Sequence[str], recused: Collection[str]) -> str:
    if name not in reviewers:
        return "unknown_reviewer"
    if name in recused:
        return "reviewer_recused"
    return "reviewer_twice" if name in before else ""
