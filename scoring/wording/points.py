"""The sentences for refusals of results without judges, and of the tables that turn measures into points."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

OF_POINTS: Mapping[str, LazyString] = {
    "no_points_here": _l("Judges mark this event; no results are entered for it."),
    "points_open": _l("The entry of results is open for everybody who takes part."),
    "points_none": _l("No result from a list waits for you. Who imported a list does not confirm it."),
    "points_not_ready": _l(
        "No result can be released yet: each needs two entries that agree, or a list that somebody else has confirmed."
    ),
    "points_unchecked": _l(
        "The result of no. %(number)s came from a list. Somebody else has to hold it against the original first."
    ),
    "totals_changed_list": _l("The results have changed meanwhile. Please look at them again."),
    # importing results
    "points_event_unknown": _l("Please write in the column of events which one is meant: %(events)s."),
    "points_item_unknown": _l("Please write in the column of criteria which one is meant: %(items)s."),
    "points_item_missing": _l("No. %(number)s needs a row for each criterion."),
    "points_of_another": _l("No. %(number)s is %(name)s on the entry list. Please correct the number or the name."),
    "points_in": _l(
        "No. %(number)s has the result %(held)s already. "
        "Before the release the chief judge sends it back; after it ask for a correction."
    ),
    "points_in_already": _l(
        "No. %(number)s has a result already. "
        "Before the release the chief judge sends it back; after it ask for a correction."
    ),
    # measures
    "measure_out_of_range": _l("Please enter a figure from 0 to %(most)s with at most %(decimals)s decimals."),
    "measure_direction_unknown": _l("Please choose “with at least” or “with at most”."),
    "measure_negative": _l("A measured figure is not below 0."),
    "measure_directions_mixed": _l("All steps of one criterion go the same way: with at least, or with at most."),
    "measure_twice": _l("There is a step for %(value)s already. Please take one of them out."),
    "measure_falls": _l("A better figure would be worth less here. Please put the points in order."),
    "measure_above_maximum": _l(
        "The criterion has at most %(maximum)s points. Please lower the points, or raise its maximum."
    ),
}
