"""A client made from docs/live-protocol.md alone plays a contest; the page and the server agree on every name."""

from __future__ import annotations

import queue
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import socketio

from scoring.access.sockets import LONGEST_NAME, SHORTEST_NAME
from scoring.actions.registry import heard
from scoring.actions.running import calls, sheets
from scoring.board.snapshots.audience import Board
from scoring.board.snapshots.desk import Desk
from scoring.board.snapshots.tablet import Tablet
from scoring.live.shows import PAUSE
from scoring.wording import SENTENCES
from tests.conftest import ROOT, Server
from tests.patience import within
from tests.shapes import differences

Json = dict[str, Any]
PAGE = (ROOT / "docs" / "live-protocol.md").read_text()
WAIT = within(15)  # seconds until a missing message fails the test
#: What is sent under each name.
SHAPES: dict[str, Any] = {"board": Board, "tablet": Tablet, "desk": Desk}
on_each_transport = pytest.mark.parametrize("server", ["direct", "stock"], indirect=True)


def patched_as_the_page_says() -> Callable[[Json, Json], Json]:
    """The page's own example of applying a patch."""
    example: Json = {}
    found = re.search("```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    exec(found[1], example)
    return example["patched"]


patched = patched_as_the_page_says()


class Client:
    """One socket in one namespace that keeps the newest snapshot."""

    def __init__(self, url: str, namespace: str, snapshot: str, auth: Json, language: str = "en") -> None:
        self._namespace, self._news = namespace, queue.Queue[Json]()
        self._shape, self._strange = SHAPES.get(snapshot), list[str]()
        self._shown: Json | None = None
        self._one = threading.Lock()
        self.gaps = 0
        self._socket = socketio.Client(reconnection=False)
        self._socket.on(snapshot, self._take, namespace=namespace)
        self._socket.on("delta", self._change, namespace=namespace)
        self._socket.on("connect_error", self._news.put, namespace=namespace)
        headers = {"Cookie": f"language={language}"}
        self._socket.connect(
            url, headers=headers, namespaces=[namespace], auth=auth, transports=["websocket"], wait=False
        )
        self.greeting = self._news.get(timeout=WAIT)

    def _take(self, snapshot: Json) -> None:
        if self._shown is None or snapshot["revision"] >= self._shown["revision"]:
            self._shown = snapshot
            self._strange += differences(snapshot, self._shape) if self._shape else []
            self._news.put(snapshot)

    def _change(self, delta: Json) -> None:
        with self._one:
            if self._shown is None or delta["revision"] <= self._shown["revision"]:
                return
            if delta["base"] == self._shown["revision"]:
                self._take(patched(self._shown, delta["patch"]) | {"revision": delta["revision"]})
            else:
                self.gaps += 1
                self._take(self.ask("sync", {})["snapshot"])

    def miss(self, news: int) -> None:
        """Forget so many changes, as if they had been lost."""
        assert self._shown is not None
        self._shown = self._shown | {"revision": self._shown["revision"] - news, "rows": "lost"}

    def until(self, wanted: Callable[[Json], Any]) -> Json:
        snapshot = self.greeting
        while not wanted(snapshot):
            snapshot = self._news.get(timeout=WAIT)
        self.greeting = snapshot
        return snapshot

    def next(self) -> Json:
        self.greeting = self._news.get(timeout=WAIT)
        return self.greeting

    def ask(self, event: str, payload: Any) -> Json:
        return self._socket.call(event, payload, namespace=self._namespace, timeout=WAIT)

    def leave(self) -> None:
        self._socket.disconnect()
        assert self._strange == []


def seated(server: Server, number: int = 1) -> Json:
    """What a program says of itself at the seat of a judge: the card's key, and its own name, which it alone knows."""
    key = server.facts["seats"][number - 1]["key"]
    return {"key": key, "tablet": f"program-at-{key}"}


@pytest.fixture
def join(server: Server) -> Iterator[Callable[..., Client]]:
    clients: list[Client] = []

    def join(namespace: str, snapshot: str, auth: Json, language: str = "en") -> Client:
        clients.append(Client(server.url, namespace, snapshot, auth, language))
        return clients[-1]

    yield join
    with ThreadPoolExecutor() as leaving:  # the stock transport answers no goodbye, and each waits for one
        list(leaving.map(Client.leave, clients))


@pytest.fixture(scope="module")
def session_tablet(session_server: Server) -> Iterator[Client]:
    tablet = Client(
        session_server.url,
        "/judge",
        "tablet",
        seated(session_server, 7),  # no other file sits there
    )
    yield tablet
    tablet.leave()


@pytest.fixture(scope="module")
def session_desk(session_server: Server) -> Iterator[Client]:
    auth = {"contest": session_server.facts["contest"]["id"], **session_server.facts["organizer"]}
    organizer = Client(session_server.url, "/desk", "desk", auth)
    yield organizer
    organizer.leave()


def judge(server: Server, join: Callable[..., Client], number: int) -> Client:
    return join(
        "/judge",
        "tablet",
        seated(server, number),
    )


def desk(server: Server, join: Callable[..., Client]) -> Client:
    return join("/desk", "desk", {"contest": server.facts["contest"]["id"], **server.facts["organizer"]})


def audience(server: Server, join: Callable[..., Client]) -> Client:
    return join("/audience", "board", {"contest": server.facts["contest"]["slug"]})


def press(**payload: Any) -> Json:
    return payload | {"request": secrets.token_hex(16)}


def full_marks(server: Server) -> dict[str, str]:
    return {criterion["key"]: criterion["maximum"] for criterion in server.facts["rubric"]}


def submission(turn: int, typed: dict[str, str]) -> Json:
    return {"turn": turn, "typed": typed, "submission": secrets.token_hex(16)}


@on_each_transport
def test_a_contest_is_played_from_the_page_alone(server, join):
    hall, organizer = audience(server, join), desk(server, join)
    judges = [judge(server, join, number) for number in range(1, 8)]
    first = server.facts["turns"][0]["id"]
    assert hall.greeting["now"] is None
    assert organizer.greeting["main"] == {"verb": "call", "turn": first, "ready": True}

    assert organizer.ask("call", press(turn=first)) == {"ok": True}
    hall.until(lambda board: board["now"] and board["now"]["number"] == "01")
    for number, tablet in enumerate(judges, 1):
        tablet.until(lambda shown: shown["turn"] and shown["turn"]["id"] == first)
        drafted = tablet.ask("draft", {"turn": first, "typed": {"law": "20.5"}, "base": 0})
        assert (drafted["ok"], drafted["sheet"]["state"], drafted["sheet"]["total"]) == (True, "draft", "20.5")
        answer = tablet.ask("submit", submission(first, full_marks(server) | {"law": f"{15 + number}"}))
        assert (answer["ok"], answer["sheet"]["state"]) == (True, "submitted")

    organizer.until(lambda shown: shown["main"]["ready"])
    hall.until(lambda board: board["now"]["submitted"] == 7)
    assert hall.greeting["rows"] == []
    assert organizer.ask("release", press(turn=first)) == {"ok": True}
    row = hall.until(lambda board: board["released"] == 1)["rows"][0]
    # 75 + 16 … 75 + 22; 91 and 97 are dropped; (92 + 93 + 94 + 95 + 96) / 5 = 94
    assert (row["score"], row["rank"], row["explanation"]["counted_sum"]) == ("94.00", 1, "470")


@on_each_transport
def test_who_joins_late_is_greeted_with_what_the_others_were_sent(server, join):
    early, organizer = audience(server, join), desk(server, join)
    organizer.ask("call", press(turn=server.facts["turns"][2]["id"]))
    pushed = early.until(lambda board: board["now"])
    assert audience(server, join).greeting == pushed


@on_each_transport
def test_who_has_missed_a_change_asks_and_is_shown_what_the_others_see(server, join):
    early, behind, organizer = audience(server, join), audience(server, join), desk(server, join)
    organizer.ask("call", press(turn=server.facts["turns"][0]["id"]))
    assert early.until(lambda board: board["now"]) == behind.until(lambda board: board["now"])
    behind.miss(1)
    organizer.ask("start_clock", press(turn=server.facts["turns"][0]["id"], clock="speak"))
    seen = early.until(lambda board: board["now"]["clock"])
    assert behind.until(lambda board: board["now"]["clock"]) == seen
    assert (early.gaps, behind.gaps) == (0, 1)


def test_whoever_asks_is_shown_the_present(session_server):
    hall = Client(session_server.url, "/audience", "board", {"contest": session_server.facts["contest"]["slug"]})
    assert hall.ask("sync", {}) == {"ok": True, "snapshot": hall.greeting}
    hall.leave()


def test_a_draft_is_nothing_that_the_audience_hears_of(server, join):
    hall, organizer, tablet = audience(server, join), desk(server, join), judge(server, join, 1)
    turn = server.facts["turns"][0]["id"]
    organizer.ask("call", press(turn=turn))
    hall.until(lambda board: board["now"])
    tablet.ask("draft", {"turn": turn, "typed": {"law": "20.5"}, "base": 0})
    organizer.until(lambda shown: shown["seats"][0]["state"] == "draft")
    tablet.ask("submit", submission(turn, full_marks(server)))
    assert hall.next()["now"]["submitted"] == 1


def test_a_submission_sent_again_gets_the_same_answer_and_is_stored_once(server, join):
    organizer, tablet = desk(server, join), judge(server, join, 1)
    turn = server.facts["turns"][0]["id"]
    organizer.ask("call", press(turn=turn))
    sheet = submission(turn, full_marks(server))
    first, again = tablet.ask("submit", sheet), tablet.ask("submit", sheet)
    assert first == again
    assert first["sheet"]["version"] == 1


def test_a_press_sent_again_is_no_error(server, join):
    organizer = desk(server, join)
    call = press(turn=server.facts["turns"][0]["id"])
    assert organizer.ask("call", call) == organizer.ask("call", call) == {"ok": True}


def test_a_refusal_says_what_the_server_holds_in_the_language_of_the_visitor(server, join):
    organizer, turn = desk(server, join), server.facts["turns"][0]["id"]
    organizer.ask("call", press(turn=turn))
    tablet = join(
        "/judge",
        "tablet",
        seated(server),
        language="zh",
    )
    tablet.ask("draft", {"turn": turn, "typed": {"law": "25"}, "base": 0})
    refused = tablet.ask("submit", submission(turn, full_marks(server) | {"law": "25.3"}))
    assert (refused["ok"], refused["code"], list(refused["fields"])) == (False, "mark_out_of_range", ["law"])
    assert re.search("[一-鿿]", refused["message"])
    assert refused["holds"]["typed"] == {"law": "25"}


def test_a_page_is_answered_in_its_own_language_whatever_the_browser_prefers(server, join):
    organizer, turn = desk(server, join), server.facts["turns"][0]["id"]
    organizer.ask("call", press(turn=turn))
    tablet = join("/judge", "tablet", seated(server) | {"language": "en"}, language="zh")
    refused = tablet.ask("submit", submission(turn, full_marks(server) | {"law": "25.3"}))
    assert refused["code"] == "mark_out_of_range"
    assert not re.search("[一-鿿]", refused["message"])


def test_a_judge_looks_up_a_turn_that_is_still_owed(server, join):
    organizer, tablet = desk(server, join), judge(server, join, 4)
    first, second = (turn["id"] for turn in server.facts["turns"][:2])
    organizer.ask("call", press(turn=first))
    assert organizer.ask("call", press(turn=second))["code"] == "sheets_still_open"
    assert organizer.ask("call", press(turn=second, leave_open=True)) == {"ok": True}
    tablet.until(lambda shown: shown["owed"])
    looked = tablet.ask("look", {"turn": first})
    turn = looked["tablet"]["turn"]
    assert (turn["id"], turn["number"], turn["state"]) == (first, "01", "marking")
    assert tablet.ask("look", {"turn": 999})["code"] == "turn_unknown"


@pytest.mark.parametrize(
    ("namespace", "auth", "code"),
    [
        ("/audience", {}, "contest_unknown"),
        ("/audience", {"contest": "no-such"}, "contest_unknown"),
        ("/audience", ["shifa"], "contest_unknown"),
        ("/audience", {"contest": "\ud83d"}, "contest_unknown"),
        ("/judge", {}, "seat_not_yours"),
        ("/judge", {"seat": 1}, "seat_not_yours"),
        ("/judge", {"seat": "1"}, "seat_not_yours"),
        ("/judge", {"seat": 2**70}, "seat_not_yours"),
        ("/judge", {"key": "1-" + "0" * 32}, "key_unknown"),
        ("/judge", {"key": "nonsense"}, "key_unknown"),
        ("/judge", {"key": "1-\ud83d"}, "key_unknown"),
        ("/desk", {"contest": 1}, "not_signed_in"),
        ("/desk", {"contest": 1, "name": "organizer", "password": "guess"}, "password_wrong"),
        ("/desk", {"contest": 1, "name": "nobody", "password": "guess"}, "password_wrong"),
        ("/desk", {"contest": 1, "name": "\ud83d", "password": "\ud83d"}, "password_wrong"),
    ],
)
def test_who_may_not_join_is_told_why(session_server, namespace, auth, code):
    refused = Client(session_server.url, namespace, "never", auth)
    assert refused.greeting["data"]["code"] == code
    assert refused.greeting["message"] == refused.greeting["data"]["message"]
    refused.leave()


@pytest.mark.parametrize(
    "payload", [None, 7, "turn", [], {"turn": "1"}, {"turn": True, "base": 0}, {"turn": -1}, {"turn": 2**40}]
)
@pytest.mark.parametrize("event", ["draft", "submit", "look"])
def test_nonsense_is_answered(session_tablet, event, payload):
    answer = session_tablet.ask(event, payload)
    assert (answer["ok"], answer["code"]) == (False, "payload_malformed")


@pytest.mark.parametrize("verb", sorted(name for name, verb in heard().items() if not verb.of_contest))
def test_every_verb_of_the_desk_answers_nonsense_and_what_does_not_exist(session_desk, verb):
    assert session_desk.ask(verb, None)["code"] == "payload_malformed"
    if verb in ("check_totals", "undo_check"):
        assert session_desk.ask(verb, press(turn=999))["code"] == "role_may_not"
        return
    assert session_desk.ask(verb, {"turn": 999})["code"] == "request_malformed" or verb == "withdraw_penalty"
    nowhere = {
        "turn": 999,
        "seat": 999,
        "penalty": 999,
        "call": 999,
        "attempt": 999,
        "reserve": 999,
        "clock": "speak",
        "side": "control",
    }
    unknown = press(**nowhere, ground="kin", reason="test", question="test", seconds=20)
    unknown |= {"benches": 10, "line": "order.misplaced", "count": 1, "kind": "lost_original"}
    unknown |= {"seed": "7", "witness": "test", "speaker": "control.1", "silent": True}
    unknown |= {"place": 1, "confirmation": "01", "decision": 999, "decided_by": "test"}
    nothing = {f"{about}_unknown" for about in ("turn", "penalty", "seat", "call", "attempt")} | {"not_performing_gone"}
    assert session_desk.ask(verb, unknown)["code"] in nothing


def refusals_on_the_page() -> set[str]:
    """The codes in the tables' last column "refused with" and in the sentences that list refusals."""
    lists = re.findall(r"(?:Refusals:|All of them also:)(.*?)(?:\n\n|$)", PAGE, flags=re.DOTALL)
    tables = [table for table in re.findall(r"(?:^\|.*\n)+", PAGE, flags=re.MULTILINE) if "refused with" in table]
    cells = [row.rstrip(" |").rpartition("|")[2] for table in tables for row in table.splitlines()]
    return set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", " ".join(lists + cells)))


def test_the_limits_on_the_page_are_those_of_the_code():
    limits = {
        f"at most {sheets.MOST_ENTRIES} fields, names of at most {sheets.LONGEST_FIELD} and text of at most "
        f"{sheets.LONGEST_ENTRY:,} characters",
        f"`reason` | text; may be missing | at most {sheets.LONGEST_REASON} characters",
        f"`message` | text; may be missing | at most {calls.LONGEST_MESSAGE} characters",
        f"what follows within {PAUSE * 1000:.0f} ms shares the next delta",
        f"{SHORTEST_NAME} to {LONGEST_NAME} random ASCII characters",
    }
    page = " ".join(PAGE.split())
    assert {limit for limit in limits if limit not in page} == set()


def test_a_tablet_that_marks_and_never_beats_is_there(server, join):
    organizer, tablet = desk(server, join), judge(server, join, 1)
    turn = server.facts["turns"][0]["id"]
    organizer.ask("call", press(turn=turn))
    tablet.ask("draft", {"turn": turn, "typed": {"law": "20.5"}, "base": 0})
    here, absent = organizer.ask("health", {})["seats"][:2]
    assert (here["seat"], here["state"], absent["state"]) == (server.facts["seats"][0]["id"], "online", "absent")


def test_the_page_names_every_event_and_every_refusal():
    for verb in heard():
        assert f"| `{verb}` |" in PAGE
    codes = refusals_on_the_page()
    assert len(codes) > 25
    assert codes <= set(SENTENCES), f"the page names refusals that have no sentence: {sorted(codes - set(SENTENCES))}"
