"""Store → rules → one numbered snapshot: the only source of what any screen, export or command shows."""

from scoring.board.altered import altered, altered_for, altered_records, begin_to_look, look_over
from scoring.board.audience import audience
from scoring.board.benches import benches, files_recognised
from scoring.board.calibration import UNLOCK, calibration_of
from scoring.board.cards import HomeStamp, cards_of, home_stamp
from scoring.board.clocks import server_time, wall_time
from scoring.board.conflicts import relations
from scoring.board.core import public_turns, standing_numbers
from scoring.board.corrections import corrections, sheet_to_correct
from scoring.board.desk import desk
from scoring.board.differences import differences
from scoring.board.doubts import check_trusted, doubts
from scoring.board.draws import (
    DRAW,
    MOVE,
    PLAN_BENCHES,
    benches_planned,
    draw_of,
    is_drawn,
    late_taken_off,
    lots_of,
    may_draw,
    moves_of,
    sides_drawn,
    was_drawn,
)
from scoring.board.duties import duties, duties_changed
from scoring.board.facts import (
    CASE,
    all_in,
    format_of,
    missing_seats,
    outcome_of,
    parts_of,
    recorded_facts,
    seats_asked,
    sheets_of,
)
from scoring.board.frames import rest
from scoring.board.freeze import release_in_force
from scoring.board.late import (
    ADD_MATCH,
    ADD_SEAT,
    REMOVE_LATE,
    SPLIT_ROOM,
    came_late,
    is_begun,
    late_entries,
    late_room,
    too_late_for,
)
from scoring.board.log import (
    SIGN_OFF,
    check_chain,
    check_site_chain,
    log,
    missing_acknowledged,
    newest_entry,
    signed_off,
)
from scoring.board.look import (
    PublicStamp,
    contest_by_slug,
    event_asked,
    event_of,
    event_watched,
    events_of,
    news,
    places_of,
    public_stamp,
    revisions,
    seats_of_contest,
)
from scoring.board.marks import marks
from scoring.board.matches import publication_of, winners_of
from scoring.board.not_performing import (
    appearing_in,
    decision_view,
    decisions_in_force,
    decisions_on,
    out_of_event,
    speakers_in,
    who_may_be_out,
)
from scoring.board.offices import offices_to_ask
from scoring.board.operating import screens
from scoring.board.overall import overall, rules_of
from scoring.board.paper import paper, paper_sheet
from scoring.board.presence import health
from scoring.board.prompter import prompter
from scoring.board.record import record_of_marks
from scoring.board.recount import Recount, recount, settings_of, versions_of
from scoring.board.rehearsal import Machine, rehearsal
from scoring.board.rehearsal import tried as rehearsal_tried
from scoring.board.rehearsed_scenes import on_air as rehearsal_on_air
from scoring.board.releasing import (
    check_back,
    check_call,
    check_clock,
    check_close,
    check_nothing_built,
    check_out,
    check_reopen,
    check_start,
    check_undo_call,
    to_release,
    why_not_released,
)
from scoring.board.retraction import built_on, check_undo_release, is_gone_on, made_of, rounds_after
from scoring.board.review import (
    HIDING,
    code_table,
    documents,
    is_review,
    late_authors,
    review,
    review_event,
    reviewers_by_code,
    severity,
    witnessing,
)
from scoring.board.seals import seal_at_desk, supervised
from scoring.board.seat import counted_under, earlier_sheets, held_after, held_sheet, seat, sheet_view
from scoring.board.set_up import STEPS, SetUp, least_judges, marking_begun, set_up_of, turns_of
from scoring.board.sheet_form import judged_of
from scoring.board.spot_checks import (
    ranks_to_check,
    spot_check,
    spot_check_line,
    spot_check_of,
    turns_to_check,
)
from scoring.board.standing_in import standing_in
from scoring.board.tally import tally
from scoring.board.timekeeper import timekeeper
from scoring.board.totals import confirmations_of, figures_of, is_checked, totals
from scoring.board.unplaced import ENTER_LATE, unplaced_of

__all__ = [
    "ADD_MATCH",
    "ADD_SEAT",
    "CASE",
    "DRAW",
    "ENTER_LATE",
    "HIDING",
    "MOVE",
    "PLAN_BENCHES",
    "REMOVE_LATE",
    "SIGN_OFF",
    "SPLIT_ROOM",
    "STEPS",
    "UNLOCK",
    "HomeStamp",
    "Machine",
    "PublicStamp",
    "Recount",
    "SetUp",
    "all_in",
    "altered",
    "altered_for",
    "altered_records",
    "appearing_in",
    "audience",
    "begin_to_look",
    "benches",
    "benches_planned",
    "built_on",
    "calibration_of",
    "came_late",
    "cards_of",
    "check_back",
    "check_call",
    "check_chain",
    "check_clock",
    "check_close",
    "check_nothing_built",
    "check_out",
    "check_reopen",
    "check_site_chain",
    "check_start",
    "check_trusted",
    "check_undo_call",
    "check_undo_release",
    "code_table",
    "confirmations_of",
    "contest_by_slug",
    "corrections",
    "counted_under",
    "decision_view",
    "decisions_in_force",
    "decisions_on",
    "desk",
    "differences",
    "documents",
    "doubts",
    "draw_of",
    "duties",
    "duties_changed",
    "earlier_sheets",
    "event_asked",
    "event_of",
    "event_watched",
    "events_of",
    "figures_of",
    "files_recognised",
    "format_of",
    "health",
    "held_after",
    "held_sheet",
    "home_stamp",
    "is_begun",
    "is_checked",
    "is_drawn",
    "is_gone_on",
    "is_review",
    "judged_of",
    "late_authors",
    "late_entries",
    "late_room",
    "late_taken_off",
    "least_judges",
    "log",
    "look_over",
    "lots_of",
    "made_of",
    "marking_begun",
    "marks",
    "may_draw",
    "missing_acknowledged",
    "missing_seats",
    "moves_of",
    "newest_entry",
    "news",
    "offices_to_ask",
    "out_of_event",
    "outcome_of",
    "overall",
    "paper",
    "paper_sheet",
    "parts_of",
    "places_of",
    "prompter",
    "public_stamp",
    "public_turns",
    "publication_of",
    "ranks_to_check",
    "record_of_marks",
    "recorded_facts",
    "recount",
    "rehearsal",
    "rehearsal_on_air",
    "rehearsal_tried",
    "relations",
    "release_in_force",
    "rest",
    "review",
    "review_event",
    "reviewers_by_code",
    "revisions",
    "rounds_after",
    "rules_of",
    "screens",
    "seal_at_desk",
    "seat",
    "seats_asked",
    "seats_of_contest",
    "server_time",
    "set_up_of",
    "settings_of",
    "severity",
    "sheet_to_correct",
    "sheet_view",
    "sheets_of",
    "sides_drawn",
    "signed_off",
    "speakers_in",
    "spot_check",
    "spot_check_line",
    "spot_check_of",
    "standing_in",
    "standing_numbers",
    "supervised",
    "tally",
    "timekeeper",
    "to_release",
    "too_late_for",
    "totals",
    "turns_of",
    "turns_to_check",
    "unplaced_of",
    "versions_of",
    "wall_time",
    "was_drawn",
    "who_may_be_out",
    "why_not_released",
    "winners_of",
    "witnessing",
]
