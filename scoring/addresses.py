"""By which address the others in the venue reach this machine: one answer for every page, print, code and file.

It is the one that the installation's settings name, else the one that a page was asked for by, else the machine's own
on its network; an address that leads each device to itself is given only where the machine has no other.
"""

from __future__ import annotations

import fcntl
import ipaddress
import socket
import struct
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import request, url_for

from scoring.store.installation import installation

EVERYWHERE = ("0.0.0.0", "::")
ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR, see netdevice(7)


def served_at(host: str, port: int) -> str:
    """The server's address for others, given what it listens on, such as http://192.168.1.10:5000."""
    return installation().address or f"http://{_reachable(host)}:{port}"


def server_address() -> str:
    """The server's address for others, as a page that is being asked for names it."""
    if installation().address:
        return installation().address
    asked = urlsplit(request.host_url)
    if not is_own_only(asked.hostname or ""):
        return f"{asked.scheme}://{asked.netloc}"
    port = f":{asked.port}" if asked.port else ""
    return f"{asked.scheme}://{_reachable(EVERYWHERE[0])}{port}"


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
