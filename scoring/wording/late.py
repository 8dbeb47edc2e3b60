"""The sentences for refusals of what is added to a running contest: latecomers, seats, matches, a split room."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

OF_LATE: dict[str, Any] = {
    "contest_given_up": _l(
        "This contest was given up, or was a rehearsal that is over. Nothing is done in it any more."
    ),
    "number_taken_late": _l("%(number)s belongs to %(name)s already. Please choose another number."),
    "place_unknown": _l("Please choose: last, or drawn into those who wait."),
    "late_in_stage": _l(
        "Whoever takes part in this event has gone on to it from an earlier one, so nobody is entered late into it. "
        "Enter them late into that one, as long as its results are not all public."
    ),
    "late_round_over": _l(
        "All have performed and the scores of this round are public, so nobody can be added to it. Add an event of its "
        "own on the page “Events and awards”, or let the chief judge rule outside the ranking."
    ),
    "late_next_round": _l(
        "The next round is made from the results of this one, so nobody can be added to it any more. Let the chief "
        "judge rule who plays; the ruling belongs in the record on paper."
    ),
    "late_pairs_stand": _l(
        "A match of this round has begun, so its pairs stay. Choose “one match at the end” and name the opponent."
    ),
    "waiting_for_tree": _l(
        "No. %(numbers)s has no place in the knockout, and once a match of it has begun nobody gets one. Draw the "
        "pairs again in the set-up, under rooms and times, or record on the page “Late arrivals” that they do not "
        "take part."
    ),
    "late_in_knockout": _l(
        "A knockout that has begun has no place left in its tree. Whoever is late can only play outside it."
    ),
    "opponent_unknown": _l("There is nobody with the number %(number)s to play against."),
    "opponent_self": _l("Nobody plays against themselves. Please name another number than %(number)s."),
    "opponent_for_one": _l(
        "An opponent can be named for one team at a time. Leave it empty and add the matches after it."
    ),
    "met_already": _l("These two play against each other in this round already (%(number)s)."),
    "not_late": _l(
        "Only who was entered late can be taken off here; there is nobody like that with the number %(number)s."
    ),
    "late_called": _l(
        "No. %(number)s was called, coded or drawn into the pairs already. Record a withdrawal instead of taking off."
    ),
    "panel_full": _l("A panel has at most %(most)s judges."),
    "seat_by_pairs": _l(
        "Inspectors work in pairs, and each bench keeps its pair. Add a reserve, who can stand in for one of them."
    ),
    "seat_not_late": _l("Seat %(seats)s was not added late. Recuse the judge, or let a reserve stand in."),
    "seat_in_use_late": _l("%(Judges)s belongs to a called turn or has marked already, so the seat stays."),
    "nothing_owed": _l("%(Judges)s owes no sheet, and marks from the next call on like everybody else."),
    "no_judges_here": _l("Nobody sits on a panel here: the desk enters the results."),
    "no_split_here": _l("Documents, tests and benches are not called room by room, so there is nothing to split."),
    "split_panel_small": _l("A panel needs at least %(least)s judges here, or no score can be worked out."),
    "split_unknown": _l("No. %(number)s does not wait in this room, or has begun to prepare."),
    "split_nobody": _l("Nobody is left who could move: at least two must still wait in this room."),
    "room_not_split": _l("This room was there from the start; only one that was split off can be closed again."),
    "room_begun": _l("Somebody was called in this room already, so it stays."),
    "nothing_late": _l("No document has come in after the coding."),
    "late_recognised": _l(
        "Coded now, the late document would be one of %(documents)s, so whoever knows who came late would all but "
        "know its code. Wait until at least %(needed)s can be coded together, or decide as coding officer, with a "
        "reason, that it is coded all the same."
    ),
    "late_documents_wait": _l(
        "Documents that came late have no code yet: %(numbers)s. The coding officer codes them first."
    ),
}
