"""Starting the server: nobody starts over what is being served, and the venue is told an address that it can reach."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from scoring.addresses import reachable
from tests.conftest import ROOT, Server


def start_over(folder: Path, port: str) -> subprocess.CompletedProcess[str]:
    """What becomes of `./dev run --fresh` on this installation and port."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--demo", "--fresh", "--port", port]
    environment = {**os.environ, "SAIPING_INSTANCE": str(folder)}
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_nobody_starts_over_what_is_being_served(server: Server) -> None:
    refused = start_over(server.folder, "0")
    assert refused.returncode == 1
    assert "A server is running on this data." in refused.stderr
    assert urlopen(f"{server.url}/healthz").status == 200
    assert (server.folder / "demo.json").exists()


def test_whoever_cannot_listen_deletes_nothing(server: Server, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(server.folder / "saiping.db", other)
    refused = start_over(other, server.url.rpartition(":")[2])
    assert "Cannot listen on" in refused.stderr
    assert (other / "saiping.db").exists()


def test_the_address_for_the_venue_is_one_of_this_machine() -> None:
    with socket.create_server((reachable("0.0.0.0"), 0)) as listening:
        assert listening.getsockname()[0] != "0.0.0.0"


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("venue.lan", "venue.lan"), ("::1", "[::1]")])
def test_an_address_that_was_asked_for_is_shown_as_it_is(host: str, shown: str) -> None:
    assert reachable(host) == shown
