"""Whose address a request has: a proxy that the settings name is believed about who stands behind it, no other is.

Nor is anybody else believed about the host and the scheme by which a page was asked for: Engine.IO compares what a
browser says of its page with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

#: Networks whose machines are proxies of this server.
Proxies = tuple[IPv4Network | IPv6Network, ...]


#: What a proxy says of a request that was sent to it, as libraries below us read it.
CLAIMS = ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")


def read_proxies(text: str) -> Proxies:
    """The proxies of a setting such as "10.0.0.5, 10.1.0.0/24". Raises ValueError where one is no address."""
    return tuple(ip_network(part) for part in text.replace(",", " ").split())


def sender(environ: Mapping[str, Any], proxies: Proxies) -> str:
    """The address of whoever sent a request, past the proxies in between.

    X-Forwarded-For is read from its end, where the nearest proxy writes, and only as far as named proxies vouch for it.
    """
    address = str(environ["REMOTE_ADDR"])
    claimed = [part.strip() for part in str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    while claimed and _is_among(address, proxies) and is_address(claimed[-1]):
        address = claimed.pop()
    return address


def take_word(environ: MutableMapping[str, Any], proxies: Proxies) -> None:
    """Put the sender's address into the request, and leave out what nobody who is named says of host and scheme."""
    if not _is_among(str(environ["REMOTE_ADDR"]), proxies):
        for name in CLAIMS:
            environ.pop(name, None)
    environ["REMOTE_ADDR"] = sender(environ, proxies)


def _is_among(address: str, proxies: Iterable[IPv4Network | IPv6Network]) -> bool:
    return is_address(address) and any(ip_address(address) in proxy for proxy in proxies)


def is_address(text: str) -> bool:
    """Whether this is an address of IP, of either version."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
