"""The log of a review before the decoding: that something was done about a sheet, and never to whose document."""

from __future__ import annotations

from flask_babel import force_locale

from scoring.board.reading.log import log
from scoring.extensions import db
from scoring.organizers.record import log_words


def said(review, verb):
    db.session.rollback()
    with force_locale("zh"):
        return [log_words.sentence(entry) for entry in log(review.contest_id, [verb], None, 9, check=False)["entries"]]


def test_a_sheet_for_a_coded_document_is_named_neutrally_until_the_decoding(review):
    review.begins()
    review.all_submit(a01=("90", "88"), a02=("80", "81"), a03=("70", "71"))
    assert set(said(review, "submit")) == {"提交了一张评分表（所评对象解码后显示）"}
    entries = log(review.contest_id, ["submit"], None, 9, check=False)["entries"]
    with force_locale("zh"):
        assert {log_words.who(entry) for entry in entries} == {"评阅人"}
    review.decodes()
    assert not any("解码后显示" in sentence or "—" in sentence for sentence in said(review, "submit"))


def test_a_recusal_for_a_coded_document_names_neither(review):
    review.collects()
    review.codes()
    review.recuse(3, "01")
    assert said(review, "recuse") == ["记录一名评委回避（所评对象解码后显示）"]
