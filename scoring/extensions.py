"""The libraries that the rooms share, not yet bound to an application."""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

    from scoring.transport.managers import ClientManager

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The tables' base, with named constraints so that migrations can change them."""

    metadata = MetaData(naming_convention=NAMES)


def read_json(text: str) -> Any:
    """What a column of JSON holds; names and short texts that occur again and again are kept once.

    A contest keeps every sheet that counts, and their marks have the same few names and figures: in a copy of its own
    for each sheet they took three quarters of what a sheet takes.
    """
    return json.loads(text, object_pairs_hook=_shared)


def _shared(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        sys.intern(name): sys.intern(held) if type(held) is str and len(held) <= SHORT else held for name, held in pairs
    }


#: Characters of a text that is kept once.
SHORT = 24
OPTIONS = {"max_overflow": -1, "pool_use_lifo": True, "json_deserializer": read_json}
db = SQLAlchemy(model_class=Base, engine_options=OPTIONS)
migrate = Migrate(render_as_batch=True)
babel = Babel()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address)
socketio = SocketIO()


def client_manager() -> ClientManager:
    """What sends to sockets, and knows who is where."""
    manager: ClientManager = socketio.server.manager
    return manager


DURABLE = ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=8000")


@event.listens_for(Engine, "connect")
def make_durable(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Acknowledged means on disk: SQLite in WAL mode with FULL sync survives a power cut, NORMAL may not.

    The log is put into the database by the writer in a quiet moment (store/writer.py); a commit does it only after 32
    MB of it, because whoever waits for that commit waits for all of it. What is deleted is overwritten with zeros.
    """
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    for pragma in (*DURABLE, "foreign_keys=ON", "secure_delete=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
