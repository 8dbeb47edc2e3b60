"""The sentences for what the rulebook refuses about rubrics, rules and totals, beside the fields where they are set."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

_ONCE = _l("This stands in the list twice. Please remove one of the two.")
_NAMED = _l("Please give this a name, in Chinese or in English.")
_KEYED = _l("This entry has lost its key. Please remove it and add it again.")
_POSITIVE = _l("Please enter a number above 0.")
_UNREADABLE = _l("The server could not read these settings. Please reload the page and try again.")
_CHOOSE = _l("Please choose one from the list.")

OF_SETTINGS: dict[str, Any] = {
    # reading
    "settings_malformed": _UNREADABLE,
    "setting_missing": _UNREADABLE,
    "unknown_setting": _UNREADABLE,
    "setting_not_a_flag": _l("Please say yes or no."),
    "setting_not_whole": _l("Please enter a whole number."),
    "setting_not_a_number": _l("Please enter a number such as 25 or 0.5."),
    "setting_not_text": _l("Please enter plain text of at most 500 characters."),
    # rubrics
    "rubric_empty": _l("A rubric needs at least one criterion. Please add one."),
    "criterion_key_malformed": _KEYED,
    "criterion_key_twice": _KEYED,
    "criterion_key_reserved": _KEYED,
    "criterion_name_missing": _NAMED,
    "two_tie_criteria": _l("Only one criterion can be the key criterion for ties."),
    "tie_criterion_missing": _l(
        "The tie steps ask for a key criterion: mark one criterion as such, or drop that step."
    ),
    "maximum_not_positive": _l("The maximum must be above 0."),
    "step_not_positive": _l("The step must be above 0."),
    "minimum_negative": _l("The minimum cannot be below 0."),
    "minimum_not_below_maximum": _l("The minimum must be below the maximum of %(maximum)s."),
    "step_does_not_divide": _l("The maximum of %(maximum)s cannot be reached in steps of %(step)s."),
    "sheet_too_long": _l("A sheet would have %(fields)s marks; at most %(maximum)s fit. Please drop criteria."),
    "criteria_alike": _l("Please choose two different criteria."),
    # checklists
    "checklist_empty": _l("A checklist needs at least one item. Please add one."),
    "item_key_malformed": _KEYED,
    "item_key_twice": _KEYED,
    "item_name_missing": _NAMED,
    "item_without_defects": _l("This item needs at least one kind of defect."),
    "defect_key_malformed": _KEYED,
    "defect_key_twice": _KEYED,
    "defect_name_missing": _NAMED,
    "defect_above_item": _l("One defect cannot cost more than the item is worth: %(maximum)s."),
    "points_not_positive": _l("The points must be above 0."),
    "points_negative": _l("The points cannot be below 0."),
    # panel, ties, publication
    "trim_from_too_low": _l("Dropping the highest and the lowest needs at least %(minimum)s judges."),
    "drop_out_of_range": _l("Please drop %(minimum)s to %(maximum)s, or switch the dropping off."),
    "unknown_choice": _CHOOSE,
    "sum_not_here": _l("Here some have more sheets than others, so that sums compare nothing: choose mean or median."),
    "group_key_twice": _KEYED,
    "group_name_missing": _NAMED,
    "group_weight_out_of_range": _l("A group weighs more than 0 and at most 100."),
    "group_weights_not_whole": _l("The weights of the groups add up to %(sum)s; please make them 100."),
    "group_without_seats": _l("This group has no judge: enter its seats, such as 1-5, 8, or take it away."),
    "group_smaller_than_least": _l(
        "The group has %(given)s seats, fewer than the %(least)s that its figure needs: add seats, or ask for fewer."
    ),
    "group_too_small_to_drop": _l(
        "%(dropped)s are dropped from %(minimum)s sheets on, and the group has %(given)s seats: nothing would ever be "
        "dropped. Add seats, or drop fewer."
    ),
    "seats_malformed": _l("Please enter the numbers of seats such as 1-5, 8."),
    "seat_in_two_groups": _l("Seat %(seats)s stands in another group too; a judge belongs to one."),
    "sum_not_in_groups": _l("Beside weights a sum compares nothing: choose mean or median."),
    "groups_not_here": _l("In this format judges cannot sit in weighed groups. Please take the groups away."),
    "minimum_valid_too_low": _l("At least %(minimum)s sheet is needed for a score."),
    "decimals_out_of_range": _l("Please choose %(minimum)s to %(maximum)s decimals."),
    "wide_not_positive": _l("The spread that is pointed out must be at least 1 point."),
    "unknown_tie_step": _CHOOSE,
    "tie_step_twice": _ONCE,
    "tie_step_not_offered": _l("This step can never decide anything here. Please drop it."),
    "exact_value_not_first": _l("The exact value always comes first. Please move it to the top."),
    "shared_rank_not_last": _l("A shared rank ends the chain. Please move it to the bottom."),
    "unknown_publication": _CHOOSE,
    # penalties, bonus, rulings
    "most_not_positive": _l("The most must be above 0."),
    "stop_before_free": _l("The stop cannot come before the free %(free)s seconds are over."),
    "penalty_too_fine": _l("A score shows %(decimals)s decimals; these points have more."),
    "range_upside_down": _l("A range ends with more than the %(points)s points it begins with; 0 is no range."),
    "hits_nobody_here": _l("Nothing like that is scored in this event. Please choose what is."),
    "listed_in_use": _l("“%(name)s” was entered for somebody already and has to stay in the list."),
    "penalty_not_positive": _l("A penalty must be above 0."),
    "limit_not_positive": _l("The limit must be above 0."),
    "ruling_key_missing": _KEYED,
    "ruling_key_twice": _KEYED,
    "ruling_name_missing": _NAMED,
    # clocks
    "clock_key_missing": _KEYED,
    "clock_key_twice": _KEYED,
    "clock_name_missing": _NAMED,
    "clock_missing": _l("The clock of the work is missing; without it nothing is timed."),
    "clock_kind_unknown": _CHOOSE,
    "clock_side_not_single": _l("Only a clock of one speaker can belong to a side."),
    "side_unknown": _CHOOSE,
    "seconds_not_positive": _l("The time must be above 0 seconds."),
    "warning_out_of_range": _l("The warning must come within the clock's %(seconds)s seconds."),
    # debates
    "speakers_out_of_range": _l("A side has %(minimum)s to %(maximum)s speakers."),
    "unknown_way": _CHOOSE,
    "individual_sheets_needed": _l("This way to decide rests on the speakers' own marks. Please switch them on."),
    "stage_unknown": _l("This stage is no criterion of the team sheet any more."),
    "stage_weights_missing": _l("The stage ballot needs at least one stage with a weight."),
    "weight_not_positive": _l("A weight must be above 0."),
    "weight_negative": _l("A weight is 0 or more; an event of 0 counts nothing."),
    "unknown_score": _CHOOSE,
    "silent_from_not_offered": _l("These points cannot come off there with this way to decide."),
    "unknown_tied_match": _CHOOSE,
    "control_missing": _l("Please name who is always the prosecution: an office, a department or a number a line."),
    # reviews
    "unknown_mode": _CHOOSE,
    "per_document_not_positive": _l("Each document needs at least one reviewer."),
    "per_document_below_minimum": _l("A score needs %(minimum)s sheets, so each document needs as many reviewers."),
    "threshold_not_positive": _l("The threshold must be above 0."),
    "least_reviews_too_low": _l("A reviewer's spread can be told from %(minimum)s documents on."),
    # formats, awards, composite totals
    "unknown_format": _l("There is no such format. Please choose one from the list."),
    "format_twice": _ONCE,
    "award_key_missing": _KEYED,
    "award_key_twice": _KEYED,
    "award_name_missing": _NAMED,
    "quota_not_positive": _POSITIVE,
    "award_share_wrong": _l("Please enter a share of at most 100 percent."),
    "award_quota_twice": _l("Please give an award a number of people or a share, not both."),
    "award_last_unknown": _l("Please choose what holds where several are level at the last place."),
    "award_class_too_long": _l("Please use at most %(most)s characters for the class."),
    "award_class_of_offices": _l("Awards of the offices are for no class of entrants. Please leave the class empty."),
    "best_not_positive": _POSITIVE,
    "weights_missing": _l("Please give every event a weight."),
    "weights_not_100": _l("The weights add up to %(sum)s; they must make 100."),
    "event_missing": _l("An event has a weight but no results."),
    "event_without_weight": _l("An event has results but no weight."),
    "office_unknown": _l("A contestant belongs to no office."),
    # scores that cannot be made
    "sheets_differ": _l("The sheets of %(judges)s have other criteria than the rest."),
    "seat_twice": _l("%(Judges)s stands on the panel twice."),
    "rereview_seat_unknown": _l("%(Judges)s does not review this document."),
    "no_score": _l("There is no score yet."),
    "not_one_score": _l("A contestant is ranked on one score; here there are %(scores)s."),
    "scores_differ": _l("These scores cannot be put together."),
    "contender_twice": _ONCE,
    "explanation_malformed": _UNREADABLE,
    "facts_malformed": _UNREADABLE,
    "unknown_fact": _UNREADABLE,
    "match_is_bye": _l("Nobody plays this match: it is a bye."),
    "match_not_ready": _l("The sides of this match are not known yet."),
    "match_unknown": _l("There is no such match."),
    "winner_not_in_match": _l("The winner must be one of the two sides."),
}
