"""Two people confirm totals: a tallier and a checker, for either of whom the chief can stand."""

from __future__ import annotations

import pytest

from scoring.rules.confirmation import Confirmation, check_may_confirm, is_confirmed
from scoring.rules.refusal import Refused

TALLIER, OTHER_TALLIER = Confirmation("陆统分", "tallier"), Confirmation("方统分", "tallier")
CHECKER, CHIEF = Confirmation("孙核分", "checker"), Confirmation("主任", "chief")


@pytest.mark.parametrize("given", [[TALLIER, CHECKER], [CHECKER, TALLIER], [TALLIER, CHIEF], [CHIEF, CHECKER]])
def test_two_people_in_two_roles_confirm(given):
    assert is_confirmed(given)


@pytest.mark.parametrize(
    "given",
    [
        [],
        [TALLIER],
        [CHECKER],
        [TALLIER, OTHER_TALLIER],
        [TALLIER, Confirmation(TALLIER.who, "checker")],
    ],
)
def test_one_person_or_one_role_does_not(given):
    assert not is_confirmed(given)


@pytest.mark.parametrize(
    ("given", "one", "code"),
    [
        ([TALLIER], TALLIER, "totals_own"),
        ([TALLIER], Confirmation(TALLIER.who, "checker"), "totals_own"),
        ([TALLIER], OTHER_TALLIER, "totals_same_role"),
        ([TALLIER, CHECKER], CHIEF, "totals_checked"),
    ],
)
def test_a_confirmation_that_adds_nothing_is_refused(given, one, code):
    with pytest.raises(Refused, match=code):
        check_may_confirm(given, one)


def test_a_confirmation_that_adds_something_is_taken():
    check_may_confirm([], TALLIER)
    check_may_confirm([TALLIER], CHECKER)
