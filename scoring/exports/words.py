"""The headings and words of the files, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import get_locale, gettext

from scoring.pages.moments import date_in_words, moment
from scoring.rules.not_performing import KINDS
from scoring.wording.subjects import DECIDED_BY, RESULTS, SIDES


def named(names: Mapping[str, Any]) -> str:
    """The reader's name of something that is named in both languages ("zh" and "en")."""
    locale = get_locale()
    return str(names["zh" if locale and locale.language == "zh" else "en"])


def held(contest: Mapping[str, Any]) -> str:
    """When and where a contest is held, as far as it was said; "" for neither."""
    date = date_in_words(contest["date"]) if contest.get("date") else ""
    return " · ".join(part for part in (date, contest.get("venue", "")) if part)


def duties(said: Mapping[str, Any] | None) -> str:
    """What a page of the record says of the separation of duties; "" where there is nothing to say."""
    if said is None:
        return ""
    about = {
        "name": gettext(", ").join(said["by"]),
        "time": moment(said["at"]) if said["at"] else "",
        "reason": said["reason"],
    }
    return {
        "never": gettext("The duties are not separated: an administrator may hold several of them."),
        "joined": gettext("Separation of duties switched off: %(time)s, %(name)s, reason: %(reason)s", **about),
        "late": gettext("The duties were not separated from the beginning, but since %(time)s.", **about),
    }[said["state"]]


def duties_in_public(said: Mapping[str, Any] | None) -> str:
    """The same for everybody: not who switched the separation off, and why."""
    if said is None or said["state"] != "joined":
        return duties(said)
    return gettext("Separation of duties switched off: %(time)s", time=moment(said["at"]))


def bracketed(said: str, more: object) -> str:
    """What is said with more of it in brackets, where there is more."""
    return gettext("%(one)s (%(two)s)", one=said, two=more) if more else said


def fate(code: str) -> str:
    """What became of a judge's total."""
    return {
        "counted": gettext("counted"),
        "dropped_high": gettext("dropped (highest)"),
        "dropped_low": gettext("dropped (lowest)"),
        "compared": gettext("compared"),
        "recused": gettext("recused"),
        "abstained": gettext("abstained"),
        "away": gettext("away from the seat"),
        "uncounted": gettext("not counted"),
        "set_aside": gettext("gave way to a further review"),
        "no_figure": gettext("group with too few sheets"),
    }.get(code, code)


def mark_dropped(criterion: Mapping[str, Any], end: str) -> str:
    """Which mark of a sheet does not count, and why."""
    return f"{named(criterion)} {fate(f'dropped_{end}')}"


def method(explanation: Mapping[str, Any]) -> str:
    """How the mean was made."""
    code = explanation["method"]
    done, _, figure = code.rpartition("_")
    if done in ("plain", "trimmed", "criterion"):
        return bracketed({"median": gettext("median"), "sum": gettext("sum")}[figure], _dropped(explanation))
    if code in ("trimmed", "criterion") and _dropped(explanation):
        return bracketed(gettext("mean"), _dropped(explanation))
    return {
        "trimmed": gettext("mean without one highest and one lowest"),
        "plain": gettext("mean of all sheets"),
        "checklist": gettext("agreed checklist"),
        "forfeit": gettext("won without marks"),
        "ballots": gettext("three ballots of each judge"),
        "sum_of_speakers": gettext("sum of the speakers' scores"),
        "mean_of_matches": gettext("mean of the matches"),
        "wins": gettext("matches won"),
        "groups": gettext("groups of judges by their weights"),
    }.get(code, code)


def _dropped(explanation: Mapping[str, Any]) -> str:
    """How many were dropped at each end, where that is not one total; "" where none was."""
    figures = explanation.get("figures", {})
    if "drop_high" not in figures:
        return gettext("without one highest and one lowest") if explanation["method"].startswith("trimmed_") else ""
    if explanation["method"].startswith("criterion"):
        return gettext("in each criterion without %(drop_high)s highest and %(drop_low)s lowest", **figures)
    return gettext("without %(drop_high)s highest and %(drop_low)s lowest", **figures)


def section(name: str) -> str:
    """What a part of an explanation is called that only some formats have."""
    return {
        "bonuses": gettext("Points added"),
        "caps": gettext("Limits"),
        "figures": gettext("Time used"),
        "groups": gettext("Groups of judges"),
    }[name]


def groups(lines: Iterable[Mapping[str, Any]]) -> str:
    """Each group of judges with its seats, how its figure came about, and what it weighed."""
    return gettext("; ").join(_group(line) for line in lines)


def _group(line: Mapping[str, Any]) -> str:
    about = {"group": named(line), "weight": line["weight"], "seats": gettext(", ").join(line["seats"])}
    if line["share"] == "0":
        return gettext("%(group)s %(weight)s%%: too few sheets, its weight went to the other groups", **about)
    made = {"method": method(line), "sum": line["counted_sum"], "counted": line["counted"], "exact": line["exact"]}
    return gettext(
        "%(group)s %(weight)s%%, seats %(seats)s: %(method)s, sum %(sum)s of %(counted)s, figure %(exact)s",
        **about,
        **made,
    )


