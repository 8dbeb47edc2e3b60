"""The words around the figures, in the reader's language, for the templates and for the scripts alike.

A key with a point, such as "fate.recused", is the word for one value of a figure. Placeholders are paths into
the snapshot.
"""

from __future__ import annotations

from flask_babel import gettext as _

from scoring.pages.moments import with_zone_of
from scoring.wording.announcing import announcement_words, spoken_counts
from scoring.wording.subjects import DECIDED_BY, RESULTS, SIDES, words_of

BALLOTS = ("impression", "stage", "deciding")


def words(subject: str = "performance") -> dict[str, str]:
    """All words that change with the figures, by key; a judge is called as where this subject is judged."""
    scores = _headings() | _marks(subject) | announcement_words(subject) | _ties() | _overall()
    return scores | _states() | _benches() | _matches() | _connection() | spoken_counts()


def _headings() -> dict[str, str]:
    return {
        "number": _("No. %(number)s"),
        "rank": _("Rank %(rank)s"),
        "sheets": _("%(submitted)s of %(panel)s sheets in"),
        "progress": _("%(released)s of %(total)s released"),
        "progress.unplaced": _("%(unplaced)s still waiting for a match"),
        "works.all": _("%(works)s in all"),
        "works.done": _("%(done)s of %(works)s"),
        "sheets.in": _("%(submitted)s of %(panel)s score sheets are in"),
        "sheets.short": "%(submitted)s / %(panel)s",
    }


def _overall() -> dict[str, str]:
    return {
        "totals": _("%(ranked)s of %(total)s have a total"),
        "entered": _("Entrants: %(total)s"),
        "office.entrants": _("%(entrants)s entered"),
        "office.scored": _("entrants with a total: %(scored)s of %(entrants)s"),
        "state.pending": _("still to come"),
        "state.coming": _("not yet begun"),
        "state.running": _("under way"),
        "state.over": _("over"),
        "state.incomplete": _("no result"),
        "decided_by.exact_value": _("Others show the same total; more decimals decide the rank."),
        "decided_by.key_criterion": _("Equal totals; the result that weighs most decides the rank."),
        "decided_by.shared_rank": _("Equal in every step; the rank is shared."),
    }


def _marks(subject: str) -> dict[str, str]:
    return {
        "judge": str(words_of(subject).judge_no) % {"number": "%(seat)s"},
        "fate.counted": "",
        "fate.dropped_high": _("highest"),
        "fate.dropped_low": _("lowest"),
        "fate.compared": "",
        "fate.set_aside": _("gave way to a further review"),
        "fate.no_figure": _("group with too few sheets"),
        "share.0": _("too few sheets"),
        "group.weight": "%(weight)s%%",
        "item.left": _("%(points_left)s of %(maximum)s"),
        "times": "× %(count)s",
        "cap.limit": _("at most %(limit)s"),
        "time": _("Time %(explanation.time)s"),
        "fate.recused": _("recused"),
        "fate.abstained": _("abstained"),
        "fate.away": _("away"),
        "others": _("Sum of the other %(announcement.counted)s reviewers")
        if subject == "document"
        else _("Sum of the other %(announcement.counted)s"),
        "rule.mean": _("Mean"),
        "rule.median": _("Median"),
        "rule.sum": _("Sum"),
        "rule.groups": _("By the groups' weights"),
        "points": "−%(points)s",
        "adds": "+%(points)s",
        "added_most": _("Bonuses add at most %(explanation.figures.added_most)s."),
        "was": _("corrected, was %(old)s"),
        "was.side": _("corrected, was %(was)s"),
        "source.paper": _("paper"),
        "source.list": _("list"),
        "source.correction": _("corrected"),
    }


