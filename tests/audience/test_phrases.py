"""Lines of Chinese break between words, and the hall's script breaks them where the server does."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from scoring.wording.phrases import CLOSES, COUNTS, ENDS, OPENS, TERMS, phrased, phrases, rules
from tests.conftest import ROOT
from tests.patience import within

SCRIPT = """
  import { readFileSync } from "node:fs";
  const [source, rules, texts] = JSON.parse(readFileSync(0, "utf8"));
  const { phrasesOf } = await import("data:text/javascript," + encodeURIComponent(source));
  process.stdout.write(JSON.stringify(texts.map((text) => phrasesOf(text, rules))));
"""
PIECES = [*TERMS, *ENDS, *CLOSES, *OPENS, *COUNTS, *"明州江北欧阳静怡的与", "Final", " ", "2026", "<b>"]
TITLES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def phrases_of_the_hall(texts: list[str]) -> list[list[str]]:
    """What the hall's script makes of these texts, with the rules that a page tells it."""
    source = (ROOT / "static/audience/phrases.js").read_text()
    command = ["node", "--input-type=module", "--eval", SCRIPT]
    asked = json.dumps([source, rules(), texts])
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=within(60), check=True)
    found: list[list[str]] = json.loads(ran.stdout)
    return found


@settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(TITLES, min_size=100, max_size=150))
def test_the_hall_breaks_a_line_where_the_server_breaks_it(texts: list[str]) -> None:
    assert phrases_of_the_hall(texts) == [phrases(text) for text in texts]


@given(text=TITLES)
def test_nothing_is_lost_and_no_closing_sign_begins_a_line(text: str) -> None:
    assert "".join(phrases(text)) == text
    assert not any(phrase[0] in CLOSES for phrase in phrases(text)[1:])


def test_what_is_marked_up_keeps_its_tags_and_breaks_between_them() -> None:
    dated = Markup('<time datetime="2026-11-29">检察机关决赛</time> &amp; <b>抽签</b>')
    kept = '<time datetime="2026-11-29">检察机关<wbr>决赛</time> &amp; <b>抽签</b>'
    assert phrased(dated) == kept
    assert phrased("<b>决赛") == "&lt;b&gt;<wbr>决赛"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("明州市检察机关释法说理业务竞赛决赛", "明州市 检察机关 释法说理 业务竞赛 决赛"),
        ("海曙区检察院案卷装订技能竞赛", "海曙区 检察院 案卷装订 技能竞赛"),
        ("全省检察机关第三届对抗辩论赛", "全省 检察机关 第三届 对抗辩论赛"),
        ("江北区人民检察院（第三检察部）", "江北区 人民检察院 （第三 检察部）"),
        (
            "请各位选手到候考室等候，请各位评委入席，请各位观众将手机静音，到场后勿再走动。",
            "请各位 选手到 候考室 等候， 请各位 评委 入席， 请各位 观众 将手机静音， 到场后勿再走动。",
        ),
        (
            "第十二届“强素质、比业务、争一流”岗位练兵释法说理比赛",
            "第十二届 “强素质、 比业务、 争一流” 岗位练兵 释法说理 比赛",
        ),
        ("Final of the Contest", "Final of the Contest"),
    ],
)
def test_a_title_breaks_between_its_words(title: str, lines: str) -> None:
    assert " ".join(phrases(title)) == lines


def test_a_title_with_signs_of_markup_is_written_as_text() -> None:
    assert phrased("案卷<b>装订") == Markup("案卷<wbr>&lt;b&gt;<wbr>装订")
