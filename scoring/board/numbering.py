"""The revisions that the audience sees: they count the pictures it was shown, and nothing that was done behind them.

A contest's own revisions move with each check, question and release behind a board that stands still: whoever counted
them would learn of what nobody may know yet. So the pictures themselves are numbered, by the process that shows them.
"""

from __future__ import annotations

from typing import Any

from flask import current_app

from scoring.store.steady import milliseconds, steady

View = dict[str, Any]
Name = tuple[str, int]
_KEPT, _BEGUN = "pictures", "pictures_begun"


def numbered(name: Name, picture: View) -> View:
    """The picture with its number as its `revision`: the next one where it differs from the one before under this name.

    The first has the installation's own time in milliseconds when this run of the server showed its first, so that a
    page which followed an earlier run takes it for newer: no board changes a thousand times in a second.
    """
    pictures: dict[Name, View] = current_app.extensions.setdefault(_KEPT, {})
    before = pictures.get(name)
    if before is None:
        begun = current_app.extensions.setdefault(_BEGUN, milliseconds(steady()))
        pictures[name] = picture | {"revision": begun}
    elif picture | {"revision": before["revision"]} != before:
        pictures[name] = picture | {"revision": before["revision"] + 1}
    return pictures[name]
