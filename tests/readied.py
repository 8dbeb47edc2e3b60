"""What each start of a server would put together anew: kept by the process that servers are forked from.

Of the processor time until a server is ready, the statements took a sixth and the addresses a fifth.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask
from sqlalchemy import create_engine
from werkzeug.routing import Rule

from scoring import Id, audience, judges, organizers
from scoring.extensions import OPTIONS
from scoring.pages import language
from scoring.store.prepared import make_statements_ready


def ready_statements() -> None:
    """Compile the statements of every sheet as a server does; nothing is connected to."""
    make_statements_ready(create_engine("sqlite:///nowhere.db", **OPTIONS).dialect)


def keep_addresses() -> None:
    """Let Werkzeug write what builds the addresses of a rule once for all applications; for the product's, now."""
    write, written = Rule._compile_builder, dict[Hashable, Callable[..., tuple[str, str]]]()

    def kept(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        same = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if same not in written:
            written[same] = write(rule, append_unknown)
        return written[same]

    writing: Any = Rule
    writing._compile_builder = kept
    app = Flask(__name__)
    app.url_map.converters["int"] = Id
    for blueprint in (audience.bp, judges.bp, organizers.bp, language.bp):
        app.register_blueprint(blueprint)
