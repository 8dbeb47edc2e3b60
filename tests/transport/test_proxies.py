"""Addresses behind a proxy: only a proxy that the settings name is believed, and only about its own neighbour."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
import websocket

from scoring.transport.proxies import read_proxies, sender
from tests.conftest import start_server, stop_server
from tests.patience import within

PROXY, GUEST, FORGED = "10.0.0.5", "192.168.7.21", "203.0.113.9"


def asked(address: str, claimed: str = "") -> dict[str, str]:
    return {"REMOTE_ADDR": address} | ({"HTTP_X_FORWARDED_FOR": claimed} if claimed else {})


@pytest.mark.parametrize(
    ("address", "claimed", "found"),
    [
        (PROXY, GUEST, GUEST),
        (PROXY, f"{FORGED}, {GUEST}", GUEST),  # what the guest claims stands before what the proxy adds
        (PROXY, f"{GUEST}, 10.1.0.7", GUEST),  # two proxies behind one another
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{GUEST}, unknown", PROXY),
        (GUEST, FORGED, GUEST),
        ("10.0.0.6", FORGED, "10.0.0.6"),
    ],
)
def test_a_claimed_address_counts_as_far_as_named_proxies_vouch_for_it(address: str, claimed: str, found: str) -> None:
    assert sender(asked(address, claimed), read_proxies("10.0.0.5, 10.1.0.0/24")) == found


def test_where_no_proxy_is_named_nobody_is_believed() -> None:
    assert sender(asked(PROXY, FORGED), read_proxies("")) == PROXY


def test_a_setting_that_names_no_address_is_no_setting() -> None:
    with pytest.raises(ValueError, match="proxy"):
        read_proxies("10.0.0.5, proxy.venue")


@pytest.mark.parametrize(("proxies", "statuses"), [("127.0.0.1", [403] * 12), ("", [403] * 10 + [429] * 2)])
def test_guests_behind_a_named_proxy_have_a_budget_each(tmp_path: Path, proxies: str, statuses: list[int]) -> None:
    server = start_server(tmp_path, SAIPING_PROXIES=proxies)
    found = []
    for guest in range(12):
        browser = requests.Session()
        browser.headers["X-Forwarded-For"] = f"192.168.7.{guest + 1}"
        token = browser.get(f"{server.url}/desk/sign-in", timeout=within(15)).text.split('name="csrf-token" content="')[
            1
        ]
        sent = {"name": f"nobody-{guest}", "password": "a guess", "csrf_token": token.partition('"')[0]}
        found.append(browser.post(f"{server.url}/desk/sign-in", data=sent, timeout=within(15)).status_code)
    stop_server(server)
    assert found == statuses


PAGE = "https://saiping.court.example"
SAID_BY_PROXY = {"X-Forwarded-Host": "saiping.court.example", "X-Forwarded-Proto": "https"}


def opened(url: str, origin: str, said: dict[str, str]) -> tuple[int, bool]:
    """Whether a page of this origin begins a long polling and a websocket: the first one's status, and the other."""
    polling = requests.get(
        f"{url}/socket.io/?EIO=4&transport=polling", headers={"Origin": origin, **said}, timeout=within(15)
    )
    wire = f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
    try:
        websocket.create_connection(wire, origin=origin, header=said, timeout=within(15)).close()
    except websocket.WebSocketBadStatusException:
        return polling.status_code, False
    return polling.status_code, True


@pytest.mark.parametrize("transport", ["direct", "stock"])
def test_a_page_of_elsewhere_opens_no_socket_by_what_nobody_named_says_of_the_host(
    tmp_path: Path, transport: str
) -> None:
    server = start_server(tmp_path, SAIPING_TRANSPORT=transport)
    found = [opened(server.url, PAGE, said) for said in ({}, SAID_BY_PROXY)]
    own = opened(server.url, server.url, SAID_BY_PROXY)
    stop_server(server)
    assert found == [(400, False)] * 2
    assert own == (200, True)


@pytest.mark.parametrize("transport", ["direct", "stock"])
def test_a_named_proxy_that_ends_tls_says_by_which_address_its_guests_pages_were_asked_for(
    tmp_path: Path, transport: str
) -> None:
    server = start_server(tmp_path, SAIPING_TRANSPORT=transport, SAIPING_PROXIES="127.0.0.1")
    guest = opened(server.url, PAGE, SAID_BY_PROXY)
    another = opened(server.url, "https://elsewhere.example", SAID_BY_PROXY)
    stop_server(server)
    assert (guest, another) == ((200, True), (400, False))
