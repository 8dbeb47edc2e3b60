"""The log in plain sentences: what each verb of the record means, and of which kind it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from scoring.actions.preparing.rehearsed_screens import HALL
from scoring.actions.results.disqualifications import OUT
from scoring.exports.words import named
from scoring.rules import not_performing
from scoring.rules.publication import AT_ONCE
from scoring.wording.subjects import judge, paired, words_of

COURSE, SHEETS, PANEL, RESULTS, CHANGES = "course", "sheets", "panel", "results", "changes"
DRAWS, REVIEW, SETUP, SCREENS = "draws", "review", "setup", "screens"
KINDS = {
    COURSE: _l("Course of the day"),
    SHEETS: _l("Score sheets"),
    PANEL: _l("Panel and recusals"),
    RESULTS: _l("Results"),
    CHANGES: _l("Corrections and rulings"),
    DRAWS: _l("Draws"),
    REVIEW: _l("Documents and codes"),
    SETUP: _l("Setting up"),
    SCREENS: _l("Screens"),
}

_COURSE = {
    "call": _l("called no. %(turn)s"),
    "undo_call": _l("took the call of no. %(turn)s back"),
    "close_marking": _l("closed the marking of no. %(turn)s"),
    "reopen_marking": _l("opened the marking of no. %(turn)s again"),
    "start_clock": _l("started a clock of no. %(turn)s"),
    "pause_clock": _l("paused a clock of no. %(turn)s"),
    "switch_clock": _l("switched the clock of no. %(turn)s to the other side"),
    "add_time": _l("changed the time of no. %(turn)s by %(seconds)s seconds"),
    "reset_clock": _l("reset a clock of no. %(turn)s"),
    "start_benches": _l("started the batch %(batch)s at its benches"),
    "stop_bench": _l("stopped the time of no. %(turn)s"),
    "undo_stop": _l("took the stop of no. %(turn)s back"),
    "enter_late": _l("entered no. %(turn)s late"),
    "remove_late": _l("took the latecomer no. %(turn)s off again"),
    "add_match": _l("added the match %(turn)s by hand, seed %(seed)s, witnessed by %(witness)s"),
    "split_room": _l("opened the room “%(name)s” for no. %(turn)s"),
    "undo_split": _l("closed the room “%(name)s” again"),
    "hand_in": _l("handed the file of no. %(turn)s in"),
    "call_chief": _l("called the chief judge"),
    "answer_call": _l("answered the call of %(about)s"),
    "open_handover": _l("let another tablet take the seat of %(about)s"),
    "close_handover": _l("took the leave back to move the seat of %(about)s"),
    "take_seat": _l("took the seat of %(about)s with a tablet"),
    "leave_seat": _l("let the seat of %(about)s go"),
    "note_attempt": _l("tried to take the seat of %(about)s, which another tablet holds, from the address %(address)s"),
    "settle_attempt": _l("has seen that %(address)s tried to take the seat of %(about)s"),
}
_SHEETS = {
    "submit": _l("submitted the sheet for no. %(turn)s"),
    "send_back": _l("sent the sheet of %(about)s for no. %(turn)s back with a question"),
    "unlock_panel": _l("unlocked the panel's sheets for no. %(turn)s to calibrate"),
    "enter_paper": _l("entered the paper sheet of %(about)s for no. %(turn)s"),
    "name_paper": _l("said that the sheet of %(about)s for no. %(turn)s is on paper"),
    "withdraw_paper": _l("took an entry of the paper sheet of %(about)s for no. %(turn)s back"),
    "store_paper": _l("stored the sheet of %(about)s for no. %(turn)s from paper, after two entries that agree"),
    "cast_ballot": _l("cast a secret vote on no. %(turn)s"),
}
_PANEL = {
    "reinstate": _l("let %(about)s mark no. %(turn)s again"),
    "recuse": _l("recused %(about)s for no. %(turn)s"),
    "describe_seat": _l("changed what is recorded of %(about)s"),
    "add_reserve": _l("added a reserve judge"),
    "add_seat": _l("added the seat %(about)s to a panel, from the next call on"),
    "remove_seat": _l("took the added seat %(turn)s away again"),
    "excuse_earlier": _l("recorded that %(about)s came late and does not mark no. %(turn)s"),
    "seat_reserve": _l("let a reserve judge take a seat"),
    "stand_down": _l("let a reserve judge stand down"),
    "renew_code": _l("renewed the code of %(about)s"),
    "revoke_code": _l("revoked the code of %(about)s"),
    "end_demo_codes": _l("revoked the codes of all seats: a contest that counts is open beside the demo"),
    "renew_all_codes": _l("renewed the codes of all seats"),
    "choose_levels": _l("chose which relations recuse"),
    "declare_relation": _l("recorded a relation"),
    "withdraw_relation": _l("withdrew a relation"),
    "recuse_related": _l("applied the recorded relations to the panels"),
    "answer_offices": _l("said which names mean one office"),
    "withdraw_office_answer": _l("took an answer about the names of an office back"),
    "waive": _l("let %(judge)s mark no. %(turn)s in spite of a relation"),
    "withdraw_waiver": _l("withdrew that a relation of %(judge)s is passed over"),
    "add_photo": _l("added a photo of a defect for no. %(turn)s"),
}
_RESULTS = {
    "release": _l("released the score of no. %(turn)s"),
    "undo_release": _l("took the release of no. %(turn)s back"),
    "check_totals": _l("confirmed the totals of no. %(turn)s"),
    "undo_check": _l("took the own confirmation of no. %(turn)s back"),
    "ask_for_checks": _l("decided that totals are checked before a release"),
    "record_not_performing": _l(
        "recorded that no. %(contestant)s does not perform (%(kind_named)s), as decided by %(decided_by)s"
    ),
    "withdraw_not_performing": _l("took back that no. %(contestant)s does not perform (%(kind_named)s)"),
    "add_overtime": _l("recorded an overtime of no. %(turn)s: %(seconds)s seconds, %(points)s points"),
    "withdraw_penalty": _l("withdrew a penalty of no. %(turn)s"),
    "mark_silent": _l("recorded that a speaker of no. %(turn)s was silent"),
    "record_play_off": _l("recorded the play-off of no. %(turn)s"),
    "draw_spot_check": _l(
        "drew the spot check, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s), witnessed by %(witness)s%(how)s"
    ),
    "note_spot_check": _l("checked no. %(turn)s against the paper"),
    "check_all": _l("asked for a full check; errors found: %(errors)s"),
    "set_overall": _l("changed how the overall result is put together"),
    "set_awards": _l("changed the quotas of awards"),
}
_CHANGES = {
    "request_correction": _l("asked for a correction of no. %(turn)s on behalf of %(asked_by)s"),
    "approve_correction": _l("approved a correction of no. %(turn)s"),
    "reject_correction": _l("rejected a correction of no. %(turn)s"),
    "settle_difference": _l("settled a difference between the inspectors of no. %(turn)s"),
    "rule_cap": _l("ruled a cap for no. %(turn)s"),
    "withdraw_cap": _l("took a cap of no. %(turn)s back"),
    "rule": _l("ruled about document %(turn)s"),
    "take_back": _l("took a ruling about document %(turn)s back"),
    "renew_settings": _l("changed the rules after the marking had begun"),
    "accept_rows": _l("accepted what was changed outside of this software, reason: %(reason)s"),
    "sign_off": _l("signed as witness of all entries up to %(up_to)s"),
}
_DRAWS = {
    "type_seed": _l("typed “%(typed)s” for the draw with the seal %(seal)s"),
    "draw": _l(
        "drew the order, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s), witnessed by %(witness)s%(how)s"
    ),
    "move_turn": _l("moved a place in the order by hand"),
    "draw_sides": _l(
        "drew pairs or sides, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s), witnessed by %(witness)s%(how)s"
    ),
    "undo_pairing": _l("took the pairing back"),
    "plan_benches": _l("planned the benches and their inspectors"),
    "draw_reviewers": _l("drew the reviewers, seed %(seed)s (sealed %(sealed_seed)s, typed %(typed)s)"),
    "assign_by_hand": _l("assigned reviewers by hand"),
    "apply_to_codes": _l("applied to the coded documents what was declared since the draw"),
}
_REVIEW = {
    "upload_document": _l("took a document in"),
    "clear_document": _l("cleared a document for the reviewers"),
    "leave_out": _l("left a contestant without a document out"),
    "code_documents": _l("drew the blind codes, seal %(seal)s, typed %(typed)s, witnessed by %(witness)s%(how)s"),
    "code_late_documents": _l("coded %(documents)s late documents among %(among)s, witnessed by %(witness)s"),
    "open_review": _l("opened the documents to their reviewers"),
    "ask_for_rereview": _l("asked for a further review of document %(turn)s"),
    "order_rereview": _l("ordered a further review of document %(turn)s"),
    "witness_decoding": _l("signed for the decoding"),
    "decode": _l("decoded the documents; the codes were drawn with the seed %(seed)s from sealed %(sealed_seed)s"),
}
_SETUP = {
    "set_up": _l("set the contest up"),
    "begin": _l("began to set the contest up"),
    "describe": _l("changed the contest's name or office"),
    "change_format": _l("changed the format"),
    "change_settings": _l("changed the rules"),
    "save_template": _l("saved the rules as a template"),
    "add_event": _l("added an event"),
    "enter": _l("changed the list of contestants"),
    "import_list": _l("imported a list"),
    "arrange_rooms": _l("arranged the rooms"),
    "name_judges": _l("named the judges"),
    "distribute": _l("distributed the turns over the rooms"),
    "open_contest": _l("opened the contest"),
    "discard": _l("gave the contest up"),
    "copy_contest": _l("copied the contest from another"),
    "begin_rehearsal": _l("began a rehearsal"),
    "check_tablet": _l("checked the tablet of %(about)s"),
    "know_screen": _l("knew hall screen %(screen)s for its own"),
    "skip_rest": _l("skipped the rest of the rehearsal"),
    "note_scenes": _l("a hall screen showed a scene for the first time"),
    "end_rehearsal": _l("ended the rehearsal: %(stops)s would stop the day, %(open)s still open"),
}
_SCREENS = {
    "prepare_scene": _l("put a scene into the preview of the hall screens"),
    "take_scene": _l("changed what the hall screens show"),
    "black_out": _l("made the hall screens dark"),
    "lights_on": _l("made the hall screens light again"),
    "freeze": _l("froze the audience's board"),
    "unfreeze": _l("let the audience's board move again"),
}
VERBS: Mapping[str, Mapping[str, Any]] = {
    COURSE: _COURSE,
    SHEETS: _SHEETS,
    PANEL: _PANEL,
    RESULTS: _RESULTS,
    CHANGES: _CHANGES,
    DRAWS: _DRAWS,
    REVIEW: _REVIEW,
    SETUP: _SETUP,
    SCREENS: _SCREENS,
}
#: A correction that puts somebody out after the release, or lets them in again: said as what it is, and of whom.
_OUTS: Mapping[tuple[str, bool | None], Any] = {
    ("request_correction", True): _l(
        "asked on behalf of %(asked_by)s that no. %(contestant)s is put out (%(kind_named)s)"
    ),
    ("request_correction", False): _l(
        "asked on behalf of %(asked_by)s that no. %(contestant)s is let in again (%(kind_named)s)"
    ),
    ("approve_correction", True): _l("approved that no. %(contestant)s is put out (%(kind_named)s)"),
    ("approve_correction", False): _l("approved that no. %(contestant)s is let in again (%(kind_named)s)"),
    ("reject_correction", True): _l("rejected that no. %(contestant)s is put out (%(kind_named)s)"),
    ("reject_correction", False): _l("rejected that no. %(contestant)s is let in again (%(kind_named)s)"),
}
#: What a verb that switches something on is called where it has switched it off.
_OFF: Mapping[tuple[str, str], Any] = {
    ("ask_for_checks", "wanted"): _l("decided that totals are not checked before a release any more"),
    ("mark_silent", "silent"): _l("took back that a speaker of no. %(turn)s was silent"),
}
#: A release that does not make the score public yet is an approval, as the desk calls it.
_HELD_BACK: Mapping[str, Any] = {
    "release": _l("approved the score of no. %(turn)s, to become public later"),
    "undo_release": _l("took the approval of the score of no. %(turn)s back"),
}
#: Of work whose author, or whose judge, nobody may know yet: the verb alone.
_CODED: Mapping[str, Any] = {
    "submit": _l("submitted a sheet; whose work it is for is told after the decoding"),
    "send_back": _l("sent a sheet back with a question; which one is told after the decoding"),
    "enter_paper": _l("entered a paper sheet; which one is told after the decoding"),
    "name_paper": _l("said that a sheet is on paper; which one is told after the decoding"),
    "withdraw_paper": _l("took an entry of a paper sheet back; which one is told after the decoding"),
    "store_paper": _l("stored a sheet from paper, after two entries that agree; which one is told after the decoding"),
    "recuse": _l("recused a judge for one piece of work; which one is told after the decoding"),
    "reinstate": _l("let a judge mark one piece of work again; which one is told after the decoding"),
    "order_rereview": _l("ordered a further review; of which document is told after the decoding"),
    "add_photo": _l("added a photo of a defect; in which file is told after the decoding"),
}
_SENTENCES = {verb: said for verbs in VERBS.values() for verb, said in verbs.items()}
_KIND_OF = {verb: kind for kind, verbs in VERBS.items() for verb in verbs}


def sentence(entry: Mapping[str, Any]) -> str:
    """What was done, without who and why; a verb without a sentence of its own names itself."""
    said = _OUTS.get((entry["verb"], _is_put_out(entry))) or _special(entry) or _SENTENCES.get(entry["verb"])
    if said is None:
        return gettext("recorded “%(verb)s”", verb=entry["verb"].replace("_", " "))
    return paired(str(said) % _Known(entry))


def _special(entry: Mapping[str, Any]) -> Any:
    """The sentence for what is not told yet, was switched off, or is not public with the release; None for the rest."""
    verb, details = entry["verb"], entry["details"]
    off = next((said for (name, switch), said in _OFF.items() if name == verb and details.get(switch) is False), None)
    if entry.get("coded"):
        return _CODED.get(verb)
    return _HELD_BACK.get(verb) if details.get("way", AT_ONCE) != AT_ONCE else off


def _is_put_out(entry: Mapping[str, Any]) -> bool | None:
    """Whether a correction puts somebody out, or lets them in again; None where it is about figures."""
    kinds = _kinds(entry["details"])
    return bool(kinds[1]) if kinds else None


def _kinds(details: Mapping[str, Any]) -> Sequence[str]:
    """As what somebody does not perform before and after a correction, "" for not at all; () where it is about none."""
    changes = details.get("changes")
    return changes.get(OUT, ()) if isinstance(changes, Mapping) else ()


def why(entry: Mapping[str, Any]) -> str:
    """The reason, question or words that were given, "" for none."""
    given = (entry["details"].get(name) for name in ("reason", "question", "message", "note"))
    return next((text for text in given if isinstance(text, str) and text), "")


def who(entry: Mapping[str, Any]) -> str:
    """The account's name, which judge or that it was one, that a hall screen told it by itself, or nobody knows."""
    if entry["actor"] == HALL:
        return gettext("Hall screen")
    if str(entry["actor"]).startswith("address:"):
        return gettext("Somebody")
    if entry["seat"]:
        return judge(entry["subject"], entry["seat"])
    return str(entry["actor"] or words_of(entry["subject"]).judge)


def kind_of(verb: str) -> str:
    """The kind of a verb; one without a sentence is part of the setting up."""
    return _KIND_OF.get(verb, SETUP)


def _how_witnessed(details: Mapping[str, Any]) -> str:
    """Whether the witness of a draw typed with an own account; "" where no witness was asked for, and of old."""
    if "on_account" not in details or not details["witness"]:
        return ""
    return gettext(" with an own account") if details["on_account"] else gettext(", as whoever drew named them")


class _Known(dict[str, Any]):
    """The figures of an entry by name; what an old entry does not have is a dash."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        turn = entry["turn"] or "—"
        super().__init__({"contestant": turn} | entry["details"] | {"turn": turn})
        self["about"] = judge(entry["subject"], entry["about"] or "—")
        self["how"] = _how_witnessed(self)
        if "judge" in self:
            self["judge"] = judge(entry["subject"], self["judge"])
        kind = not_performing.KINDS.get(str(self.get("kind", "")) or "".join(_kinds(self)))
        if kind:
            self["kind_named"] = named(kind)

    def __missing__(self, name: str) -> str:
        return "—"
