"""What every answer tells browsers: whose files a page may load, that nobody frames it, and that it is what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from flask import Flask

#: Seconds for which a browser opens this host by TLS only, once it did. Source: ASVS 5.0, 3.4.1.
HSTS = 365 * 24 * 3600
#: What a host in an address may be written with; another one is not repeated in a header.
_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,255}")
#: Signs between two dots. Source: RFC 1035, 2.3.4.
LABEL_MOST = 63
Start = Callable[..., Any]
Headers = list[tuple[str, str]]


def guard(app: Flask) -> None:
    """Let each answer of the application bear these headers: pages, files, errors and the sockets' long polling.

    What an answer says itself stays.
    """
    inner = app.wsgi_app

    def served(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        def begin(status: str, headers: Headers, *error: Any) -> Any:
            said = {name.lower() for name, _ in headers}
            added = [one for one in guarding(environ) if one[0].lower() not in said]
            return start(status, [*_in_utf_8(headers), *added], *error)

        if not is_host(str(environ.get("HTTP_HOST", ""))):
            begin("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return ()
        answer: Iterable[bytes] = inner(environ, begin)
        return answer

    app.wsgi_app = served  # type: ignore[assignment,method-assign]


@lru_cache(maxsize=256)
def is_host(named: str) -> bool:
    """Whether a request names a host as one is written, or none: no address can be built for another one."""
    labels = named.partition(":")[0].removesuffix(".").split(".")
    return not named or (_HOST.fullmatch(named) is not None and all(0 < len(one) <= LABEL_MOST for one in labels))


def guarding(environ: dict[str, Any]) -> Headers:
    """The headers of an answer to this request."""
    always = [
        ("Content-Security-Policy", _policy(str(environ.get("HTTP_HOST", "")))),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    ]
    by_tls = [("Strict-Transport-Security", f"max-age={HSTS}; includeSubDomains")]
    return always + by_tls if environ.get("wsgi.url_scheme") == "https" else always


def _in_utf_8(headers: Headers) -> Headers:
    """The headers, a text without its encoding being in UTF-8 as all are: those of the sockets' library say none."""
    bare = ("Content-Type", "text/plain")
    return [(name, f"{kind}; charset=utf-8" if (name, kind) == bare else kind) for name, kind in headers]


def _policy(host: str) -> str:
    """Everything from this host alone. Its sockets are named: Safari 15 does not count them as of the same host."""
    sockets = f" ws://{host} wss://{host}" if host and is_host(host) else ""
    return (
        f"default-src 'self'; script-src 'self'; connect-src 'self'{sockets}; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
