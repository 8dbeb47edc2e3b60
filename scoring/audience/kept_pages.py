"""Pages that are made once for each change and language, and then sent as they are to everybody who asks.

Nothing of a visitor is in them: no token, no session, no message. Each question asks the database for the newest public
change first, so that several processes, and a database put back from a copy, stay right.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import gevent
from flask import Response, current_app, make_response, request, session
from gevent.lock import RLock

from scoring import board
from scoring.addresses import server_address
from scoring.audience.compression import CODINGS, WORTHWHILE, encoded
from scoring.audience.contests import check_known
from scoring.event_meant import event_meant
from scoring.language import chosen
from scoring.store.installation import installation

#: Pages of different contests, events, rooms, kinds and languages; the one not asked for the longest goes first.
MOST_KEPT = 128
Wish = tuple[Any, ...]


@dataclass
class Page:
    """One page as it stood at a stamp, with what it is once encoded."""

    stamp: board.PublicStamp
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

    @classmethod
    def of(cls, stamp: board.PublicStamp, response: Response) -> Page:
        """The page that a view has made; known by the view's own ETag, else by its content."""
        plain = response.get_data()
        named, _weak = response.get_etag()
        return cls(stamp, plain, response.mimetype or "text/html", named or hashlib.sha256(plain).hexdigest()[:20])


def kept(view: Callable[[str], Response]) -> Callable[[str], Response]:
    """A view of a contest by its slug whose answer is the same for all who ask until the next public change."""

    @wraps(view)
    def answer(slug: str) -> Response:
        stamp = board.public_stamp(slug)
        if stamp is None or session.get("_flashes"):
            return view(slug)
        check_known(slug, stamp.contest_id, stamp.hidden)
        pages, wish = _pages(), _wish(slug)
        page = pages.get(wish)
        if page is None or page.stamp != stamp:
            response = view(slug)
            if response.status_code != 200:
                return response
            page = pages[wish] = Page.of(stamp, response)
        pages.move_to_end(wish)
        while len(pages) > MOST_KEPT:
            pages.popitem(last=False)
        return _sent(page)

    return answer


def _wish(slug: str) -> Wish:
    """What is asked for, by all that a page depends on besides the record."""
    about = request.endpoint, slug, event_meant(), request.args.get("room", type=int)
    return *about, chosen(), server_address(), installation().zone


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


def _pages() -> OrderedDict[Wish, Page]:
    pages: OrderedDict[Wish, Page] = current_app.extensions.setdefault("kept_pages", OrderedDict())
    return pages
