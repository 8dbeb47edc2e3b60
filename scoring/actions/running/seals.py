"""What a draw is drawn from: the seed that was sealed before, mixed with what the witness typed after that.

The sealed seed is made by the server and told to nobody; its seal, the SHA-256, is shown from then on. So whoever types
cannot know what comes of it, and whoever runs the server cannot choose the sealed seed knowing what is typed.
"""

from __future__ import annotations

import secrets
from typing import Any

from scoring.actions.registry import EVENT, _l, logged, text, verb
from scoring.actions.said import check_reason, check_witness, stated_if_any
from scoring.actions.transaction import Actor, record
from scoring.board.conditions.seals import supervised
from scoring.board.reading.look import event_asked
from scoring.rules.draw import mixed, read_seed, seal_of
from scoring.rules.refusal import Refused, problems_of, refuse_any
from scoring.store import Event
from scoring.store.ledger import name_behind
from scoring.store.people import SUPERVISOR


@verb((text("seed"), EVENT), roles=(SUPERVISOR,), done=_l("It is on record, and mixed with the next draw."), heard=True)
@logged("draws", _l("typed “%(typed)s” for the draw with the seal %(seal)s"), ("desk",))
def type_seed(actor: Actor, contest_id: int, seed: str, event: int | None = None) -> None:
    """Type, with the supervisor's own account, what the event's next draw mixes with its sealed seed; it stays.

    Raises Refused: contest_unknown, event_unknown, seed_typed, and what the rulebook refuses about the seed.
    """
    asked = event_asked(contest_id, event)
    if asked.typed_seed:
        raise Refused.because("seed_typed", "seed", witness=asked.typed_by)
    asked.typed_seed, asked.typed_by = read_seed(seed), name_behind(actor.label)[:60]
    told: dict[str, Any] = {"event": asked.position, "seal": seal_of(asked.sealed_seed), "typed": asked.typed_seed}
    record(asked.contest, actor, "type_seed", **told)


def break_seal(
    actor: Actor, event: Event, typed: str, witness: str | None, reason: str = "", again: bool = False
) -> dict[str, Any]:
    """Draw from the sealed seed and seal the next; answers what goes on record, `seed` is what the lots follow from.

    What the supervisor typed comes before what whoever draws typed, and its account is the witness. `on_account` says
    which it was; `witness` is None in a draw that nobody need have seen. A reason is needed to draw `again`, and to
    draw without the supervisor's seed where there is one; but never again without it, or whoever draws alone would
    draw until it suits.
    Raises Refused: witness_missing, witness_is_actor, seed_missing, seed_malformed, reason_missing, supervisor_types,
    supervisor_types_again.
    """
    on_account = bool(event.typed_seed)
    if on_account:
        typed, witness = event.typed_seed, event.typed_by
    unwitnessed = problems_of(lambda: check_witness(witness, actor)) if witness is not None else ()
    refuse_any([*unwitnessed, *problems_of(lambda: read_seed(typed))])
    typed = read_seed(typed)
    if again:
        check_reason(reason)
    if not on_account and (again or not reason.strip()) and supervised(event.contest_id):
        raise Refused.because("supervisor_types_again" if again else "supervisor_types", "reason")
    sealed = event.sealed_seed
    event.sealed_seed, event.typed_seed, event.typed_by = secrets.token_hex(16), "", ""
    told: dict[str, Any] = {"seed": mixed(sealed, typed), "witness": (witness or "").strip(), "on_account": on_account}
    told |= {"sealed_seed": sealed, "seal": seal_of(sealed), "typed": typed, "next_seal": seal_of(event.sealed_seed)}
    return told | ({"reason": given} if (given := stated_if_any(reason)) else {})
