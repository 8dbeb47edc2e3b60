"""The sentences for refusals of marks, sheets, turns, clocks, benches, draws and matches."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

OF_TURNS: dict[str, Any] = {
    # marks
    "mark_empty": _l("Please give a mark."),
    "mark_not_a_number": _l("This is not a number. Please enter a mark such as 12.5."),
    "mark_out_of_range": _l("The mark must be between %(minimum)s and %(maximum)s."),
    "mark_off_step": _l("Marks go in steps of %(step)s: choose %(below)s or %(above)s."),
    "unknown_criterion": _l("This sheet has changed. Please reload the page; your marks are kept."),
    # sheets
    "sheet_malformed": _l("The server could not read this sheet. Please reload the page; your marks are kept."),
    "submission_malformed": _l("The server could not read this submission. Please submit again."),
    "sheet_submitted": _l("Your sheet for no. %(number)s is submitted and locked. Ask the chief judge to change it."),
    "draft_outdated": _l("The server holds a newer draft of this sheet, from another tablet or tab."),
    "not_handed_in": _l("This work is not handed in yet; nothing about it can be marked."),
    "seat_recused": _l("You are recused for no. %(number)s and need not mark."),
    "turn_not_open": _l("No. %(number)s is not being marked now."),
    "turn_released": _l("The score of no. %(number)s is released; nothing about it can be changed."),
    "change_reason_missing": _l("You have changed a mark. Please say why; both versions stay on record."),
    "question_missing": _l("Please write what you ask the judge; it goes on record."),
    "judge_recused": _l("%(Judges)s is recused for no. %(number)s; no sheet of theirs counts."),
    "sheet_sent_back": _l("The sheet of %(judges)s is sent back already; no answer has come yet."),
    "sheet_not_submitted": _l(
        "%(Judges)s has not submitted a sheet for no. %(number)s; there is nothing to send back."
    ),
    # turns and releases
    "turn_unknown": _l("There is no such turn in this contest."),
    "not_called": _l("Work that is handed in under a code is not called."),
    "turn_not_waiting": _l("No. %(number)s has been called already."),
    "turn_not_performing": _l("No. %(number)s is not called now."),
    "sheets_still_open": _l("No. %(number)s is still being marked: no sheet yet from %(judges)s."),
    "sheets_already_in": _l("No. %(number)s cannot be taken back: a sheet is in already, from %(judges)s."),
    "sheets_sent_back": _l("Not released: a question about a sheet is not answered yet, by %(judges)s."),
    "missing_sheets": _l("Not released: no sheet yet from %(judges)s."),
    "too_few_judges": _l(
        "Not released: too few valid sheets, %(valid)s of at least %(minimum)s. Let a reserve judge mark, let a judge "
        "mark after all, or record who does not perform."
    ),
    "no_judge_marks": _l(
        "Not released: nobody on the panel marks here. Let a reserve judge mark, let a judge mark after all, or record "
        "who does not perform."
    ),
    "reserve_needed": _l(
        "Not released: %(valid)s valid sheets, and the rules of this event ask for %(minimum)s. Let a reserve judge "
        "take the empty seat."
    ),
    "group_short": _l(
        "Not released: %(group)s has %(valid)s valid sheets of at least %(minimum)s. Let a reserve judge take the "
        "empty seat, or choose on the page of rules that the other groups take over its weight."
    ),
    "seats_without_group": _l(
        "Not released: seat %(seats)s belongs to no group of judges. Put it into one on the page of rules."
    ),
    "group_needed": _l("Please choose the group of judges to which seat %(seats)s belongs."),
    "seat_of_other_group": _l("Seat %(seats)s belongs to %(group)s by the rules: choose that group."),
    "reserve_of_other_group": _l(
        "Seat %(seats)s belongs to %(group)s, and seat %(other)s to another group. Choose a reserve of the same "
        "group or of none."
    ),
    "too_many_for_sum": _l(
        "Not released: the sum is of exactly %(minimum)s sheets, and %(valid)s are in. Change on the page of rules how "
        "many it takes to drop, or what counts makes a mean."
    ),
    "marking_closed": _l("The marking of no. %(number)s is closed. The desk can open it again; your marks are kept."),
    "marking_open": _l("The marking of no. %(number)s is open already."),
    "totals_unchecked": _l(
        "Not released: tallier and checker, two people, have not both confirmed these totals of no. %(number)s yet."
    ),
    "totals_not_yours": _l(
        "Only whoever confirmed the totals of no. %(number)s takes that confirmation back. If you doubt them, do "
        "not confirm them: nothing is released then."
    ),
    "totals_own": _l("You have confirmed the totals of no. %(number)s already. A second person confirms them now."),
    "totals_same_role": _l(
        "The totals of no. %(number)s are confirmed in your role already. The other one, tallier or checker, "
        "confirms now."
    ),
    "totals_checked": _l("The totals of no. %(number)s are confirmed already."),
    "totals_changed": _l("The totals of no. %(number)s have changed meanwhile. Please look at them again."),
    "turn_not_released": _l("The score of no. %(number)s is not released."),
    "undo_too_late": _l("The score of no. %(number)s was released more than ten minutes ago. Ask for a correction."),
    "undo_not_newest": _l("Another score was released after no. %(number)s. Ask for a correction."),
    "sheets_incomplete": _l(
        "Not released: the sheets of %(judges)s have no marks for somebody who was let in again. Send them back, "
        "so that they are completed."
    ),
    "made_called": _l(
        "The match %(match)s was made of how %(number)s ended, and it is called. Take its call back first."
    ),
    "made_marked": _l(
        "The match %(match)s was made of how %(number)s ended, and sheets of it have come in. Both stand; this is not "
        "taken back any more."
    ),
    "made_ruled": _l(
        "The match %(match)s was made of how %(number)s ended, and it is ruled there that somebody does not perform. "
        "Take that ruling back first."
    ),
    "made_clock": _l(
        "The match %(match)s was made of how %(number)s ended, and a clock of it is running. Stop that clock first."
    ),
    "back_released": _l(
        "The score of the match %(match)s was released without no. %(number)s. Take that release back first, within "
        "ten minutes; afterwards both stand."
    ),
    "undo_corrected": _l("The score of no. %(number)s was corrected already. Ask for another correction."),
    "undo_frozen": _l("The board stands still now. Let it go on first, or ask for a correction of no. %(number)s."),
    "place_out_of_range": _l("Please enter a place from 1 to %(most)s."),
    "place_same": _l("No. %(number)s stands at this place already."),
    "order_fixed": _l("The order up to here is fixed: no. %(number)s was called already."),
    # who does not perform
    "not_performing_unknown": _l("Please choose absent, forfeited, disqualified or withdrawn."),
    "reach_unknown": _l("Please choose how far this holds: this turn, the event or the whole contest."),
    "decided_by_missing": _l("Please say who decided this, such as the chief judge."),
    "not_performing_who": _l("Please choose who of no. %(number)s does not perform."),
    "not_performing_twice": _l("That no. %(number)s does not perform is recorded already."),
    "not_performing_released": _l(
        "Not recorded: the score of no. %(turns)s is released. Ask for it on the page “Corrections”; the chief judge "
        "approves it, and it is shown as a correction."
    ),
    "not_performing_coded": _l(
        "Not recorded: nobody may know yet whose document %(number)s is. Rule it void by its code on the page "
        "“Reviewers”, or record by name on the page “Documents” who is out; that takes effect when the documents "
        "are decoded."
    ),
    "author_out": _l("No. %(number)s is recorded as out of this event. Take that back first."),
    "not_performing_gone": _l("This is taken back already, or was never recorded in this contest."),
    "not_performing_checked": _l("The spot check is drawn without no. %(number)s; this cannot be taken back any more."),
    "not_performing_sealed": _l(
        "The documents were decoded without no. %(number)s. This cannot be taken back any more."
    ),
    "undo_publication": _l(
        "Scores are public since no. %(number)s was recorded as not performing, and that is more than ten minutes "
        "ago. They cannot be hidden again."
    ),
    "turn_not_held": _l("No. %(number)s does not perform; nothing has to be marked, and nothing is released."),
    # recusals and penalties
    "seat_not_in_room": _l("This seat does not belong to the room of this turn."),
    "ground_unknown": _l("Please choose a ground from the list."),
    "reason_missing": _l("Please give a reason; it goes on record."),
    "already_recused": _l("%(Judges)s is recused already."),
    "not_recused": _l("%(Judges)s is not recused."),
    "overtime_free": _l("Nothing to take off: the first %(seconds)s seconds over are free."),
    "overtime_twice": _l("No. %(number)s has an overtime penalty already; withdraw it first."),
    "seconds_not_whole": _l("Please enter whole seconds, 0 or more."),
    "seconds_negative": _l("Please enter whole seconds, 0 or more."),
    "penalty_unknown": _l("This penalty is withdrawn already."),
    "penalty_proposed": _l(
        "Something was entered for no. %(number)s that nobody has confirmed. Confirm or withdraw it first, on the page "
        "“Penalties and bonuses”."
    ),
    "penalty_confirmed": _l("What was entered for no. %(number)s is confirmed already."),
    "penalty_own": _l("You entered this for no. %(number)s yourself: somebody else has to confirm it."),
    "penalty_of_chief": _l("Only the chief judge can confirm this for no. %(number)s."),
    "listed_while_coded": _l("No. %(number)s is judged under a code. This can be done after the decoding."),
    "listed_not_yours": _l("By the rules of this event somebody else enters this. Please tell them, or the organizer."),
    "listed_twice": _l("This was entered for no. %(number)s already. Withdraw it first if the points are others."),
    "points_fixed": _l("This has %(points)s points, neither more nor less."),
    "points_needed": _l("Please enter how many points: from %(minimum)s to %(maximum)s."),
    "points_out_of_range": _l("Please enter from %(minimum)s to %(maximum)s points."),
    # clocks
    "clock_unknown": _l("This turn has no such clock."),
    "clock_runs_already": _l("This clock runs already."),
    "clock_stands": _l("This clock does not run."),
    "clock_spent": _l("Both sides have spent their time."),
    "clock_not_dual": _l("This clock belongs to nobody else; pause it or start the next one."),
    "clock_not_yet": _l("No. %(number)s is not called yet: only the preparation can run."),
    "extra_out_of_range": _l("A clock cannot be changed by that much."),
    # benches
    "no_benches": _l("This contest has no benches."),
    "batch_started": _l("This batch has been started already."),
    "benches_not_planned": _l("No. %(numbers)s has no bench yet. Please plan the benches once more, then start."),
    "files_recognised": _l(
        "Only %(files)s at work in this batch: whoever knows them all but knows whose file a code is. Let others sit "
        "in it, at least %(needed)s in all, or decide on the page “Benches”, with a reason, that it starts all the "
        "same."
    ),
    "bench_not_started": _l("No. %(number)s has not started yet."),
    "bench_stopped": _l("The time of no. %(number)s is stopped already."),
    "photo_empty": _l("There is no photo in what was sent. Please take it again."),
    "photo_too_large": _l("This photo is larger than %(most)s MB. Please take it with a lower resolution."),
    "photo_not_an_image": _l("This is neither a JPEG nor a PNG picture. Please take a photo."),
    "photo_unknown": _l("This photo is not there any more. Please take it again."),
    "too_many_photos": _l("At most %(most)s photos can be taken of one file."),
    "bench_stopped_by_limit": _l("The hard stop has stopped no. %(number)s already. Take the file in."),
    "bench_running": _l("No. %(number)s is still at work: stop the bench first."),
    "handed_in_already": _l("The file of no. %(number)s is handed in already."),
    "benches_out_of_range": _l("Please enter 1 to %(most)s benches."),
    "inspectors_not_in_pairs": _l("Inspectors work in pairs; seats of this room: %(seats)s."),
    "cap_unknown": _l("This cap is not ruled for this file."),
    "item_not_said": _l("Say what you found here, or that nothing was found."),
    "nothing_found_contradicted": _l("Both a defect and “nothing found” are entered here. Please take one back."),
    "count_not_whole": _l("Please enter a whole number, 0 or more."),
    "count_too_high": _l("At most %(most)s can be counted here."),
    "occurrence_beyond_count": _l("Only %(count)s are counted here; please take back this page and note."),
    "page_not_whole": _l("Please enter a page number from 1 to %(most)s."),
    "note_too_long": _l("Please shorten this note to %(most)s characters."),
    "two_inspectors_needed": _l("Not released: a bench needs exactly two inspectors, it has %(valid)s."),
    "differences_open": _l(
        "Not released: differences of the inspectors still to be settled on the page “Differences”: %(open)s."
    ),
    "line_not_in_dispute": _l("The inspectors agree on this line; there is nothing to settle."),
    "seconds_missing": _l("Not released: the time of this bench is not recorded."),
    "past_hard_stop": _l("All work stops at %(most)s seconds; a longer time cannot be."),
    "overtime_from_time": _l("Overtime follows from the recorded time here and is not entered by hand."),
    "fact_malformed": _l("The server could not read this record. Please enter it again."),
    "unknown_ruling": _l("This contest has no such ruling."),
    "reason_too_long": _l("Please shorten the reason to %(most)s characters."),
    "cap_twice": _l("This cap is recorded already."),
    # calibration, draw
    "calibration_not_first": _l("Only the sheets of the first contestant can be unlocked for calibration."),
    "calibration_sheets_open": _l("Calibration begins when every sheet is in; %(missing)s are still missing."),
    "calibration_no_sheets": _l("Nobody on the panel marks; there is no sheet to unlock."),
    "calibration_over": _l("Calibration ended when the next contestant was called."),
    "calibration_released": _l("The score is released; calibration is over."),
    "calibration_not_held": _l("This kind of contest has no calibration."),
    "calibration_used": _l("The sheets have been unlocked for calibration once already."),
    "contest_begun": _l("The contest has begun; the order is not drawn again."),
    "witness_missing": _l("Please enter who witnessed the draw."),
    "seed_missing": _l("Please enter what the witness gives for the draw: figures or words."),
    "seed_malformed": _l("What the witness gives must be one line of at most %(most)s characters."),
    "seed_typed": _l("%(witness)s has typed for this draw already; it stays."),
    "supervisor_types": _l(
        "Not drawn: the supervisor has typed nothing for this draw yet, on the page “Draw”. Please wait for it, or say "
        "why it is drawn without the supervisor."
    ),
    "supervisor_types_again": _l(
        "Not drawn: it was drawn before. Again it is drawn only with what the supervisor types for it, on the page "
        "“Draw”."
    ),
    "cases_missing": _l("Please enter at least one case."),
    "drawn_twice": _l("%(name)s is in the list twice."),
    "nothing_to_draw": _l("There is nothing to draw."),
    "role_may_not": _l("Your account may not do this."),
    # matches
    "sides_not_drawn": _l("Not called: the sides are not drawn yet."),
    "sides_drawn": _l("The sides of every match are drawn already; they stay as they are."),
    "ballot_empty": _l("Please choose a side."),
    "play_off_not_public": _l("A play-off between persons is recorded once their scores are released."),
    "play_off_no_step": _l("The play-off is none of the tie steps of this event. Add it on the page of rules."),
    "play_off_not_tied": _l("No. %(number)s shares its rank with nobody whom a play-off could tell apart."),
    "play_off_figure_missing": _l("Please enter what the play-off came to, in points or votes, such as 8.5."),
    "ballot_for_no_side": _l("This is not one of the two sides."),
    "ballot_twice": _l("Your secret vote on no. %(number)s is counted already; nobody votes twice."),
    "match_decided": _l("The match is decided already: no ballot or play-off is needed."),
    "match_stands": _l("Ties stand in this event: no ballot or play-off is held."),
    "match_undecided": _l(
        "Not released: the match is tied and not decided yet. How it is decided stands under the sides of the match."
    ),
    "seat_not_of_panel": _l("%(Judges)s has no vote in this match."),
    "speaker_unknown": _l("There is no such speaker in this match."),
    "speaker_twice": _l("This speaker is listed already."),
    "speaker_missing": _l("No. %(number)s needs %(speakers)s speakers."),
    "not_silent": _l("This speaker is not listed as silent."),
    "unknown_part": _l("Please choose the side or speaker that this belongs to."),
    "part_missing": _l("Nobody is entered for this part of the match."),
    "too_many_motions": _l("Please list at most %(most)s motions."),
    "motion_malformed": _l("Please write each motion on one line."),
    "motion_missing": _l("A motion is empty. Please write it, or take its line out."),
    "motion_too_long": _l("Please shorten this motion to %(most)s characters."),
    "motion_twice": _l("This motion is in the list twice."),
    "too_few_contestants": _l("At least %(minimum)s contestants are needed."),
}
