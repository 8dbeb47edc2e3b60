"""How the grounds are called on which a judge does not mark somebody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

GROUNDS = {
    "kin": _l("kin"),
    "mentor": _l("mentor and student"),
    "department": _l("same department"),
    "office": _l("same office"),
    "abstained": _l("abstained"),
    "away": _l("away from the seat (ill, called away)"),
}
