"""The desk's pages as doors: what each is called, which roles may open it, for which contests, in which menu it stands.

The guard of a page and the links to it come from the same line, so that nobody is shown a door that stays shut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from flask import request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from scoring import access
from scoring.board.reading.look import events_of
from scoring.pages.event_meant import event_meant
from scoring.rules.duties import READS_LOGS, SECURITY, SITE_VERBS, SYSTEM
from scoring.store.people import (
    CHECKER,
    CHIEF,
    CODER,
    HOST,
    OPERATOR,
    ORGANIZER,
    SUPERVISOR,
    TALLIER,
    TIMEKEEPER,
    acts_as,
)

P = ParamSpec("P")
R = TypeVar("R")
# The menus in the order of a contest: what is done before, on the day, after it, and what everybody sees.
PREPARE, RUN, RESULTS, SCREENS = "prepare", "run", "results", "screens"
MENUS = {PREPARE: _l("Before"), RUN: _l("Contest day"), RESULTS: _l("Results"), SCREENS: _l("Screens")}


@dataclass(frozen=True)
class Door:
    """A page of a contest by its endpoint; `subjects` are the kinds of judged things it is about, () for all.

    `goes_on`: it follows the contest on its screen when nothing was done in its session for long.
    """

    endpoint: str
    label: LazyString
    roles: tuple[str, ...]
    menu: str
    subjects: tuple[str, ...] = ()
    goes_on: bool = False

    @property
    def name(self) -> str:
        """The endpoint in full."""
        return f"organizers.{self.endpoint}"


_SINGLE = ("performance", "match", "bench")
_JUDGED = (*_SINGLE, "document")
# In the order of the menus; a role that knows no other page begins at its first one.
DOORS = (
    Door("desk", _l("Desk"), access.DESK_ROLES, RUN, goes_on=True),
    Door("clocks", _l("Clocks"), (TIMEKEEPER, *access.DESK_ROLES), RUN, _SINGLE, goes_on=True),
    Door("benches", _l("Benches"), (TIMEKEEPER, ORGANIZER, CODER), RUN, ("bench",), goes_on=True),
    Door("marks", _l("Marks"), (CHIEF,), RUN, ("performance", "match", "document")),
    Door("differences", _l("Differences"), (CHIEF, ORGANIZER), RUN, ("bench",)),
    Door("totals", _l("Check of totals"), (CHECKER, TALLIER, CHIEF), RUN, (*_SINGLE, "test")),
    Door("points", _l("Entry of results"), (TALLIER, CHECKER, CHIEF, ORGANIZER), RUN, ("test",)),
    Door("listed", _l("Penalties and bonuses"), (ORGANIZER, CHIEF, TIMEKEEPER, TALLIER, CHECKER), RUN),
    Door("promotion", _l("Promotion"), (ORGANIZER, CHIEF, SUPERVISOR), RUN),
    Door("handovers", _l("Seats and tablets"), (ORGANIZER,), RUN, _JUDGED),
    Door("coding", _l("Coding"), (CODER,), RUN, ("document",)),
    Door("witness", _l("Witness the decoding"), (SUPERVISOR,), RUN, ("document",)),
    Door("assignment", _l("Reviewers"), (ORGANIZER, CHIEF), RUN, ("document",)),
    Door("set_up", _l("Set-up"), (ORGANIZER,), PREPARE),
    Door("events", _l("Events and awards"), (ORGANIZER,), PREPARE),
    Door("imports", _l("Import lists"), (ORGANIZER,), PREPARE),
    Door("seats", _l("Judges and seats"), (ORGANIZER,), PREPARE),
    Door("relations", _l("Recusal relations"), (ORGANIZER,), PREPARE),
    Door("cards", _l("Seat cards"), (ORGANIZER,), PREPARE),
    Door("rehearsal", _l("Rehearsal"), (ORGANIZER,), PREPARE),
    Door("prompter", _l("Prompter"), (HOST,), RUN, goes_on=True),
    Door("tally", _l("Tally"), (TALLIER, CHECKER), RESULTS),
    Door("paper", _l("Paper sheets"), (TALLIER, CHECKER), RUN),
    Door("corrections", _l("Corrections"), (TALLIER, CHECKER, ORGANIZER, CHIEF, SUPERVISOR), RESULTS),
    Door("spot_check", _l("Spot check"), (CHECKER, ORGANIZER, CHIEF, SUPERVISOR), RESULTS),
    Door("log", _l("Log"), (SUPERVISOR, ORGANIZER, CHIEF, *READS_LOGS), RESULTS),
    Door("screens", _l("Screen control"), (OPERATOR, ORGANIZER), SCREENS, goes_on=True),
    Door("late", _l("Late arrivals"), (ORGANIZER,), RUN),
    Door("documents", _l("Documents"), (ORGANIZER,), PREPARE, ("document",)),
    Door("draw", _l("Draw"), access.DESK_ROLES, PREPARE),
    Door("waiting_room", _l("Waiting room"), access.DESK_ROLES, RUN, ("performance",), goes_on=True),
)
#: The pages that belong to no contest, beside what everybody has.
SITE_PAGES = (
    ("organizers.accounts", _l("Accounts"), (SYSTEM, SECURITY)),
    ("organizers.password_policy", _l("Password policy"), SITE_VERBS["set_password_policy"]),
    ("organizers.duties", _l("Separation of duties"), (SYSTEM, SECURITY)),
    ("organizers.door_codes", _l("Door codes"), SITE_VERBS["make_door_code"]),
    ("organizers.installation", _l("Time and address"), SITE_VERBS["set_installation"]),
    ("organizers.access_log", _l("Log of access"), READS_LOGS),
    ("organizers.site_log", _l("Log of the installation"), READS_LOGS),
)
PUBLIC = (
    ("audience.leaderboard", _l("Leaderboard")),
    ("audience.screen", _l("Hall screen")),
    ("audience.overall", _l("Overall result")),
    ("audience.overall_screen", _l("Overall hall screen")),
)
# Pages behind a door whose endpoint does not say which.
BEHIND = {
    "set_up_press": "set_up",
    "import_preview": "imports",
    "confirm_import": "imports",
    "upload_list": "imports",
    "paper_sheet": "paper",
    "enter_paper": "paper",
    "correction_sheet": "corrections",
    "listed_step": "listed",
    "correction_step": "corrections",
    "ask_correction": "corrections",
    "spot_check_line": "spot_check",
    "read_document": "documents",
    "upload": "documents",
}
_BY_ENDPOINT = {door.endpoint: door for door in DOORS}


def behind(endpoint: str) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Guard a view by the roles of its door; only the door itself goes on, and nothing that lies behind it."""

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        door = _BY_ENDPOINT[endpoint]
        return access.role(*door.roles, goes_on=door.goes_on and view.__name__ == endpoint)(view)

    return guard


