"""The browser that asks: what it is called as the tablet of a seat, and that it was let in before."""

from __future__ import annotations

import secrets

from flask import session


def remember_browser() -> None:
    """Keep the cookie, and know this browser again from now on."""
    session.permanent = True
    session.setdefault("browser", secrets.token_hex(16))


def tablet() -> str:
    """The name of this browser as a seat knows its holder: all its tabs are one tablet. A new browser gets one."""
    session.permanent = True
    return f"browser:{session.setdefault('tablet', secrets.token_hex(16))}"
