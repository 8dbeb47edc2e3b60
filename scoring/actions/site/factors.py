"""The second factor of an account: set up, used, and taken away when it was lost. All but its use is on record."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select, update

from scoring.actions.site.accounts import account_called, end_sessions
from scoring.actions.transaction import Actor, record_site
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Account, RecoveryCode
from scoring.store.model import now
from scoring.store.people import SHEET


def set_up_factor(actor: Actor, account_id: int, factor: str, step: int, digests: Sequence[str]) -> None:
    """Give the account a device, or a SHEET of codes; its sessions end, and what it had before opens nothing.

    `step` is that of the code which was shown to work, `digests` those of the new recovery codes.
    Raises Refused: account_unknown.
    """
    account = account_called(account_id)
    account.factor, account.factor_step = factor, step
    _keep_codes(account_id, digests)
    end_sessions(account)
    record_site(actor, "set_up_factor", account=account.name, sheet=factor == SHEET)


def renew_codes(actor: Actor, account_id: int, digests: Sequence[str]) -> None:
    """Give the account other recovery codes; the ones before open nothing. Raises Refused: account_unknown."""
    account = account_called(account_id)
    _keep_codes(account_id, digests)
    record_site(actor, "renew_codes", account=account.name)


def reset_factor(actor: Actor, account_id: int) -> str:
    """Take away the second factor of an account whose device and codes are lost; answers the account's name.

    It is signed out, and sets up another one at its next sign-in. Raises Refused: account_unknown, factor_missing.
    """
    account = account_called(account_id)
    if account.factor is None:
        raise Refused.because("factor_missing", name=account.name)
    account.factor = None
    _keep_codes(account_id, ())
    end_sessions(account)
    record_site(actor, "reset_factor", account=account.name)
    return account.name


def use_step(account_id: int, step: int) -> None:
    """A code of this step of time was typed; Refused(code_used) for it and all that came before it from then on."""
    fresh = update(Account).where(Account.id == account_id, Account.factor_step < step).values(factor_step=step)
    if not db.session.execute(fresh.returning(Account.id)).all():
        raise Refused.because("code_used", "code")


def use_recovery_code(account_id: int, digest: str) -> None:
    """Use up a recovery code. Raises Refused: recovery_code_wrong."""
    mine = (RecoveryCode.account_id == account_id, RecoveryCode.digest == digest, RecoveryCode.used_at.is_(None))
    used = update(RecoveryCode).where(*mine).values(used_at=now())
    if not db.session.execute(used.returning(RecoveryCode.id)).all():
        raise Refused.because("recovery_code_wrong", "code")


def codes_left(account_id: int) -> int:
    """How many recovery codes of the account are not used."""
    mine = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(select(func.count(RecoveryCode.id)).where(*mine)) or 0


def _keep_codes(account_id: int, digests: Sequence[str]) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.add_all(RecoveryCode(account_id=account_id, digest=one) for one in digests)
