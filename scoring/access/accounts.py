"""The account that acts: by its name and password, or signed in in this browser.

Who is signed in stands in the database (store/sessions.py); the cookie holds a random name of it. After the password
more may be asked for: a code of the second factor, another password in place of one that was given or is old, a second
factor to be set up. As long as a sign-in awaits one of these nobody is signed in, at any door.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import current_app, request, session
from sqlalchemy import select

from scoring.access import factors, noting
from scoring.access.guessing import LONGEST_NAME, guessing, locking
from scoring.access.new_passwords import policy
from scoring.access.password_checks import in_turn, matches
from scoring.actions.site import sessions
from scoring.actions.transaction import Actor, perform
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, SignIn
from scoring.store.access_log import SIGNED_IN, SIGNED_OUT
from scoring.store.ledger import signature_of
from scoring.store.model import is_storable, now
from scoring.store.sessions import ABSOLUTE, COARSE, KnownSignIn, digest_of, is_let_into, sign_in_called, sign_in_now
from scoring.store.steady import steady

NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A"
#: The header of what a page asks for by itself: it is answered, but nobody did anything.
FOLLOWS = "Saiping-Follows"
#: What a view is marked with that goes on showing in an idle session.
GOES_ON = "goes_on_showing"
#: What a sign-in may await, in the order in which it is asked for.
CODE, PASSWORD, SET_UP = AWAITED = ("code", "password", "set_up")
_NAME, _KEPT = "sign_in", noting.SIGN_IN


@noting.refused_sign_ins
def account_by_password(name: str, password: str) -> Account:
    """The account with this name and password.

    Raises Refused: password_wrong, account_locked, too_many_attempts, too_many_sign_ins, password_unchecked,
    account_closed. An unknown name takes as long as a known one.
    """
    known = _known_here(name)
    here = bool(known)
    with (
        locking(policy(), name, here=here),
        guessing("password", known_as=known, about=name[:LONGEST_NAME], apart=here),
    ):
        found = db.session.scalar(select(Account).where(Account.name == name)) if is_storable(name) else None
        fits = in_turn(matches, found.password if found else NOBODY, password)
        if not (found and fits):
            raise Refused.because("password_wrong", "password")
    if found.closed_at is not None:
        raise Refused.because("account_closed", name=found.name)
    return found


def _known_here(name: str) -> str:
    """Who guesses, where this very account has signed in in this browser before: nobody else keeps it out."""
    cookie = session.get(_NAME)
    if not isinstance(cookie, str) or last_name() != name:
        return ""
    return f"sign-in:{digest_of(cookie)}"


def what_is_awaited(account: Account, after: str = "") -> str:
    """What is still asked for before the account is signed in, after this was done; "" for nothing."""
    asked = {
        CODE: account.factor is not None,
        PASSWORD: account.password_given or policy().is_old(account.password_at, now()),
        SET_UP: account.factor is None and factors.needs_factor(account),
    }
    left = AWAITED[AWAITED.index(after) + 1 :] if after else AWAITED
    return next((one for one in left if asked[one]), "")


def begin_session(account: Account, name: str = "", awaits: str = "") -> int:
    """Keep that the account has signed in with a cookie that holds this name, or a socket; answers the session's id."""
    name = name or secrets.token_urlsafe(32)
    device, address = request.user_agent.string, request.remote_addr or ""
    begun = perform(sessions.sign_in, name, account.id, address, device, awaits)
    assert begun is not None
    noting.note(SIGNED_IN, f"awaits_{awaits}" if awaits else "", who=signature_of(account.name))
    return begun


def sign_in_account(account: Account, after: str = "") -> str:
    """Let this browser act as the account, in a session of its own; the one before ends.

    `after` is what was just done of what a sign-in awaits. Answers what it still awaits: nobody is signed in before.
    """
    sign_out_account()
    session.permanent = True
    name, awaits = secrets.token_urlsafe(32), what_is_awaited(account, after)
    begin_session(account, name, awaits)
    session[_NAME] = name
    if not awaits:
        session["account"] = account.id
    request.environ.pop(_KEPT, None)
    return awaits


def sign_out_account() -> None:
    """End the account's session in this browser, with its sockets; its seats stay.

    The cookie keeps the name, which opens nothing any more: nobody's guesses keep out who was here before.
    """
    known = _sign_in_here()
    session.pop("account", None)
    if known is not None:
        noting.note(SIGNED_OUT, who=signature_of(known.name))
        perform(sessions.sign_out, known.id)
    request.environ.pop(_KEPT, None)


def this_sign_in(*, fresh: bool = False) -> KnownSignIn | None:
    """The session that this browser has begun and nobody has ended; looked up once for each request, or `fresh`."""
    known = _sign_in_here(fresh=fresh)
    return None if known is None or known.awaits else known


