"""A room for reading: the application's server with one document beside a stand-in for the rubric."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, render_template_string
from werkzeug.serving import make_server

from scoring.documents import as_html, examine

ROOM = """
{% extends "base.html" %}
{% block screen %}screen-tablet{% endblock %}
{% block head %}
  <script src="{{ asset('judges/frame.js') }}"></script>
  <link rel="stylesheet" href="{{ asset('judges/tablet.css') }}">
  <link rel="stylesheet" href="{{ asset('judges/document.css') }}">
{% endblock %}
{% block main %}
  <div class="reading">{% include "judges/document.html" %}<form class="card"><h2>rubric</h2></form></div>
{% endblock %}
{% block scripts %}<script type="module" src="{{ asset('judges/document.js') }}"></script>{% endblock %}
"""


class ReadingRoom:
    """The application's server, with one document at an address that the application itself does not have."""

    def __init__(self, app: Flask) -> None:
        self.document: dict[str, Any] = {}
        self.pdf = b""
        self.status = 200
        self.app = app
        self.server = make_server("127.0.0.1", 0, self._serve, threaded=True)

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if not environ["PATH_INFO"].startswith("/reading"):
            return self.app(environ, start)
        with self.app.request_context(environ):
            answer = self._page() if environ["PATH_INFO"] == "/reading" else self._file()
            return self.app.process_response(answer)(environ, start)

    def _page(self) -> Response:
        return Response(render_template_string(ROOM, document=self.document), mimetype="text/html")

    def _file(self) -> Response:
        return Response(self.pdf, self.status, mimetype="application/pdf")

    def lay_out_pdf(self, content: bytes) -> str:
        """Show this PDF as it comes out of the intake; the address."""
        self.pdf = examine("a.pdf", content).shown
        self.document = {"kind": "pdf", "address": "/reading.pdf"}
        return f"http://127.0.0.1:{self.server.server_port}/reading"

    def lay_out_docx(self, content: bytes) -> str:
        """Show this DOCX as it comes out of the intake; the address."""
        self.document = {"kind": "docx", "html": as_html(content)}
        return f"http://127.0.0.1:{self.server.server_port}/reading"
