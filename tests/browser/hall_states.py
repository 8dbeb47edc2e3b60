"""Contests of each kind in each state that hall and phones show, made by the verbs: one contest for one state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from scoring.actions.preparing.events import EventPlan, add_event
from scoring.actions.results import corrections
from scoring.actions.review import coding, documents
from scoring.actions.review.intake import kept
from scoring.actions.review.review_rulings import release_review, rule
from scoring.actions.review.reviewers import draw_reviewers, open_review
from scoring.actions.running import benches, clocks, releases, screens, sheets, turns
from scoring.actions.running import penalties as punishing
from scoring.actions.running.not_performing import record_not_performing
from scoring.actions.running.recusals import recuse
from scoring.actions.setting_up.contests import Entrant, Plan, set_up
from scoring.actions.setting_up.match_plans import MatchEntrant, MatchPlan, RoundPlan, set_up_matches
from scoring.actions.setting_up.overall import set_awards, set_overall
from scoring.actions.transaction import Actor, perform
from scoring.documents import examine
from scoring.extensions import db
from scoring.rules import formats
from scoring.rules.awards import MODELS_AND_EXPERTS, OFFICES, PRIZES
from scoring.rules.formats.debate import defaults_for
from scoring.store import Contest, Correction, Turn
from tests.actions.hall import CHIEF, TIMEKEEPER, checklist
from tests.actions.matches import sheet_worth
from tests.conftest import DESK, marks_worth
from tests.documents.making import docx
from tests.review.conftest import sheet_of

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·艾合麦提江大"  # 20 signs
LONG_OFFICE = "新疆维吾尔自治区乌鲁木齐市高新技术产业开发区人民检察院第三部"  # 30 signs
OFFICES_OF_THE_CITY = ("明州市人民检察院", "江北区院", "慈溪县院", "高新技术产业开发区人民检察院", LONG_OFFICE)
NAMES = ("陈思远", "林晓彤", "周子涵", "吴佳怡", "郑凯", "欧阳静怡", LONG_NAME, "孙浩然", "赵明轩", "黄诗琪")
TALLIER = Actor("account:计分员", role="tallier")
CODER, SUPERVISOR = Actor("account:编码员", role="coder"), Actor("account:监督员", role="supervisor")
TITLES = {
    "legal_explanation": (
        "明州市检察机关释法说理业务竞赛决赛",
        "Mingzhou Procuratorates' Legal Explanation Contest, Final",
    ),
    "case_binding": ("海曙区检察院案卷装订技能竞赛", "Haishu Procuratorate's Case-File Binding Contest"),
    "suggestion_review": ("明州市检察机关检察建议书评比", "Mingzhou Procuratorates' Suggestion Review"),
    "debate": ("全省检察机关对抗辩论赛", "Provincial Procuratorates' Debate"),
}
MOTION = "控方认为国家工作人员利用职务便利收受他人财物后主动退还的行为应当以受贿罪论处，辩方认为不应当"


def entrants(count: int) -> list[Entrant]:
    """So many contestants; every tenth has a name of 20 signs, every fifth an office of 30."""
    digits = max(2, len(str(count)))
    return [
        Entrant(f"{place:0{digits}d}", NAMES[place % len(NAMES)], OFFICES_OF_THE_CITY[place % len(OFFICES_OF_THE_CITY)])
        for place in range(1, count + 1)
    ]


@dataclass
class Stage:
    """One contest, and what its people do."""

    contest_id: int
    event: int = 1

    @property
    def turns(self) -> list[Turn]:
        """The turns of the event's first round, in their order."""
        contest = db.session.get_one(Contest, self.contest_id)
        return list(contest.events[self.event - 1].rounds[0].turns)

    def asks(self, verb: Callable[..., Any], *said: Any, actor: Actor = DESK) -> Any:
        """Somebody uses a verb of the contest."""
        return perform(verb, actor, self.contest_id, *said)

    def calls(self, place: int, clock: str = "") -> Turn:
        """The turn at this place of the order, from 0, is called; its clock runs."""
        turn = self.turns[place]
        perform(turns.call, DESK, turn.id)
        if clock:
            perform(clocks.start_clock, DESK, turn.id, clock)
        return turn

    def submits(self, turn: Turn, sheets_of: Iterable[dict[str, str]]) -> None:
        """The panel hands these sheets in, one after the other, as many as there are."""
        present = [seat for seat in turn.panel if seat.id not in turn.recused]
        for seat, typed in zip([seat.id for seat in present], sheets_of, strict=False):
            perform(
                sheets.submit,
                Actor(f"seat:{seat}", seat_id=seat),
                turn.id,
                seat,
                typed,
                f"sheet-of-{turn.id}-by-{seat}",
            )

    def corrected(self, turn: Turn, judge: int, total: str) -> None:
        """A sheet of a released turn comes to another total: the tallier asks, the chief judge approves."""
        asked = turn.id, turn.panel[judge - 1].id, marks_worth(total), "评委1", "纸质评分表与录入不符"
        self.asks(corrections.request_sheet, *asked, actor=TALLIER)
        newest = db.session.scalars(select(Correction).order_by(Correction.id.desc())).first()
        assert newest is not None
        self.asks(corrections.approve_correction, newest.id, "核对无误", actor=CHIEF)

    def plays(self, place: int, *totals: str) -> Turn:
        """A turn from its call to its release."""
        turn = self.calls(place)
        self.submits(turn, map(marks_worth, totals))
        perform(releases.release, DESK, turn.id)
        return turn

    def play_each(self, count: int, judges: int) -> None:
        """The first ones of the order play, each with totals of their own; every ninth ties with another."""
        for place in range(count):
            worth = 97 - (place % 8) * 1.5 - place % 9 * 0.5
            self.plays(place, *(f"{worth - judge % 3 * 0.5:g}" for judge in range(judges)))


