"""Who may open what: every page, file, verb and socket event, by role. Written by hand, to disagree with the code.

A new endpoint or event that is missing here fails test_the_table_knows_every_door.
"""

from __future__ import annotations

from scoring.store.people import (
    ADMINISTRATOR,
    AUDITOR,
    CHECKER,
    CHIEF,
    CODER,
    HOST,
    OPERATOR,
    ORGANIZER,
    ROLES,
    SECURITY,
    SUPERVISOR,
    SYSTEM,
    TALLIER,
    TIMEKEEPER,
)

VISITOR, JUDGE = "visitor", "judge"
PEOPLE = (VISITOR, JUDGE, *ROLES)
Who = frozenset[str]

NOBODY: Who = frozenset()
EVERYBODY: Who = frozenset(PEOPLE)
ACCOUNTS: Who = frozenset(ROLES)
SEAT: Who = frozenset([JUDGE])


def roles(*names: str) -> Who:
    """These roles; where the organizer or one of the three officers may, the administrator may too."""
    return frozenset(names) | ({ADMINISTRATOR} if {ORGANIZER, SYSTEM, SECURITY, AUDITOR} & set(names) else set())


DESK = roles(ORGANIZER, CHIEF, SUPERVISOR)
ORGANIZERS = roles(ORGANIZER)
CORRECTING = ORGANIZERS | {TALLIER, CHECKER}

