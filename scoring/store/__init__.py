"""Tables and loading. No arithmetic on marks happens in this room."""

from scoring.store.access_log import AccessEntry
from scoring.store.attempts import SeatAttempt
from scoring.store.ballots import Ballot
from scoring.store.calls import ChiefCall
from scoring.store.clocks import TurnClock
from scoring.store.contests import Appearance, Contest, Contestant, Event, Room, Round, Turn
from scoring.store.corrections import Correction
from scoring.store.credentials import FormerPassword, RecoveryCode
from scoring.store.demonstration import Demonstration
from scoring.store.documents import Coding, Document
from scoring.store.door_codes import DoorCode
from scoring.store.guesses import GuessCount
from scoring.store.import_drafts import ImportDraft
from scoring.store.installation import Installation, Origin
from scoring.store.ledger import Entry, SiteEntry
from scoring.store.not_performing import NotPerforming
from scoring.store.panel import Assignment, Recusal, Seat
from scoring.store.paper import PaperEntry
from scoring.store.people import Account, Admission
from scoring.store.photos import Photo
from scoring.store.presence import SeatPresence
from scoring.store.rehearsals import Rehearsal, TabletCheck
from scoring.store.relations import Office, OfficeAnswer, Relation, Waiver
from scoring.store.results import Penalty, Release, TotalsCheck
from scoring.store.screens import HallScreen
from scoring.store.sessions import Browser, BrowserSeat, SignIn
from scoring.store.setting_up import EventSettings, FirstCode, SettingsTemplate
from scoring.store.sheets import Sheet, SheetVersion
from scoring.store.spot_checks import SpotCheck, SpotCheckLine
from scoring.store.steady import Boot

__all__ = [
    "AccessEntry",
    "Account",
    "Admission",
    "Appearance",
    "Assignment",
    "Ballot",
    "Boot",
    "Browser",
    "BrowserSeat",
    "ChiefCall",
    "Coding",
    "Contest",
    "Contestant",
    "Correction",
    "Demonstration",
    "Document",
    "DoorCode",
    "Entry",
    "Event",
    "EventSettings",
    "FirstCode",
    "FormerPassword",
    "GuessCount",
    "HallScreen",
    "ImportDraft",
    "Installation",
    "NotPerforming",
    "Office",
    "OfficeAnswer",
    "Origin",
    "PaperEntry",
    "Penalty",
    "Photo",
    "RecoveryCode",
    "Recusal",
    "Rehearsal",
    "Relation",
    "Release",
    "Room",
    "Round",
    "Seat",
    "SeatAttempt",
    "SeatPresence",
    "SettingsTemplate",
    "Sheet",
    "SheetVersion",
    "SignIn",
    "SiteEntry",
    "SpotCheck",
    "SpotCheckLine",
    "TabletCheck",
    "TotalsCheck",
    "Turn",
    "TurnClock",
    "Waiver",
]