def may_open(endpoint: str, role: str) -> bool:
    """Whether an account of this role may open the page."""
    return acts_as(role, _BY_ENDPOINT[endpoint].roles)


def of_role(role: str, subject: str) -> Iterator[Door]:
    """The doors that a role may open in a contest where this subject is judged."""
    for door in DOORS:
        if acts_as(role, door.roles) and (not door.subjects or subject in door.subjects):
            yield door


def menus(contest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The signed-in account's ways through a contest, by menu.

    The shape is [{"kind", "name", "links": [{"label", "url", "here"}]}]; what opens beside the page is "apart".
    """
    account = access.account()
    mine = list(of_role(account.role, contest["subject"])) if account else []
    grouped = {key: [_link(door, contest) for door in mine if door.menu == key] for key in MENUS}
    grouped[SCREENS] += _public(contest)
    return [{"kind": key, "name": MENUS[key], "links": links} for key, links in grouped.items() if links]


def called(endpoint: str) -> str:
    """How the page with this endpoint is called, that of its door if it is behind one; "" for any other page."""
    door = _BY_ENDPOINT.get(BEHIND.get(endpoint, endpoint))
    site = next((label for page, label, _ in SITE_PAGES if page == f"organizers.{endpoint}"), "")
    return str(door.label if door else site)


def site_links() -> list[dict[str, Any]]:
    """The ways to the pages of the installation that the signed-in account may open."""
    account = access.account()
    pages = [(page, label) for page, label, roles in SITE_PAGES if account and acts_as(account.role, roles)]
    return [{"label": label, "url": url_for(page), "here": request.endpoint == page} for page, label in pages]


def _public(contest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pages that everybody may open, to look at what everybody sees."""
    several = len(events_of(contest["id"])) > 1
    pages = PUBLIC if several else PUBLIC[:2]
    return [
        {"label": label, "url": url_for(page, slug=contest["slug"]), "here": False, "apart": True}
        for page, label in pages
    ]


def events(contest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The ways to the contest's events where it has several: for each the page that is open, else the first it has."""
    account, found = access.account(), events_of(contest["id"])
    if account is None or len(found) < 2:
        return []
    return [_event_link(contest, event, list(of_role(account.role, event["subject"]))) for event in found]


def _event_link(contest: Mapping[str, Any], event: Mapping[str, Any], mine: list[Door]) -> dict[str, Any]:
    door = next((door for door in mine if door.name == request.endpoint), mine[0] if mine else None)
    url = url_for(door.name, contest_id=contest["id"], event=event["position"]) if door else ""
    return {"title": event["title"], "url": url, "here": event["position"] == (event_meant() or 1)}


def _link(door: Door, contest: Mapping[str, Any]) -> dict[str, Any]:
    url = url_for(door.name, contest_id=contest["id"])
    return {"label": door.label, "url": url, "here": door.endpoint == _door_here()}


def _door_here() -> str:
    """The endpoint of the door that the page belongs to: its own, or that of a page or a press behind it."""
    endpoint = (request.endpoint or "").removeprefix("organizers.")
    if endpoint == "perform_verb":
        return request.form.get("page", "")
    return BEHIND.get(endpoint, endpoint.removesuffix("_step"))


def first_page(contest: Mapping[str, Any]) -> str:
    """The way to the signed-in account's first page of the contest."""
    account = access.account()
    mine = of_role(account.role, contest["subject"]) if account else iter(())
    return next((url_for(door.name, contest_id=contest["id"]) for door in mine), "")
