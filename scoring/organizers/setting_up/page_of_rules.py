"""In which order the page of rules asks: groups of settings, each with a heading, single fields and tables."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from scoring.organizers.setting_up.specs import Words

# The groups of the rules in the order of their page: a heading, the single fields, the tables.
GROUPS: tuple[tuple[Words, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        _l("Course"),
        (
            "mode",
            "decide",
            "individual_sheets",
            "tied_match",
            "silent.points",
            "silent.from",
            "ballot_penalties",
            "meeting.by",
            "meeting.control",
            "motions",
        ),
        (),
    ),
    (
        _l("Panel"),
        (
            "panel.trim",
            "panel.drop_high",
            "panel.drop_low",
            "panel.by",
            "panel.trim_from",
            "panel.short",
            "panel.figure",
            "panel.minimum_valid",
            "panel.decimals",
            "panel.floor",
            "panel.wide",
            "reviewers.per_document",
            "reviewers.avoid",
            "rereview.threshold",
            "severity.shown",
            "severity.least_reviews",
        ),
        (),
    ),
    (_l("Groups of judges with weights"), ("panel.empty",), ("panel.groups",)),
    (_l("From result to score"), ("decimals", "floor"), ()),
    (_l("Measures"), (), ("measures",)),
    (_l("Publication"), ("publication",), ()),
    (
        _l("Overtime"),
        tuple(
            f"overtime.{name}" for name in ("free_seconds", "step_seconds", "points_per_step", "most", "stop_seconds")
        ),
        (),
    ),
    (_l("Bonus"), tuple(f"bonus.{name}" for name in ("given", "step_seconds", "points_per_step", "most")), ()),
    (_l("Penalties, bonuses and rulings"), ("listed.bonus_most",), ("penalties", "caps", "voids")),
    (_l("Clocks"), (), ("clocks",)),
)
