"""What the desk is shown: everything of the board, every turn and seat, the next step; and no unreleased mark."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from scoring.board.snapshots.audience import Board, ContestOfEvent, Seal
from scoring.board.snapshots.matches import Away, Ground, MatchResult
from scoring.board.snapshots.shared import Clock, Named, NamedEvent, Numbered, Titles, Trouble
from scoring.board.snapshots.words import OneOf, Reached, Sides, Subjects, TurnStage

SheetStates = OneOf("empty", "draft", "submitted", "returned", "recused", "abstained", "away")


class SeatNamed(TypedDict):
    """A judge of a turn's panel."""

    seat: int
    number: int
    name: str


class SeatAsked(SeatNamed):
    """A judge whose sheet was sent back."""

    question: Annotated[str, "what the judge has not answered yet"]


class Recusal(TypedDict):
    """Why a judge does not mark a turn; nothing of it while the document is coded."""

    ground: str
    reason: str
    relation: Annotated[bool, "it follows from a recorded relation"]


class SeatRecused(SeatNamed, Recusal):
    """A judge who does not mark a turn; of a coded document without the reason."""


class PenaltyShown(TypedDict):
    """A penalty in force."""

    id: int
    part: Annotated[str, "of a match: the side or speaker"]
    kind: str
    points: str
    seconds: int | None
    reason: str
    adds: Annotated[bool, "whether it is a bonus"]
    proposed: Annotated[bool, "whether it counts only once somebody has confirmed it"]


class Decision(Ground):
    """That somebody does not perform: who, how far it reaches, why, and who decided it."""

    id: int
    contestant: int
    number: str
    name: str
    reach: Annotated[str, OneOf("turn", "event", "contest")]
    reason: str
    decided_by: str
    by: Annotated[str, "who entered it"]
    at: str
    corrected: Annotated[bool, "whether it came by a correction"]


class DecisionOnTurn(Decision):
    """The same, with what keeps it from being taken back."""

    stands: Annotated[Trouble | None, "why it cannot be taken back"]


class SpeakerOnDesk(Named):
    """A speaker of a side."""

    part: str
    silent: Annotated[bool, "did not speak in the free debate"]
    away: Annotated[Away | None, "does not perform"]


class SideOnDesk(Named):
    """A side of a match."""

    side: Annotated[str, Sides]
    part: str
    speakers: list[SpeakerOnDesk]


class MatchOnDesk(TypedDict):
    """What a match has beside its turn."""

    drawn: Annotated[bool, "whether the sides are drawn"]
    seed: str | None
    sides: list[SideOnDesk]
    needs: Annotated[str | None, OneOf("secret_ballot", "play_off"), "while a tied match is undecided"]
    ballots_missing: list[SeatNamed]
    result: Annotated[MatchResult | None, "once it is public"]


class TurnPlanned(TypedDict):
    """What of a turn no sheet changes that comes in."""

    id: int
    position: int
    number: str
    name: str
    office: str
    state: Annotated[str, TurnStage, "`marking`: left open for late sheets"]
    called_since: Annotated[int | None, "as `running_since` of a clock"]
    recused: list[SeatRecused]
    penalties: list[PenaltyShown]
    case: Annotated[str | None, "the drawn case"]
    not_held: bool
    not_performing: Annotated[list[DecisionOnTurn], "who is out of the turn"]
    may_be_out: Annotated[list[Numbered], "whom such a decision can be about"]
    public: Annotated[bool, "whether a released score is shown already"]
    closed: Annotated[bool, "whether the marking is closed"]
    released_since: Annotated[int | None, "as `running_since` of a clock"]


class TurnSheets(TypedDict):
    """What of a turn the sheets change that come in; of a coded document nothing."""

    submitted: int
    panel: int
    missing: list[SeatNamed]
    sent_back: list[SeatAsked]
    can: Annotated[list[str], "the verbs that are possible now"]
    why: Annotated[Trouble | None, "what keeps it from being released although all sheets are in"]
    match: MatchOnDesk | None
    cells: Annotated[
        dict[str, str],
        OneOf(
            *("waiting", "empty", "draft", "returned", "submitted", "approved"),
            *("recused", "abstained", "away", "missing"),
        ),
        "the state of each sheet by seat id; `missing`: not in although the marking is closed or the next is called",
    ]


class TurnWithSheets(TurnPlanned, TurnSheets):
    """A turn without its public score."""


class TurnPlace(TypedDict):
    """The score and the rank of a turn, once they are public."""

    score: str | None
    rank: int | None


class TurnOnDesk(TurnWithSheets, TurnPlace):
    """A turn with all that may be known of it before its release."""


class OvertimeProposed(TypedDict):
    """What the overtime rule proposes."""

    seconds: int
    points: str


class Clocks(TypedDict):
    """The clocks of a turn in the order of its stages."""

    all: list[Clock]
    overtime: Annotated[OvertimeProposed | None, "what the rule proposes once the clock stands"]


class CurrentTurn(TurnOnDesk):
    """The called turn."""

    clocks: Clocks


