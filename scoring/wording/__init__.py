"""The sentence for each refusal: what happened and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l

from scoring.board.snapshots.tablet import Said, Sheet, WordedSheet
from scoring.pages.subject_here import subject_here
from scoring.rules.refusal import Problem, Refused
from scoring.wording.documents import OF_DOCUMENTS
from scoring.wording.late import OF_LATE
from scoring.wording.lists import OF_LISTS, sheet_called
from scoring.wording.people import OF_PEOPLE
from scoring.wording.points import OF_POINTS
from scoring.wording.record import OF_RECORD
from scoring.wording.set_up import OF_SET_UP
from scoring.wording.settings import OF_SETTINGS
from scoring.wording.stages import OF_STAGES
from scoring.wording.subjects import judges_named, paired
from scoring.wording.turns import OF_TURNS

SENTENCES: dict[str, Any] = {
    # the house
    "storage_failed": _l("The server could not store this. Nothing is lost here; please try again."),
    "files_gone": _l(
        "Files of the database were deleted or replaced while the server runs, so it takes no more marks. What was "
        "acknowledged has been saved. Please restart the server; the tablets keep their marks and send them again."
    ),
    "demo_among_others": _l(
        "This installation holds a contest that is not the demo's (%(title)s), and the demo writes down passwords and "
        "seat codes. Start it without --demo, or serve the demo from another folder (SAIPING_INSTANCE)."
    ),
    "demo_ended": _l(
        "A contest that counts is open: accounts that still had the password of the demo are closed (%(names)s), and "
        "the seat codes of the demo's contests open nothing any more. Without an administrator make one here: "
        "flask --app wsgi add-account NAME --role administrator"
    ),
    "demo_file_deleted": _l(
        "A contest of your own is open: the file with the demo's passwords and seat codes is deleted. Close the demo's "
        "accounts or renew their passwords; they were shown here at the start."
    ),
    "few_descriptors": _l(
        "This system lets the server open %(most)s files, and each tablet and phone takes one. Raise the limit to "
        "%(least)s (ulimit -n) before a contest with many watchers."
    ),
    "contest_unknown": _l("There is no such contest."),
    "review_twice": _l("This contest has a review of documents already; a contestant hands in one."),
    "awards_for_nothing": _l("Awards are for a ranking, for speakers, for the overall result or for offices."),
    "event_unknown": _l("This contest has no such event. Please open it from the list of contests."),
    "payload_malformed": _l("The server could not read this message."),
    "verb_unknown": _l("The desk does not know this command."),
    "field_missing": _l("Please fill this in."),
    "field_not_a_number": _l("Please enter a whole number."),
    "field_not_text": _l("Please enter plain text."),
    "field_too_long": _l("Please shorten this to %(most)s characters."),
    "too_many_lines": _l("Please enter at most %(most)s lines."),
    "field_not_a_flag": _l("The server could not read this message."),
    "request_malformed": _l("The server could not read this message. Please reload the page and try again."),
    **OF_TURNS,
    **OF_RECORD,
    **OF_PEOPLE,
    **OF_LISTS,
    **OF_DOCUMENTS,
    **OF_SETTINGS,
    **OF_SET_UP,
    **OF_LATE,
    **OF_POINTS,
    **OF_STAGES,
}


def sentence(problem: Problem | str, **figures: str) -> str:
    """The sentence for a problem, or for a code with figures; an unknown code shows itself rather than nothing."""
    code = problem if isinstance(problem, str) else problem.code
    shown = _Told(_listed(figures if isinstance(problem, str) else problem.figures))
    found = SENTENCES.get(code)
    if found is None:
        return gettext("This was refused (%(code)s).", code=code)
    try:
        return paired(str(found) % shown)
    except KeyError:
        return str(found)


class _Told(dict[str, str]):
    """The figures, and what they name: `judges` as the contest calls them, `where` the sheet of a list or the list.

    With a capital letter at the head of a sentence: `Judges`, `Where`.
    """

    def __missing__(self, name: str) -> str:
        if name.lower() == "where" and "sheet" in self:
            said = sheet_called(self["sheet"])
        elif name.lower() == "judges":
            said = judges_named(subject_here(), self.get("seats") or self.get("seat", ""))
        else:
            raise KeyError(name)
        return said if name.islower() else said[:1].upper() + said[1:]


def _listed(figures: Mapping[str, str]) -> dict[str, str]:
    """The figures with their lists as the language writes them, 3、5, and by the language's name where there is one."""
    told = {name: figures.get(f"{name}.{get_locale()}") or figure for name, figure in figures.items()}
    return {name: str(figure).replace(", ", gettext(", ")) for name, figure in told.items()}


class Refusal(TypedDict):
    """How every door says no."""

    ok: Annotated[bool, "false"]
    code: Annotated[str, "stable: what a program goes by"]
    message: Annotated[str, "a sentence in the visitor's language"]
    fields: Annotated[dict[str, Said], "the fields that were wrong"]


def refusal(refused: Refused) -> Refusal:
    """A refusal as every door answers it: the first problem's code and sentence, and each field's."""
    first = refused.problems[0]
    fields: dict[str, Said] = {
        problem.field: {"code": problem.code, "message": sentence(problem)}
        for problem in reversed(refused.problems)
        if problem.field
    }
    return {"ok": False, "code": first.code, "message": sentence(first), "fields": fields}


def worded(sheet: Sheet) -> WordedSheet:
    """A sheet's view with a sentence beside each of its problems."""
    problems: dict[str, Said] = {
        item["field"]: {"code": item["code"], "message": sentence(item["code"], **item["figures"])}
        for item in sheet["problems"]
    }
    return {**sheet, "problems": problems}
