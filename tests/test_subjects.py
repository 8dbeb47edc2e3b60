"""The words by subject: a file is called a file and its judge an inspector, everywhere from one place."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from scoring.rules import formats
from scoring.wording import subjects


@pytest.mark.parametrize(
    ("subject", "judged", "judge"),
    [
        ("performance", "03号选手", "评委2"),
        ("match", "本场 03", "评委2"),
        ("bench", "03号卷", "检查员2"),
        ("document", "文书03", "评阅人2"),
    ],
)
def test_what_is_judged_and_who_judges_it_have_their_words(app, subject, judged, judge):
    with app.test_request_context(), force_locale("zh"):
        assert (subjects.judged(subject, "03"), subjects.judge(subject, 2)) == (judged, judge)
        assert subjects.judge(subject, 2, "王宁") == f"{judge} 王宁"


def test_every_formats_subject_has_words_of_its_own_and_an_unknown_one_those_of_a_performance(app):
    known = {kind.subject for kind in formats.all_formats()}
    words = [subjects.words_of(subject) for subject in known]
    assert len(words) == len(set(words)) == 5
    assert subjects.words_of("parade") is subjects.words_of("performance")


@pytest.mark.parametrize(
    ("locale", "text", "said"),
    [
        ("zh", "076 : 001", "076 对 001"),
        ("zh", "请076 : 001号上场", "请 076 对 001 上场"),
        ("zh", "已公布 A7 : B12 的成绩。", "已公布 A7 对 B12 的成绩。"),
        ("zh", "陈思远 : 林晓彤", "陈思远 对 林晓彤"),
        ("zh", "85.20 : 84.10", "85.20 : 84.10"),
        ("zh", "开始于 8:30", "开始于 8:30"),
        ("en", "Call no. 076 : 001", "Call no. 076 against 001"),
        ("en", "No. 076 : 001.", "No. 076 against 001."),
    ],
)
def test_who_meets_whom_is_said_as_people_say_it_and_a_score_stays(app, locale, text, said):
    with app.test_request_context(), force_locale(locale):
        assert subjects.paired(text) == said


def test_a_page_says_so_in_every_sentence_and_escapes_what_it_names(app):
    with app.test_request_context(), force_locale("zh"):
        page = app.jinja_env.from_string(
            '{{ _("No. %(number)s is called.", number="076 : 001") }} {{ "<b> : x"|paired }}'
        )
        assert page.render() == "已请 076 对 001 上场。 &lt;b&gt; 对 x"


def test_a_sentence_of_a_template_is_said_to_each_reader_in_their_own_language(app):
    with app.test_request_context():
        page = app.jinja_env.from_string("{{ 'item_not_said'|sentence }}")
        said = []
        for locale in ("zh", "en"):
            with force_locale(locale):
                said.append(page.render())
    assert said == ["请填写发现的问题，或勾选“未发现问题”。", "Say what you found here, or that nothing was found."]


def test_the_speakers_of_a_side_are_counted_in_words(app):
    with app.test_request_context(), force_locale("zh"):
        assert subjects.part("control.2", ["control", "control.1", "control.2"]) == "控方 二辩"
