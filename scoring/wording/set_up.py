"""The sentences for setting a contest up: what a step refuses, and what the check list misses or advises."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

OF_SET_UP: dict[str, Any] = {
    # what a step refuses
    "rehearsal_on": _l("A rehearsal of this contest is on. End it on the page Rehearsal first; nothing counts before."),
    "rehearsal_of_rehearsal": _l("This is a rehearsal already."),
    "rehearsal_too_late": _l("The contest has begun: it can be rehearsed only before the first turn is called."),
    "no_rehearsal": _l("No rehearsal is on here."),
    "screen_code_wrong": _l("A code of a hall screen has six letters and figures. Type it as it stands on the screen."),
    "screens_too_many": _l(
        "%(most)s screens are known already, which is the most. End the rehearsal and begin another."
    ),
    "contest_not_open": _l("This contest is still being set up. Open it at the end of the check list first."),
    "already_open": _l("This contest is open already."),
    "entries_closed": _l(
        "The contest has begun; its entry list stays as it is. Enter latecomers on the page “Late arrivals”."
    ),
    "pairings_stand": _l("The matches are paired already. Take the pairing back first, then change the entry list."),
    "contestant_in_use": _l("Something is recorded about no. %(number)s already, so it cannot be taken off the list."),
    "team_unknown": _l("No line of the list has the number %(team)s of this team."),
    "team_of_team": _l("A team cannot belong to a team."),
    "level_unknown": _l("Please choose a level from the list."),
    "slug_malformed": _l("Please use 2 to 40 small letters, figures and hyphens, such as shifa-2026."),
    "practice_fixed": _l("An open contest stays what it was opened as: official or practice."),
    "format_fixed": _l("Contestants are entered already. Take them off the list first, or set up another contest."),
    "confirmation_wrong": _l("Please type exactly %(expected)s to confirm."),
    "rooms_fixed": _l(
        "The contest has begun; rooms and panels stay. Add a seat or split a room on the page “Late arrivals”."
    ),
    "rooms_out_of_range": _l("An event has 1 to %(most)s rooms."),
    "judges_out_of_range": _l("A panel has 1 to %(most)s judges."),
    "seat_in_use": _l("%(Judges)s has been at work already; this seat cannot be taken away."),
    "moment_malformed": _l("Please enter day and time."),
    "date_malformed": _l("Please enter the date as year, month and day, such as 2026-11-25."),
    "marking_begun": _l("Marking has begun. What is changed now must become a new version with a reason."),
    "full_marks_malformed": _l("Please enter the full marks as a number above 0, such as 100."),
    "parts_stand": _l("The matches are paired already for other sheets. Take the pairing back, then change this."),
    "meeting_stands": _l("The matches are paired already by other camps. Take the pairing back, then change this."),
    "control_unknown": _l(
        "The rules name “%(name)s” as prosecution, but no entrant has this number, office or department. Please "
        "correct the rules or the entry list."
    ),
    "camp_missing": _l(
        "No. %(number)s has no office or department in the entry list, by which the rules tell the camps. Please add "
        "it."
    ),
    "camps_one_sided": _l(
        "All entrants are of the same camp, so nobody could meet. Please check the rules and the list."
    ),
    "sides_fixed_knockout": _l(
        "In a knockout two of the same camp can meet, so the sides cannot be fixed. Let the sides be drawn in the "
        "rules, or leave the knockout out."
    ),
    "same_camp": _l("No. %(number)s is of the same camp. By the rules opponents come from different camps."),
    "pairs_missing": _l("Please type the pairs, two numbers a line, such as 01 12."),
    "pair_malformed": _l("“%(line)s” is no pair. Please type two numbers a line, such as 01 12."),
    "pair_unknown": _l("“%(number)s” is no number of the entry list. Please correct the pair."),
    "pair_itself": _l("No. %(number)s cannot meet itself. Please correct the pair."),
    "pair_twice": _l("No. %(number)s is in two pairs. Please leave it in one of them."),
    "pair_of_camp": _l("No. %(first)s and no. %(second)s are of the same camp. By the rules they cannot meet."),
    "pairs_by_hand_stand": _l(
        "The pairs of this round were made by hand and are not drawn again. Please name an opponent for the latecomer."
    ),
    "board_frozen": _l("The audience's board stands still. Let it move again first."),
    "settings_same": _l("Nothing is different from the version in force."),
    "sheet_unreadable": _l(
        "The sheet of %(judges)s for no. %(number)s could not be read any more (%(field)s): a criterion that was "
        "marked would be gone, or a mark would be above its maximum."
    ),
    "no_matches_here": _l("No matches are held in this event."),
    "rounds_missing": _l("Please plan at least one round."),
    "pairing_unknown": _l("Please choose from the list how the matches are paired."),
    # what the check list misses
    "title_missing": _l("The contest has no name yet."),
    "settings_wrong": _l("Rules that do not hold together: %(count)s. Please save the rules and see what is said."),
    "maxima_not_full": _l("The maxima of a sheet add up to %(sum)s, not to %(full)s."),
    "contestants_missing": _l("Entered so far: %(given)s; at least %(least)s are needed."),
    "documents_none": _l("No document is handed in yet. Upload the documents; who hands in none is left out there."),
    "judges_missing": _l("Judges of %(room)s: %(given)s; the rules need at least %(least)s for a score."),
    "seats_ungrouped": _l(
        "Seats of %(room)s that belong to no group of judges: %(seats)s. Put each into a group on the page of rules."
    ),
    "group_judges_missing": _l(
        "%(group)s of %(room)s has %(given)s judges and needs at least %(least)s: add judges, or change the group on "
        "the page of rules."
    ),
    "inspectors_unpaired": _l("Inspectors of %(room)s: %(given)s; they work in pairs."),
    "matches_missing": _l("The matches are not paired yet."),
    "sides_missing": _l("The sides of some matches are not drawn yet."),
    "accounts_of_demo": _l(
        "These accounts still have the password of the demo, which everybody can read: %(names)s. Before a contest "
        "that counts is opened, give each of them another password or close it, on the page “Accounts”."
    ),
    "contest_of_demo": _l(
        "The demo's contests keep their names, since many know their seat codes. Please begin a contest of your own."
    ),
    # what it advises
    "order_not_drawn": _l("The running order is not drawn yet; until then it follows the numbers."),
    "times_missing": _l("Not every room has a planned time."),
    "waiting_for_match": _l(
        "No. %(numbers)s is in no match of the first round. Add one on the page “Late arrivals”, or draw the pairs "
        "again."
    ),
    "room_idle": _l("Nobody appears in %(room)s."),
    "documents_on_the_day": _l(
        "The documents are written on the day: open the contest first, then upload them before the coding."
    ),
    "documents_lacking": _l(
        "Without a document yet: %(count)s. Upload them or leave the authors out before the coding."
    ),
    "documents_uncleared": _l("Documents that nobody has cleared for the reviewers yet: %(count)s."),
    "coder_missing": _l("No account has the role of coding officer, who codes the documents before the review."),
    "coder_alone": _l(
        "The duties are separated, and there is one coding officer: who draws the codes assigns no reviewers. Please "
        "give a second account this role; it draws again, orders further reviews and applies relations."
    ),
    "chief_missing": _l("No account has the role of chief judge."),
    "chief_marks": _l(
        "The duties are separated, and every chief judge marks on a panel: nobody could approve a correction. Please "
        "give an account of somebody who does not mark, such as a deputy chief judge, this role as well."
    ),
    "supervisor_missing": _l("No account has the role of supervisor."),
    "too_few_to_trim": _l("Judges of %(room)s: %(given)s; nothing is dropped below %(from)s, the plain mean counts."),
    "group_too_few_to_trim": _l(
        "%(group)s of %(room)s has %(given)s judges; its highest and lowest are dropped from %(from)s sheets on."
    ),
    "judges_unnamed": _l("Seats of %(room)s without a name yet: %(count)s."),
}