# Endpoint → who is let in.
PAGES: dict[str, Who] = {
    "healthz": EVERYBODY,
    "metrics": ORGANIZERS,
    "enrolment": NOBODY,  # without TLS there is nothing to enrol for
    "enrolment_certificate": NOBODY,
    "languages.switch": EVERYBODY,
    "audience.home": EVERYBODY,
    "audience.leaderboard": EVERYBODY,
    "audience.screen": EVERYBODY,
    "audience.board_json": EVERYBODY,
    "audience.bracket": EVERYBODY,
    "audience.standings": EVERYBODY,
    "audience.overall": EVERYBODY,
    "audience.overall_json": EVERYBODY,
    "audience.overall_screen": EVERYBODY,
    "audience.offices": EVERYBODY,
    "judges.sign_in": EVERYBODY,
    "judges.enter": EVERYBODY,
    "judges.tablet": SEAT,
    "judges.turn": SEAT,
    "judges.mark": SEAT,
    "judges.ballot": SEAT,
    "judges.document": SEAT,
    "judges.call_chief": SEAT,
    "judges.tablet_check": SEAT,
    "judges.leave": SEAT,
    "judges.photo": SEAT,
    "judges.take_photo": SEAT,
    "judges.handover": EVERYBODY,
    "organizers.first_start": NOBODY,  # the demo has its accounts
    "organizers.sign_in": EVERYBODY,
    "organizers.sign_out": EVERYBODY,
    "organizers.contests": ACCOUNTS,
    "organizers.own_password": ACCOUNTS,
    "organizers.session": ACCOUNTS,
    "organizers.sessions": ACCOUNTS,
    "organizers.go_on": EVERYBODY,
    "organizers.password_policy": roles(SECURITY),
    "organizers.second_factor": ACCOUNTS,
    "organizers.second_factor_code": NOBODY,  # who is signed in, or has given no password, is led to the sign-in
    "organizers.accounts": roles(SYSTEM, SECURITY),
    "organizers.accounts_step": roles(SYSTEM, SECURITY),
    "organizers.access_log": roles(AUDITOR),
    "organizers.access_csv": roles(AUDITOR),
    "organizers.site_log": roles(AUDITOR),
    "organizers.printed": ACCOUNTS,
    "organizers.duties": roles(SYSTEM, SECURITY),
    "organizers.duties_step": roles(SYSTEM, SECURITY),
    "organizers.door_codes": ORGANIZERS | {SECURITY},
    "organizers.installation": ORGANIZERS | {SYSTEM},
    "organizers.desk": DESK,
    "organizers.clocks": DESK | {TIMEKEEPER},
    "organizers.benches": ORGANIZERS | {TIMEKEEPER, CODER},
    "organizers.differences": ORGANIZERS | {CHIEF},
    "organizers.marks": roles(CHIEF),
    "organizers.totals": roles(CHECKER, TALLIER, CHIEF),
    "organizers.handovers": ORGANIZERS,
    "organizers.listed": ORGANIZERS | roles(CHIEF, TIMEKEEPER, TALLIER, CHECKER),
    "organizers.listed_step": ORGANIZERS | roles(CHIEF, TIMEKEEPER, TALLIER, CHECKER),
    "organizers.promotion": ORGANIZERS | {CHIEF, SUPERVISOR},
    "organizers.promotion_step": ORGANIZERS | {CHIEF, SUPERVISOR},
    "organizers.points": ORGANIZERS | roles(CHECKER, TALLIER, CHIEF),
    "organizers.late": ORGANIZERS,
    "organizers.new_contest": ORGANIZERS,
    "organizers.set_up": ORGANIZERS,
    "organizers.set_up_step": ORGANIZERS,
    "organizers.set_up_press": ORGANIZERS,
    "organizers.imports": ORGANIZERS,
    "organizers.upload_list": ORGANIZERS,
    "organizers.import_template": ORGANIZERS,
    "organizers.import_preview": ORGANIZERS,
    "organizers.confirm_import": ORGANIZERS,
    "organizers.mend_import": ORGANIZERS,
    "organizers.prompter": roles(HOST),
    "organizers.tally": roles(TALLIER, CHECKER),
    "organizers.cards_step": ORGANIZERS,
    "organizers.relations_step": ORGANIZERS,
    "organizers.seats_step": ORGANIZERS,
    "organizers.seats": ORGANIZERS,
    "organizers.events": ORGANIZERS,
    "organizers.rehearsal": ORGANIZERS,
    "organizers.rehearsal_step": ORGANIZERS,
    "organizers.events_step": ORGANIZERS,
    "organizers.relations": ORGANIZERS,
    "organizers.cards": ORGANIZERS,
    "organizers.paper": roles(TALLIER, CHECKER),
    "organizers.paper_sheet": roles(TALLIER, CHECKER),
    "organizers.enter_paper": roles(TALLIER, CHECKER),
    "organizers.withdraw_paper": roles(TALLIER, CHECKER),
    "organizers.corrections": CORRECTING | {CHIEF, SUPERVISOR},
    "organizers.correction_step": CORRECTING | {CHIEF, SUPERVISOR},
    "organizers.correction_sheet": CORRECTING,
    "organizers.ask_correction": CORRECTING,
    "organizers.spot_check": ORGANIZERS | {CHECKER, CHIEF, SUPERVISOR},
    "organizers.spot_check_line": ORGANIZERS | {CHECKER, CHIEF, SUPERVISOR},
    "organizers.spot_check_step": ORGANIZERS | {CHECKER, CHIEF, SUPERVISOR},
    "organizers.overall_xlsx": DESK,
    "organizers.photo": ORGANIZERS | {CHIEF},
    "organizers.log": DESK | {AUDITOR},
    "organizers.log_step": DESK | {AUDITOR},
    "organizers.screens": ORGANIZERS | {OPERATOR},
    "organizers.screens_step": ORGANIZERS | {OPERATOR},
    "organizers.draw": DESK,
    "organizers.waiting_room": DESK,
    "organizers.back_from_verb": DESK | {TIMEKEEPER, CODER, TALLIER, CHECKER},
    "organizers.perform_verb": DESK | {TIMEKEEPER, CODER, TALLIER, CHECKER},
    "organizers.ranking_xlsx": DESK,
    "organizers.job": ACCOUNTS,  # of the account that began it
    "organizers.job_file": DESK,
    "organizers.ranking_csv": DESK,
    "organizers.documents": ORGANIZERS,
    "organizers.documents_step": ORGANIZERS,
    "organizers.upload": ORGANIZERS,
    "organizers.read_document": ORGANIZERS,
    "organizers.coding": roles(CODER),
    "organizers.coding_step": roles(CODER),
    "organizers.witness": roles(SUPERVISOR),
    "organizers.witness_step": roles(SUPERVISOR),
    "organizers.assignment": ORGANIZERS | {CHIEF},
    "organizers.assignment_step": ORGANIZERS | {CHIEF},
}
# On which contest of the demo a page is tried, where not on the legal explanation.
ELSEWHERE = {
    "organizers.benches": "zhuangding",
    "organizers.differences": "zhuangding",
    "organizers.documents": "jianyishu",
    "organizers.documents_step": "jianyishu",
    "organizers.upload": "jianyishu",
    "organizers.read_document": "jianyishu",
    "organizers.coding": "jianyishu",
    "organizers.coding_step": "jianyishu",
    "organizers.witness": "jianyishu",
    "organizers.witness_step": "jianyishu",
    "organizers.assignment": "jianyishu",
    "organizers.assignment_step": "jianyishu",
    "audience.bracket": "bianlun",
    "audience.standings": "bianlun",
    "judges.document": "jianyishu",
}

