"""The accounts: who may sign in, as what and for which contests. Every change is on the site's own record."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, select

from scoring.actions.site.sessions import tell_ended
from scoring.actions.transaction import Actor, record_site
from scoring.extensions import db
from scoring.rules.folding import reads_as, written_plainly
from scoring.rules.refusal import Refused
from scoring.store import Account, Admission, Contest, FormerPassword
from scoring.store.demonstration import demonstration, own_official
from scoring.store.installation import is_separated
from scoring.store.ledger import signature_of
from scoring.store.model import is_storable, now
from scoring.store.people import ADMINISTRATOR, NO_RIGHTS, OFFICERS, ROLES

LONGEST_NAME = 60
#: Former passwords whose hashes are kept.
REMEMBERED = 5


def create_account(
    actor: Actor, name: str, hashed: str, role: str, contest_ids: Collection[int] = (), *, given: bool = False
) -> int:
    """Add an account with an already hashed password, `given` by somebody else or its own; answers its id.

    Where duties are separated it has no rights yet.

    Raises Refused: role_may_not, field_missing, field_too_long, field_not_text (the name), name_with_colon, name_taken,
    role_unknown, role_of_all_duties, contest_unknown.
    """
    called = _readable(name)
    _check_role(role)
    if any(reads_as(name) == reads_as(called) for name in db.session.scalars(select(Account.name))):
        raise Refused.because("name_taken", "name")
    account = Account(name=called, password=hashed, role=role, password_at=now(), password_given=given)
    if is_separated():
        rest_rights(account)
    account.admissions = _admissions(contest_ids)
    db.session.add(account)
    db.session.flush()
    record_site(actor, "create_account", account=called, role=role, contests=sorted(contest_ids))
    return account.id


def change_role(actor: Actor, account_id: int, role: str) -> None:
    """Let an account act in another role from now on; wherever it is signed in it is signed out.

    Nobody gives rights to himself. Where duties are separated, they are given once nobody else knows the password.
    Raises Refused: role_may_not, account_unknown, role_unknown, role_of_all_duties, own_rights, password_not_own,
    last_administrator, last_officer.
    """
    account = account_called(account_id)
    _check_role(role)
    _check_rights_of(actor, account)
    if role != account.role:
        _keep_an_officer(account)
    before, account.role, account.wanted = account.role, role, ""
    end_sessions(account)
    record_site(actor, "change_role", account=account.name, before=before, role=role)


def admit(actor: Actor, account_id: int, contest_ids: Collection[int]) -> None:
    """Let an account into these contests only; into all of them where none is named. Taking one away signs it out.

    Raises Refused: role_may_not, account_unknown, contest_unknown, administrator_everywhere.
    """
    account = account_called(account_id)
    if contest_ids and account.role in (ADMINISTRATOR, *OFFICERS):
        raise Refused.because("administrator_everywhere")
    wanted = _admissions(contest_ids)
    had = {one.contest_id for one in account.admissions}
    if contest_ids and (not had or had - set(contest_ids)):
        end_sessions(account)
    account.admissions.clear()
    db.session.flush()
    account.admissions = wanted
    record_site(actor, "admit", account=account.name, contests=sorted(contest_ids))


def renew_password(actor: Actor, account_id: int, hashed: str, *, given: bool = False) -> str:
    """Replace a password; whoever is signed in with the old one is signed out. Answers the account's name.

    One that is `given` by somebody else is changed at its first use. Where duties are separated the rights of somebody
    else's account rest then: who knows its password gives none.
    Raises Refused: role_may_not, account_unknown, last_administrator, last_officer.
    """
    account = account_called(account_id)
    own = _is_own(actor, account)
    if not own and is_separated():
        _keep_an_officer(account)
        rest_rights(account)
    _remember(account)
    account.password, account.password_at, account.password_given = hashed, now(), given
    end_sessions(account)
    record_site(actor, "change_password" if own else "renew_password", account=account.name)
    return account.name


def close_account(actor: Actor, account_id: int) -> None:
    """Let nobody sign in with the account any more; what it did stays on record under its name.

    Raises Refused: role_may_not, account_unknown, account_closed, last_administrator, last_officer.
    """
    account = account_called(account_id)
    if account.closed_at is not None:
        raise Refused.because("account_closed", name=account.name)
    _keep_an_officer(account)
    account.closed_at = now()
    end_sessions(account)
    record_site(actor, "close_account", account=account.name)


def reopen_account(actor: Actor, account_id: int) -> None:
    """Let a closed account sign in again, with its password; where duties are separated its rights rest.

    Raises Refused: role_may_not, account_unknown, account_open, password_of_demo.
    """
    account = account_called(account_id)
    if account.closed_at is None:
        raise Refused.because("account_open", name=account.name)
    _check_not_of_demo(account)
    account.closed_at = None
    if is_separated():
        rest_rights(account)
    record_site(actor, "reopen_account", account=account.name)


def _check_not_of_demo(account: Account) -> None:
    """Beside a contest that counts nobody comes in with the demo's password."""
    kept = demonstration()
    if kept is not None and account.password == kept.password and own_official() is not None:
        raise Refused.because("password_of_demo", name=account.name)


