"""Which duties are kept in different hands: those of the three officers, and those within a contest.

All of it stands here as data. The administrator (管理员) of a small office holds the three offices and the organizer's
task together; once the duties are separated, nobody does. Source: GB/T 22239-2019 8.1.5 (系统管理员, 审计管理员,
安全管理员); domain page 3, roles.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scoring.rules.folding import squeezed

ADMINISTRATOR, ORGANIZER = "administrator", "organizer"
SYSTEM, SECURITY, AUDITOR = "system", "security", "auditor"
#: The three officers (三员): none of them has anything to do with a mark.
OFFICERS = (SYSTEM, SECURITY, AUDITOR)

#: Verb of the site's record → the roles that may do it. What is nobody's own (such as one's own password) is not here.
SITE_VERBS: Mapping[str, tuple[str, ...]] = {
    "create_account": (SYSTEM,),
    "renew_password": (SYSTEM,),
    "reopen_account": (SYSTEM,),
    "close_account": (SYSTEM, SECURITY),
    "change_role": (SECURITY,),
    "admit": (SECURITY,),
    "unlock_account": (SECURITY,),
    "reset_factor": (SECURITY,),
    "set_password_policy": (SECURITY,),
    "separate_duties": (SECURITY,),
    "ask_to_join": (SECURITY,),
    "join_duties": (SYSTEM,),
    "stay_separated": (SYSTEM, SECURITY),
    "set_installation": (SYSTEM, ORGANIZER),
    "make_door_code": (ORGANIZER, SECURITY),
}
#: What an officer may look at beside the own pages: only who audits reads the logs.
READS_LOGS = (AUDITOR,)


@dataclass(frozen=True)
class Exclusion:
    """Whoever has done one of `these` verbs in a contest does none of `those` there, and the other way round.

    Where `judges` is true, whoever sits on a panel of the contest has done one of `these`, known by the name; and
    nobody who has done one of `those` is named as a judge.
    `code` is how the refusal is called.
    """

    code: str
    these: frozenset[str]
    those: frozenset[str]
    judges: bool = False


#: Whatever puts a reviewer beside a document or takes one off. While the documents are coded it is a coding officer's,
#: as any other would learn whose they are: where the duties are separated, another one's than who drew the codes.
_ASSIGNING = frozenset({"draw_reviewers", "assign_by_hand", "order_rereview", "apply_to_codes", "recuse", "reinstate"})
#: Whatever decides how a contest goes, who is in it and what comes of it: the organizer's, the chief's, the
#: timekeeper's, the coding officer's. What judges and talliers do is not here, nor what checks and corrects afterwards.
_RUNNING = frozenset(
    {
        *("add_match", "add_overtime", "add_reserve", "add_seat", "add_time", "answer_call", "answer_offices"),
        *("apply_to_codes", "ask_for_checks", "ask_for_rereview", "assign_by_hand", "call", "choose_levels"),
        *("clear_document", "close_handover", "close_marking", "code_documents", "code_late_documents"),
        *("declare_relation", "decode", "describe_seat", "draw", "draw_reviewers", "draw_sides", "enter_late"),
        *("enter_listed", "confirm_penalty"),
        *(
            "excuse_earlier",
            "hand_in",
            "leave_out",
            "keep_promotion",
            "mark_silent",
            "move_turn",
            "move_up",
            "open_handover",
            "open_points",
            "open_review",
        ),
        *(
            "order_rereview",
            "pause_clock",
            "plan_benches",
            "propose_promotion",
            "record_not_performing",
            "record_play_off",
        ),
        *(
            "record_unplaced",
            "recuse",
            "recuse_related",
            "reinstate",
            "release",
            "release_points",
            "remove_late",
            "remove_seat",
        ),
        *("renew_all_codes", "renew_code", "renew_settings", "reopen_marking", "reset_clock", "revoke_code"),
        *("rule", "rule_cap", "seat_reserve", "send_back", "set_awards", "set_overall", "settle_attempt"),
        *("settle_difference", "split_room", "stand_down", "start_benches", "start_clock", "step_back"),
        *(
            "stop_bench",
            "switch_clock",
            "take_back",
            "undo_call",
            "undo_pairing",
            "undo_promotion",
            "undo_release",
            "undo_split",
            "undo_stop",
        ),
        *("unlock_panel", "upload_document", "waive", "withdraw_cap", "withdraw_not_performing"),
        *("withdraw_office_answer", "withdraw_penalty", "withdraw_relation", "withdraw_waiver"),
    }
)
#: Whatever is done with the marks of judges afterwards: nobody who marks checks or corrects the own sheets.
_TALLYING = frozenset(
    {
        "check_points",
        "check_totals",
        "enter_paper",
        "store_paper",
        "store_points",
        "request_correction",
        "approve_correction",
        "note_spot_check",
    }
)
EXCLUSIONS = (
    Exclusion("marks_and_tallies", frozenset(), _TALLYING, judges=True),
    Exclusion("codes_and_assigns", frozenset({"code_documents", "code_late_documents"}), _ASSIGNING),
    Exclusion("runs_and_witnesses", _RUNNING, frozenset({"sign_off", "witness_decoding", "type_seed"})),
)

#: Verbs by which a seat gets the name of a judge.
NAMES_JUDGES = frozenset({"describe_seat", "add_reserve", "add_seat", "import_list"})
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")


def person(name: str) -> str:
    """A person's name to compare with: 李 四, ＬＩ and 李四（主任） are nobody else than 李四, li and 李四."""
    return squeezed(_IN_BRACKETS.sub("", name)) or squeezed(name)


def holds(role: str, allowed: Collection[str]) -> bool:
    """Whether who has this role may do what these roles may; the administrator holds all offices and organizes."""
    return role in allowed or (role == ADMINISTRATOR and not {ORGANIZER, *OFFICERS}.isdisjoint(allowed))


def excluding(verb: str) -> list[tuple[Exclusion, frozenset[str], bool]]:
    """What keeps somebody from this verb: the exclusion, the verbs done before, and whether to judge is enough."""
    found = [(one, one.these, one.judges) for one in EXCLUSIONS if verb in one.those]
    return found + [(one, one.those, False) for one in EXCLUSIONS if verb in one.these]