# Step of the page of accounts or of the duties → who may press it: nobody both makes an account and gives it rights.
SITE_STEPS: dict[str, Who] = {
    "accounts/create": roles(SYSTEM),
    "accounts/renew": roles(SYSTEM),
    "accounts/reopen": roles(SYSTEM),
    "accounts/close": roles(SYSTEM, SECURITY),
    "accounts/role": roles(SECURITY),
    "accounts/admit": roles(SECURITY),
    "accounts/unlock": roles(SECURITY),
    "accounts/reset-factor": roles(SECURITY),
    "duties/separate": roles(SECURITY),
    "duties/ask": roles(SECURITY),
    "duties/join": roles(SYSTEM),
    "duties/stay": roles(SYSTEM, SECURITY),
}

# Verb of the desk → who may press it, by form and by socket.
CLOCK = ORGANIZERS | {TIMEKEEPER}
RULING = ORGANIZERS | {CHIEF}
VERBS: dict[str, Who] = {
    "call": ORGANIZERS,
    "undo_call": ORGANIZERS,
    "close_marking": ORGANIZERS,
    "reopen_marking": ORGANIZERS,
    "ask_for_checks": ORGANIZERS,
    "check_totals": roles(CHECKER, TALLIER, CHIEF),
    "undo_check": roles(CHECKER, TALLIER, CHIEF),
    "open_points": ORGANIZERS | roles(TALLIER, CHECKER),
    "check_points": roles(CHECKER, TALLIER, CHIEF),
    "release_points": RULING,
    **dict.fromkeys(("propose_promotion", "undo_promotion", "move_up", "step_back"), RULING),
    **dict.fromkeys(("confirm_promotion", "keep_promotion"), RULING | {SUPERVISOR}),
    "release": RULING,
    "undo_release": RULING,
    "move_turn": ORGANIZERS,
    "record_not_performing": RULING,
    "withdraw_not_performing": RULING,
    "send_back": RULING,
    "answer_call": RULING,
    "settle_attempt": ORGANIZERS,
    "open_handover": ORGANIZERS,
    "close_handover": ORGANIZERS,
    "recuse": ORGANIZERS,
    "reinstate": ORGANIZERS,
    "add_overtime": CLOCK,
    "draw_sides": ORGANIZERS,
    "type_seed": roles(SUPERVISOR),
    "mark_silent": ORGANIZERS,
    "record_play_off": ORGANIZERS,
    "withdraw_penalty": ORGANIZERS,
    "plan_benches": ORGANIZERS,
    "start_benches": CLOCK,
    "seat_reserve": ORGANIZERS,
    "stand_down": ORGANIZERS,
    "stop_bench": CLOCK,
    "undo_stop": CLOCK,
    "hand_in": CLOCK | {CODER},
    "settle_difference": RULING,
    "rule_cap": RULING,
    "withdraw_cap": RULING,
    "start_clock": CLOCK,
    "pause_clock": CLOCK,
    "switch_clock": CLOCK,
    "add_time": CLOCK,
    "reset_clock": CLOCK,
    "unlock_panel": RULING,
    "enter_late": ORGANIZERS,
    "remove_late": ORGANIZERS,
    "add_match": ORGANIZERS,
    "record_unplaced": RULING,
    "add_seat": ORGANIZERS,
    "remove_seat": ORGANIZERS,
    "excuse_earlier": ORGANIZERS,
    "split_room": ORGANIZERS,
    "undo_split": ORGANIZERS,
    "draw": ORGANIZERS,
}

