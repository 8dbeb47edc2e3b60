"""A browser without scripts, signed in at the desk of a real server."""

from __future__ import annotations

import re
from threading import Event
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.patience import within

#: Seconds between two looks at a job: the page itself asks for two.
LOOKS_EVERY = 0.5


class Browser:
    """An organizer's browser without scripts, which reads English."""

    def __init__(self, url: str, **account: str) -> None:
        """Sign in as this account, by its name and password."""
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor())
        self._opener.addheaders = [("Accept-Language", "en"), ("Accept", "text/html")]
        self._url = url
        self.post("/desk/sign-in", **account)

    def get(self, page: str) -> tuple[str, bytes]:
        """Where a page led, and what is there."""
        with self._opener.open(page if page.startswith("http") else self._url + page, timeout=within(60)) as answer:
            return answer.url.removeprefix(self._url), answer.read()

    def post(self, page: str, **fields: str) -> tuple[str, bytes]:
        """Press a form of this page, with the token that stands in it."""
        _, form = self.get(page)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form.decode())
        assert token
        data = urlencode(fields | {"csrf_token": token[1]}).encode()
        request = Request(self._url + page, data, {"X-CSRFToken": token[1]})  # where files go it is asked for first
        with self._opener.open(request, timeout=within(60)) as answer:
            return answer.url.removeprefix(self._url), answer.read()

    def until_done(self, page: str) -> str:
        """Look at a job's page as it asks to, until it leads on; answers where to."""
        wait = Event()
        for _ in range(round(within(40) / LOOKS_EVERY)):
            with self._opener.open(self._url + page, timeout=within(60)) as answer:
                told = answer.headers.get("Refresh", "")
            if told.startswith("0; url="):
                return told.removeprefix("0; url=")
            assert told == "2"
            wait.wait(LOOKS_EVERY)
        raise AssertionError("the job never ended")
