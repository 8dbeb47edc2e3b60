"""The hall screen, with the leaderboard's address as a QR code for the phones in the hall."""

from __future__ import annotations

import segno
from flask import Response
from markupsafe import Markup

from scoring.audience.contests import board_of
from scoring.audience.page import page
from scoring.board.snapshots.audience import Board
from scoring.pages.asked import number_asked
from scoring.venue.addresses import address_of, others_reach


def screen(slug: str) -> Response:
    """Show the contest as it is projected; nobody has to touch it."""
    board = board_of(slug)
    address = address_of("audience.leaderboard", slug=slug)
    templates = [f"audience/{board['contest']['subject']}_screen.html", "audience/screen.html"]
    place = _place(board)
    return page(templates, board=_in_room(board, place), address=address, code=code_for_phones(address), place=place)


def _in_room(board: Board, place: int) -> Board:
    """The board as the hall of this room shows it: who performs and who is next there; screen.js does the same."""
    here = board["rooms"][place]
    return {**board, "now": here["now"], "next": here["next"]}


def _place(board: Board) -> int:
    """Which of the contest's rooms the screen hangs in, from 0: ?room=2 is the second; without one the first."""
    asked = number_asked("room") or 1
    return asked - 1 if 1 <= asked <= len(board["rooms"]) else 0


def code_for_phones(address: str) -> Markup:
    """The code of an address of this server; nothing where no phone would reach it."""
    return qr_code(address) if others_reach() else Markup()


def qr_code(address: str) -> Markup:
    """The address as an inline SVG that scales with its box; black on white, with the quiet zone scanners need."""
    drawn = segno.make(address, error="m").svg_inline(border=2, omitsize=True, light="#fff", dark="#0b1f40")
    return Markup(drawn)
