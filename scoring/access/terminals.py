"""From where the desk is used: where the installation names addresses, nobody else gets as far as the sign-in.

Source: GB/T 22239-2019, 8.1.4.4 c: terminals for administration are limited by how they connect or by their addresses.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Flask, current_app, request

from scoring.rules.refusal import Refused

#: The setting: networks of the desks; none for everywhere.
DESKS = "DESKS"
#: What is the desk's without being one of its pages.
BESIDE = ("metrics",)


def watch(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(check_page)


def check_page() -> None:
    """Refused(no_desk_here) for a page of the desk that is asked for from elsewhere."""
    if request.blueprint == "organizers" or request.endpoint in BESIDE:
        check_terminal()


def check_terminal() -> None:
    """Refused(no_desk_here) where the sender's address is none of the desks'; a proxy that is named vouches for it."""
    desks = current_app.config.get(DESKS, ())
    if desks and not any(_sender() in one for one in desks):
        raise Refused.because("no_desk_here")


def _sender() -> IPv4Address | IPv6Address:
    """Who asks; an address of the older kind is one, also where the server listens on the newer kind."""
    asked = ip_address(request.remote_addr or "0.0.0.0")
    return getattr(asked, "ipv4_mapped", None) or asked
