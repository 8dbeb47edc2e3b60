"""The sentences for refusals of the first start, accounts, seats and relations."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

OF_PEOPLE: dict[str, Any] = {
    "password_unchecked": _l(
        "The server could not check the password just now. This does not count as an attempt; please try again."
    ),
    "too_many_sign_ins": _l("Very many people are signing in just now. Please try again in a few seconds."),
    # first start and passwords
    "first_start_over": _l("Somebody else has made the first account. Please sign in."),
    "first_code_wrong": _l("This is not the code of the newest start. Please look at the terminal again."),
    "passwords_differ": _l("The two passwords differ. Please type the same twice."),
    "password_too_short": _l("Please choose a password of at least %(minimum)s characters."),
    "password_too_long": _l("Please choose a password of at most %(maximum)s characters."),
    "password_of_few_kinds": _l(
        "Please use signs of at least %(kinds)s of these kinds: capital letters, small letters, figures, other signs."
    ),
    "password_used_before": _l("Please choose a password that is none of the last %(count)s of this account."),
    "password_as_before": _l("This is the present password. Please choose another one."),
    "password_to_change": _l("Please sign in on the page first: the password of this account is to be changed."),
    "account_locked": _l(
        "Too many wrong passwords: this account is locked for %(minutes)s minutes. An administrator can unlock it. On "
        "a device where the account was signed in before it still opens."
    ),
    "policy_unknown": _l("Please choose one of the policies."),
    "idle_out_of_range": _l("Please enter from %(least)s to %(most)s minutes."),
    "code_missing": _l("This account has a second factor. Please send its code along."),
    "code_wrong": _l(
        "This code is wrong. Wait for the next one and type it, or use a recovery code. If the time above is not the "
        "time on your device, only a recovery code helps until the clock is put right."
    ),
    "recovery_code_wrong": _l("This is none of your recovery codes, or it was used already. Please take the next one."),
    "code_used": _l("This code was used already. Wait for the next one, or use a recovery code."),
    "code_of_another_time": _l(
        "This code belongs to a time %(minutes)s minutes from the server's. The clock of the server or of your device "
        "is wrong. Have it put right, or use a recovery code."
    ),
    "device_code_wrong": _l(
        "This code is wrong. Scan the picture again, wait for the next code and type it. If the time above is not the "
        "time on your phone, have the clock put right, or take a sheet of recovery codes below."
    ),
    "device_of_another_time": _l(
        "This code belongs to a time %(minutes)s minutes from the server's. The clock of the server or of your phone "
        "is wrong. Have it put right, or take a sheet of recovery codes below."
    ),
    "factor_to_set_up": _l("Please sign in on the page first: this account needs a second factor."),
    "factor_missing": _l("The account %(name)s has no second factor."),
    "password_trivial": _l(
        "Others would guess this password soon. Please choose another; a few words that do not belong together are "
        "good."
    ),
    # setting up
    "slug_taken": _l("Another contest has this address already."),
    "number_twice": _l("Two contestants have the number %(number)s."),
    "role_unknown": _l("Please choose a role from the list."),
    "name_taken": _l("Another account has this name already, or one that reads like it."),
    "name_with_colon": _l("Please leave the colon out of the name."),
    # people
    "pin_unknown": _l("No seat has this PIN. Please check the card at your seat."),
    "key_unknown": _l("This code is not valid any more. Please ask the desk for a new one."),
    "seat_unknown": _l("There is no such seat in this contest."),
    "seat_taken": _l("Another tablet has just taken the seat of %(judges)s. If that is wrong, ask the desk."),
    "seat_held": _l(
        "Another tablet holds the seat of %(judges)s; the desk has been told. To go on with this one, ask the "
        "staff to open the handover at the desk (seats and tablets), then scan the code shown there or enter its six "
        "digits. Nothing that was sent is lost."
    ),
    "attempt_unknown": _l("There is no such attempt."),
    "tablet_unnamed": _l("A program needs a name of its tablet, 16 to 64 random characters that it keeps for itself."),
    "seat_moved": _l(
        "The seat of %(judges)s moved to another tablet at %(at)s. This tablet is locked; nothing on it is lost."
    ),
    "handover_over": _l("This code was used already or has run out. Please ask the desk for a new one."),
    "chief_called": _l("The chief judge is called already; somebody will come to your seat."),
    "call_unknown": _l("There is no such call."),
    "call_answered": _l("The call of %(judges)s is answered already."),
    "seat_not_yours": _l(
        "This tablet is not signed in for this seat. What was submitted counts. Please scan the seat's code or enter "
        "its PIN."
    ),
    "not_signed_in": _l("Please sign in first."),
    "no_desk_here": _l("The desk is not used from this address. Please use one of the office's own computers."),
    "session_idle": _l("Nothing was done here for too long. Please sign in again; nothing that was stored is lost."),
    "session_unknown": _l("There is no such session of yours."),
    "password_wrong": _l("The name or the password is wrong."),
    "too_many_attempts": _l("Too many attempts. Please try again in %(minutes)s min."),
    "door_code_unknown": _l(
        "This door code is wrong, was used on another device, or is over. Please ask the desk for a new one."
    ),
    "too_many_door_codes": _l("You have made %(most)s door codes within an hour. Please wait, or ask somebody else."),
    "zone_unknown": _l("Please choose a time zone from the list."),
    "address_malformed": _l("Please enter an address such as http://192.168.1.10:5000, or leave this empty."),
    "account_unknown": _l("There is no such account."),
    "account_closed": _l("The account %(name)s is closed. An administrator can open it again."),
    "account_open": _l("The account %(name)s is open already."),
    "last_officer": _l(
        "Nobody else holds this office. Give it to somebody else first; if nobody can, the separation of duties is "
        "switched off at the server itself."
    ),
    "role_of_all_duties": _l("The duties are separated: nobody holds all of them. Please choose another role."),
    "rights_to_come": _l("The account %(name)s has no rights yet; the security administrator gives them."),
    "password_not_own": _l(
        "The account %(name)s has still the password that was given to it. Its owner signs in once and changes it; "
        "then the rights are given."
    ),
    "own_rights": _l("Nobody gives rights to himself. Another security administrator has to do this."),
    "duties_separated": _l("The duties are separated already."),
    "duties_joined": _l("The separation of duties is switched off already."),
    "joining_asked": _l("Somebody has asked for this already. The system administrator agrees or leaves it as it is."),
    "joining_not_asked": _l("Nobody asks for this any more. Please look at the page again."),
    "joining_asked_by_you": _l("You have asked for this yourself. Another account has to agree."),
    "officer_missing": _l("Please choose an account for this office."),
    "officer_closed": _l("This account is closed. Please choose one that is open."),
    "officer_given": _l(
        "This account still has the password that somebody gave it. Please let its owner sign in and change it first."
    ),
    "officer_twice": _l("No account holds two offices. Please choose another account."),
    "marks_and_tallies": _l(
        "A judge of this contest has your name: who marks does not tally. Please let somebody else do this."
    ),
    "judges_and_tallied": _l(
        "The account %(name)s has confirmed totals, entered paper sheets or dealt with corrections in this contest: "
        "who tallies does not judge. Please seat somebody else; for two people of one name, add something that tells "
        "them apart."
    ),
    "codes_and_assigns": _l(
        "Who draws the codes does not assign the reviewers, nor the other way round. While the documents are coded, a "
        "second account of a coding officer does it."
    ),
    "runs_and_witnesses": _l(
        "Who has run this contest does not witness it, nor the other way round. Please let somebody else do this."
    ),
    "last_administrator": _l("This is the last administrator. Make somebody else administrator first."),
    "administrator_everywhere": _l("Administrators are let into every contest. Change the role first."),
    "contest_not_yours": _l("Your account is not let into this contest. An administrator can change that."),
    # seats, codes and relations
    "seat_code_renewed": _l("The code of this seat was renewed: this tablet is signed out. Please scan the new card."),
    "password_of_demo": _l(
        "The account %(name)s has the password of the demo, which everybody can read. Please give it another one first."
    ),
    "password_in_demo": _l("This is the password of the demo, which everybody can read. Please choose another one."),
    "code_revoked": _l("The code of %(judges)s is revoked already."),
    "typed_wrong": _l("Please type exactly this to confirm: %(expected)s"),
    "room_unknown_here": _l("There is no such room in this contest."),
    "reserve_by_assignment": _l("Documents are given to reviewers one by one. Please assign the reserve there."),
    "not_a_reserve": _l("Please choose a reserve judge."),
    "reserve_elsewhere": _l("Reserve %(seats)s has marked in another room already and stays there."),
    "reserve_sits_already": _l("Reserve %(seats)s marks this turn already."),
    "reserve_in_conflict": _l("Reserve %(seats)s is related to this contestant and cannot stand in."),
    "not_standing_in": _l("This reserve does not stand in for anybody there."),
    "inspectors_recused": _l(
        "In every pair somebody is recused for no. %(number)s. Add inspectors, or waive a relation."
    ),
    "recusal_from_relation": _l(
        "%(Judges)s is recused by a recorded relation. Waive it, with a reason, on the page of recusal relations."
    ),
    "contestant_unknown_here": _l("There is no such contestant in this contest."),
    "judge_unnamed": _l("Nobody is named at this seat yet. Please enter who sits there first."),
    "relation_twice": _l("This relation is recorded already."),
    "relation_gone": _l("This relation is taken back already."),
    "conflict_gone": _l("This ground does not apply any more."),
    "waived_already": _l("This is waived already."),
}