class SeatOnDesk(TypedDict):
    """How a seat stands to the called turn."""

    id: int
    number: int
    name: str
    state: Annotated[str, SheetStates]
    source: Annotated[str, OneOf("", "paper", "list", "correction")]
    reached: Annotated[str, Reached, "as in a sheet"]
    question: Annotated[str, 'the one that is not answered yet, else `""`']
    taken_at: Annotated[str | None, "since when its tablet holds the seat"]
    handover_until: Annotated[int | None, "until when another may take it, as `running_since` of a clock"]


class OpenCall(TypedDict):
    """A call for the chief judge that nobody has answered."""

    id: int
    seat: int
    number: int
    name: str
    turn: str | None
    message: str
    at: str


class OpenAttempt(TypedDict):
    """That somebody tried to take a seat that its tablet holds."""

    id: int
    seat: int
    number: int
    name: str
    address: str
    times: int
    at: str


class Judge(TypedDict):
    """A column of the matrix."""

    id: int
    number: int
    name: str


class Preparing(TypedDict):
    """The next turn with the clock that may run before it is called."""

    turn: int
    number: str
    clock: Clock


class OvertimeRules(TypedDict):
    """The event's rule of overtime."""

    free_seconds: int
    step_seconds: int
    points_per_step: str
    most: str
    stop_seconds: int | None


class MainStep(TypedDict):
    """The right next step."""

    verb: Annotated[str, OneOf("call", "start_clock", "close_marking", "check_totals", "release")]
    turn: int
    ready: bool
    reason: NotRequired[Annotated[str, "the code of what is in its way, where it is not ready"]]
    figures: NotRequired[Annotated[dict[str, str], "those of that sentence"]]
    clock: NotRequired[Annotated[str, "with `start_clock`: the stage's"]]
    side: NotRequired[Annotated[str, "with `start_clock`: whose, of a dual clock"]]
    stage: NotRequired[Annotated[Titles, "with `start_clock`: what the stage is called"]]
    confirmed: NotRequired[Annotated[int, "with `check_totals`: how many have confirmed"]]


class DeskAlone(TypedDict):
    """What of the desk is not in the board."""

    room: Annotated[int | None, "the room that was asked for, on the pages of a room"]
    turns: Annotated[list[TurnOnDesk], "the running order"]
    current: Annotated[CurrentTurn | None, "the called turn"]
    seats: Annotated[list[SeatOnDesk], "the panel's standing to the called turn, or to the first"]
    calls: Annotated[list[OpenCall], "the calls for the chief judge that nobody has answered"]
    attempts: Annotated[list[OpenAttempt], "who tried to take a seat that is held, until the desk has looked after it"]
    subject: Annotated[str, Subjects]
    preparing: Annotated[Preparing | None, "the next turn with the clock that may run before it is called"]
    overtime: OvertimeRules | None
    parts: Annotated[list[str], "of a match: the sides and speakers that are judged"]
    performed: Annotated[int, "how many have performed"]
    publication: Annotated[
        str,
        OneOf("at_once", "one_behind", "at_end"),
        "when a released score is public; `one_behind`: the first three together, from no. 4 on each when the next has "
        "performed",
    ]
    main: Annotated[MainStep | None, "the right next step, null at the end"]
    judges: Annotated[list[Judge], "the columns of the matrix: every seat that marks any of these turns"]
    checks: Annotated[bool, "whether tallier and checker, two people, confirm the totals before each release"]
    undo_release: Annotated[int | None, "the turn whose release could be taken back"]


class Desk(Board, DeskAlone):
    """What the organizer may see of an event."""


class ClocksTurn(TypedDict):
    """The called turn as timekeepers see it."""

    id: int
    number: str
    state: Annotated[str, TurnStage]
    penalties: list[PenaltyShown]
    can: list[str]
    clocks: Clocks


class RoomNamed(TypedDict):
    """A room by its name."""

    room: int
    name: Titles


class ClocksDesk(TypedDict):
    """The `desk` of timekeeper, tallier and checker: no name, sheet or score."""

    revision: int
    contest: ContestOfEvent
    event: NamedEvent
    subject: Annotated[str, Subjects]
    preparing: Preparing | None
    overtime: OvertimeRules | None
    room: int | None
    total: int
    released: int
    due: int
    current: ClocksTurn | None
    rooms: list[RoomNamed]


class News(TypedDict):
    """What a page beside the desk is told: that something has changed, and not what; it asks for itself anew."""

    revision: int
    changed: Annotated[int, "grows with every change but drafts"]


class SealAtDesk(Seal):
    """The seal, with whether there is a supervisor who is to type."""

    supervised: bool


class HealthState(TypedDict):
    """How a tablet is."""

    state: Annotated[str, OneOf("online", "late", "offline", "absent"), "`absent`: nobody has signed in yet"]
    seconds: Annotated[int | None, "since it was last heard"]


class Health(HealthState):
    """How the tablet of a seat is."""

    seat: int
