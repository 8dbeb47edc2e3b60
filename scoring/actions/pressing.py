"""Pressing a verb by its name, with what was sent for its fields: one door for forms, sockets and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.actions.registry import Verb, heard, verbs
from scoring.actions.transaction import Actor, is_request_id, perform
from scoring.rules.refusal import Refused
from scoring.store.people import acts_as


def perform_named(name: str, actor: Actor, contest_id: int, payload: object, request: object) -> None:
    """Perform the verb that the desk hears under that name; the same request id again changes nothing.

    `payload` maps field names to numbers or text as they were sent; fields that the verb does not know are ignored.
    Raises Refused: verb_unknown, role_may_not, payload_malformed, request_malformed, and as `perform_sent`.
    """
    if (found := heard().get(name)) is None:
        raise Refused.because("verb_unknown")
    check_role(found, actor)
    if not isinstance(payload, Mapping):
        raise Refused.because("payload_malformed")
    if not isinstance(request, str) or not is_request_id(request):
        raise Refused.because("request_malformed")
    perform_sent(name, actor, contest_id, payload, request)


def perform_sent(
    name: str, actor: Actor, contest_id: int, sent: Mapping[str, object], request: str | None, /, **given: Any
) -> Any:
    """Perform a verb with what was sent for its fields, and with what a page has read itself (`given`).

    Raises Refused: role_may_not, the problems of the fields (field_missing, field_not_text, field_not_a_number,
    field_too_long, field_not_a_flag, too_many_lines), contest_unknown, what the first field says of a record that is
    not there or another contest's, and whatever the verb refuses.
    """
    found = verbs()[name]
    check_role(found, actor)
    return perform(_act, found, actor, contest_id, found.read(sent) | given, request=request)


def check_role(found: Verb, actor: Actor) -> None:
    """Refused(role_may_not) unless the actor's role may."""
    if not acts_as(actor.role, found.roles):
        raise Refused.because("role_may_not")


def _act(found: Verb, actor: Actor, contest_id: int, arguments: Mapping[str, Any]) -> Any:
    found.check(contest_id, arguments)
    about = {"contest_id": contest_id} if found.of_contest else {}
    return found.run(actor, **about, **arguments)
