"""Settings from the environment, with defaults that are safe on an isolated network."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from scoring.credentials import throttling
from scoring.transport.managers import KINDS
from scoring.transport.proxies import Proxies, read_proxies

ROOT = Path(__file__).resolve().parent.parent
#: How the names of all cookies begin.
COOKIE = "saiping"
#: How a secret begins of which every use has a key of its own. One made before is the seats' key as it is, so that the
#: cards that were printed with it stay good.
SPLIT = "split-"


def instance_folder() -> Path:
    """The folder of this installation's own files (database, secret); made if it is missing, and for its user alone."""
    folder = Path(os.environ.get("SAIPING_INSTANCE", ROOT / "instance"))
    os.umask(0o077)  # whatever this process writes is for its own user alone
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(PermissionError):  # the folder is another user's, who shares it knowingly
        for kept in (folder, *folder.iterdir()):
            kept.chmod(kept.stat().st_mode & 0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The signing key: made once for each installation, because a key shared by all would sign for all."""
    if given := os.environ.get("SAIPING_SECRET"):
        return given
    kept = folder / "secret"
    try:
        descriptor = os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(SPLIT + secrets.token_hex(32))
    return kept.read_text().strip()


def own_key(secret: str, purpose: str) -> str:
    """A key for one purpose alone: who has it knows neither the secret nor the key for any other."""
    return hmac.new(secret.encode(), f"key:{purpose}".encode(), hashlib.sha256).hexdigest()


def own_name(secret: str) -> str:
    """A name that no other installation's cookies have: browsers keep those of all servers of a host together."""
    return f"{COOKIE}-{hashlib.sha256(f'cookies:{secret}'.encode()).hexdigest()[:12]}"


def by_tls(app_config: Mapping[str, object]) -> dict[str, object]:
    """The settings that change where everything is served by TLS: cookies are sent back to this very server only."""
    names = ("SESSION_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")
    return {name: f"__Host-{app_config[name]}" for name in names} | {"SESSION_COOKIE_SECURE": True}


def proxies() -> Proxies:
    """The proxies whose word counts about a guest's address. Raises RuntimeError where one is named by no address."""
    try:
        return read_proxies(os.environ.get("SAIPING_PROXIES", ""))
    except ValueError as error:
        raise RuntimeError(f"SAIPING_PROXIES: {error}") from None


def desks() -> Proxies:
    """The networks from which the desk is used, () for everywhere. Raises RuntimeError where one is no address."""
    try:
        return read_proxies(os.environ.get("SAIPING_DESKS", ""))
    except ValueError as error:
        raise RuntimeError(f"SAIPING_DESKS: {error}") from None


def transport() -> str:
    """Which path messages take to the sockets, see docs/transport.md. Raises RuntimeError where there is none such."""
    named = os.environ.get("SAIPING_TRANSPORT", "direct")
    if named not in KINDS:
        raise RuntimeError(f"SAIPING_TRANSPORT: {named} is none of {', '.join(KINDS)}")
    return named


def settings() -> dict[str, object]:
    """The application's settings by Flask's names."""
    folder = instance_folder()
    secret = secret_key(folder)
    return {
        "SECRET_KEY": own_key(secret, "cookies"),
        "FACTORS_KEY": own_key(secret, "factors"),
        "SEATS_KEY": own_key(secret, "seats") if secret.startswith(SPLIT) else secret,
        "PASSES_KEY": own_key(secret, "passes"),
        "DOORS_KEY": own_key(secret, "doors"),
        "SHEETS_KEY": own_key(secret, "sheets"),
        "INSTANCE": folder,
        "SQLALCHEMY_DATABASE_URI": os.environ.get("SAIPING_DATABASE", f"sqlite:///{folder / 'saiping.db'}"),
        "PROXIES": proxies(),
        "DESKS": desks(),
        "TRANSPORT": transport(),
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "scoring" / "translations"),
        "ACCESS_LOG": os.environ.get("SAIPING_ACCESS_LOG", ""),  # where it is sent, too: access/sending.py
        "ACCESS_LOG_CA": os.environ.get("SAIPING_ACCESS_LOG_CA", ""),
        "SESSION_COOKIE_NAME": own_name(secret),
        "LANGUAGE_COOKIE_NAME": f"{own_name(secret)}-language",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=14),  # what it names ends earlier (store/sessions.py)
        "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": os.environ.get("SAIPING_LIMITS", throttling.URI),
        "RATELIMIT_HEADERS_ENABLED": False,
    }
