"""The log of access for another machine: as lines of JSON at the end of a file, or to a syslog server."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Mapping
from logging.handlers import SysLogHandler
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from scoring.store.access_log import Noted, Times

#: The setting: a path, or syslog://HOST:PORT (UDP); "" for nowhere.
SEND_TO = "ACCESS_LOG"
PORT = 514
log = logging.getLogger(__name__)


def send(batch: Mapping[Noted, Times]) -> None:
    """Send these on, where the settings say to. What does not arrive is in the installation's own log still."""
    to = str(current_app.config.get(SEND_TO) or "")
    if not to:
        return
    lines = [_line(noted, times) for noted, times in batch.items()]
    try:
        _to_syslog(to, lines) if to.startswith("syslog://") else _to_file(Path(to), lines)
    except (OSError, ValueError) as error:
        log.error("the log of access could not be sent to %s: %s", to, error)


def _line(noted: Noted, times: Times) -> str:
    """One entry; `count` is how often since the last line about the same."""
    told = {"first": times.first.isoformat(), "last": times.last.isoformat(), "count": times.count}
    about = {"kind": noted.kind, "about": noted.about, "who": noted.who, "contest": noted.contest_id}
    return json.dumps(told | about | {"address": noted.address, "device": noted.device}, ensure_ascii=False)


def _to_file(path: Path, lines: list[str]) -> None:
    """At the end of the file, which another program may take away between two batches."""
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))


def _to_syslog(address: str, lines: list[str]) -> None:
    """One datagram for each entry, of the facility for access (RFC 5424: 10)."""
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError("no host is named")
    priority = SysLogHandler.LOG_AUTHPRIV << 3 | SysLogHandler.LOG_INFO
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        for line in lines:
            wire.sendto(f"<{priority}>saiping: {line}".encode(), (parts.hostname, parts.port or PORT))
