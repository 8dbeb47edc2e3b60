"""The supervisor's sign-off: having witnessed the record up to an entry."""

from __future__ import annotations

from scoring.actions.registry import _l, logged, verb, whole
from scoring.actions.transaction import Actor, record
from scoring.board.reading.log import SIGN_OFF, check_chain, newest_entry, signed_off
from scoring.extensions import db
from scoring.rules.refusal import Refused
from scoring.store import Contest
from scoring.store.people import SUPERVISOR


@verb(whole("up_to"), roles=(SUPERVISOR,), done=_l("Your sign-off is on record."))
@logged("changes", _l("signed as witness of all entries up to %(up_to)s"))
def sign_off(actor: Actor, contest_id: int, up_to: int) -> None:
    """Record that the supervisor has witnessed every entry up to this number.

    Raises Refused: contest_unknown, sign_off_unknown (no such entry yet), sign_off_nothing_new, chain_broken (figures
    number), rows_changed. Source: domain page 3, supervisor.
    """
    contest = db.session.get(Contest, contest_id)
    if contest is None:
        raise Refused.because("contest_unknown")
    if not 1 <= up_to <= newest_entry(contest_id):
        raise Refused.because("sign_off_unknown")
    before = signed_off(contest_id)
    if before is not None and up_to <= before["up_to"]:
        raise Refused.because("sign_off_nothing_new", number=before["number"])
    checked = check_chain(contest_id)
    if checked["broken"] is not None:
        raise Refused.because("chain_broken", number=checked["broken"])
    if not checked["rows_agree"]:
        raise Refused.because("rows_changed")
    record(contest, actor, SIGN_OFF, up_to=up_to)
