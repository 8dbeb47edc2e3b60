"""The HTTP server, gevent's, which lets a request in when it has come whole and it is its turn.

A connection that sends no request costs a greenlet and a descriptor: eleven hundred of them used to be enough that
nobody else came in. So a request must have arrived within seconds, and of too many that have not the oldest is closed.
"""

from __future__ import annotations

import io
import re
import resource
import socket
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import gevent
from gevent import getcurrent
from gevent.pywsgi import MAX_REQUEST_LINE, WSGIHandler, WSGIServer
from gevent.ssl import SSLContext

from scoring.transport.bodies import Body
from scoring.transport.fair_queue import FairQueue, QueueFull
from scoring.transport.hung_up import has_hung_up
from scoring.transport.proxies import Proxies, take_word
from scoring.transport.visitor import KNOWN_AS
from scoring.transport.watchdog import doing

#: Who a request is from, as "seat:3" or "account:1"; empty for a stranger.
Recognise = Callable[[Mapping[str, Any]], str]

#: Seconds within which a request's line and headers must have come; browsers send them in one piece.
REQUEST_WITHIN = 10.0
#: Seconds that a sender or reader of a body may stand still.
STILL_MOST = 60.0
#: Connections on which no whole request has come; each takes a descriptor.
HALF_OPEN_MOST = 512
#: Bytes of an unwanted body that are read so that the connection can go on.
DISCARDED_MOST = 1024 * 1024
#: Descriptors that a contest with its audience needs; the process asks for as many as it may have.
DESCRIPTORS, DESCRIPTORS_LEAST = 65_536, 4096
#: What the watchdog calls a request until the application knows which page is meant.
REQUEST = "a request"
#: A path that watchers of the server ask for; it waits behind nobody's flood.
HEALTH = "/healthz"

#: Lines of headers, and bytes of one; where there are more the parser says what is wrong.
HEADERS_MOST, HEADER_MOST = 100, 65_536

#: Names of headers, which end at their colon; a length is digits alone.
_NAME, _DIGITS = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"), re.compile(rb"[0-9]{1,18}")

BAD_REQUEST = ("400", b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 0\r\n\r\n"
)


def nobody_known(_environ: Mapping[str, Any]) -> str:
    """Everybody is a stranger."""
    return ""


def raise_descriptors() -> int:
    """Let the process open as many files as the system allows it, up to `DESCRIPTORS`; answers how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(soft, wanted)


class Handler(WSGIHandler):
    """One connection: waits for a request, then for its turn."""

    _patience: Any = None
    wsgi_input: Any

    def handle(self) -> None:
        """Answer the requests of this connection; that a client hangs up in the middle is nothing to report."""
        with suppress(OSError):
            super().handle()

    def log_error(self, msg: str, *args: Any) -> None:
        """What a client sends that is no request is not logged: a flood of it would fill the disk."""

    def _handle_client_error(self, ex: Exception) -> tuple[str, bytes] | None:
        """Nor is what was wrong with it, or that its sender went away in the middle; gevent would print both."""
        return None if isinstance(ex, OSError) else BAD_REQUEST

    def get_environ(self) -> dict[str, Any]:
        """The request, from the address that sent it."""
        environ: dict[str, Any] = super().get_environ()
        take_word(environ, self.server.proxies)
        given: Any = self.wsgi_input
        told = {"socket": given.socket, "chunked_input": given.chunked_input}
        self.wsgi_input = Body(self.rfile, given.content_length, **told)
        if environ["wsgi.input"] is given:
            environ["wsgi.input"] = self.wsgi_input
        return environ

    def read_requestline(self) -> str:
        """The request's line; empty, as where nothing comes, if it is broken off."""
        line: str = super().read_requestline()
        return line if line.endswith("\n") or len(line) >= MAX_REQUEST_LINE else ""

    def MessageClass(self, *_given: Any) -> Any:
        """The headers; what is broken off within them is no request, and gevent would answer it as a whole one."""
        headers = _whole_headers(self.rfile)
        check_ends(headers.getvalue(), self.request_version)
        return super().MessageClass(headers, 0)

    def handle_one_request(self) -> Any:
        """Take in one request and answer it; hang up on whoever lets it wait for more than ten seconds."""
        self._patience = gevent.Timeout.start_new(REQUEST_WITHIN)
        self.server.half_open.add(self)
        try:
            return super().handle_one_request()
        except gevent.Timeout as over:
            if over is not self._patience:
                raise
            return None
        finally:
            self._arrived()

    def handle_one_response(self) -> None:
        """Answer one request when it is its turn."""
        self._arrived()
        self.socket.settimeout(STILL_MOST)
        try:
            has_waited = self._has_waited()
        except QueueFull:
            self.close_connection = True
            self.socket.sendall(_BUSY)
            return
        if has_waited and has_hung_up(self.socket.fileno()):
            self.close_connection = True
            return
        self.server.answering += 1
        if not hasattr(getcurrent(), "work"):  # the next one of a connection would rename what the last one took
            doing(REQUEST)
        try:
            super().handle_one_response()
        finally:
            self.server.answering -= 1

    def finalize_headers(self) -> None:
        """Say how the body is sent; after the headers alone (HEAD) none is, and gevent would send the end of one."""
        super().finalize_headers()
        if self.command == "HEAD":
            self.response_use_chunked = False

    def run_application(self) -> None:
        """Answer; what is left of a body that nobody wanted is not read to its end, and the connection is closed."""
        super().run_application()
        body = self.wsgi_input
        if (body.content_length or 0) - body.position > DISCARDED_MOST or body.chunked_input or body.left <= 0:
            self.close_connection = True
            body.position, body.chunked_input = body.content_length or 0, False

    def _arrived(self) -> None:
        self._patience.close()
        self.server.half_open.discard(self)

    def _has_waited(self) -> bool:
        """Wait for the request's turn, unless its sender goes first; raises QueueFull where too many wait already."""
        self.environ[KNOWN_AS] = known_as = self.server.recognise(self.environ)
        if known_as:
            return False
        self.server.strangers.wait(HEALTH if self.environ["PATH_INFO"] == HEALTH else self.environ["REMOTE_ADDR"])
        return True


