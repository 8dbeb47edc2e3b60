"""The words by subject: a file is called a file and its judge an inspector, everywhere from one place."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from scoring import subjects
from scoring.rules import formats


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
    assert len(words) == len(set(words)) == 4
    assert subjects.words_of("parade") is subjects.words_of("performance")
