"""The first start: a code printed in the terminal lets one person make the first administrator's account."""

from __future__ import annotations

from sqlalchemy import select

from scoring import access
from scoring.access.code_signs import bare, drawn
from scoring.actions.site import first_start as actions
from scoring.actions.site.first_start import FIRST_RULES, Rules
from scoring.actions.transaction import perform
from scoring.credentials.passwords import POLICIES, problems_of_policy
from scoring.extensions import db
from scoring.rules.refusal import Problem, Refused, refuse_any
from scoring.store import Account
from scoring.store.installation import IDLE_MINUTES
from scoring.store.model import is_storable

LENGTH = 8
LONGEST_NAME = 60


def new_code() -> str:
    """Make the code of this start, such as "7KQF-M2XA"; every code before is void."""
    code = drawn(LENGTH)
    perform(actions.keep_first_code, access.hashed(bare(code)))
    return code


def make_administrator(code: str, name: str, password: str, again: str, chosen: Rules = FIRST_RULES) -> Account:
    """Make the first account, and keep how accounts sign in from now on; answers the account.

    Raises Refused: too_many_attempts, first_start_over, first_code_wrong, field_missing, field_too_long,
    policy_unknown, and what `check_password` and passwords_differ say about the password.
    """
    if actions.has_accounts():
        raise Refused.because("first_start_over")
    refuse_any([*_problems_of_name(name.strip()), *problems_of_policy(chosen.policy, IDLE_MINUTES)])
    access.check_new_password(name, password, rules=POLICIES[chosen.policy])
    if password != again:
        raise Refused.because("passwords_differ", "again")
    with access.guessing("first"):
        if not _opens(code):
            raise Refused.because("first_code_wrong", "code")
    hashed = access.kept_as(password)
    perform(actions.add_first_administrator, name.strip(), hashed, chosen)
    return db.session.scalars(select(Account).order_by(Account.id)).one()


def _problems_of_name(name: str) -> list[Problem]:
    if not name or not is_storable(name):
        return [Problem("field_missing", "name")]
    return [Problem("field_too_long", "name", {"most": str(LONGEST_NAME)})] if len(name) > LONGEST_NAME else []


def _opens(code: str) -> bool:
    """Whether this is the code of the newest start, however it was typed."""
    kept = actions.first_code_hash()
    return kept is not None and bool(access.in_turn(access.matches, kept, bare(code)))