def explanation(slug: str, count: int, judges: int, **settings: Any) -> Stage:
    """A contest of single performances, with prizes."""
    wanted = formats.get("legal_explanation").defaults() | settings
    plan = Plan(slug, TITLES["legal_explanation"], "明州市院", "legal_explanation", judges, entrants(count), wanted)
    stage = Stage(perform(set_up, DESK, plan) or 0)
    stage.asks(set_awards, "ranking", [award.to_data() for award in PRIZES])
    return stage


def is_out(stage: Stage, place: int, kind: str) -> None:
    """The organizer records that whoever is at this place of the order does not perform."""
    perform(record_not_performing, DESK, stage.turns[place].id, kind, "家中急事", "组委会")


def in_its_usual_state(slug: str, judges: int = 7, before: int = 9) -> Stage:
    """One performs while the clock runs, and the newest score stands below."""
    stage = explanation(slug, 36, judges)
    stage.play_each(before, judges)
    turn = stage.calls(before, "speak")
    stage.submits(turn, [marks_worth("90")] * 3)
    return stage


def with_everything(slug: str) -> Stage:
    """Nobody performs; the newest score has a recusal, an overtime and a correction, and equals that of a better rank.

    Two share the first rank.
    """
    stage = explanation(slug, 7, 7)
    for place, totals in enumerate((["90"] * 7, ["89", "89.5", "90", "90", "90", "90.5", "91"], ["88"] * 7)):
        stage.plays(place, *totals)
    turn = stage.calls(5)
    perform(recuse, DESK, turn.id, turn.panel[6].id, "kin", "赛前申报")
    perform(punishing.add_overtime, DESK, turn.id, 20)
    stage.submits(turn, map(marks_worth, ["78", "88", "88", "89", "89", "89"]))
    perform(releases.release, DESK, turn.id)
    stage.corrected(turn, 1, "87")
    return stage


def long_and_corrected(slug: str) -> Stage:
    """The first of a few has the longest name and office, and a score that was corrected."""
    longest = Entrant("01", f"{LONG_NAME}·努尔艾合买提", LONG_OFFICE)
    plan = Plan(slug, TITLES["legal_explanation"], "明州市院", "legal_explanation", 3, [longest, *entrants(3)[1:]])
    stage = Stage(perform(set_up, DESK, plan) or 0)
    stage.plays(1, "85", "86", "87")
    stage.corrected(stage.plays(0, "90", "91", "92"), 1, "89")
    is_out(stage, 2, "disqualified")
    return stage


def benches_at_work(slug: str, count: int, stopped: int, handed_in: int, batch: int = 10, **settings: Any) -> Stage:
    """A batch at its benches, some stopped, some handed in."""
    wanted = formats.get("case_binding").defaults() | settings
    plan = Plan(slug, TITLES["case_binding"], "海曙区院", "case_binding", 2, entrants(count), wanted)
    stage = Stage(perform(set_up, DESK, plan) or 0)
    stage.asks(set_awards, "ranking", [award.to_data() for award in MODELS_AND_EXPERTS])
    perform(benches.plan_benches, DESK, stage.turns[0].id, batch)
    if stopped:
        perform(benches.start_benches, TIMEKEEPER, stage.turns[0].id)
    for turn in stage.turns[:stopped]:
        perform(benches.stop_bench, TIMEKEEPER, turn.id)
    for turn in stage.turns[:handed_in]:
        perform(benches.hand_in, TIMEKEEPER, turn.id)
    return stage


