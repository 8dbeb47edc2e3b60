"""The first page: what a phone that opens a finished leaderboard for the first time takes off the wire."""

from __future__ import annotations

import re
import urllib.request
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
    """The bytes that a browser takes off the wire before it shows the leaderboard and follows it."""
    page, size = _get(server.port, f"/c/{server.facts['contest']['slug']}")
    sizes, wanted = {}, _LINKED.findall(page)
    while wanted:
        if (address := wanted.pop()) not in sizes:
            text, sizes[address] = _get(server.port, address)
            imported = _IMPORT.findall(text) if address.endswith(".js") else []
            wanted += [urljoin(address, name) for name in imported]
    return size + sum(sizes.values()) + _greeting(server)


def _greeting(server: Server) -> int:
    sock, received = joined(server.port, "/audience", server.audience)
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
