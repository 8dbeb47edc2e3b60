"""The audience's screens: the home page, the leaderboard and the hall screen."""

from __future__ import annotations

from flask import Blueprint

from scoring.audience import home, leaderboard, matches, overall, screen
from scoring.audience.compression import compress
from scoring.audience.contests import follows_rehearsal
from scoring.audience.kept_pages import SHEETS_WAIT, kept, kept_home
from scoring.pages.event_meant import stay_with_event

bp = Blueprint("audience", __name__)
bp.add_url_rule("/", view_func=kept_home(home.home))
bp.add_url_rule("/c/<slug>", view_func=kept(leaderboard.leaderboard, SHEETS_WAIT))
bp.add_url_rule("/c/<slug>/board.json", view_func=kept(leaderboard.board_json))
bp.add_url_rule("/c/<slug>/standings", view_func=kept(matches.standings))
bp.add_url_rule("/c/<slug>/bracket", view_func=kept(matches.bracket))
bp.add_url_rule("/c/<slug>/screen", view_func=follows_rehearsal(kept(screen.screen)))
bp.add_url_rule("/c/<slug>/overall", view_func=kept(overall.overall))
bp.add_url_rule("/c/<slug>/overall.json", view_func=kept(overall.overall_json))
bp.add_url_rule("/c/<slug>/overall/screen", view_func=follows_rehearsal(kept(overall.overall_screen)))
bp.add_url_rule("/c/<slug>/offices", view_func=kept(overall.offices))
bp.after_request(compress)
bp.url_defaults(stay_with_event)