# Verb that stands on a page of its own → who may press it there.
ON_PAGES: dict[str, Who] = {
    **dict.fromkeys(("prepare_scene", "take_scene", "black_out", "freeze", "unfreeze"), ORGANIZERS | {OPERATOR}),
    **dict.fromkeys(("begin", "copy_contest", "describe", "change_format", "open_contest", "discard"), ORGANIZERS),
    **dict.fromkeys(("change_settings", "renew_settings", "save_template", "add_event", "set_overall"), ORGANIZERS),
    **dict.fromkeys(("set_awards", "enter", "arrange_rooms", "name_judges", "distribute", "pair_matches"), ORGANIZERS),
    **dict.fromkeys(("undo_pairing", "keep_draft", "mend_draft", "confirm_import", "describe_seat"), ORGANIZERS),
    **dict.fromkeys(("add_reserve", "renew_code", "renew_all_codes", "revoke_code", "choose_levels"), ORGANIZERS),
    **dict.fromkeys(("declare_relation", "withdraw_relation", "waive", "withdraw_waiver"), ORGANIZERS),
    **dict.fromkeys(("answer_offices", "withdraw_office_answer", "begin_rehearsal", "begin_anew"), ORGANIZERS),
    **dict.fromkeys(("answer_for_tablet", "know_screen", "skip_rest", "end_rehearsal"), ORGANIZERS),
    **dict.fromkeys(("upload_document", "clear_document", "record_author", "take_author_back"), ORGANIZERS),
    **dict.fromkeys(("open_review", "release_review", "take_back"), RULING),
    **dict.fromkeys(("set_stage", "clear_stage"), ORGANIZERS),
    **dict.fromkeys(("enter_listed", "confirm_penalty"), ORGANIZERS | roles(CHIEF, TIMEKEEPER, TALLIER, CHECKER)),
    **dict.fromkeys(
        ("draw_reviewers", "assign_by_hand", "order_rereview", "rule", "recuse_reviewer"), RULING | {CODER}
    ),
    **dict.fromkeys(("code_documents", "code_late_documents", "apply_to_codes", "decode"), roles(CODER)),
    **dict.fromkeys(("reinstate_reviewer", "name_paper"), roles(CODER)),
    **dict.fromkeys(("witness_decoding", "sign_off"), roles(SUPERVISOR)),
    **dict.fromkeys(("request_sheet", "request_overtime", "request_listed", "request_out", "request_lift"), CORRECTING),
    **dict.fromkeys(("approve_correction", "reject_correction"), roles(CHIEF)),
    **dict.fromkeys(("draw_spot_check", "check_all"), ORGANIZERS | {CHECKER}),
    **dict.fromkeys(("enter_paper", "withdraw_paper"), roles(TALLIER, CHECKER)),
    "note_spot_check": roles(CHECKER),
}

# Namespace → who may connect, and what can be sent there beside the desk's verbs.
NAMESPACES: dict[str, Who] = {"/audience": EVERYBODY, "/judge": SEAT, "/desk": DESK | {TIMEKEEPER}}
EVENTS: dict[str, frozenset[str]] = {
    "/audience": frozenset({"connect", "shown", "sync", "time"}),
    "/judge": frozenset(
        {"connect", "disconnect", "sync", "time", "beat", "draft", "submit", "ballot", "look", "call_chief"}
    ),
    "/desk": frozenset({"connect", "disconnect", "sync", "time", "health"}),
}

# (who, endpoint) → the states of a turn in which somebody may see the panel's marks before they are released.
SEES_MARKS: dict[tuple[str, str], tuple[str, ...]] = {
    (CHIEF, "organizers.marks"): ("tallied", "approved", "frozen"),
    (CHIEF, "organizers.totals"): ("tallied",),
    (TALLIER, "organizers.totals"): ("tallied",),
    (CHECKER, "organizers.totals"): ("tallied",),
    (TALLIER, "organizers.tally"): ("tallied", "approved", "frozen"),
    (CHECKER, "organizers.tally"): ("tallied", "approved", "frozen"),
}
# While the audience's board stands still the desk goes on.
OF_THE_DESK = ("desk", "ranking_xlsx", "ranking_csv", "overall_xlsx")
SEES_MARKS |= {(who, f"organizers.{page}"): ("frozen",) for who in DESK for page in OF_THE_DESK}
