"""The sentence for each refusal: what happened and what to do, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from scoring.rules.refusal import Problem, Refused
from scoring.set_up_wording import SENTENCES_OF_SET_UP
from scoring.settings_wording import SENTENCES_OF_SETTINGS
from scoring.store.model import wall_time

SENTENCES: dict[str, Any] = {
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
    "judge_recused": _l("Judge %(seats)s is recused for no. %(number)s; no sheet of theirs counts."),
    "sheet_sent_back": _l("The sheet of judge %(seats)s is sent back already; the judge has not answered yet."),
    "sheet_not_submitted": _l(
        "Judge %(seats)s has not submitted a sheet for no. %(number)s; there is nothing to send back."
    ),
    # turns and releases
    "turn_unknown": _l("There is no such turn in this contest."),
    "not_called": _l("Work that is handed in under a code is not called."),
    "turn_not_waiting": _l("No. %(number)s has been called already."),
    "turn_not_performing": _l("No. %(number)s is not called now."),
    "sheets_still_open": _l("No. %(number)s is still being marked: judge %(seats)s has not submitted yet."),
    "sheets_already_in": _l("No. %(number)s cannot be taken back: judge %(seats)s has already submitted."),
    "sheets_sent_back": _l(
        "Not released: the sheet of judge %(seats)s is sent back with a question that is not answered yet."
    ),
    "missing_sheets": _l("Not released: the sheet of judge %(seats)s is missing."),
    "too_few_judges": _l("Not released: only %(valid)s valid sheets, at least %(minimum)s are needed."),
    "marking_closed": _l("The marking of no. %(number)s is closed. The desk can open it again; your marks are kept."),
    "marking_open": _l("The marking of no. %(number)s is open already."),
    "totals_unchecked": _l("Not released: the checker has not confirmed these totals of no. %(number)s yet."),
    "totals_checked": _l("The totals of no. %(number)s are confirmed already."),
    "totals_changed": _l("The totals of no. %(number)s have changed meanwhile. Please look at them again."),
    "turn_not_released": _l("The score of no. %(number)s is not released."),
    "undo_too_late": _l("The score of no. %(number)s was released more than ten minutes ago. Ask for a correction."),
    "undo_not_newest": _l("Another score was released after no. %(number)s. Ask for a correction."),
    "undo_next_round": _l("The next round rests on the result of no. %(number)s already. Ask for a correction."),
    "undo_corrected": _l("The score of no. %(number)s was corrected already. Ask for another correction."),
    "undo_frozen": _l("The board stands still now. Let it go on first, or ask for a correction of no. %(number)s."),
    "place_out_of_range": _l("Please enter a place from 1 to %(most)s."),
    "place_same": _l("No. %(number)s stands at this place already."),
    "order_fixed": _l("The order up to here is fixed: no. %(number)s was called already."),
    # recusals and penalties
    "seat_not_in_room": _l("This seat does not belong to the room of this turn."),
    "ground_unknown": _l("Please choose a ground from the list."),
    "reason_missing": _l("Please give a reason; it goes on record."),
    "already_recused": _l("Judge %(seats)s is recused already."),
    "not_recused": _l("Judge %(seats)s is not recused."),
    "overtime_free": _l("Nothing to take off: the first %(seconds)s seconds over are free."),
    "overtime_twice": _l("No. %(number)s has an overtime penalty already; withdraw it first."),
    "seconds_not_whole": _l("Please enter whole seconds, 0 or more."),
    "seconds_negative": _l("Please enter whole seconds, 0 or more."),
    "penalty_unknown": _l("This penalty is withdrawn already."),
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
    "inspectors_not_in_pairs": _l("Inspectors work in pairs; this room has %(seats)s seats."),
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
        "Not released: %(open)s differences between the inspectors are not settled yet (%(lines)s)."
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
    "calibration_over": _l("Calibration ended when the next contestant was called."),
    "calibration_released": _l("The score is released; calibration is over."),
    "calibration_not_held": _l("This kind of contest has no calibration."),
    "calibration_used": _l("The sheets have been unlocked for calibration once already."),
    "contest_begun": _l("The contest has begun; the order is not drawn again."),
    "witness_missing": _l("Please enter who witnessed the draw."),
    "seed_missing": _l("Please enter the number that was drawn as the seed."),
    "seed_malformed": _l("The seed must be one line of at most %(most)s characters."),
    "cases_missing": _l("Please enter at least one case."),
    "drawn_twice": _l("%(name)s is in the list twice."),
    "nothing_to_draw": _l("There is nothing to draw."),
    "role_may_not": _l("Your account may not do this."),
    # paper
    "paper_same_person": _l(
        "You have entered the sheet of judge %(seats)s already. A second person enters it now; if yours is wrong, "
        "take it back first."
    ),
    "paper_two_entries": _l(
        "Two people have entered the sheet of judge %(seats)s and differ. One of them enters it again or takes it back."
    ),
    "paper_seat_recused": _l("Judge %(seats)s is recused for no. %(number)s; there is no sheet to enter."),
    "paper_sheet_in": _l(
        "The sheet of judge %(seats)s for no. %(number)s is in from the tablet already; the paper is not needed."
    ),
    "paper_entry_unknown": _l("You have no entry of this sheet to take back."),
    # corrections
    "correction_too_early": _l(
        "No. %(number)s is not released: ask the chief judge to send the sheet back, or withdraw the penalty."
    ),
    "correction_no_sheet": _l("Judge %(seats)s has no submitted sheet for no. %(number)s."),
    "correction_open": _l("A request about this for no. %(number)s waits for the chief judge already."),
    "correction_empty": _l("Nothing is different. Please enter what has to be corrected."),
    "correction_unknown": _l("There is no such request in this contest."),
    "correction_decided": _l("This request is decided already."),
    "correction_own": _l("Whoever asked for a correction does not approve or reject it."),
    "correction_outdated": _l(
        "No. %(number)s has been corrected since this was asked. Reject this request and ask again."
    ),
    "correction_ties_match": _l(
        "Not approved: with this correction the match of no. %(number)s is tied. Nothing was changed. Reject the "
        "request, and let the chief judge rule with the panel how the match is decided."
    ),
    "correction_changes_next_round": _l(
        "Not approved: with this correction of no. %(number)s others would be in the next round, and that is filled "
        "already. Nothing was changed. Stop the next round, let the chief judge rule with the panel who plays, and "
        "put the ruling into the reason when you reject this request."
    ),
    # spot checks
    "spot_check_drawn": _l("The spot check is drawn already."),
    "spot_check_too_early": _l("Not drawn: the spot check begins when every score of the round is released."),
    "spot_check_line_unknown": _l("This score is not part of the spot check."),
    "finding_unknown": _l("Please say whether the score agrees with the paper."),
    "spot_check_note_missing": _l("Please say what is wrong."),
    "spot_check_unknown": _l("No spot check is drawn yet."),
    "full_check_twice": _l("All scores are before the checker already."),
    "full_check_not_needed": _l("The errors do not ask for a full check."),
    "top_negative": _l("Please enter how many of the first ranks are checked, 0 or more."),
    "percent_out_of_range": _l("Please enter a percentage from 0 to 100."),
    # the record
    "sign_off_unknown": _l("There is no such entry yet."),
    "sign_off_nothing_new": _l("The record is signed up to entry %(number)s already."),
    "chain_broken": _l(
        "Not signed: the record does not match its fingerprints at entry %(number)s. Call the administrator."
    ),
    # screens
    "scene_unknown": _l("Please choose a scene from the list."),
    "message_missing": _l("Please enter the text of the announcement."),
    "screens_as_asked": _l("The screens are like that already."),
    # matches
    "sides_not_drawn": _l("Not called: the sides are not drawn yet."),
    "sides_drawn": _l("The sides of every match are drawn already; they stay as they are."),
    "ballot_empty": _l("Please choose a side."),
    "ballot_for_no_side": _l("This is not one of the two sides."),
    "ballot_twice": _l("Your secret vote on no. %(number)s is counted already; nobody votes twice."),
    "match_decided": _l("The match is decided already: no ballot or play-off is needed."),
    "match_stands": _l("Ties stand in this event: no ballot or play-off is held."),
    "match_undecided": _l("Not released: the match is tied and not decided yet."),
    "seat_not_of_panel": _l("Judge %(seats)s has no vote in this match."),
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
    # review of documents
    "no_documents_here": _l("No documents are judged in this contest."),
    "contestant_unknown": _l("There is no such contestant in this review."),
    "document_of_nobody": _l("Whose is this? Begin the file's name with the contestant's number."),
    "document_twice": _l("The very same file is there for no. %(number)s already."),
    "document_unknown": _l("This document was replaced by a newer one. Please look at that."),
    "document_cleared": _l("This document is cleared already."),
    "document_is_there": _l("No. %(number)s has handed in a document."),
    "findings_unresolved": _l("Something was found in this document. Please say why it may go to the reviewers."),
    "coded_already": _l("The documents are coded already; nothing about them changes now."),
    "not_coded": _l("The documents are not coded yet."),
    "documents_missing": _l("Not coded: no document of no. %(numbers)s. Upload it, or leave the contestant out."),
    "decoded_already": _l("The documents are decoded already."),
    "not_decoded": _l("Not released: the documents are not decoded yet."),
    "documents_not_open": _l("Not decoded: not opened to reviewers yet: %(codes)s."),
    "reviews_open": _l("Not decoded: sheets are missing or disputed: %(codes)s."),
    "witness_is_actor": _l("The witness must be somebody else."),
    "witnessed_already": _l("%(witness)s has signed for the decoding already."),
    "decoding_not_witnessed": _l("Not decoded: the supervisor has not signed yet, on the page “Witness the decoding”."),
    "review_begun": _l("The review has begun. Change the assignment by hand."),
    "reviewers_missing": _l("Not opened: too few reviewers for %(codes)s."),
    "nothing_cleared": _l("There is no cleared document left to open."),
    "sheet_begun": _l("Reviewer %(seats)s has begun with %(number)s and keeps it."),
    "rereview_by_unknown": _l("Please choose a further reviewer or the chair."),
    "rereview_not_needed": _l("No. %(number)s needs no further review."),
    "rereview_needed": _l("Not released: the reviewers are %(range)s points apart, more than %(threshold)s."),
    "reviewer_recused": _l("Reviewer %(reviewer)s is recused for this document."),
    "reviewer_twice": _l("Reviewer %(reviewer)s reviews this document already."),
    "unknown_reviewer": _l("There is no such reviewer."),
    "reviewers_not_enough": _l("Only %(given)s reviewers, %(needed)s are needed."),
    "too_few_reviewers": _l("Only %(free)s reviewers are free, %(needed)s are needed. Recused: %(recused)s"),
    "unknown_relation": _l("A reviewer is kept off by office or by department; “%(relation)s” is neither."),
    "avoid_malformed": _l("Please list what keeps a reviewer off: office, department, both or nothing."),
    "ruled_twice": _l("This is recorded for no. %(number)s already."),
    "comment_too_long": _l("Please shorten this comment to %(most)s characters."),
    "comment_not_text": _l("Please enter plain text."),
    # first start and passwords
    "first_start_over": _l("Somebody else has made the first account. Please sign in."),
    "first_code_wrong": _l("This is not the code of the newest start. Please look at the terminal again."),
    "passwords_differ": _l("The two passwords differ. Please type the same twice."),
    "password_too_short": _l("Please choose a password of at least %(minimum)s characters."),
    "password_too_long": _l("Please choose a password of at most %(maximum)s characters."),
    "password_trivial": _l("This password is among the first that others would try. Please choose another."),
    # setting up
    "slug_taken": _l("Another contest has this address already."),
    "number_twice": _l("Two contestants have the number %(number)s."),
    "role_unknown": _l("Please choose a role from the list."),
    "name_taken": _l("Another account has this name already."),
    # people
    "pin_unknown": _l("No seat has this PIN. Please check the card at your seat."),
    "key_unknown": _l("This code is not valid any more. Please ask the desk for a new one."),
    "seat_unknown": _l("There is no such seat in this contest."),
    "seat_taken": _l("Another tablet has just taken the seat of judge %(seats)s. If that is wrong, ask the desk."),
    "seat_held": _l(
        "Another tablet holds the seat of judge %(seats)s. To go on here, ask the desk to hand the seat over."
    ),
    "seat_moved": _l(
        "The seat of judge %(seats)s moved to another tablet at %(at)s. This tablet is locked; nothing on it is lost."
    ),
    "handover_over": _l("This code was used already or has run out. Please ask the desk for a new one."),
    "chief_called": _l("The chief judge is called already; somebody will come to your seat."),
    "call_unknown": _l("There is no such call."),
    "call_answered": _l("The call of judge %(seats)s is answered already."),
    "seat_not_yours": _l("This tablet is not signed in for this seat. Please scan the seat's code or enter its PIN."),
    "not_signed_in": _l("Please sign in first."),
    "password_wrong": _l("The name or the password is wrong."),
    "too_many_attempts": _l("Too many attempts. Please wait a minute, then try again."),
    "account_unknown": _l("There is no such account."),
    "account_closed": _l("The account %(name)s is closed. An administrator can open it again."),
    "account_open": _l("The account %(name)s is open already."),
    "last_administrator": _l("This is the last administrator. Make somebody else administrator first."),
    "administrator_everywhere": _l("Administrators are let into every contest. Change the role first."),
    "contest_not_yours": _l("Your account is not let into this contest. An administrator can change that."),
    # seats, codes and relations
    "seat_code_renewed": _l("The code of this seat was renewed: this tablet is signed out. Please scan the new card."),
    "code_revoked": _l("The code of judge %(seats)s is revoked already."),
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
        "Judge %(seats)s is recused by a recorded relation. Waive it, with a reason, on the page of recusal relations."
    ),
    "contestant_unknown_here": _l("There is no such contestant in this contest."),
    "judge_unnamed": _l("Nobody is named at this seat yet. Please enter who sits there first."),
    "relation_twice": _l("This relation is recorded already."),
    "relation_gone": _l("This relation is taken back already."),
    "conflict_gone": _l("This ground does not apply any more."),
    "waived_already": _l("This is waived already."),
    # imports: the file
    "import_empty": _l("There is nothing in this file. Please fill in the template and upload that."),
    "import_too_large": _l(
        "This file is larger than %(most)s MB; a list is far smaller. Please upload the list alone."
    ),
    "import_kind_unknown": _l(
        "This is neither an Excel workbook (XLSX) nor a CSV file, whatever its name says. Please upload one of these."
    ),
    "import_old_excel": _l("This is a workbook of the old kind (XLS). Please save it as XLSX and upload that."),
    "import_has_macros": _l("This workbook holds macros. Please save it as XLSX without macros and upload that."),
    "import_too_complex": _l("This workbook takes too long to read. Please copy the list alone into the template."),
    "import_text_unreadable": _l(
        "The characters of this file cannot be read. Please save it as XLSX, or as CSV in UTF-8 or GBK."
    ),
    "import_text_broken": _l(
        "Line %(line)s of this file cannot be read: a quotation mark is not closed. Please mend it there."
    ),
    "import_headings_missing": _l(
        "Sheet “%(sheet)s”, row %(line)s: the column %(missing)s is missing; found there: %(found)s. "
        "Please name the columns as the template does."
    ),
    "import_column_twice": _l(
        "Sheet “%(sheet)s”, row %(line)s: columns %(columns)s are both %(name)s. Please leave one of them."
    ),
    "import_merged": _l(
        "Sheet “%(sheet)s”, cells %(range)s are merged. Please unmerge them and fill in each row, then upload it again."
    ),
    "import_too_many_rows": _l(
        "Sheet “%(sheet)s” has %(rows)s rows; at most %(most)s can be imported. Is this the right file?"
    ),
    "import_no_rows": _l("Sheet “%(sheet)s” has headings but no rows below them. Please fill in the list."),
    # imports: its cells
    "cell_missing": _l("This cell is empty. Please fill it in."),
    "cell_too_long": _l("This is longer than %(most)s characters. Please shorten it."),
    "cell_unprintable": _l("There are control characters in this cell. Please type its text again."),
    "cell_formula": _l("There is a formula here without a value. Please copy the column and paste it as values."),
    "cell_formula_value": _l("Taken from a formula, with the value that was last worked out."),
    "cell_error": _l("There is a spreadsheet error in this cell, such as #REF!. Please type the value."),
    "cell_date": _l("The spreadsheet made a date of this. Please format the column as text and type it again."),
    "cell_not_a_number": _l("A number is one word of letters and figures. Please take out blanks and other signs."),
    "cell_not_yes_or_no": _l("Please write yes or no, or leave it empty."),
    "row_twice": _l("%(key)s is there twice: also in sheet “%(sheet)s”, row %(line)s. Please correct one of them."),
    "number_padded": _l("%(typed)s is read as %(number)s."),
    "number_taken": _l("%(number)s belongs to %(name)s, who is not in this file. Please choose another number."),
    "number_of_marked": _l("No. %(number)s has been called or marked: the number stays. Please put it back."),
    "contestant_twice": _l("This person is no. %(number)s already, and another row of this file says so too."),
    "speaker_gap": _l("There is a gap before this: a later speaker is named. Please fill it in."),
    "room_unknown": _l("There is no room of this name, or several. Please write one of these: %(rooms)s"),
    "seat_out_of_range": _l("Please enter a seat from 1 to %(most)s."),
    "seat_too_late": _l("Marking has begun in this room: only reserve seats can be added to it now."),
    "reserve_too_late": _l("Marking has begun in this room. Let a reserve stand in on the page of the seats instead."),
    "judge_not_seated": _l("No judge called %(name)s has a seat in this contest. Please import the judges first."),
    "contestant_not_entered": _l("There is no no. %(number)s in this contest. Please import the contestants first."),
    "relation_unknown": _l("Please write kin or mentor."),
    "import_after_draw": _l("The order, the pairs or the benches are fixed: nobody new can be entered."),
    "import_after_coding": _l("The documents are coded: nobody new can be entered."),
    # imports: confirming them
    "import_unknown": _l("There is no such import. Please upload the file again."),
    "import_kind_not_here": _l("This contest has no list of this kind."),
    "import_done": _l("This import is done already."),
    "import_changed": _l("The contest has changed since this was shown. Please look at it again, then confirm."),
    "import_wrong_rows": _l(
        "%(rows)s rows are wrong. Nothing is imported: correct them in the file and upload it again."
    ),
    "import_nothing_new": _l("Everything in this file is in the contest already. There is nothing to do."),
    "no_room": _l("This event has no room yet. Please add one first."),
    # documents
    "document_empty": _l("There is nothing in this document. Please hand in the finished one."),
    "document_too_large": _l(
        "This document is larger than %(most)s MB. Please make its pictures smaller and hand it in again."
    ),
    "document_kind_unknown": _l(
        "This is neither a PDF nor a Word document (DOCX), whatever its name says. Please hand in one of these."
    ),
    "document_renamed": _l(
        "This is not what it says it is: the name says %(says)s, the content is %(found)s. Please hand in the original."
    ),
    "document_old_word": _l(
        "This is a Word document of the old kind (DOC). Please save it as DOCX or PDF and hand that in."
    ),
    "document_encrypted": _l(
        "This document is protected by a password or by permissions. Please save it without and hand it in again."
    ),
    "document_broken": _l(
        "This document is damaged and cannot be read. Please open it, save it anew and hand that in."
    ),
    "document_has_macros": _l("This document holds macros. Please save it as DOCX without macros, or as PDF."),
    "document_zip_bomb": _l("This document unpacks to far more than a document holds, and is refused for safety."),
    "document_hostile_xml": _l(
        "This document holds instructions that no word processor writes (a DTD), and is refused for safety."
    ),
    "document_too_complex": _l(
        "This document is built in a way that takes too long to check. Please save it as a plain PDF."
    ),
    "document_too_long": _l("This document is too long for a review."),
    "document_too_many_pages": _l("This document has %(pages)s pages; at most %(most)s can be reviewed."),
    "document_link_removed": _l("Links were taken out; their text stays."),
    "document_image_removed": _l("A picture was taken out: it is too large or neither PNG nor JPEG."),
    "document_remote_image_removed": _l("A picture that is fetched from elsewhere was taken out."),
    "document_remote_template_removed": _l("A template that is fetched from elsewhere was taken out."),
    "document_remote_object_removed": _l("A part that is fetched from elsewhere was taken out."),
    "document_activex_removed": _l("An ActiveX control was taken out."),
    "document_object_removed": _l("An embedded object was taken out."),
    "document_script_removed": _l("A script was taken out."),
    "document_action_removed": _l("An action that the document starts by itself was taken out."),
    "document_embedded_file_removed": _l("An attached file was taken out."),
    "document_form_removed": _l("Form fields were taken out, with what was filled in."),
    "document_media_removed": _l("Sound or film was taken out."),
    "document_annotation_removed": _l("Notes and stamps laid over the pages were taken out."),
    # the house
    "storage_failed": _l("The server could not store this. Nothing is lost here; please try again."),
    "contest_unknown": _l("There is no such contest."),
    "review_twice": _l("This contest has a review of documents already; a contestant hands in one."),
    "awards_for_nothing": _l("Awards are for a ranking, for speakers, for the overall result or for offices."),
    "event_unknown": _l("This contest has no such event. Please open it from the list of contests."),
    "payload_malformed": _l("The server could not read this message."),
    "verb_unknown": _l("The desk does not know this command."),
    "field_missing": _l("Please fill this in."),
    "field_not_a_number": _l("Please enter a whole number."),
    "field_not_text": _l("Please enter plain text."),
    "field_too_long": _l("Please shorten this to %(most)s characters."),
    "too_many_lines": _l("Please enter at most %(most)s lines."),
    "field_not_a_flag": _l("The server could not read this message."),
    "request_malformed": _l("The server could not read this message. Please reload the page and try again."),
}
SENTENCES |= SENTENCES_OF_SETTINGS | SENTENCES_OF_SET_UP


def sentence(problem: Problem | str, **figures: str) -> str:
    """The sentence for a problem, or for a code with figures; an unknown code shows itself rather than nothing."""
    code = problem if isinstance(problem, str) else problem.code
    shown = figures if isinstance(problem, str) else dict(problem.figures)
    found = SENTENCES.get(code)
    if found is None:
        return gettext("This was refused (%(code)s).", code=code)
    try:
        return str(found) % shown
    except KeyError:
        return str(found)


def clock_time(moment: str) -> str:
    """Hours and minutes of a snapshot's moment (ISO 8601)."""
    return wall_time(datetime.fromisoformat(moment))


def refusal(refused: Refused) -> dict[str, Any]:
    """A refusal as every door answers it: the first problem's code and sentence, and each field's."""
    first = refused.problems[0]
    fields = {
        problem.field: {"code": problem.code, "message": sentence(problem)}
        for problem in reversed(refused.problems)
        if problem.field
    }
    return {"ok": False, "code": first.code, "message": sentence(first), "fields": fields}


def worded(sheet: dict[str, Any]) -> dict[str, Any]:
    """A sheet's view with a sentence beside each of its problems."""
    problems = {
        item["field"]: {"code": item["code"], "message": sentence(item["code"], **item["figures"])}
        for item in sheet["problems"]
    }
    return sheet | {"problems": problems}
