"""The log of access for another machine: as lines of JSON at the end of a file, or to a syslog server, by TLS or not.

A server that is slow or away holds nobody up but whoever waits for the log itself.
"""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Mapping
from contextlib import suppress
from logging.handlers import SysLogHandler
from pathlib import Path
from urllib.parse import urlsplit

import gevent.socket
from flask import current_app
from gevent.ssl import create_default_context

from scoring.store.access_log import Noted, Times
from scoring.store.model import now

#: The setting: a path, syslog+tls://HOST:PORT, or syslog://HOST:PORT (UDP, which others could read); "" for nowhere.
SEND_TO = "ACCESS_LOG"
#: The file of the authority that signs for the syslog server; "" for those that the system trusts.
AUTHORITY = "ACCESS_LOG_CA"
PORT, PORT_OF_TLS = 514, 6514
#: Seconds until a server that does not answer is given up.
WITHIN = 5
_PRIORITY = SysLogHandler.LOG_AUTHPRIV << 3 | SysLogHandler.LOG_INFO
log = logging.getLogger(__name__)


def send(batch: Mapping[Noted, Times]) -> None:
    """Send these on, where the settings say to. What does not arrive is in the installation's own log still."""
    to = str(current_app.config.get(SEND_TO) or "")
    if not to:
        return
    lines = [_line(noted, times) for noted, times in batch.items()]
    try:
        scheme, found, _ = to.partition("://")
        by = {"syslog": _to_syslog, "syslog+tls": _to_syslog_by_tls}.get(scheme) if found else None
        by(to, lines) if by else _to_file(Path(to), lines)
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
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        for line in lines:
            wire.sendto(f"<{_PRIORITY}>saiping: {line}".encode(), _host_and_port(address, PORT))


def _to_syslog_by_tls(address: str, lines: list[str]) -> None:
    """All entries by one connection, each after its length (RFC 5425), to a server whose certificate is good."""
    host, port = _host_and_port(address, PORT_OF_TLS)
    trusted = create_default_context(cafile=current_app.config.get(AUTHORITY) or None)
    head = f"<{_PRIORITY}>1 {now().isoformat()} {socket.gethostname()} saiping - - -"
    said = [f"{head} {line}".encode() for line in lines]
    with (
        gevent.socket.create_connection((host, port), WITHIN) as plain,
        trusted.wrap_socket(plain, server_hostname=host) as wire,
    ):
        wire.sendall(b"".join(b"%d %s" % (len(one), one) for one in said))
        with suppress(OSError):  # a server that does not say goodbye has all the same read it
            wire.unwrap()


def _host_and_port(address: str, usual: int) -> tuple[str, int]:
    parts = urlsplit(address)
    if not parts.hostname:
        raise ValueError("no host is named")
    return parts.hostname, parts.port or usual
