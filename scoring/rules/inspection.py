"""One inspector's filled-in checklist: reading it from a tablet, its points, and the running total.

What a tablet sends is flat text by field:

    covers.nothing_found              "1" where the item was looked at and is without a defect
    index.wrong_entry                 how often: "3"; "" or absent is none
    index.wrong_entry.1.page          the page of the first occurrence, if it is noted
    index.wrong_entry.1.note          a note on it
    index.wrong_entry.1.photo         the id of a photo of it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.rules.checklist import NOTHING_FOUND, Checklist, Item
from scoring.rules.figures import read_decimal, sum_of
from scoring.rules.refusal import Problem, Refused, refuse_any

MOST_OCCURRENCES = 99
LAST_PAGE = 9999
LONGEST_NOTE = 200
LAST_PHOTO = 999_999_999
PHOTO = "photo"
_DETAILS = ("page", "note", PHOTO)


@dataclass(frozen=True)
class Occurrence:
    """Where one of the defects was seen: its `number` on the sheet, the page as digits or "", a note, a photo's id."""

    number: int
    page: str
    note: str
    photo: str = ""


@dataclass(frozen=True)
class Found:
    """How often a defect was found; only occurrences with a page or a note are listed."""

    count: int = 0
    occurrences: tuple[Occurrence, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that are noted, in order, as often as they are noted."""
        return tuple(sorted(int(seen.page) for seen in self.occurrences if seen.page))


@dataclass(frozen=True)
class Inspection:
    """A whole checklist as filled in: what was found by item and defect, and the items said to be without one."""

    found: Mapping[str, Mapping[str, Found]]
    nothing_found: frozenset[str] = field(default_factory=frozenset)

    def counts(self, item: str) -> dict[str, int]:
        """How often each defect of an item was found."""
        return {defect: found.count for defect, found in self.found.get(item, {}).items()}

    def to_data(self) -> dict[str, str]:
        """The clean sheet in the fields of the tablet; reading it gives the same inspection."""
        sheet: dict[str, str] = {}
        for item, defects in self.found.items():
            if item in self.nothing_found:
                sheet[f"{item}.{NOTHING_FOUND}"] = "1"
            for defect, found in defects.items():
                sheet |= _written(f"{item}.{defect}", found)
        return sheet


def _written(line: str, found: Found) -> dict[str, str]:
    if not found.count:
        return {}
    sheet = {line: str(found.count)}
    for seen in found.occurrences:
        details = {f"{line}.{seen.number}.{name}": getattr(seen, name) for name in _DETAILS}
        sheet |= {name: text for name, text in details.items() if text}
    return sheet


def points_left(checklist: Checklist, inspection: Inspection) -> dict[str, Decimal]:
    """The points each item still has, by item key."""
    return {item.key: item.left(inspection.counts(item.key)) for item in checklist.items}


def total_of(checklist: Checklist, inspection: Inspection) -> Decimal:
    """The points of the whole checklist: its maximum less what each item loses. Source: domain page 2C."""
    return sum_of(points_left(checklist, inspection).values())


def read_inspection(checklist: Checklist, raw: object) -> Inspection:
    """A whole checklist.

    Raises Refused with every problem: sheet_malformed; unknown_criterion; item_not_said (field the item) where an
    item has neither a defect nor the word that nothing was found; nothing_found_contradicted where it has both;
    count_not_whole, count_too_high (figures most); occurrence_beyond_count (figures count); page_not_whole (figures
    most), note_too_long (figures most), photo_unknown. Source: domain page 2C; "nothing found" must be said.
    """
    inspection, problems = _sort_out(checklist, raw)
    refuse_any(problems)
    return inspection


def draft_problems(checklist: Checklist, raw: object) -> tuple[Problem, ...]:
    """What is wrong with a checklist that is still being filled in; an item not yet looked at is not wrong."""
    return tuple(problem for problem in _sort_out(checklist, raw)[1] if problem.code != "item_not_said")


def running_total(checklist: Checklist, raw: object) -> Decimal:
    """The points so far, from the maximum down, by the good entries."""
    return total_of(checklist, _sort_out(checklist, raw)[0])


def running_points(checklist: Checklist, raw: object) -> dict[str, Decimal]:
    """The points that each item still has by the good entries, by item key."""
    return points_left(checklist, _sort_out(checklist, raw)[0])


def _sort_out(checklist: Checklist, raw: object) -> tuple[Inspection, list[Problem]]:
    if not isinstance(raw, Mapping):
        return Inspection({}), [Problem("sheet_malformed")]
    problems = [Problem("unknown_criterion", str(name)[:80]) for name in raw if not _is_known(checklist, name)]
    numbers = _numbers(raw)
    found: dict[str, dict[str, Found]] = {}
    without: list[str] = []
    for item in checklist.items:
        found[item.key], wrong = _read_item(item, raw, numbers)
        said = _entry(raw, f"{item.key}.{NOTHING_FOUND}")
        problems += [*wrong, *_problems_of_word(item, said, found[item.key], wrong)]
        if said == "1" and not _any(found[item.key]):
            without.append(item.key)
    return Inspection(found, frozenset(without)), problems


def _entry(raw: Mapping[str, Any], name: str) -> Any:
    entry = raw.get(name, "")
    return entry.strip() if isinstance(entry, str) else entry


def _any(found: Mapping[str, Found]) -> bool:
    return any(one.count for one in found.values())


def _problems_of_word(item: Item, said: Any, found: Mapping[str, Found], wrong: Sequence[Problem]) -> list[Problem]:
    """Whether the item was said to be without a defect, as it must be, and only then."""
    place = f"{item.key}.{NOTHING_FOUND}"
    if said not in ("", "1"):
        return [Problem("sheet_malformed", place)]
    if said and _any(found):
        return [Problem("nothing_found_contradicted", place)]
    return [] if said or wrong or _any(found) else [Problem("item_not_said", item.key)]


def _is_known(checklist: Checklist, name: object) -> bool:
    """Whether a field belongs to the checklist: item.nothing_found, item.defect or item.defect.number.detail."""
    parts = name.split(".") if isinstance(name, str) else []
    item = next((item for item in checklist.items if parts and item.key == parts[0]), None)
    if item is None or len(parts) not in (2, 4):
        return False
    if len(parts) == 2 and parts[1] == NOTHING_FOUND:
        return True
    known = parts[1] in [defect.key for defect in item.defects]
    return known and (len(parts) == 2 or (parts[2] in _NUMBERS and parts[3] in _DETAILS))


_NUMBERS = {str(number): number for number in range(1, MOST_OCCURRENCES + 1)}


def _numbers(raw: Mapping[str, Any]) -> dict[str, set[int]]:
    """The numbers of the occurrences of which something is noted, by line."""
    numbers: dict[str, set[int]] = {}
    for name in raw:
        parts = name.split(".") if isinstance(name, str) else []
        if len(parts) == 4 and parts[2] in _NUMBERS:
            numbers.setdefault(f"{parts[0]}.{parts[1]}", set()).add(_NUMBERS[parts[2]])
    return numbers


def _read_item(
    item: Item, raw: Mapping[str, Any], numbers: Mapping[str, set[int]]
) -> tuple[dict[str, Found], list[Problem]]:
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    for defect in item.defects:
        try:
            line = f"{item.key}.{defect.key}"
            found[defect.key] = _read_found(line, raw, sorted(numbers.get(line, ())))
        except Refused as refused:
            problems += refused.problems
            found[defect.key] = Found()
    return found, problems


def _read_found(line: str, raw: Mapping[str, Any], numbers: Sequence[int]) -> Found:
    count = read_count(raw.get(line, ""), line)
    occurrences: list[Occurrence] = []
    problems: list[Problem] = []
    for number in numbers:
        try:
            page = _read_page(raw, f"{line}.{number}.page")
            note = _read_note(raw, f"{line}.{number}.note")
            photo = _read_photo(raw, f"{line}.{number}.{PHOTO}")
        except Refused as refused:
            problems += refused.problems
            continue
        if (page or note or photo) and number > count:
            problems.append(Problem("occurrence_beyond_count", f"{line}.{number}", {"count": str(count)}))
        elif page or note or photo:
            occurrences.append(Occurrence(number, page, note, photo))
    refuse_any(problems)
    return Found(count, tuple(occurrences))


def read_count(raw: object, place: str) -> int:
    """How often a defect was found, as typed; "" is none. Raises Refused count_not_whole, count_too_high."""
    if isinstance(raw, str) and not raw.strip():
        return 0
    count = _whole(raw)
    if count is None or count < 0:
        raise Refused.because("count_not_whole", place)
    if count > MOST_OCCURRENCES:
        raise Refused.because("count_too_high", place, most=MOST_OCCURRENCES)
    return count


def _read_page(raw: Mapping[str, Any], place: str) -> str:
    entry = _entry(raw, place)
    if entry == "":
        return ""
    page = _whole(entry)
    if page is None or not 1 <= page <= LAST_PAGE:
        raise Refused.because("page_not_whole", place, most=LAST_PAGE)
    return str(page)


def _read_note(raw: Mapping[str, Any], place: str) -> str:
    note = _entry(raw, place)
    if not isinstance(note, str) or len(note) > LONGEST_NOTE:
        raise Refused.because("note_too_long", place, most=LONGEST_NOTE)
    return note


def _read_photo(raw: Mapping[str, Any], place: str) -> str:
    """The id of a photo in digits; whether there is such a photo is the store's to say."""
    entry = _entry(raw, place)
    if entry == "":
        return ""
    photo = _whole(entry)
    if photo is None or not 1 <= photo <= LAST_PHOTO:
        raise Refused.because("photo_unknown", place)
    return str(photo)


def photos_of(sheet: Mapping[str, Any]) -> dict[str, int]:
    """The photos that a clean sheet refers to: their ids by field."""
    return {name: int(entry) for name, entry in sheet.items() if name.endswith(f".{PHOTO}")}


def _whole(raw: object) -> int | None:
    try:
        value = read_decimal(raw)
    except ValueError:
        return None
    return None if value % 1 else int(value)
