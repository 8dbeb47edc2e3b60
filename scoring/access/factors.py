"""The second factor: codes of time from a device (TOTP, RFC 6238), and recovery codes from paper, each good once.

The device's key is made from the installation's secret and what the account keeps, so whoever has the database alone
has no key. Codes of the step before and after are taken as well. A clock that is wrong, the server's or the device's,
makes every code wrong: that is said where it can be seen, and recovery codes depend on no clock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Sequence

import pyotp
from argon2.low_level import Type, hash_secret_raw
from flask import current_app
from limits import parse_many

from scoring.access import noting
from scoring.access.code_signs import drawn, plain
from scoring.access.guessing import guessing
from scoring.access.password_checks import in_turn
from scoring.actions.site import factors
from scoring.actions.transaction import perform
from scoring.rules.refusal import Refused
from scoring.store import Account
from scoring.store.installation import installation
from scoring.store.people import SHEET, WITHOUT_SECOND_FACTOR

STEP, WINDOW = 30, 1
#: Steps before and after in which a code that is not good now is recognised as one of another time. Few of those that
#: are still to come: whoever guesses one of them could wait for its moment.
RECOGNISED_BEFORE, RECOGNISED_AFTER = 120, 10
GUESSES = parse_many("5 per 5 minutes; 20 per hour")
RECOVERY_CODES, SHEET_CODES = 10, 20
SIGNS_OF_CODE = 12
#: What a recovery code costs to hash. Source: ASVS 5.0, appendix C.
SLOW = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}


def needs_factor(account: Account) -> bool:
    """Whether the account must have a second factor here."""
    return installation().second_factor and account.role not in WITHOUT_SECOND_FACTOR


@noting.refused_sign_ins
def check_code(account: Account, typed: str) -> None:
    """Use up a code of the device or a recovery code of the account.

    Raises Refused: too_many_attempts, code_wrong, code_used, code_of_another_time (figures minutes),
    recovery_code_wrong.
    """
    with guessing("factor", known_as=f"account:{account.id}", about=f"account:{account.id}", own=GUESSES):
        bare = plain(typed)
        if account.factor not in (None, SHEET) and len(bare) == 6 and bare.isdecimal():
            perform(factors.use_step, account.id, step_of(key_of(account.id, str(account.factor)), bare))
        else:
            perform(factors.use_recovery_code, account.id, digests_of_codes(account.id, [bare])[0])


def check_first_code(account_id: int, factor: str, typed: str) -> int:
    """The step of the first code of a device that is being set up, before there are recovery codes.

    Raises Refused: too_many_attempts, device_code_wrong, device_of_another_time (figures minutes).
    """
    with guessing("factor", known_as=f"account:{account_id}", about=f"account:{account_id}", own=GUESSES):
        try:
            return step_of(key_of(account_id, factor), plain(typed))
        except Refused as refused:
            code = {"code_wrong": "device_code_wrong", "code_of_another_time": "device_of_another_time"}[refused.code]
            raise Refused.because(code, "code", **refused.problems[0].figures) from None


def step_of(key: str, code: str) -> int:
    """The step of time whose code this is by the wall's clock. Raises Refused: code_wrong, code_of_another_time."""
    present, device = int(time.time()) // STEP, pyotp.TOTP(key)
    for away in sorted(range(-RECOGNISED_BEFORE, RECOGNISED_AFTER + 1), key=abs):
        if hmac.compare_digest(device.generate_otp(present + away), code):
            if abs(away) > WINDOW:
                minutes = f"{away * STEP / 60:+.1f}"
                raise Refused.because("code_of_another_time", "code", minutes=minutes)
            return present + away
    raise Refused.because("code_wrong", "code")


def key_of(account_id: int, factor: str) -> str:
    """The key that the account's device has, in base 32."""
    secret = str(current_app.config["FACTORS_KEY"]).encode()
    made = hmac.new(secret, f"{account_id}:{factor}".encode(), hashlib.sha256).digest()[:20]
    return base64.b32encode(made).decode()


def address_of_key(account: Account, factor: str) -> str:
    """What a device reads from the QR code."""
    return pyotp.TOTP(key_of(account.id, factor)).provisioning_uri(name=account.name, issuer_name="Saiping")


def new_codes(count: int) -> list[str]:
    """So many recovery codes, such as "7KQF-M2XA-9TBC"."""
    return [drawn(SIGNS_OF_CODE) for _ in range(count)]


def digests_of_codes(account_id: int, codes: Sequence[str]) -> list[str]:
    """What is kept of recovery codes: slow hashes, worked out beside the loop. Raises Refused: too_many_sign_ins.

    The salt is the account's own and made from the installation's secret: one hash tells whether a code is among them,
    and whoever has the database alone cannot try any.
    """
    secret = str(current_app.config["FACTORS_KEY"]).encode()
    salt = hmac.new(secret, f"codes:{account_id}".encode(), hashlib.sha256).digest()[:16]
    return in_turn(_slowly_hashed, salt, [code.replace("-", "") for code in codes])


def _slowly_hashed(salt: bytes, codes: Sequence[str]) -> list[str]:
    return [hash_secret_raw(code.encode(), salt, **SLOW, hash_len=32, type=Type.ID).hex() for code in codes]
