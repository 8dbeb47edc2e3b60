"""Whose a request is, told from its headers alone: who has a seat or an account here goes before strangers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Request

from scoring.access.sessions import Sessions


def recogniser(app: Flask) -> Callable[[Mapping[str, Any]], str]:
    """Answers "account:3", "seats:1,2" or "" for a WSGI environment; asks no database.

    It decides who waits for whom and nothing else: whether the session is still good is asked by each page.
    """
    sessions = app.session_interface
    cookies = [f"{name}=" for name in sessions.names(app)] if isinstance(sessions, Sessions) else []

    def recognise(environ: Mapping[str, Any]) -> str:
        sent = environ.get("HTTP_COOKIE", "")
        if not any(cookie in sent for cookie in cookies):
            return ""
        with app.app_context():  # the cookie's age is told by the installation's own time
            known: Mapping[str, Any] = sessions.open_session(app, Request(dict(environ))) or {}
        if account := known.get("account"):
            return f"account:{account}"
        return f"seats:{','.join(map(str, seats))}" if (seats := known.get("at")) else ""

    return recognise