def inspected(stage: Stage, count: int) -> Stage:
    """The first files are inspected and released; every second one has a defect."""
    for place, turn in enumerate(stage.turns[:count]):
        found = checklist(index__wrong_entry="1") if place % 2 else checklist()
        stage.submits(turn, [found, found])
        perform(releases.release, DESK, turn.id)
    return stage


def review(slug: str, count: int) -> Stage:
    """Documents that are handed in, and nothing more."""
    settings = formats.get("suggestion_review").defaults() | {"reviewers": {"per_document": 2}}
    plan = Plan(slug, TITLES["suggestion_review"], "明州市院", "suggestion_review", 3, entrants(count), settings)
    return Stage(perform(set_up, DESK, plan) or 0)


def reviewed(stage: Stage, sheets_in: int) -> Stage:
    """Coded, drawn and open; so many documents have both sheets and the next has one."""
    for turn in stage.turns:
        letter = docx("检察建议书", f"关于第{turn.id}项治理的建议")
        received = kept(examine("letter.docx", letter), letter, [])
        document = stage.asks(documents.upload_document, turn.appearances[0].contestant_id, received)
        stage.asks(documents.clear_document, document, "")
    stage.asks(coding.code_documents, "31415", "王监督", "监督员未到场", actor=CODER)
    stage.asks(draw_reviewers, "2718", [seat.id for seat in stage.turns[0].room.seats], "监督员未到场")
    stage.asks(open_review)
    for place, turn in enumerate(stage.turns[: sheets_in + 1]):
        whole = 2 if place < sheets_in else 1
        stage.submits(turn, [sheet_of(str(92 - place)), sheet_of(str(91 - place))][:whole])
    return stage


def review_over(slug: str) -> Stage:
    """A review whose results are released; the newest one has two penalties."""
    stage = reviewed(review(slug, 3), 3)
    for kind in ("late", "identity_mark"):
        stage.asks(rule, stage.turns[-1].id, "penalty", kind, "第三页")
    stage.asks(coding.witness_decoding, actor=SUPERVISOR)
    stage.asks(coding.decode, actor=CODER)
    stage.asks(release_review)
    return stage


def debate(slug: str, count: int, rooms: int, *, rounds: tuple[RoundPlan, ...], **settings: Any) -> Stage:
    """Matches of teams of two, decided by the team sheets of three judges."""
    teams = [
        MatchEntrant(
            one.number, one.name, one.office, speakers=[Entrant(f"{one.number}-{k}", f"辩手{k}") for k in (1, 2)]
        )
        for one in entrants(count)
    ]
    chosen = defaults_for(2) | {
        "individual_sheets": False,
        "ties": ["exact_value", "format_step", "play_off", "shared_rank"],
    }
    plan = MatchPlan(
        slug,
        TITLES["debate"],
        "省院",
        "debate",
        rooms,
        3,
        teams,
        rounds,
        chosen | settings,
        *("7", "监督员", "监督员未到场"),
    )
    return Stage(perform(set_up_matches, DESK, plan) or 0)


def matches_played(stage: Stage, *places: int) -> Stage:
    """These matches of the round are over, the prosecution a little ahead."""
    for place in places:
        turn = stage.calls(place)
        stage.submits(turn, [sheet_worth("90", f"{85 - place % 5}")] * 3)
        perform(releases.release, DESK, turn.id)
    return stage


def all_round(slug: str) -> Stage:
    """Three events that weigh 40, 30 and 30, with the awards of all of them."""
    plan = Plan(
        slug, ("明州市检察机关岗位练兵综合赛", "All-Round Contest"), "明州市院", "legal_explanation", 3, entrants(12)
    )
    stage = Stage(perform(set_up, DESK, plan) or 0)
    for title in (("案卷装订与电子归档", "Binding and Filing"), ("现场答问", "Questions on the Spot")):
        stage.asks(add_event, EventPlan("legal_explanation", 3, title=title))
    stage.asks(set_overall, {"weighting": {"percent": {"1": "40", "2": "30", "3": "30"}}, "offices": {"best": 2}})
    stage.asks(set_awards, "overall", [award.to_data() for award in MODELS_AND_EXPERTS])
    stage.asks(set_awards, "offices", [award.to_data() for award in OFFICES])
    return stage


def events_played(slug: str, *counts: int) -> Stage:
    """So many turns of each event are over."""
    stage = all_round(slug)
    for event, count in enumerate(counts, 1):
        Stage(stage.contest_id, event).play_each(count, 3)
    return stage


def on_air(stage: Stage, scene: str, message: str = "") -> Stage:
    """The screen operator takes a scene."""
    stage.asks(screens.prepare_scene, scene, message)
    stage.asks(screens.take_scene)
    return stage
