"""What tablets and screens send, a type for each event, and the one reader that all of it goes through.

docs/live-protocol.md has the tables of these types. What a verb checks for whoever asks it, a page or a socket, such as
the text of a sheet, is not looked at here: it is `object` until then. The desk's verbs read their own fields.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Annotated, Any, TypeVar, cast, get_type_hints

from scoring import access
from scoring.actions.running.calls import LONGEST_MESSAGE
from scoring.actions.running.sheets import LONGEST_ENTRY, LONGEST_FIELD, LONGEST_REASON, MOST_ENTRIES
from scoring.actions.transaction import is_request_id
from scoring.board.snapshots.words import Called
from scoring.rules.refusal import Refused

SCENES_MOST = 20
Read = TypeVar("Read")


@dataclass(frozen=True)
class Fits:
    """What a field of a message must be, or the message is refused as malformed."""

    check: Callable[[Any], bool]


def _is_text(given: object) -> bool:
    return isinstance(given, str)


def _is_short_list(given: object) -> bool:
    return isinstance(given, list) and len(given) <= SCENES_MOST


Whole = Annotated[int, Fits(access.is_number)]
Text = Annotated[str, Fits(_is_text)]
RequestId = Annotated[str, Fits(is_request_id), "8 to 64 ASCII characters, made once and repeated with every resend"]
Typed = Annotated[
    object,
    Called("by name: text"),
    f"by criterion, as typed: at most {MOST_ENTRIES} fields, names of at most {LONGEST_FIELD} and text of at most "
    f"{LONGEST_ENTRY:,} characters",
]


@dataclass(frozen=True)
class Nothing:
    """An event that brings nothing but itself."""


@dataclass(frozen=True)
class Draft:
    """What a judge has typed so far."""

    turn: Whole
    base: Annotated[Whole, "the `version` of the sheet that the client last saw, 0 for none"]
    typed: Typed = None


@dataclass(frozen=True)
class Submission:
    """A sheet that is handed in."""

    turn: Whole
    submission: Annotated[
        object,
        Called("text"),
        "an id of 8 to 64 ASCII characters that the client makes once for each sheet that it wants to submit (32 "
        "random hex digits are right) and repeats with every resend",
    ] = None
    typed: Typed = None
    base: Annotated[Whole | None, "as for a draft, if wanted"] = None
    reason: Annotated[
        object,
        Called("text"),
        f"at most {LONGEST_REASON} characters: why the judge keeps or changes a sheet that was sent back; a "
        "changed one without it is refused with `change_reason_missing`, field `reason`",
    ] = ""


@dataclass(frozen=True)
class ChiefCall:
    """A call for the chief judge."""

    request: RequestId
    message: Annotated[object, Called("text"), f"at most {LONGEST_MESSAGE} characters"] = ""


@dataclass(frozen=True)
class Vote:
    """A seat's secret vote on a tied match."""

    turn: Whole
    side: Text
    request: RequestId


@dataclass(frozen=True)
class Look:
    """A turn that a seat wants to see."""

    turn: Whole


@dataclass(frozen=True)
class Shown:
    """Which scenes a hall screen of a rehearsal shows."""

    scenes: Annotated[list[object], Fits(_is_short_list), f"their names, at most {SCENES_MOST}"]
    screen: Annotated[object, Called("text"), "the code that stands on the screen"] = None


def read(shape: type[Read], payload: object) -> Read:
    """What a message says, as its type has it; what else is in it is left aside. Raises Refused(payload_malformed)."""
    if not isinstance(payload, Mapping):
        raise Refused.because("payload_malformed")
    known: dict[str, Any] = {}
    for name, check, must in _fields(cast(Hashable, shape)):
        if name in payload and (check is None or check(payload[name])):
            known[name] = payload[name]
        elif must or name in payload:
            raise Refused.because("payload_malformed")
    return shape(**known)


def whole_number(given: object) -> int:
    """A number as messages have them, from 0. Raises Refused(payload_malformed)."""
    if not access.is_number(given):
        raise Refused.because("payload_malformed")
    return given


@cache
def _fields(shape: Hashable) -> tuple[tuple[str, Callable[[Any], bool] | None, bool], ...]:
    """Each field's name, what checks it, and whether it must be there."""
    kind: Any = shape
    hints = get_type_hints(kind, include_extras=True)
    return tuple((one.name, _check_of(hints[one.name]), one.default is MISSING) for one in fields(kind))


def _check_of(hint: Any) -> Callable[[Any], bool] | None:
    found = [one.check for one in _said(hint) if isinstance(one, Fits)]
    return found[0] if found else None


def _said(hint: Any) -> list[Any]:
    """What an annotation says beside the type, also where it is one of several: of a number that may be left out."""
    inner = [said for one in getattr(hint, "__args__", ()) for said in _said(one)]
    return [*getattr(hint, "__metadata__", ()), *inner]
