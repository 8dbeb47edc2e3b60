"""What the desk says of a contest's course by what is judged: nobody is told to call a contestant where matches are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class CourseWords:
    """The desk's sentences before, between and after what is judged.

    `opened` is said when the contest opens, `empty` where nothing is entered, `first` before anything has begun and
    `go` what the organizer does then, `between` where nothing is on now, `clocks` where a clock would be, `before` what
    an overtime needs first, `last` when a score waits for the end, `order` over all that is judged, `listed` where
    nothing is in it.
    """

    opened: LazyString
    empty: LazyString
    first: LazyString
    go: LazyString
    between: LazyString
    clocks: LazyString
    before: LazyString
    last: LazyString
    order: LazyString
    listed: LazyString
    enter: LazyString


_PERFORMANCE = CourseWords(
    _l("The contest is open. Contestants can be called."),
    _l("This contest has no contestants yet."),
    _l("Nobody has been called."),
    _l("Check that all judges are signed in, then call the first contestant."),
    _l("Nobody is called at the moment."),
    _l("The clocks appear when a contestant is called."),
    _l("Call a contestant first."),
    _l("Public after the last contestant."),
    _l("Running order"),
    _l("Enter the contestants first; they appear here in the order in which they are called."),
    _l("Enter the contestants first; then their order is drawn here."),
)
_BY_SUBJECT: Mapping[str, CourseWords] = {
    "match": CourseWords(
        _l("The contest is open. Matches can be called."),
        _l("This round has no matches yet."),
        _l("No match has been called."),
        _l("Check that all judges are signed in, then call the first match."),
        _l("No match is on at the moment."),
        _l("The clocks appear when a match is called."),
        _l("Call a match first."),
        _l("Public after the last match."),
        _l("Running order"),
        _l("Enter the teams and pair them first; the matches appear here in the order in which they are called."),
        _l("Enter the teams and pair them first; then their sides are drawn here."),
    ),
    "bench": CourseWords(
        _l("The contest is open. Plan the benches, then start the first batch."),
        _l("This contest has no clerks yet."),
        _l("No batch has started."),
        _l("The benches are not called one by one: plan and start them on the page “Benches”."),
        _l("No batch is at work at the moment."),
        _l("The clocks appear when a batch starts."),
        _l("Start a batch first."),
        _l("Public after the last file."),
        _l("Benches and files"),
        _l("Enter the clerks first; they appear here in the order of their benches."),
        _l("Enter the clerks first; then their benches are drawn here."),
    ),
    "document": CourseWords(
        _l("The contest is open. Next the coding officer codes the documents; then reviewers are assigned."),
        _l("This contest has no documents yet."),
        _l("No document is open to reviewers yet."),
        _l("Documents are not called: each reviewer reads them at leisure, from a list on the tablet."),
        _l("The documents are with their reviewers."),
        _l("Documents have no clocks."),
        _l("Documents have no overtime."),
        _l("Public after the last document."),
        _l("Documents"),
        _l("Enter the authors and upload their documents first; they appear here by their codes."),
        _l("The order of documents is not drawn."),
    ),
    "test": CourseWords(
        _l("The contest is open. Results are entered on the page “Entry of results”."),
        _l("This contest has no contestants yet."),
        _l("No result has been entered."),
        _l("Nobody is called to a test: results are entered, or imported, on the page “Entry of results”."),
        _l("The results are being entered."),
        _l("A test has no clocks."),
        _l("A test has no overtime."),
        _l("Public after the last result."),
        _l("Contestants"),
        _l("Enter the contestants first; they appear here in the order of their numbers."),
        _l("The order of a test is not drawn."),
    ),
}


def course_words(subject: str) -> CourseWords:
    """The sentences for what is judged; a kind that is not known is a performance."""
    return _BY_SUBJECT.get(subject, _PERFORMANCE)


def stands_at(desk: Mapping[str, Any]) -> str:
    """How the contest of the desk's snapshot stands while nobody is called, once something in it has begun."""
    states = {turn["state"] for turn in desk["turns"]}
    if desk["released"] == desk["due"]:
        return gettext("The contest is over.")
    if desk["subject"] == "bench" and "performing" in states:
        return gettext("The benches are at work.")
    if desk["subject"] == "bench" and "marking" in states:
        return gettext("The files are with the inspectors.")
    return str(course_words(desk["subject"]).between)