def bonuses(added: Iterable[Mapping[str, Any]]) -> str:
    """Points added, each with what for."""
    kinds = {"speed": gettext("finished early")}
    return gettext("; ").join(f"{kinds.get(one['kind'], one['kind'])} +{one['points']}" for one in added)


def caps(limits: Iterable[Mapping[str, Any]]) -> str:
    """The limits that took something away: what for, why, how many points are left of how many."""
    return gettext("; ").join(_cap(one) for one in limits if one["bites"])


def _cap(limit: Mapping[str, Any]) -> str:
    said = gettext(
        "%(name)s: at most %(limit)s, was %(before)s", name=named(limit), limit=limit["limit"], before=limit["before"]
    )
    return bracketed(said, limit["reason"])


def side(code: str | None) -> str:
    """A side of a match, "" for none."""
    return str(SIDES[code]) if code else ""


def numbered(what: str) -> str:
    """The heading of the number of what is named."""
    return gettext("No. of %(what)s", what=what)


def result(code: str) -> str:
    """What a match was for a side, or as what the side did not perform."""
    return str(RESULTS[code]) if code in RESULTS else named(KINDS[code])


def decided_by(code: str | None) -> str:
    """What decided a match, "" where it stands tied."""
    return str(DECIDED_BY[code]) if code else ""


def tie(step: str | None) -> str:
    """Which step told equal scores apart; "" where there was nothing to tell apart."""
    return {
        None: "",
        "exact_value": gettext("by further decimals"),
        "key_criterion": gettext("by the key criterion"),
        "untrimmed_mean": gettext("by the mean of all sheets"),
        "format_step": gettext("by the format's own rule"),
        "play_off": gettext("by a play-off"),
        "knockout": gettext("by the place in the knockout"),
        "shared_rank": gettext("shared rank"),
    }.get(step, step or "")


def overall_tie(step: str | None) -> str:
    """Which step told equal totals apart; "" where there was nothing to tell apart."""
    return gettext("by the result that weighs most") if step == "key_criterion" else tie(step)


def reason(row: Mapping[str, Any], step: str) -> str:
    """Why the rank of equal figures differs: what told them apart, and the row's own figure in that, as on screen."""
    apart = row.get("told_apart")
    if not apart:
        return step
    figure = f"{_step_names()[apart['key']]} {_clock(apart)}"
    return bracketed(step, figure) if step else figure


def _step_names() -> dict[str, str]:
    return {
        "exact_value": gettext("Exact value"),
        "key_criterion": gettext("Key criterion"),
        "untrimmed_mean": gettext("Mean of all marks"),
        "format_step": gettext("Format's rule"),
        "play_off": gettext("Play-off"),
        "knockout": gettext("Place in the knockout"),
        "heaviest": gettext("Weightiest event"),
        "own_time": gettext("Time used"),
        "own_score": gettext("Own score"),
    }


def _clock(apart: Mapping[str, Any]) -> str:
    """The figure; a time in whole seconds as minutes and seconds."""
    value = str(apart["value"])
    return clock(value) if apart["key"] == "own_time" else value


def clock(seconds: str) -> str:
    """Whole seconds as minutes and seconds; anything else as it is."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}" if seconds.isdigit() else seconds


def penalty(item: Mapping[str, Any]) -> str:
    """One penalty or bonus with its points and, where one was given, its reason."""
    text = f"{named(item)} {'+' if item.get('adds') else '−'}{item['points']}"
    return bracketed(text, item["reason"])


def penalties(explanation: Mapping[str, Any]) -> str:
    """All penalties and bonuses, and that they stopped at 0 or at their limit where they did."""
    said = gettext("; ").join(penalty(item) for item in explanation["penalties"])
    figures = explanation.get("figures", {})
    most = figures.get("added_most")
    said = bracketed(said, gettext("bonuses add at most %(most)s", most=most)) if most else said
    return bracketed(said, gettext("not below 0")) if "floor" in figures else said


def source(code: str) -> str:
    """Where a judge's sheet came from."""
    return {"paper": gettext("paper"), "list": gettext("list"), "correction": gettext("correction")}.get(
        code, gettext("tablet")
    )


def decision(state: str) -> str:
    """What became of a request for a correction."""
    return {"approved": gettext("approved by the chief judge"), "rejected": gettext("rejected")}.get(
        state, gettext("waits")
    )


def entry(change: Mapping[str, Any]) -> str:
    """What a corrected value is called."""
    if not change["name"]:
        penalties = {"seconds": gettext("Seconds over"), "points": gettext("Points off")}
        return penalties.get(change["field"], change["field"])
    part = change["name"].get("part", "")
    return bracketed(named(change["name"]), part)