def waiting() -> tuple[Account, str] | None:
    """Whose sign-in here still awaits something, and what; None where nobody's does."""
    known = _sign_in_here()
    return (db.session.get_one(Account, known.account_id), known.awaits) if known and known.awaits else None


def own_secret(purpose: str) -> str:
    """A secret for one purpose that only this session's browser leads to, the same as long as the session lasts."""
    return digest_of(f"{purpose}:{session.get(_NAME)}")


def own_account(awaiting: str) -> Account | None:
    """Who is signed in here, or whose sign-in awaits just this."""
    if (known := waiting()) is not None:
        return known[0] if known[1] == awaiting else None
    return account()


def _sign_in_here(*, fresh: bool = False) -> KnownSignIn | None:
    if fresh or _KEPT not in request.environ:
        name = session.get(_NAME)
        found = sign_in_called(name) if isinstance(name, str) else None
        request.environ[_KEPT] = None if found is None or found.is_over(steady()) else found
    known: KnownSignIn | None = request.environ[_KEPT]
    return known


def account() -> Account | None:
    """The account signed in here, or None: a renewed password, a closed account or an idle hour ends it."""
    known = this_sign_in()
    if known is None or (known.is_idle(steady()) and not _goes_on_showing()):
        return None
    return db.session.get(Account, known.account_id)


def follows() -> bool:
    """Whether an open page asks for itself as it is now, so that nobody did anything."""
    return request.method in ("GET", "HEAD") and FOLLOWS in request.headers


def _goes_on_showing() -> bool:
    """Whether an idle session is answered: the header alone, which anybody can send, opens nothing that is not public.

    A page that follows the contest says of itself that it goes on (see `role`).
    """
    return follows() and goes_on_here()


def good_for(*, goes_on: bool) -> int:
    """For how many seconds from now what an open page shows may stay if nothing is done; 0 where the session is over.

    A page that `goes_on` in an idle session stays for the idle minutes from each time that it asks.
    """
    if (known := this_sign_in()) is None:
        return 0
    moment = steady()
    idle = (moment if goes_on else known.acted) + timedelta(minutes=known.idle_minutes)
    return max(0, int((min(idle, known.begun + ABSOLUTE) - moment).total_seconds()))


def goes_on_here() -> bool:
    """Whether the page that is asked for goes on showing in an idle session."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), GOES_ON, False))


def is_idle() -> bool:
    """Whether nothing was done in this session for too long, so that its pages show only what may stay on a screen."""
    known = this_sign_in()
    return known is not None and known.is_idle(steady())


def note_acted(known: KnownSignIn | None) -> None:
    """Somebody did something in this session; noted coarsely."""
    if known is None:
        return
    moment = steady()
    if moment - known.acted > COARSE:
        perform(sessions.note_acted, known.id, moment)


def last_name() -> str:
    """Who was signed in in this browser last, whether the session holds or not; "" for nobody."""
    name = session.get(_NAME)
    wanted = select(Account.name).join(SignIn, SignIn.account_id == Account.id)
    return db.session.scalar(wanted.where(SignIn.digest == digest_of(name))) or "" if isinstance(name, str) else ""


def signed_in() -> Account:
    """The account of a view that only signed-in accounts reach (see `role`)."""
    known = account()
    assert known is not None
    return known


def check_admitted(known: Account, contest_id: int) -> None:
    """Refused(contest_not_yours) for an account that is let into other contests only."""
    if not known.is_admitted(contest_id):
        raise Refused.because("contest_not_yours")


def actor() -> Actor:
    """How the signed-in account signs what it does."""
    return account_actor(signed_in())


def account_actor(who: Account) -> Actor:
    """How an account signs what it does."""
    return Actor(signature_of(who.name), role=who.role)


def check_session(sign_in_id: int, contest_id: int) -> KnownSignIn:
    """The session of a socket, if it still holds and its account is let into the contest.

    Raises Refused: not_signed_in, contest_not_yours.
    """
    known = sign_in_now(sign_in_id)
    if known is None or known.is_over(steady()):
        raise Refused.because("not_signed_in")
    if not is_let_into(known.account_id, contest_id):
        raise Refused.because("contest_not_yours")
    return known


def actor_now(sign_in_id: int, contest_id: int) -> Actor:
    """How a socket's session acts in the contest now.

    Raises Refused: not_signed_in, session_idle, contest_not_yours.
    """
    known = check_session(sign_in_id, contest_id)
    if known.is_idle(steady()):
        raise Refused.because("session_idle")
    note_acted(known)
    return account_actor(db.session.get_one(Account, known.account_id))
