"""The cards for the seats: room, number, name, QR code and PIN, to print; and renewing and revoking their codes."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from flask import render_template, request
from werkzeug.wrappers import Response

from scoring.actions.preparing import codes
from scoring.board.reading.facts import format_of
from scoring.organizers import doors
from scoring.organizers.preparing.heading import contest_called, heading
from scoring.organizers.steps import Step, step
from scoring.store import Seat
from scoring.store.codes import seat_key, seat_pin
from scoring.venue.addresses import address_of, others_reach

LONGEST_LINE = 80


@dataclass(frozen=True)
class Card:
    """What stands on the card of one seat; without a code its seat opens to nobody."""

    seat: Seat
    code: str
    pin: str
    several: bool

    @property
    def subject(self) -> str:
        """What is judged at this seat."""
        return format_of(self.seat.room.event).subject

    @property
    def room(self) -> dict[str, str]:
        """The room's names."""
        return {"zh": self.seat.room.name_zh, "en": self.seat.room.name_en}


@doors.behind("cards")
def cards(contest_id: int) -> str:
    """Show the cards as they are printed: nobody but organizers ever sees a judge's code."""
    contest = contest_called(contest_id)
    seats = [seat for event in contest.events for room in event.rooms for seat in room.judges]
    return render_template(
        "organizers/preparing/cards.html",
        contest=heading(contest_id),
        cards=[_card(seat, len({one.room_id for one in seats}) > 1) for seat in seats],
        address=address_of("judges.sign_in"),
        reached=others_reach(),
        wifi=request.args.get("wifi", "")[:LONGEST_LINE],
        size=request.args.get("size") if request.args.get("size") in ("a5", "a6") else "a6",
    )


def _card(seat: Seat, several: bool) -> Card:
    if seat.revoked_at is not None:
        return Card(seat, "", "", several)
    code = segno.make(address_of("judges.enter", key=seat_key(seat)), error="m").svg_data_uri(border=2)
    return Card(seat, code, seat_pin(seat), several)


STEPS = {
    "renew": Step("renew_code"),
    "renew-all": Step("renew_all_codes"),
    "revoke": Step("revoke_code"),
}


@doors.behind("cards")
def cards_step(contest_id: int, name: str) -> Response:
    """Renew or revoke codes."""
    contest_called(contest_id)
    answer = step(contest_id, "organizers.cards", name, STEPS)
    codes.turn_out_former_tablets(contest_id)
    return answer
