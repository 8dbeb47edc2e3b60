"""What an account may do: the roles that a view is for, and the contests that the account is let into."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from scoring.access.accounts import GOES_ON, account, check_session, follows, note_acted, signed_in, this_sign_in
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.people import (
    CHECKER,
    CHIEF,
    NO_RIGHTS,
    ORGANIZER,
    ROLES,
    SECURITY,
    SUPERVISOR,
    SYSTEM,
    TALLIER,
    TIMEKEEPER,
    acts_as,
)

P = ParamSpec("P")
R = TypeVar("R")
_ALLOWED = "allowed_roles"
#: Who may see the desk: the organizer runs it, the chief judge and the supervisor look on.
DESK_ROLES = (ORGANIZER, CHIEF, SUPERVISOR)
#: Who hears that a contest has changed: whoever has a page in one. The other two officers have none.
HEARS = tuple(role for role in ROLES if role not in (SYSTEM, SECURITY))


def role(*allowed: str, goes_on: bool = False) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Only for a signed-in account in one of these roles; who is not signed in is led to the sign-in page and back.

    A page that `goes_on` may follow the contest on its screen when nothing was done for long; it shows no secrets.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **named: P.kwargs) -> R | Response:
            if (known := account()) is None:
                return _sign_in_first()
            if not follows():
                note_acted(this_sign_in())
            if not acts_as(known.role, allowed) or not _is_admitted(known, named.get("contest_id")):
                abort(403)
            return view(*args, **named)

        guarded.__dict__[_ALLOWED], guarded.__dict__[GOES_ON] = allowed, goes_on
        return guarded

    return guard


def may_look(view: Callable[..., object], contest_id: int | None) -> bool:
    """Whether whoever asks may open a page: one that is guarded by no role is not this module's to refuse."""
    allowed = getattr(view, _ALLOWED, None)
    if allowed is None:
        return True
    known = account()
    return known is not None and acts_as(known.role, allowed) and _is_admitted(known, contest_id)


def _sign_in_first() -> Response:
    """To the sign-in and back; a form is taken along, so that nothing that was typed is lost."""
    here = request.full_path.rstrip("?")
    if request.method == "POST":
        return redirect(url_for("organizers.go_on", to=here), 307)
    return redirect(url_for("organizers.sign_in", next=here))


def _is_admitted(known: Account, contest_id: object) -> bool:
    return not isinstance(contest_id, int) or known.is_admitted(contest_id)


organizer = role(ORGANIZER)
desk = role(*DESK_ROLES)
anyone = role(*ROLES, NO_RIGHTS)


def may(*roles: str) -> bool:
    """Whether the signed-in account acts in one of these roles."""
    return acts_as(signed_in().role, roles)


def check_may(*roles: str) -> None:
    """Answers 403 where a view is open to more roles than may do this."""
    if not may(*roles):
        abort(403)


def check_hears(who: Account) -> None:
    """Raise Refused(role_may_not) where the account has no page in any contest that could have changed."""
    if not acts_as(who.role, HEARS):
        raise Refused.because("role_may_not")


def check_looks_on(sign_in_id: int, contest_id: int) -> None:
    """Raise Refused where a socket's session does not see the whole desk now: role_may_not, or as `check_session`."""
    known = check_session(sign_in_id, contest_id)
    if not sees_desk(db.session.get_one(Account, known.account_id)):
        raise Refused.because("role_may_not")


def sees_desk(who: Account) -> bool:
    """Whether the account sees the whole desk, or only its clocks; Refused(role_may_not) if neither.

    Tallier and checker hear with the clocks that something has changed; their pages show what they may see.
    """
    if not acts_as(who.role, (*DESK_ROLES, TIMEKEEPER, TALLIER, CHECKER)):
        raise Refused.because("role_may_not")
    return acts_as(who.role, DESK_ROLES)
