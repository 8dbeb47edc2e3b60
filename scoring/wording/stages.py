"""The sentences for refusals of promotion from one stage to the next."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

OF_STAGES: Mapping[str, LazyString] = {
    "not_a_stage": _l("Everybody takes part in this event."),
    "stage_of_matches": _l("Matches and documents have rounds and reviews of their own; please choose another event."),
    "source_of_matches": _l("Matches are ranked by wins and rounds; please choose another event to go on from."),
    "stage_begun": _l("This stage has begun: who takes part in it stays."),
    "stage_confirmed": _l("It is confirmed who goes on. Take the promotion back first."),
    "stages_wait": _l("These stages would wait for each other. Please choose an event that comes before."),
    "stage_not_over": _l("“%(event)s” is not over. Release all its scores first."),
    "stage_take_unknown": _l("Please choose who goes on."),
    "stage_last_unknown": _l("Please choose what decides at the last place."),
    "stage_value_wrong": _l("Please enter a number above 0, at most %(most)s; persons are whole."),
    "promotion_of_nobody": _l("Nobody is ranked in the stage before."),
    "promotion_too_many": _l("%(value)s are to go on, and %(size)s are ranked. Please lower the number."),
    "promotion_tied": _l(
        "At the last place %(level)s are level on rank %(rank)s. Let them play off, or change the rule."
    ),
    "promotion_not_proposed": _l("Nobody has proposed yet who goes on."),
    "promotion_own": _l("Who proposed it does not confirm it. Please ask somebody else."),
    "promotion_changed": _l("The ranking has changed since it was proposed. Please look at it and propose it anew."),
    "promotion_not_confirmed": _l("It is not confirmed yet who goes on."),
    "nobody_withdrew": _l("Nobody who goes on has withdrawn without being replaced. Record the withdrawal first."),
    "nobody_to_move_up": _l("Nobody is left who could move up by the rule of this stage."),
    "promotion_lots": _l("Lots would decide who moves up. Please take the promotion back and propose it anew."),
    "stage_given_twice": _l(
        "A place in this stage has two holders: who withdrew is back. Please say on the page “Promotion” who stays."
    ),
    "stage_shown_still": _l(
        "The audience's board stands still and shows who takes part in this stage. Please let it move first."
    ),
    "nothing_to_say": _l("Nothing has changed about who takes part in this stage."),
    "step_back_who": _l("Please choose somebody who moved up or is back, and was not called yet."),
}
