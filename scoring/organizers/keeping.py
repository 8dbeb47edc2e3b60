"""Where the pages of those who keep the record are: paper, corrections, spot checks, the log, and the screens."""

from __future__ import annotations

from flask import Blueprint

from scoring.organizers import corrections, log, paper, prompter, screens, spot_check, tally

_SHEET = "<int:turn_id>/<int:seat_id>"


def add_pages(bp: Blueprint) -> None:
    """Give each page its address under the contest's."""
    _paper(bp)
    _corrections(bp)
    _spot_check(bp)
    bp.add_url_rule("/<int:contest_id>/prompter", view_func=prompter.prompter)
    bp.add_url_rule("/<int:contest_id>/tally", view_func=tally.tally)
    bp.add_url_rule("/<int:contest_id>/log", view_func=log.log)
    bp.add_url_rule("/<int:contest_id>/log/<name>", view_func=log.log_step, methods=["POST"])
    bp.add_url_rule("/<int:contest_id>/screens", view_func=screens.screens)
    bp.add_url_rule("/<int:contest_id>/screens/<name>", view_func=screens.screens_step, methods=["POST"])


def _paper(bp: Blueprint) -> None:
    page = "/<int:contest_id>/paper"
    bp.add_url_rule(page, view_func=paper.paper)
    bp.add_url_rule(f"{page}/{_SHEET}", view_func=paper.paper_sheet)
    bp.add_url_rule(f"{page}/{_SHEET}", view_func=paper.enter_paper, methods=["POST"])
    bp.add_url_rule(f"{page}/{_SHEET}/withdraw", view_func=paper.withdraw_paper, methods=["POST"])


def _corrections(bp: Blueprint) -> None:
    page = "/<int:contest_id>/corrections"
    bp.add_url_rule(page, view_func=corrections.corrections)
    bp.add_url_rule(f"{page}/{_SHEET}", view_func=corrections.correction_sheet)
    bp.add_url_rule(f"{page}/{_SHEET}", view_func=corrections.ask_correction, methods=["POST"])
    bp.add_url_rule(f"{page}/<name>", view_func=corrections.correction_step, methods=["POST"])


def _spot_check(bp: Blueprint) -> None:
    page = "/<int:contest_id>/spot-check"
    bp.add_url_rule(page, view_func=spot_check.spot_check)
    bp.add_url_rule(f"{page}/<int:line_id>", view_func=spot_check.spot_check_line)
    bp.add_url_rule(f"{page}/<name>", view_func=spot_check.spot_check_step, methods=["POST"])
