"""Pages that are made once for each change and language, and then sent as they are to everybody who asks.

Nothing of a visitor is in them: no token, no session, no message. Each question asks the database for the newest public
change first, so that several processes, and a database put back from a copy, stay right. The leaderboard may lack the
sheets of the last second: its script brings it to the present.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import gevent
from flask import Response, make_response, request, session
from gevent.lock import RLock

from scoring.audience.compression import CODINGS, WORTHWHILE, encoded
from scoring.audience.contests import check_known
from scoring.board.reading.duties import duties_changed
from scoring.board.reading.look import PublicStamp, public_stamp
from scoring.board.views.cards import HomeStamp, home_stamp
from scoring.extensions import db
from scoring.pages.asked import number_asked
from scoring.pages.event_meant import event_meant
from scoring.pages.language import chosen
from scoring.services import Service
from scoring.store.installation import installation
from scoring.venue.addresses import server_address

#: Pages of different contests, events, rooms, kinds and languages; the one not asked for the longest goes first.
MOST_KEPT = 128
#: Seconds for which the leaderboard may lack a sheet; any other change is in the next page that is asked for.
SHEETS_WAIT = 1.0
#: Where something is held back, answers leave this many seconds after they were asked for, or a multiple of it.
EVEN = 0.1
PAGE = "text/html"
Wish = tuple[Any, ...]
Stamp = PublicStamp | HomeStamp


@dataclass
class Page:
    """One page as it stood at a stamp, which was read at this moment, with what it is once encoded."""

    stamp: Stamp
    read_at: float
    plain: bytes
    mimetype: str
    tag: str
    in_codings: dict[str, bytes] = field(default_factory=dict)
    busy: RLock = field(default_factory=RLock, repr=False)

    def in_coding(self, coding: str) -> bytes:
        """The page in one of the codings that browsers take; encoded once, beside the loop."""
        with self.busy:
            if coding not in self.in_codings:
                self.in_codings[coding] = gevent.get_hub().threadpool.apply(encoded, (self.plain, coding))
        return self.in_codings[coding]

    def is_good(self, stamp: Stamp, read_at: float, sheets_wait: float) -> bool:
        """Whether it may be shown to somebody for whom this stamp was read at this moment; see `kept`."""
        waits = sheets_wait > 0 and _is_later_by_sheets(stamp, self.stamp)
        return self.stamp == stamp or self.read_at > read_at - (sheets_wait if waits else 0.0)

    @classmethod
    def of(cls, stamp: Stamp, read_at: float, response: Response) -> Page:
        """The page that a view has made; known by the view's own ETag, else by its content."""
        plain = response.get_data()
        named, _weak = response.get_etag()
        tag = named or hashlib.sha256(plain).hexdigest()[:20]
        return cls(stamp, read_at, plain, response.mimetype or PAGE, tag)


@dataclass
class Kept:
    """The newest page for each wish; of those who wish the same at once the first makes it, the others wait for it."""

    pages: OrderedDict[Wish, Page] = field(default_factory=OrderedDict)
    making: dict[Wish, RLock] = field(default_factory=dict)

    def page(self, wish: Wish, stamp: Stamp, make: Callable[[], Response], sheets_wait: float) -> Page | Response:
        """The page; the answer as it is where that is none to be kept."""
        read_at = time.monotonic()
        found = self._good(wish, stamp, read_at, sheets_wait)
        if found:
            return found
        lock = self.making.setdefault(wish, RLock())
        try:
            with lock:
                return self._good(wish, stamp, read_at, sheets_wait) or self._made(wish, stamp, read_at, make())
        finally:
            if not lock.locked():
                self.making.pop(wish, None)

    def _good(self, wish: Wish, stamp: Stamp, read_at: float, sheets_wait: float) -> Page | None:
        page = self.pages.get(wish)
        return page if page is not None and page.is_good(stamp, read_at, sheets_wait) else None

    def _made(self, wish: Wish, stamp: Stamp, read_at: float, response: Response) -> Page | Response:
        if response.status_code != 200:
            return response
        page = self.pages[wish] = Page.of(stamp, read_at, response)
        return page

    def let_go(self, wish: Wish) -> None:
        """Note that this one was asked for last; where there are too many, what was not asked for the longest goes."""
        if wish in self.pages:
            self.pages.move_to_end(wish)
        while len(self.pages) > MOST_KEPT:
            self.pages.popitem(last=False)


def kept(view: Callable[[str], Response], sheets_wait: float = 0.0) -> Callable[[str], Response]:
    """A view of a contest by its slug whose answer is the same for all who ask until the next public change.

    It may lack sheets of the last `sheets_wait` seconds, where nothing is held back whose time that could tell. Where
    something is, nobody can tell by the time of an answer whether the page was made for it, because something has
    changed that is not to be seen yet, or was there already.
    """

    @wraps(view)
    def answer(slug: str) -> Response:
        asked = time.monotonic()
        stamp = public_stamp(slug)
        response = _public(view, slug, stamp, sheets_wait) if stamp else view(slug)
        if stamp and stamp.held_back:
            _wait_since(asked)
        return response

    return answer


def _public(view: Callable[[str], Response], slug: str, stamp: PublicStamp, sheets_wait: float) -> Response:
    if session.get("_flashes"):
        return view(slug)
    check_known(slug, stamp.contest_id, stamp.hidden)
    return _answered(_wish(slug), stamp, lambda: view(slug), sheets_wait)


def _wait_since(asked: float) -> None:
    """Wait for the end of the step of time in which the answer is ready; nothing of the database is held meanwhile."""
    db.session.rollback()
    gevent.sleep(EVEN - (time.monotonic() - asked) % EVEN)


def kept_home(view: Callable[[], Response]) -> Callable[[], Response]:
    """The home page, whose answer is the same for all who ask until something that it shows changes."""

    @wraps(view)
    def answer() -> Response:
        asked = time.monotonic()
        stamp, wish = home_stamp(), (request.endpoint, *_surroundings())
        response = view() if session.get("_flashes") else _answered(wish, stamp, view)
        if stamp.held_back:
            _wait_since(asked)
        return response

    return answer


def _answered(wish: Wish, stamp: Stamp, make: Callable[[], Response], sheets_wait: float = 0.0) -> Response:
    kept = _kept()
    page = kept.page(wish, stamp, make, sheets_wait)
    kept.let_go(wish)
    return _sent(page) if isinstance(page, Page) else page


def _is_later_by_sheets(stamp: Stamp, before: Stamp) -> bool:
    """Whether nothing but sheets has come in since, none of which is held back."""
    if isinstance(stamp, HomeStamp) or isinstance(before, HomeStamp):
        return False
    return stamp.differs_by_sheets(before) and not stamp.held_back


def _wish(slug: str) -> Wish:
    """What is asked for, by all that a page depends on besides the record."""
    about = request.endpoint, slug, event_meant(), number_asked("room")
    return *about, *_surroundings()


def _surroundings() -> Wish:
    return chosen(), server_address(), installation().zone, duties_changed()


def _sent(page: Page) -> Response:
    best = request.accept_encodings.best_match(CODINGS)
    coding = best if best and len(page.plain) >= WORTHWHILE else None
    response = make_response(page.in_coding(coding) if coding else page.plain)
    response.mimetype = page.mimetype
    if coding:
        response.headers["Content-Encoding"] = coding
    response.set_etag(page.tag)
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Language", "Cookie", "Accept-Encoding"))
    response.make_conditional(request)
    return response


_KEPT: Service[Kept] = Service("kept_pages", Kept)


def _kept() -> Kept:
    return _KEPT.of()
