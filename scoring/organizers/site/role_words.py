"""How the roles of accounts are called and what they are for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ROLE_NAMES = {
    "administrator": _l("administrator"),
    "system": _l("system administrator"),
    "security": _l("security administrator"),
    "auditor": _l("audit administrator"),
    "organizer": _l("organizer"),
    "chief": _l("chief judge"),
    "host": _l("host"),
    "timekeeper": _l("timekeeper"),
    "tallier": _l("tallier"),
    "checker": _l("checker"),
    "coder": _l("coding officer"),
    "supervisor": _l("supervisor"),
    "operator": _l("screen operator"),
}
#: What stands in place of a role where the rights are still to be given.
NO_RIGHTS_YET = _l("no rights yet")
ROLE_TASKS = {
    "administrator": _l("holds all three offices of administrators, and does all that organizers do"),
    "system": _l("looks after the server, makes accounts and passwords; gives no rights"),
    "security": _l("gives rights to accounts and takes them away; makes none"),
    "auditor": _l("reads the logs, and nothing else"),
    "organizer": _l("sets contests up and runs them"),
    "chief": _l("sees all marks, rules on disputes, approves"),
    "host": _l("calls and announces"),
    "timekeeper": _l("runs the clocks"),
    "tallier": _l("confirms totals as the first person, enters paper sheets"),
    "checker": _l("confirms totals as the second person, beside the tallier"),
    "coder": _l("keeps the code table"),
    "supervisor": _l("witnesses draws, tallies and changes"),
    "operator": _l("drives the screens"),
}
