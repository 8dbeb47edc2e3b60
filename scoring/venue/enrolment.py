"""The page by which a tablet comes to trust this server: the authority's certificate, and the steps in plain words.

It is served without TLS, because a device that does not trust the server yet cannot open anything else; nothing but
this page is. Whoever stands between could give another certificate: so its fingerprint is compared with the terminal's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from scoring.venue import tls

PAGE, CERTIFICATE = "/enrol", "/enrol/saiping.crt"
#: The setting of the application that holds the https address that devices are to open; absent without TLS.
SECURE_ADDRESS = "SECURE_ADDRESS"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def register(app: Flask) -> None:
    """Add the page to the application; there is nothing at its addresses where TLS is not served."""
    app.add_url_rule(PAGE, "enrolment", enrolment)
    app.add_url_rule(CERTIFICATE, "enrolment_certificate", certificate)


def enrolment() -> str:
    """Offer the certificate and say what to do on Android, iPad and Windows."""
    address = _address()
    return render_template("enrolment.html", address=address, fingerprint=tls.fingerprint(folder()), for_all=True)


def certificate() -> Response:
    """The authority's certificate, as devices take it for one to be installed."""
    _address()
    content = tls.authority_file(folder()).read_bytes()
    answer = Response(content, mimetype="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = 'attachment; filename="saiping.crt"'
    return answer


def folder() -> Path:
    """Where keys and certificates are kept."""
    return Path(current_app.config["INSTANCE"]) / "tls"


def only_enrolment(app: Flask) -> Wsgi:
    """The application as it is served without TLS: the page and what it is made of; other pages lead to https.

    A program is not led on: it would go on sending in the open what it thinks to be safe.
    """

    def served(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path in (PAGE, CERTIFICATE) or path.startswith("/static/"):
            return app.wsgi_app(environ, start)
        return _elsewhere(app, path, environ)(environ, start)

    return served


def _elsewhere(app: Flask, path: str, environ: dict[str, Any]) -> AnyResponse:
    """What is answered at an address that is not served without TLS."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "text/html" not in environ.get("HTTP_ACCEPT", ""):
        return Response("By https only.\n", 403, mimetype="text/plain")
    return redirect(PAGE if path in ("", "/") else app.config[SECURE_ADDRESS] + path)


def _address() -> str:
    address = current_app.config.get(SECURE_ADDRESS)
    if address is None:
        abort(404)
    return str(address)