def _whole_headers(rfile: Any) -> io.BytesIO:
    """The headers of a request as they came; raises ConnectionResetError where they do not come to their end."""
    lines: list[bytes] = []
    while (line := rfile.readline(HEADER_MOST + 1)) not in (b"\r\n", b"\n"):
        if not line:
            raise ConnectionResetError
        lines.append(line)
        if len(line) > HEADER_MOST or len(lines) > HEADERS_MOST:
            break
    return io.BytesIO(b"".join(lines) + b"\r\n")


def check_ends(headers: bytes, version: str) -> None:
    """Raise ValueError where it is in doubt where a message ends or whom it is for, so that it is refused.

    Behind a proxy that reads it otherwise one visitor's bytes would be another's request. Source: RFC 9112, 3.2 and 6.
    """
    found: dict[bytes, list[bytes]] = {}
    for line in headers.split(b"\n")[:-2]:
        name, colon, value = line.partition(b":")
        if not colon or not _NAME.fullmatch(name):
            raise ValueError
        found.setdefault(name.lower(), []).append(value.strip())
    lengths, codings, hosts = (found.get(name, []) for name in (b"content-length", b"transfer-encoding", b"host"))
    told = [*lengths, *codings]
    if len(told) > 1 or len(hosts) > 1 or (version == "HTTP/1.1" and not hosts):
        raise ValueError
    if any(not _DIGITS.fullmatch(one) for one in lengths) or any(one.lower() != b"chunked" for one in codings):
        raise ValueError


class Handshake:
    """A connection on which TLS is being agreed upon."""

    def __init__(self, sock: Any) -> None:
        """`sock`: the connection."""
        self.socket = sock


class HalfOpen:
    """The connections on which no whole request has come yet, the oldest first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: OrderedDict[Handler | Handshake, None] = OrderedDict()

    def add(self, handler: Handler | Handshake) -> None:
        """One more waits for a request; where there are too many the oldest is closed."""
        self._waiting[handler] = None
        if len(self._waiting) > HALF_OPEN_MOST:
            oldest, _ = self._waiting.popitem(last=False)
            _hang_up(oldest)

    def discard(self, handler: Handler | Handshake) -> None:
        """Its request has come, or never will."""
        self._waiting.pop(handler, None)


def _hang_up(handler: Handler | Handshake) -> None:
    """Wake the handler, which reads that nothing more comes."""
    try:
        handler.socket.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already


class Server(WSGIServer):
    """gevent's HTTP server, knowing how many requests it is answering and whose come first."""

    #: Whose word counts about where a request comes from.
    proxies: Proxies = ()
    #: New connections that are taken in before those that are there are looked at again: each takes a tenth of a
    #: millisecond, and gevent's hundred kept a judge waiting for all of them.
    max_accept = 8

    def __init__(
        self,
        sock: socket.socket,
        app: Any,
        strangers: FairQueue,
        recognise: Recognise,
        context: SSLContext | None = None,
    ) -> None:
        """`strangers`: where their requests wait; `recognise`: tells whose a request is, empty for a stranger's.

        With a `context` every connection speaks TLS.
        """
        secured = {"ssl_context": context} if context else {}
        super().__init__(sock, app, log=None, handler_class=Handler, **secured)
        self.answering, self.half_open = 0, HalfOpen()
        self.strangers, self.recognise = strangers, recognise

    def wrap_socket_and_handle(self, sock: Any, address: Any) -> None:
        """Agree upon TLS within the time that a request may take, then answer; a client that cannot is hung up on."""
        begun = Handshake(sock)
        self.half_open.add(begun)
        try:
            with gevent.Timeout(REQUEST_WITHIN, False), suppress(OSError):
                begun.socket = self.wrap_socket(sock, **self.ssl_args)
        finally:
            self.half_open.discard(begun)
        if begun.socket is sock:
            sock.close()
            return
        try:
            self.handle(begun.socket, address)
        finally:
            with suppress(OSError):
                begun.socket.close()
