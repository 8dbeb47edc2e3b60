"""The sentences for refusals of documents and their review."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

OF_DOCUMENTS: dict[str, Any] = {
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
    "documents_not_cleared": _l(
        "Not coded: no. %(numbers)s is not cleared yet. All are cleared first: one that is opened later than the "
        "others would be known by it."
    ),
    "decoded_already": _l("The documents are decoded already."),
    "not_decoded": _l("Not released: the documents are not decoded yet."),
    "documents_not_open": _l("Not decoded: not opened to reviewers yet: %(codes)s."),
    "reviews_open": _l("Not decoded: sheets are missing or disputed: %(codes)s."),
    "reviews_unsettled": _l("Not signed: sheets are missing or disputed."),
    "witness_is_actor": _l("The witness must be somebody else."),
    "witnessed_already": _l("%(witness)s has signed for the decoding already."),
    "reviewers_enough": _l(
        "%(number)s has %(reviewers)s reviewers already. Take one off by the ticks first, if this one is to review it."
    ),
    "decoding_not_witnessed": _l("Not decoded: the supervisor has not signed yet, on the page “Witness the decoding”."),
    "review_begun": _l("The review has begun. The coding officer can change the assignment by hand."),
    "reviewers_drawn": _l(
        "The reviewers are drawn already. Please ask the coding officer, who can draw again for a reason."
    ),
    "too_few_free": _l(
        "With these reviewers some document would have too few who are free. Please let more take part, or ask the "
        "coding officer."
    ),
    "coder_decides": _l(
        "Until the decoding only the coding officer decides how a reviewer stands to a document. Please ask them."
    ),
    "nobody_free": _l("Nobody who takes part is free for %(number)s. Please choose somebody, such as the chair."),
    "nothing_waits": _l("Nothing waits to be applied, and no document has too few reviewers for whom others are free."),
    "reviewers_missing": _l("Not opened: too few reviewers for %(codes)s."),
    "reviewers_short": _l(
        "Not opened: a document has too few reviewers. The coding officer sees which one, and names others for it."
    ),
    "nothing_cleared": _l("There is no cleared document left to open."),
    "sheet_begun": _l("Reviewer %(seats)s has begun with %(number)s and keeps it."),
    "rereview_by_unknown": _l("Please choose a further reviewer or the chair."),
    "rereview_not_needed": _l("No. %(number)s needs no further review."),
    "rereview_needed": _l("Not released: the reviewers are %(range)s points apart, more than %(threshold)s."),
    "reviewer_recused": _l("Reviewer %(reviewer)s is recused for this document."),
    "reviewer_twice": _l("Reviewer %(reviewer)s reviews this document already."),
    "unknown_reviewer": _l("There is no such reviewer."),
    "reviewers_not_enough": _l("Too few reviewers: %(given)s of the %(needed)s that are needed."),
    "too_few_reviewers": _l(
        "Too few reviewers are free: %(free)s of the %(needed)s that are needed. Recused: %(recused)s"
    ),
    "unknown_relation": _l("A reviewer is kept off by office or by department; “%(relation)s” is neither."),
    "avoid_malformed": _l("Please list what keeps a reviewer off: office, department, both or nothing."),
    "ruled_twice": _l("This is recorded for no. %(number)s already."),
    "comment_too_long": _l("Please shorten this comment to %(most)s characters."),
    "comment_not_text": _l("Please enter plain text."),
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
}