def _remember(account: Account) -> None:
    """Keep the hash of the password that is replaced; only the newest are kept."""
    db.session.add(FormerPassword(account_id=account.id, hashed=account.password))
    db.session.flush()
    mine = select(FormerPassword.id).where(FormerPassword.account_id == account.id)
    newest = mine.order_by(FormerPassword.id.desc()).limit(REMEMBERED)
    db.session.execute(
        delete(FormerPassword).where(FormerPassword.account_id == account.id, FormerPassword.id.not_in(newest))
    )


def unlock_account(actor: Actor, account_id: int) -> str:
    """Put on record who lets an account try again that too many wrong passwords have locked; answers its name.

    Raises Refused: account_unknown.
    """
    account = account_called(account_id)
    record_site(actor, "unlock_account", account=account.name)
    return account.name


def end_sessions(account: Account) -> None:
    """Whoever is signed in with the account is signed out, everywhere and at once."""
    account.epoch += 1
    tell_ended()


def account_called(account_id: int) -> Account:
    """The account with this id, or Refused(account_unknown)."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise Refused.because("account_unknown")
    return account


def _readable(name: str) -> str:
    if not name.strip():
        raise Refused.because("field_missing", "name")
    if not is_storable(name) or not name.strip().isprintable():
        raise Refused.because("field_not_text", "name")
    if len(name.strip()) > LONGEST_NAME:
        raise Refused.because("field_too_long", "name", most=LONGEST_NAME)
    if ":" in written_plainly(name):  # the record signs seats and addresses with one: seat:1 is no account
        raise Refused.because("name_with_colon", "name")
    return name.strip()


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Refused.because("role_unknown", "role")
    if role == ADMINISTRATOR and is_separated():
        raise Refused.because("role_of_all_duties", "role")


def _check_rights_of(actor: Actor, account: Account) -> None:
    """Nobody gives rights to himself; an administrator, who holds them all, may lay them down."""
    if _is_own(actor, account) and account.role != ADMINISTRATOR:
        raise Refused.because("own_rights")
    if is_separated() and account.password_given:
        raise Refused.because("password_not_own", name=account.name)


def _is_own(actor: Actor, account: Account) -> bool:
    return actor.label == signature_of(account.name)


def rest_rights(account: Account) -> None:
    """Take the rights until the security administrator gives them: nobody makes an account with rights alone."""
    if account.role != NO_RIGHTS:
        account.role, account.wanted = NO_RIGHTS, account.role


def _admissions(contest_ids: Collection[int]) -> list[Admission]:
    if any(db.session.get(Contest, one) is None for one in contest_ids):
        raise Refused.because("contest_unknown", "contests")
    return [Admission(contest_id=one) for one in sorted(set(contest_ids))]


def _keep_an_officer(account: Account) -> None:
    """Refuse to lose the last one who can give out accounts; where duties are separated, the last of each office."""
    kept = OFFICERS if is_separated() else (ADMINISTRATOR,)
    others = select(func.count(Account.id)).where(
        Account.role == account.role, Account.closed_at.is_(None), Account.id != account.id
    )
    if account.role in kept and account.closed_at is None and not db.session.scalar(others):
        raise Refused.because("last_administrator" if account.role == ADMINISTRATOR else "last_officer")
