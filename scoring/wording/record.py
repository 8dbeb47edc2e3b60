"""The sentences for refusals of paper sheets, corrections, spot checks, the log and the screens."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

OF_RECORD: dict[str, Any] = {
    # paper
    "paper_same_person": _l(
        "You have entered the sheet of %(judges)s already. A second person enters it now; if yours is wrong, "
        "take it back first."
    ),
    "paper_two_entries": _l(
        "Two people have entered the sheet of %(judges)s and differ. One of them enters it again or takes it back."
    ),
    "paper_seat_recused": _l("%(Judges)s is recused for no. %(number)s; there is no sheet to enter."),
    "paper_sheet_in": _l(
        "The sheet of %(judges)s for no. %(number)s is in from the tablet already; the paper is not needed."
    ),
    "paper_not_coded": _l("These documents are not coded: their sheets are entered on the page “Paper sheets”."),
    "paper_named_already": _l("The sheet of judge %(seats)s for no. %(number)s is named as one of paper already."),
    "paper_entry_unknown": _l("You have no entry of this sheet to take back."),
    # corrections
    "correction_too_early": _l(
        "No. %(number)s is not released: ask the chief judge to send the sheet back, or withdraw the penalty."
    ),
    "correction_no_sheet": _l("%(Judges)s has no submitted sheet for no. %(number)s."),
    "correction_open": _l("A request about this for no. %(number)s waits for the chief judge already."),
    "lift_at_desk": _l(
        "That no. %(number)s does not perform was recorded before a release: take it back at the desk, under “Not "
        "performing”."
    ),
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
    "spot_check_nothing": _l("Not drawn: no score was released, there is nothing to check."),
    "spot_check_line_unknown": _l("This score is not part of the spot check."),
    "finding_unknown": _l("Please say whether the score agrees with the paper."),
    "spot_check_note_missing": _l("Please say what is wrong."),
    "spot_check_unknown": _l("No spot check is drawn yet."),
    "full_check_twice": _l("All scores are before the checker already."),
    "full_check_not_needed": _l("The errors do not ask for a full check."),
    "top_negative": _l("Please enter how many of the first ranks are checked, 0 or more."),
    "percent_out_of_range": _l("Please enter a percentage from 0 to 100."),
    # a database that does not agree, or cannot be opened
    "contest_in_doubt": _l(
        "The record of this contest does not agree with what was acknowledged or announced. Nothing of it is shown as "
        "a result until an administrator has looked at it; the server's terminal names the way back."
    ),
    "record_in_doubt": _l(
        "The record of a contest does not agree with what was acknowledged or announced. The list of contests at the "
        "desk and the server's terminal say what was found."
    ),
    "acknowledged_missing": _l(
        "Changes that were acknowledged are missing: the record ends at entry %(held)s, entry %(known)s was "
        "acknowledged."
    ),
    "acknowledged_differs": _l("Entry %(entry)s of the record is not the one that was acknowledged."),
    "record_broken": _l("Entry %(entry)s of the record was changed outside of this software."),
    "sheet_changed": _l("A score sheet was changed outside of this software."),
    "rows_changed": _l(
        "Rules, entries, appearances or decisions of this contest were changed outside of this software since its last "
        "entry. Where they are right as they are, the command accept-changes goes on with them, with a reason on "
        "record."
    ),
    "site_rows_changed": _l(
        "Accounts or settings of the installation were changed outside of this software since its last entry."
    ),
    "rows_altered": _l(
        "Rules, entries, appearances or decisions of this contest were changed outside of this software while it ran. "
        "The page Log says since when. Compare with the paper sheets before anything more is released."
    ),
    "files_altered": _l(
        "Documents or photos of this contest were changed or taken away on the server's disk. Whoever opens one of "
        "them is told so. Put the folder documents back from a copy before anything more is judged."
    ),
    "file_altered": _l(
        "This file on the server is not the one that was handed in any more, so it is not shown. Please tell the "
        "organizer."
    ),
    "site_rows_altered": _l(
        "Accounts or settings of the installation were changed outside of this software while it ran. Please tell the "
        "administrator."
    ),
    "result_changed": _l("The announced figures of no. %(number)s are not those in the record."),
    "result_differs": _l("No. %(number)s was announced with another score than its sheets give now."),
    "result_unreadable": _l("The score of no. %(number)s was announced and cannot be worked out from its sheets now."),
    "copy_lacks": _l(
        "Way back: stop the server and put %(path)s in the database's place; %(count)s acknowledged changes would be "
        "missing. Then run accept-loss."
    ),
    "no_copy": _l("There is no copy of the database in %(path)s. Look for one elsewhere before anything is changed."),
    "log_kept": _l("The log that the last end has left is kept as %(path)s."),
    "database_emptied": _l(
        "%(path)s is gone or empty, but marks were acknowledged in it. Put a copy back, or begin elsewhere with "
        "another SAIPING_INSTANCE."
    ),
    "database_foreign": _l("%(path)s is not a database of this software. Name another one in SAIPING_DATABASE."),
    "database_newer": _l(
        "%(path)s was written by a newer version of this software. Serve it with that version; nothing was changed."
    ),
    "database_damaged": _l("%(path)s is damaged. Do not write to it; put a copy back. Nothing was changed."),
    "database_read_only": _l("%(path)s cannot be written to. Check the disk and the rights of its folder."),
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
}
