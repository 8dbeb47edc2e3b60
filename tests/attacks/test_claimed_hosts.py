"""Somebody claims another host, scheme or address in the headers of a request: nobody else is led there."""

from __future__ import annotations

from tests.attacks.phone import Phone
from tests.conftest import Server

ELSEWHERE = "venue.example"
CLAIMS = {
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-Server": ELSEWHERE,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": f"/{ELSEWHERE}",
    "X-Original-URL": "/desk/",
    "Forwarded": f"for=10.0.0.1;host={ELSEWHERE};proto=https",
}


def test_no_link_code_or_redirect_follows_what_a_proxy_says_that_nobody_has_named(session_server: Server) -> None:
    contest, desk = session_server.facts["contest"], Phone(session_server.url)
    desk.signs_in(**session_server.facts["organizer"])
    pages = (f"/c/{contest['slug']}/screen", f"/desk/{contest['id']}/cards", "/desk/installation", "/desk/", "/")
    for page in pages:
        answer = desk.asks("GET", page, headers=CLAIMS)
        assert (page, answer.status_code) == (page, 200)
        assert ELSEWHERE not in answer.text + str(answer.headers)
        assert "https://127" not in answer.text
    led = Phone(session_server.url).asks("GET", "/desk/", headers=CLAIMS)
    assert (led.status_code, led.headers["Location"]) == (302, "/desk/sign-in?next=/desk/")


def test_a_page_asked_for_by_another_host_is_for_whoever_asked_so_alone(session_server: Server) -> None:
    screen = f"/c/{session_server.facts['contest']['slug']}/screen"
    forged = Phone(session_server.url).asks("GET", screen, headers={"Host": ELSEWHERE})
    assert ELSEWHERE in forged.text
    honest = Phone(session_server.url).asks("GET", screen)
    assert (honest.status_code, ELSEWHERE in honest.text) == (200, False)
    assert honest.headers["ETag"] != forged.headers["ETag"]
