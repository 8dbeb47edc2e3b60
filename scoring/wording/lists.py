"""The sentences for refusals of imported lists."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

OF_LISTS: dict[str, Any] = {
    # work beside the server
    "too_many_jobs": _l(
        "The server is at work on other files and lists. Please wait until one of them is done, then try again."
    ),
    "job_gone": _l(
        "The server does not know of this any more: it was started again, or it is too long ago. Nothing is lost; "
        "please start it again."
    ),
    "job_too_long": _l("This took too long and was ended; nothing was changed. Please try again in a quiet moment."),
    "job_failed": _l("This could not be done, and nothing was changed. Please try again."),
    # imports: the file
    "import_empty": _l("There is nothing in this file. Please fill in the template and upload that."),
    "import_too_large": _l(
        "This file is larger than %(most)s MB; a list is far smaller. Please upload the list alone."
    ),
    "import_kind_unknown": _l(
        "This is neither an Excel workbook (XLSX) nor a CSV file, whatever its name says. Please open it in WPS or "
        "Excel, choose “Save as” and the type “XLSX”, and upload that; or copy the rows and paste them here."
    ),
    "import_old_excel": _l(
        "This is a workbook of the old kind (XLS or ET). Please open it in WPS or Excel, choose “Save as” and the type "
        "“XLSX”, and upload that; or copy the rows and paste them here."
    ),
    "import_is_ods": _l(
        "This is an OpenDocument sheet (ODS). Please choose “Save as” and the type “XLSX”, and upload that; or copy "
        "the rows and paste them here."
    ),
    "import_is_numbers": _l(
        "This is a Numbers sheet of Apple. Please choose “File, Export to, Excel” and upload that; or copy the rows "
        "and paste them here."
    ),
    "import_is_word": _l(
        "This is a text document (DOC or DOCX). Please copy the table in it and paste it here, or into a workbook that "
        "you save as XLSX."
    ),
    "import_is_pdf": _l(
        "This is a PDF. Please ask for the workbook that it was made of, or copy the rows and paste them here."
    ),
    "import_is_picture": _l("This is a picture. Please ask for the workbook, or type the names here, one a line."),
    "import_is_web_page": _l(
        "This is a web page, although it may be called XLS. Please open it in WPS or Excel, choose “Save as” and the "
        "type “XLSX”, and upload that; or copy the rows and paste them here."
    ),
    "import_is_xml_workbook": _l(
        "This is a workbook that was saved as an XML table, although it may be called ET or XLS. Please open it in WPS "
        "or Excel, choose “Save as” and the type “XLSX”, and upload that; or copy the rows and paste them here."
    ),
    "import_has_macros": _l("This workbook holds macros. Please save it as XLSX without macros and upload that."),
    "import_too_complex": _l("This workbook takes too long to read. Please copy the list alone into the template."),
    "import_text_unreadable": _l(
        "The characters of this file cannot be read. Please save it as XLSX, or as CSV in UTF-8 or GBK."
    ),
    "import_text_broken": _l(
        "Line %(line)s of this file cannot be read: a quotation mark is not closed. Please mend it there."
    ),
    "import_all_hidden": _l(
        "All that this workbook holds stands in hidden sheets: %(sheets)s. Please show the sheet in WPS or Excel, and "
        "upload the workbook again."
    ),
    "sheet_hidden": _l("This sheet is hidden in the workbook."),
    "sheet_of_others": _l("By its name it is another list."),
    "sheet_without_columns": _l("It has none of the columns."),
    "sheet_put_out": _l("It is left out, as you chose."),
    "column_missing": _l("%(Where)s: no column is known as “%(called)s”. Please choose it below, at “Columns”."),
    "column_assigned_twice": _l(
        "%(Where)s: columns %(columns)s are to mean the same. Please choose “not read” for one of them."
    ),
    "import_too_many_rows": _l(
        "%(Where)s has %(rows)s rows; at most %(most)s can be imported. Is this the right file?"
    ),
    "import_no_rows": _l("%(Where)s has headings but no rows below them. Please fill in the list."),
    # the names of offices
    "offices_alike": _l(
        "Names that look like one office: %(one)s and %(other)s. The ranking of offices and their awards depend on it."
    ),
    "offices_unclear": _l(
        "Pairs of names that look like one office and decide on recusals: %(count)s, such as %(one)s and %(other)s. "
        "Please say whether they are the same."
    ),
    "offices_unanswered": _l("Please choose “one office” or “two offices” for at least one pair."),
    "office_not_written": _l("One of these names stands nowhere in this contest any more. Please look again."),
    "offices_one_already": _l("%(one)s and %(other)s are one office already."),
    "offices_contradict": _l(
        "%(one)s and %(other)s were called two offices, and these answers make one of them. Please take one back."
    ),
    "office_answer_gone": _l("This answer was taken back already."),
    # imports: its cells
    "cell_missing": _l("This cell is empty. Please fill it in."),
    "cell_too_long": _l("This is longer than %(most)s characters. Please shorten it."),
    "cell_several_names": _l(
        "There are %(count)s names in this cell: %(names)s. Please give each person a row; if it is one name, write it "
        "without blanks."
    ),
    "cell_several_departments": _l(
        "Departments here: %(count)s (%(departments)s); people: %(speakers)s. Write one for all of them, or one for "
        "each."
    ),
    "team_too_large": _l(
        "This team has %(count)s members in the list, and at most %(most)s speak. Please take out who does not, or "
        "choose the columns of the speakers."
    ),
    "cell_unprintable": _l("There are control characters in this cell. Please type its text again."),
    "cell_formula": _l("There is a formula here without a value. Please copy the column and paste it as values."),
    "cell_error": _l("There is a spreadsheet error in this cell, such as #REF!. Please type the value."),
    "cell_date": _l("The spreadsheet made a date of this. Please format the column as text and type it again."),
    "cell_not_a_number": _l("A number is one word of letters and figures. Please take out blanks and other signs."),
    "cell_not_yes_or_no": _l("Please write yes or no, or leave it empty."),
    "cell_blank_below": _l(
        "Without an office, below a row that has one: %(count)s. If those cells were merged or left out in the list, "
        "take the office from the row above."
    ),
    "cell_merged": _l("Filled in from merged cells: %(count)s."),
    "cell_formula_value": _l("Taken from formulas, with the value that was last worked out: %(count)s."),
    "name_replaced": _l("No. %(number)s was %(old)s so far: with this row it is %(new)s."),
    "number_padded": _l("Numbers written as this contest writes them, such as 01 for 1: %(count)s."),
    "number_given": _l("Without a number in the list, numbered in its order: %(count)s."),
    "seat_given": _l("Without a seat in the list, seated in its order: %(count)s."),
    "team_of_office": _l("Without a team's name in the list, called by the office. Rows: %(count)s."),
    "cell_not_parted": _l("Office, department and post could not be told apart here. Please write the office alone."),
    "cell_struck": _l("A cell of this row is struck through in the workbook. Does it still hold?"),
    "row_hidden": _l("This row is hidden in the workbook. Is it meant to be imported?"),
    "row_filtered": _l("A filter hides this row in the workbook. Is it meant to be imported?"),
    "row_struck": _l("This row is struck through in the workbook."),
    "row_foot": _l("It looks like a remark below the list."),
    "row_beside": _l("Nothing stands in the columns that are read."),
    "row_number_only": _l("It has a running number only."),
    "row_twice": _l("%(key)s is there twice: also in %(where)s, row %(line)s. Please correct one of them."),
    "number_taken": _l("%(number)s belongs to %(name)s, who is not in this file. Please choose another number."),
    "number_of_marked": _l("No. %(number)s has been called or marked: the number stays. Please put it back."),
    "contestant_twice": _l("This person is no. %(number)s already, and another row of this file says so too."),
    "speaker_gap": _l("There is a gap before this: a later speaker is named. Please fill it in."),
    "room_unknown": _l("There is no room of this name, or several. Please write one of these: %(rooms)s"),
    "seat_out_of_range": _l("Please enter a seat from 1 to %(most)s; for a reserve judge write “reserve”."),
    "reserve_too_late": _l("Marking has begun in this room. Let a reserve stand in on the page of the seats instead."),
    "judge_not_seated": _l("No judge called %(name)s has a seat in this contest. Please import the judges first."),
    "contestant_not_entered": _l("There is no no. %(number)s in this contest. Please import the contestants first."),
    "relation_unknown": _l("Please write kin or mentor."),
    "comes_late": _l("Comes late: gets a place as is said above, with the reason."),
    "seat_comes_late": _l("A seat that is added: it marks from the next call on, with the reason that is given above."),
    "import_after_draw": _l("The order, the pairs or the benches are fixed: nobody new can be entered."),
    "import_after_coding": _l("The documents are coded: nobody new can be entered."),
    # imports: confirming them
    "import_unknown": _l("There is no such import. Please upload the file again."),
    "import_kind_not_here": _l("This contest has no list of this kind."),
    "import_done": _l("This import is done already."),
    "import_changed": _l("The contest has changed since this was shown. Please look at it again, then confirm."),
    "import_wrong_rows": _l("Wrong rows: %(rows)s. Nothing is imported: mend them here, or leave them out."),
    "import_place_unknown": _l("There is no such sheet, row or column in this list. Please reload the page."),
    "import_nothing_new": _l("Everything in this list is in the contest already. There is nothing to do."),
    "no_room": _l("This event has no room yet. Please add one first."),
}


def sheet_called(name: str) -> str:
    """A sheet of a workbook by its name, within a sentence; a text that was pasted has no sheets."""
    from scoring.imports import TEXT  # whoever only words a ranking does not read what reads lists

    return gettext("the list") if name == TEXT else gettext("sheet “%(name)s”", name=name)
