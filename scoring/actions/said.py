"""What has to be said with a verb, or it is not done: why, and who saw it."""

from __future__ import annotations

from scoring.rules.refusal import Refused


def check_reason(reason: str) -> None:
    """Refused(reason_missing) unless a reason is given."""
    if not reason.strip():
        raise Refused.because("reason_missing", "reason")


def check_witness(witness: str) -> None:
    """Refused(witness_missing) unless somebody is named who saw it."""
    if not witness.strip():
        raise Refused.because("witness_missing", "witness")
