"""What a password must be before it is kept: the two named policies, and what each asks for.

`asvs` follows OWASP ASVS 5.0, chapter 6.2: length, no rule for kinds of signs, no change without cause, and nothing
that others would guess. `mlps` follows what assessments of classified protection (等级保护, GB/T 22239, 8.1.4.1) ask
for: kinds of signs, a change after 90 days, none of the last five, a lock after five wrong ones, the last sign-in
shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scoring.credentials.weak_passwords import is_weak
from scoring.rules.refusal import Problem, Refused

SHORTEST, LONGEST = 8, 200
#: Minutes without anything being done after which the password is asked for again.
IDLE_LEAST, IDLE_MOST = 10, 30


@dataclass(frozen=True)
class Policy:
    """A set of rules: kinds of signs, days until a change, former ones not taken again, wrong ones until a lock.

    0: this rule is not in it. A lock lasts for `lock_minutes`. `tells_last`: whoever signs in is told when it last was.
    """

    key: str
    kinds: int = 0
    days: int = 0
    remembered: int = 0
    wrong: int = 0
    lock_minutes: int = 0
    tells_last: bool = False

    def is_old(self, made: datetime | None, moment: datetime) -> bool:
        """Whether a password that was made then, None where nobody knows, is to be changed at this moment."""
        return bool(self.days) and (made is None or moment - made > timedelta(days=self.days))


ASVS = Policy("asvs")
MLPS = Policy("mlps", kinds=3, days=90, remembered=5, wrong=5, lock_minutes=30, tells_last=True)
POLICIES = {policy.key: policy for policy in (ASVS, MLPS)}


def check_password(name: str, password: str, policy: Policy = ASVS, own: Iterable[str] = ()) -> None:
    """Refuse a password that the policy does not take, or that a stranger would guess; `own` are names around it.

    Raises Refused (field password): password_too_short (figures minimum), password_too_long (figures maximum),
    password_of_few_kinds (figures kinds), password_trivial.
    """
    if len(password) < SHORTEST:
        raise Refused.because("password_too_short", "password", minimum=SHORTEST)
    if len(password) > LONGEST:
        raise Refused.because("password_too_long", "password", maximum=LONGEST)
    if _kinds(password) < policy.kinds:
        raise Refused.because("password_of_few_kinds", "password", kinds=policy.kinds)
    if is_weak(password, (name, "saiping", *own)):
        raise Refused.because("password_trivial", "password")


def problems_of_policy(key: str, idle_minutes: int) -> list[Problem]:
    """What is wrong with these settings: policy_unknown, idle_out_of_range."""
    problems = [] if key in POLICIES else [Problem("policy_unknown", "policy")]
    if not IDLE_LEAST <= idle_minutes <= IDLE_MOST:
        problems.append(Problem("idle_out_of_range", "idle", {"least": str(IDLE_LEAST), "most": str(IDLE_MOST)}))
    return problems


def _kinds(password: str) -> int:
    """How many there are of capitals, small letters, figures and other signs; Chinese signs are of the last kind."""
    tests = (
        lambda sign: "A" <= sign <= "Z",
        lambda sign: "a" <= sign <= "z",
        lambda sign: "0" <= sign <= "9",
        lambda sign: not (sign.isascii() and sign.isalnum()),
    )
    return sum(any(test(sign) for sign in password) for test in tests)
