"""What holds for every page: health, errors in the reader's language, and nothing loaded from outside."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from scoring.access.sessions import PatientSigner
from scoring.config import SPLIT, secret_key, settings
from scoring.extensions import db

PAGES = ["/", "/c/shifa", "/c/shifa/screen", "/judge/", "/desk/sign-in", "/nowhere"]


def test_the_health_page_says_that_the_database_answers(anyone):
    answer = anyone.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"ok": True, "database": "reachable"})


def test_the_health_page_says_when_the_database_is_gone(anyone, venue):
    file = Path(db.engine.url.database)
    db.session.rollback()
    db.engine.dispose()
    file.rename(file.with_suffix(".gone"))
    file.mkdir()
    assert anyone.get("/healthz").status_code == 503


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_speaks_one_language_and_loads_nothing_from_outside(anyone, page, language):
    anyone.set_cookie("language", language)
    answer = anyone.get(page)
    html = answer.get_data(as_text=True)
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}"' in html
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//(?!localhost)""", html)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r'\sstyle="|\son[a-z]+="', html)


def test_the_browsers_language_counts_until_the_switch_is_used(venue):
    client = venue.app.test_client()
    venue.app.config["WTF_CSRF_ENABLED"] = False
    assert 'lang="zh-CN"' in client.get("/").get_data(as_text=True)
    english = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}
    assert 'lang="en"' in client.get("/", headers=english).get_data(as_text=True)
    back = client.post("/language", data={"language": "zh", "next": "/judge/"})
    assert back.location == "/judge/"
    assert 'lang="zh-CN"' in client.get("/", headers=english).get_data(as_text=True)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:x", "/\r\nSet-Cookie: x=1", ""],
)
def test_the_language_switch_never_leads_elsewhere(anyone, elsewhere):
    assert anyone.post("/language", data={"language": "zh", "next": elsewhere}).location == "/"


@pytest.mark.parametrize("page", ["/judge/{}", "/judge/1/turn/{}", "/desk/{}", "/desk/{}/ranking.csv"])
def test_an_address_with_an_id_that_nothing_has_is_an_address_of_nothing(organizer, page):
    assert organizer.get(page.format(2**70)).status_code == 404


@pytest.mark.parametrize(("hours", "status"), [(-24, 200), (24 * 13, 200), (24 * 15, 302)])
def test_a_clock_set_back_signs_nobody_out_and_a_cookie_ends_after_its_fortnight(organizer, monkeypatch, hours, status):
    moved = int(time.time()) + hours * 3600
    monkeypatch.setattr(PatientSigner, "get_timestamp", lambda signer: moved)
    assert organizer.get("/desk/").status_code == status


def test_a_form_without_its_token_is_refused_with_a_sentence(anyone, venue):
    venue.app.config["WTF_CSRF_ENABLED"] = True
    answer = anyone.post("/desk/sign-in", data={"name": "x", "password": "y"})
    assert answer.status_code == 400
    assert "reload it and try again" in answer.get_data(as_text=True)


def test_each_installation_makes_its_own_key_once(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert secret_key(tmp_path) == secret_key(tmp_path) != secret_key(other)
    assert len(secret_key(tmp_path)) == len(SPLIT) + 64


def test_a_transport_that_there_is_not_stops_the_start(monkeypatch):
    monkeypatch.setenv("SAIPING_TRANSPORT", "stoock")
    with pytest.raises(RuntimeError, match=r"SAIPING_TRANSPORT.*stoock.*direct, stock"):
        settings()
