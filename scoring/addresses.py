"""By which address the others in the venue reach this machine."""

from __future__ import annotations

import fcntl
import ipaddress
import socket
import struct
from collections.abc import Iterator

EVERYWHERE = ("0.0.0.0", "::")
ASK_FOR_ADDRESS = 0x8915  # SIOCGIFADDR, see netdevice(7)


def reachable(host: str) -> str:
    """The host for an address that others open, given the one that the server listens on.

    A machine's own name does not help: on Debian it stands for 127.0.1.1.
    """
    if host not in EVERYWHERE:
        return f"[{host}]" if ":" in host else host
    return next((found for found in _own() if not ipaddress.ip_address(found).is_loopback), "127.0.0.1")


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
