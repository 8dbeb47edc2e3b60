"""The organizer's sign-in: who comes in, who does not, and that nothing behind it opens without it."""

from __future__ import annotations

import pytest

from scoring.actions.registry import heard
from scoring.actions.setting_up.contests import add_account
from scoring.actions.transaction import perform
from scoring.store.journal import beside
from scoring.store.opening import database_file
from tests.conftest import ORGANIZER, PASSWORD
from tests.organizers.conftest import words_of
from tests.passwords import quickly_checked

PAGES = ["/desk/", "/desk/1", "/desk/1/call", "/desk/1/ranking.xlsx", "/desk/1/ranking.csv"]


def sign_in(browser, **sent):
    return browser.post("/desk/sign-in", data={"name": ORGANIZER, "password": PASSWORD, **sent})


def test_the_organizer_comes_to_the_contests(anyone):
    answer = sign_in(anyone)
    assert (answer.status_code, answer.location) == (302, "/desk/")
    assert "Final" in words_of(anyone.get("/desk/"))


def test_whoever_wanted_a_page_comes_to_that_page(anyone):
    asked = anyone.get("/desk/1")
    assert asked.location == "/desk/sign-in?next=/desk/1"
    assert 'name="next" value="/desk/1"' in anyone.get(asked.location).text
    assert sign_in(anyone, next="/desk/1").location == "/desk/1"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "\\\\example.org", "javascript:x"])
def test_nobody_is_led_to_another_server(anyone, elsewhere):
    assert sign_in(anyone, next=elsewhere).location == "/"


AS_TYPED = "  Ａ correct Horse \t雨后"


@pytest.mark.parametrize(
    "typed",
    [AS_TYPED.strip(), AS_TYPED.lower(), AS_TYPED.replace("Ａ", "A"), AS_TYPED.replace("\t", " "), AS_TYPED[:-1]],
)
def test_a_password_is_compared_as_it_was_typed_and_whole(anyone, typed):
    perform(add_account, "她", quickly_checked(AS_TYPED), "chief")
    assert sign_in(anyone, name="她", password=typed).status_code == 403
    assert sign_in(anyone, name="她", password=AS_TYPED).status_code == 302


@pytest.mark.parametrize("sent", [{"password": "wrong"}, {"name": "nobody"}, {"name": "", "password": ""}])
def test_a_wrong_name_or_password_is_refused_beside_the_password(anyone, sent):
    answer = sign_in(anyone, **sent)
    assert answer.status_code == 403
    assert "The name or the password is wrong." in words_of(answer)
    assert 'aria-describedby="sign-in-problem"' in answer.text
    assert anyone.get("/desk/").status_code == 302


def test_a_refused_sign_in_keeps_the_name_and_never_shows_the_password(anyone):
    answer = sign_in(anyone, password="secret-typo")
    assert f'value="{ORGANIZER}"' in answer.text
    assert "secret-typo" not in answer.text


def test_a_guesser_is_stopped_after_ten_attempts(anyone):
    statuses = [sign_in(anyone, password=f"guess-{attempt}").status_code for attempt in range(11)]
    assert statuses == [403] * 10 + [429]
    assert sign_in(anyone).status_code == 429


def test_who_guesses_pins_does_not_keep_the_organizer_out(anyone):
    for guess in range(11):
        anyone.get(f"/judge/enter/1-{guess}")
    assert sign_in(anyone).status_code == 302


def test_a_guesser_does_not_keep_out_the_organizer_who_was_here_before(venue, organizer):
    organizer.post("/desk/sign-out")
    guesser = venue.app.test_client()
    assert [sign_in(guesser, password=f"guess-{attempt}").status_code for attempt in range(11)][-1] == 429
    assert sign_in(organizer).status_code == 302


def test_the_page_speaks_chinese_too(anyone):
    anyone.set_cookie("language", "zh")
    assert "登录控制台" in words_of(anyone.get("/desk/sign-in"))


def test_signing_out_closes_every_page(organizer):
    assert organizer.post("/desk/sign-out").location == "/desk/sign-in"
    assert organizer.get("/desk/").location.startswith("/desk/sign-in")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_signing_in(anyone, page):
    answer = anyone.get(page)
    assert answer.status_code == 302
    assert answer.location.startswith("/desk/sign-in")


@pytest.mark.parametrize("verb", heard())
def test_no_verb_is_performed_without_signing_in(anyone, venue, verb):
    sent = {"request": "from-outside", "turn": venue.turn("01").id}
    answer = anyone.post(f"/desk/{venue.contest_id}/{verb}", data=sent)
    assert answer.status_code == 307
    assert answer.location.startswith("/desk/go-on")
    assert venue.audience()["now"] is None


def test_a_form_of_another_site_is_not_accepted(organizer, venue):
    venue.app.config["WTF_CSRF_ENABLED"] = True
    turn = venue.turn("01").id
    answer = organizer.post(f"/desk/{venue.contest_id}/call", data={"request": "forged-form", "turn": turn})
    assert answer.status_code == 400
    assert venue.audience()["now"] is None


def test_no_desk_page_is_kept_in_a_cache(organizer, venue):
    for page in ("/desk/", f"/desk/{venue.contest_id}", f"/desk/{venue.contest_id}/ranking.csv"):
        assert "no-store" in organizer.get(page).headers["Cache-Control"]


def test_an_address_that_the_sender_claims_renews_no_budget_of_guesses(anyone):
    claims = [{name: f"10.0.0.{guess}"} for guess in range(6) for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP")]
    sent = {"name": ORGANIZER, "password": "guess"}
    statuses = [anyone.post("/desk/sign-in", data=sent, headers=claim).status_code for claim in claims]
    assert statuses[:10] == [403] * 10
    assert set(statuses[10:]) == {429}


def test_after_a_copy_was_put_back_and_its_loss_accepted_everybody_signs_in_anew(organizer, venue):
    assert organizer.get("/desk/").status_code == 200
    beside(database_file()).touch()
    done = venue.app.test_cli_runner().invoke(args=["accept-loss", "--yes", "--by", "李明"])
    assert done.exit_code == 0, done.output
    assert organizer.get("/desk/").location.startswith("/desk/sign-in")
    assert sign_in(organizer).location == "/desk/"
