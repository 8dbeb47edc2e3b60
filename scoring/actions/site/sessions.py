"""Sessions begin, go on and end: browsers at seats, and accounts that have signed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from scoring.actions.transaction import Actor, record_site
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, Browser, BrowserSeat, SignIn
from scoring.store.model import now
from scoring.store.sessions import LONGEST_ADDRESS, LONGEST_DEVICE, digest_of
from scoring.store.steady import steady
from scoring.store.unit_of_work import Ended, at_work


def let_in(former: str, name: str, tablet: str, seats: Mapping[int, int]) -> None:
    """A browser called `name` has shown the codes of `seats`, of these epochs; `former` is what it was called before.

    A new one is the tablet `tablet` from here on; one that was let in before stays what it was.
    """
    moment, browser = steady(), _browser(former) or _browser(name) or Browser(tablet=tablet)
    browser.digest, browser.begun = digest_of(name), moment
    db.session.add(browser)
    db.session.flush()
    let_out(browser.id, list(seats))
    db.session.add_all(BrowserSeat(browser_id=browser.id, seat_id=one, epoch=epoch) for one, epoch in seats.items())


def _browser(name: str) -> Browser | None:
    return db.session.scalar(select(Browser).where(Browser.digest == digest_of(name)))


def let_out(browser_id: int, seat_ids: Collection[int]) -> None:
    """A browser is not let in at these seats any more."""
    here = (BrowserSeat.browser_id == browser_id, BrowserSeat.seat_id.in_(seat_ids))
    db.session.execute(delete(BrowserSeat).where(*here))


def sign_in(name: str, account_id: int, address: str, device: str, awaits: str = "") -> int:
    """An account has signed in, with a cookie that holds this name; answers the id of the session.

    As long as it `awaits` something it opens nothing.
    """
    moment, account = steady(), db.session.get_one(Account, account_id)
    about = {"address": address[:LONGEST_ADDRESS], "device": device[:LONGEST_DEVICE]}
    whose = {"account_id": account.id, "epoch": account.epoch}
    begun = SignIn(digest=digest_of(name), begun=moment, acted=moment, awaits=awaits, **whose, **about)
    db.session.add(begun)
    db.session.flush()
    return begun.id


def note_acted(sign_in_id: int, moment: datetime) -> None:
    """Somebody did something in this session at this moment."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(acted=moment))


def sign_out(sign_in_id: int) -> None:
    """End a session; its sockets are closed."""
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(ended_at=now()))
    tell_ended()


def end_session(actor: Actor, account_id: int, sign_in_id: int) -> None:
    """End a session of the account that is open somewhere else. Raises Refused: session_unknown."""
    found = db.session.get(SignIn, sign_in_id)
    if found is None or found.account_id != account_id:
        raise Refused.because("session_unknown")
    if found.ended_at is None:
        sign_out(found.id)
        record_site(actor, "end_session", address=found.address, device=found.device)


def tell_ended() -> None:
    """Once this change is stored, sockets of sessions that do not hold any more are closed."""
    at_work().changes.append(Ended())
