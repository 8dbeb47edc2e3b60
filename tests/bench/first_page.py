"""The first page: what a phone that opens a finished leaderboard for the first time takes off the wire."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any
from urllib.parse import urljoin

import brotli

from tests.bench.figures import Figures, Target, no_figures
from tests.bench.line import joined
from tests.bench.servers import Server

BYTES = "first leaderboard page with all files, KB"
TARGETS = (Target(BYTES, 80.0),)
_LINKED = re.compile(r'(?:<link rel="stylesheet" href|<script (?:type="module" )?src)="(/static/[^"]+)"')
_IMPORT = re.compile(r'from\s*"([^"]+)"')


def measure() -> Figures:
    """The size in KB of the page, the styles and scripts that it loads as they are sent, and the greeting."""
    figures = no_figures()
    with Server("ours", "--judges", "7", "--turns", "36", "--released", "36") as server:
        figures[BYTES]["ours"].append(first_view(server) / 1000)
    return figures


def first_view(server: Server) -> int:
    """The bytes that a browser takes off the wire to show the leaderboard and to follow it: all but a new picture."""
    page, size = _get(server.port, _address(server))
    sizes, wanted = {}, _LINKED.findall(page)
    while wanted:
        if (address := wanted.pop()) not in sizes:
            text, sizes[address] = _get(server.port, address)
            imported = _IMPORT.findall(text) if address.endswith(".js") else []
            wanted += [urljoin(address, name) for name in imported]
    told = _told(page)
    _figures, behind = _get(server.port, told["address"])
    return size + sum(sizes.values()) + _greeting(server, auth_of(told)) + behind


def page_auth(server: Server) -> dict[str, Any]:
    """What a browser that has just loaded the leaderboard says when it comes by socket."""
    return auth_of(_told(_get(server.port, _address(server))[0]))


def auth_of(told: dict[str, Any]) -> dict[str, Any]:
    """What the page's script says of what it was told."""
    return {"contest": told["slug"], "event": told["event"], "has": told["revision"], "run": told["run"]}


def _address(server: Server) -> str:
    return f"/c/{server.facts['contest']['slug']}"


def _told(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="page">(.*?)</script>', page, re.S)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def _greeting(server: Server, auth: dict[str, Any]) -> int:
    sock, received = joined(server.port, "/audience", auth)
    with sock:
        sock.setblocking(True)
        while not received.endswith(b"]"):
            received += sock.recv(65536)
    return len(received)


def _get(port: int, path: str) -> tuple[str, int]:
    """The content of a file and the bytes that it takes with its head."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=15) as answer:
        sent = answer.read()
        head = len(str(answer.headers)) + 17
        plain = brotli.decompress(sent) if answer.headers.get("Content-Encoding") == "br" else sent
    return plain.decode(), head + len(sent)
