"""Settings from the environment, with defaults that are safe on an isolated network."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from scoring import throttling

ROOT = Path(__file__).resolve().parent.parent
#: How the session's cookie was called before each installation had a name of its own.
FORMER_COOKIE = "saiping"


def instance_folder() -> Path:
    """The folder of this installation's own files (database, secret); made if it is missing."""
    folder = Path(os.environ.get("SAIPING_INSTANCE", ROOT / "instance"))
    folder.mkdir(parents=True, exist_ok=True)
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
        file.write(secrets.token_hex(32))
    return kept.read_text().strip()


def own_name(secret: str) -> str:
    """A name that no other installation's cookies have: browsers keep those of all servers of a host together."""
    return f"{FORMER_COOKIE}-{hashlib.sha256(f'cookies:{secret}'.encode()).hexdigest()[:12]}"


def settings() -> dict[str, object]:
    """The application's settings by Flask's names."""
    folder = instance_folder()
    secret = secret_key(folder)
    return {
        "SECRET_KEY": secret,
        "INSTANCE": folder,
        "SQLALCHEMY_DATABASE_URI": os.environ.get("SAIPING_DATABASE", f"sqlite:///{folder / 'saiping.db'}"),
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "scoring" / "translations"),
        "SESSION_COOKIE_NAME": own_name(secret),
        "LANGUAGE_COOKIE_NAME": f"{own_name(secret)}-language",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 18,
        "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": os.environ.get("SAIPING_LIMITS", throttling.URI),
        "RATELIMIT_HEADERS_ENABLED": False,
    }
