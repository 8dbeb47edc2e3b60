"""What becomes of the demo where a contest that counts is opened beside it: many know its password and its seat codes.

Nobody is shut out of the contest that is opened: as long as an account has the demo's password it cannot be opened.
What else may lead there, such as a database of an earlier release, ends these accounts at the next start.
"""

from __future__ import annotations

from collections.abc import Sequence

from scoring.actions.preparing.codes import revoke_codes
from scoring.actions.registry import _l, logged
from scoring.actions.site.accounts import end_sessions
from scoring.actions.transaction import Actor, record, record_site
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, Demonstration
from scoring.store.demonstration import contests_of_demo, is_of_demo, open_accounts_of_demo
from scoring.store.model import now

#: Who does so, as the record signs it: whoever opens the other contest may have no say in those of the demo.
SERVER = "server:demo"


def note_demonstration(hashed: str, contest_ids: Sequence[int]) -> None:
    """Keep which contests are the demo's and what password its accounts begin with."""
    db.session.add(Demonstration(password=hashed, contests=list(contest_ids)))


@logged(
    "panel",
    _l("revoked the codes of all seats: a contest that counts is open beside the demo"),
    ("desk", "seats"),
    name="end_demo_codes",
)
def end_codes_of_demo() -> None:
    """Let no seat code of the demo's contests open anything, wherever it was written down."""
    for contest in contests_of_demo():
        if seats := revoke_codes(contest):
            record(contest, Actor(SERVER), "end_demo_codes", seats, revoked=len(seats))


def end_demo_beside_own() -> list[str]:
    """Close the accounts that have the demo's password, beside an open contest that counts; answers their names."""
    closed = [_closed(account) for account in open_accounts_of_demo()]
    end_codes_of_demo()
    return closed


def _closed(account: Account) -> str:
    account.closed_at = now()
    end_sessions(account)
    record_site(Actor(SERVER), "close_account", account=account.name)
    return account.name


def check_not_demo(contest_id: int) -> None:
    """Refuse to make a contest of one's own out of one of the demo's: Refused(contest_of_demo)."""
    if is_of_demo(contest_id):
        raise Refused.because("contest_of_demo", "title_zh")