def _ties() -> dict[str, str]:
    return {
        "step.exact_value": _("Others show the same figure; more decimals decide the rank."),
        "step.key_criterion": _("Equal scores; the key criterion decides the rank."),
        "step.untrimmed_mean": _("Equal scores; the mean of all marks decides the rank."),
        "step.format_step": _("Equal scores; this format's own rule decides the rank."),
        "step.play_off": _("Equal scores; the play-off decides the rank."),
        "step.knockout": _("Who got further in the knockout has the better rank."),
        "step.shared_rank": _("Equal in every step; the rank is shared."),
        "key.exact_value": _("Exact value"),
        "key.key_criterion": _("Key criterion"),
        "key.untrimmed_mean": _("Mean of all marks"),
        "key.format_step": _("Format's rule"),
        "key.play_off": _("Play-off"),
        "key.knockout": _("Place in the knockout"),
        "key.heaviest": _("Weightiest event"),
        "key.own_time": _("Time used"),
        "key.own_score": _("Own score"),
        "told_apart": "%(key)s %(value)s",
    }


def _states() -> dict[str, str]:
    return {
        "state.waiting": _("waiting"),
        "state.performing": _("performing"),
        "state.performed": _("performed"),
        "state.released": _("released"),
        "state.absent": _("absent"),
        "state.forfeited": _("forfeited"),
        "state.disqualified": _("disqualified"),
        "state.withdrawn": _("withdrawn"),
        "state.unplaced": _("waiting for a match"),
        "was.taken": _("Corrected: %(was)s before"),
        "taken_back": _("The score of no. %(taken_back.0.number)s was taken back; it is announced anew."),
        "draw.late": _("Drawn into the rest: no. {late}"),
        "draw.order": _("The running order is drawn"),
        "draw.sides": _("The sides are drawn"),
        "draw.benches": _("The benches are drawn"),
        "seal.typed": _("Typed for it by %(seal.by)s: %(seal.typed)s"),
        "draw.from": _("Seal {seal} · sealed seed {sealed_seed}"),
        "draw.on_account": _("Typed by {witness} with an own account: {typed}"),
        "draw.named": _("Typed by whoever drew: {typed} · Witness: {witness}"),
        "draw.reason": _("Reason: {reason}"),
        "draw.times": _("Drawn {times} times"),
        "draw.before": _("Drawn before from seal {seal}, witness: {witness}"),
    }


def _benches() -> dict[str, str]:
    return {
        "bench": _("Bench %(bench)s"),
        "batch": _("Batch %(batch)s of %(batches)s"),
        "at_work": _("%(at_work)s of %(of)s still at work"),
        "stage.out": _("does not take part"),
        "stage.waiting": _("waiting to start"),
        "stage.working": _("at work"),
        "stage.stopped": _("stopped"),
        "stage.handed_in": _("handed in"),
    }


def _matches() -> dict[str, str]:
    sides = {side: str(word) for side, word in SIDES.items()}
    voted = {f"{ballot}.{side}": word for ballot in BALLOTS for side, word in sides.items()}
    rounds = {2: _("Semifinals"), 4: _("Quarterfinals"), 8: _("Last sixteen"), 16: _("Last thirty-two")}
    return {
        **{f"side.{side}": word for side, word in sides.items()},
        **voted,
        **{f"left.{matches}": word for matches, word in rounds.items()},
        "left.1": _("Final"),
        **{f"result.{result}": str(word) for result, word in RESULTS.items()},
        "result.absent": _("absent"),
        "result.forfeited": _("forfeited"),
        "result.disqualified": _("disqualified"),
        "result.withdrawn": _("withdrawn"),
        "score.forfeit": _("won without marks"),
        "precise.forfeit": _("won without marks"),
        "against": _("against %(opponent.number)s %(opponent.name)s"),
        "won_of": _("%(figures.won)s of %(figures.matches)s"),
        "votes": _("secret votes: %(votes)s"),
        **{f"decided_by.{way}": str(word) for way, word in DECIDED_BY.items()},
    }


def _connection() -> dict[str, str]:
    return {
        "connection.lost": _("Connection lost – figures as of %(time)s", time=with_zone_of("%(time)s")),
        "connection.old": _("Connection lost – these figures may be out of date"),
        "connection.back": _("Up to date again"),
    }
