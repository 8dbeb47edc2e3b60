"""By which address the others in the venue reach this machine: one answer for every page, print, code and file.

It is the one that the installation's settings name, else the one that a page was asked for by, else the machine's own
on its network; an address that leads each device to itself is given only where the machine has no other, or where the
server was started for this machine alone (--host 127.0.0.1) and answers nowhere else.
"""

from __future__ import annotations

import fcntl
import ipaddress
import socket
import struct
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import current_app, request, url_for

from scoring.store.installation import installation

EVERYWHERE = ("0.0.0.0", "::")
LISTENS_AT = "LISTENS_AT"  # the setting of the application that holds what the server was started to listen on
BY_TLS = "BY_TLS"  # the one that says that everything is served by TLS
ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR, see netdevice(7)


def served_at(host: str, port: int) -> str:
    """The server's address for others, given what it listens on, such as http://192.168.1.10:5000."""
    return _as_served(installation().address) or f"{_scheme()}://{_reachable(host)}:{port}"


def server_address() -> str:
    """The server's address for others, as a page that is being asked for names it."""
    if installation().address:
        return _as_served(installation().address)
    asked = urlsplit(request.host_url)
    if not is_own_only(asked.hostname or "") or listens_here_only():
        return f"{asked.scheme}://{asked.netloc}"
    port = f":{asked.port}" if asked.port else ""
    return f"{asked.scheme}://{_reachable(EVERYWHERE[0])}{port}"


def encrypts() -> bool:
    """Whether everything is served by TLS."""
    return bool(current_app.config.get(BY_TLS))


def is_overheard() -> bool:
    """Whether others in the network could read along: no TLS, and not for this machine alone."""
    return not encrypts() and not listens_here_only()


def own_hosts(host: str) -> list[str]:
    """By which addresses and names this server is reached, given what it listens on."""
    known = urlsplit(installation().address).hostname
    return sorted({_reachable(host).strip("[]"), *_own(), *([known] if known else [])})


def _scheme() -> str:
    return "https" if encrypts() else "http"


def _as_served(address: str) -> str:
    """A chosen address with the scheme that is served now."""
    return f"{_scheme()}://{address.partition('://')[2]}" if address and encrypts() else address


def others_reach() -> bool:
    """Whether other devices reach this server at `server_address()`, as far as the server knows.

    They do not where it was started for this machine alone, and no proxy passes on what others ask for.
    """
    asked_here = is_own_only(urlsplit(request.host_url).hostname or "")
    return bool(installation().address) or not asked_here or not listens_here_only()


def listens_here_only() -> bool:
    """Whether the server was started for this machine alone."""
    host = str(current_app.config.get(LISTENS_AT, EVERYWHERE[0]))
    return host not in EVERYWHERE and is_own_only(host)


def address_of(endpoint: str, **values: object) -> str:
    """The whole address of a page, to be printed, shown or put into a code."""
    return server_address() + url_for(endpoint, **values)  # type: ignore[arg-type]


def _reachable(host: str) -> str:
    """The host for an address that others open, given the one that the server listens on.

    A machine's own name does not help: on Debian it stands for 127.0.1.1.
    """
    if host not in EVERYWHERE:
        return f"[{host}]" if ":" in host else host
    return next((found for found in _own() if not ipaddress.ip_address(found).is_loopback), "127.0.0.1")


def is_own_only(host: str) -> bool:
    """Whether the host means each device itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or host in EVERYWHERE
    except ValueError:
        return False


def _own() -> Iterator[str]:
    """The IPv4 addresses of this machine: first the one of the way out, if there is any, then all of them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # sends nothing; the kernel only chooses the way
            yield str(asked.getsockname()[0])
        except OSError:
            pass  # an isolated network has no way out
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(asked, ASK_FOR_ADDRESS, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue  # an interface without an address
            yield socket.inet_ntoa(answer[20:24])
