"""The seats and their tablets: the code that moves a seat to a spare tablet, shown while the desk allows it."""

from __future__ import annotations

from typing import Any

import segno
from flask import render_template
from markupsafe import Markup

from scoring.board.reading.look import seats_of_contest
from scoring.board.views.desk import desk as desk_view
from scoring.extensions import db
from scoring.organizers import doors
from scoring.organizers.pressing import Refusal, may
from scoring.organizers.running import forms
from scoring.pages.event_meant import event_meant
from scoring.pages.found import found
from scoring.store import Seat
from scoring.store.codes import handover_key, handover_pin
from scoring.store.steady import on_the_wall, steady
from scoring.venue.addresses import address_of, others_reach


@doors.behind("handovers")
def handovers(contest_id: int) -> str:
    """Show the seats with their tablets."""
    return page(contest_id, Refusal())


def page(contest_id: int, refusal: Refusal) -> str:
    """The seats as they are now, with what was refused just now; answers 404 if there is no such contest or event."""
    desk = found(desk_view, contest_id, event=event_meant())
    seats = [_seat(db.session.get_one(Seat, seat_id)) for seat_id in sorted(seats_of_contest(contest_id))]
    return render_template(
        "organizers/running/handovers.html",
        desk=desk,
        page="handovers",
        seats=seats,
        reached=others_reach(),
        refusal=refusal,
        judge=forms.judge_of(desk["subject"]),
        may=may,
    )


def _seat(seat: Seat) -> dict[str, Any]:
    """One seat for the page; while its handover is open with the code to scan, its address and the six digits."""
    shown: dict[str, Any] = {"id": seat.id, "number": seat.number, "name": seat.name, "room": seat.room}
    shown["since"] = seat.taken_at.isoformat() if seat.taken_at else None
    if seat.handover_until is None or seat.handover_until <= steady():
        return shown
    address = address_of("judges.handover", key=handover_key(seat))
    code = segno.make(address, error="m").svg_inline(border=2, omitsize=True, light="#fff", dark="#0b1f40")
    return shown | {
        "until": on_the_wall(seat.handover_until).isoformat(),
        "address": address,
        "code": Markup(code),
        "pin": handover_pin(seat),
    }
