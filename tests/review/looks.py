"""What everybody but the coding officer sees of a review by its codes, and what they are told when they try a verb."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from difflib import unified_diff
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from scoring.actions.transaction import Actor, perform
from scoring.board.views.audience import audience
from scoring.board.views.desk import desk
from scoring.board.views.overall import overall
from scoring.board.views.seat import seat
from scoring.extensions import db
from scoring.rules.refusal import Refused
from tests.review.conftest import Review

CODE = re.compile(r"\bA0\d\b")
#: What differs from one look at a page to the next although nothing happened.
PASSING = re.compile(
    r'(name="(csrf_token|request|seed)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="(csrf_token|request|seed)"'
    r'|"revision":\s*\d+|data-(revision|changed|time|now|good-for)="[^"]*"|nonce="[^"]*"|content="[^"]*"|id="[a-z]+-seed"[^>]*)'
)
#: Half of all addresses refuse whoever asks: that is said in a line, and not by a page that nobody looks at.
IN_SHORT = {"Accept": "application/json"}
Told = tuple[Any, ...]
Seen = dict[tuple[str, str], str]
#: The moments of two days.
MOMENTS = re.compile(
    r'<time.*?</time>|"\w+_since": *\d+|"revision": *\d+|token=[\w.-]+|T?\d\d:\d\d(:\d\d)?(\.\d+)?', re.S
)


def moved(before: Seen, after: Seen) -> list[Any]:
    """What differs, by who looks and where."""
    differing = [key for key in before.keys() | after.keys() if before.get(key, "") != after.get(key, "")]
    pairs = {key: (before.get(key, "").splitlines(), after.get(key, "").splitlines()) for key in differing}
    return [(key, line) for key, pair in pairs.items() for line in unified_diff(*pair, lineterm="", n=0)]


def played(verb: Callable[..., Any], actor: Actor, *args: Any) -> Told:
    """What comes of a verb: nothing to tell, or what it is refused with."""
    try:
        perform(verb, actor, *args)
    except Refused as refused:
        return tuple(
            (one.code, one.field, json.dumps(one.figures, sort_keys=True, ensure_ascii=False))
            for one in refused.problems
        )
    return ()


def sees(review: Review, browsers: dict[str, FlaskClient]) -> Seen:
    """Every page and file of everybody but the coding officer on which a code stands; of the log what names a code."""
    found = {key: PASSING.sub("", shown) for key, shown in pages(review, browsers) if CODE.search(shown)}
    for key in [key for key in found if key[1] == "organizers.log"]:
        rows = re.findall(r"<tr id=\"entry.*?</tr>", found[key], re.S)
        found[key] = "\n".join(row for row in rows if CODE.search(row))
    return found


def sees_all(review: Review, browsers: dict[str, FlaskClient]) -> Seen:
    """All that everybody but the coding officer sees in pages, files and snapshots, without the time of day."""
    sent = [desk(review.contest_id), audience(review.contest_id), overall(review.contest_id)]
    found = {key: PASSING.sub("", shown) for key, shown in pages(review, browsers)}
    found |= {("snapshot", str(place)): json.dumps(view, indent=1, default=str) for place, view in enumerate(sent)}
    return {key: MOMENTS.sub("", shown) for key, shown in found.items()}


def pages(review: Review, browsers: dict[str, FlaskClient]) -> Iterator[tuple[tuple[str, str], str]]:
    """Every page and file that is about the contest and nothing else, by who is let in and its name."""
    known = {"contest_id": review.contest_id, "slug": "jianyi"}
    for rule in review.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not rule.arguments or not rule.arguments <= set(known):
            continue
        _, address = rule.build({name: known[name] for name in rule.arguments})
        for who, browser in browsers.items():
            answer = browser.get(address, headers=IN_SHORT)
            if answer.status_code == 200:
                yield (who, rule.endpoint), shown_in(answer)


def shown_in(answer: TestResponse) -> str:
    """The body as text: the cells of a spreadsheet, nothing of another binary file."""
    if "spreadsheet" in answer.mimetype:
        book = load_workbook(BytesIO(answer.data), read_only=True)
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return answer.data.decode("utf-8", "ignore")


def snapshots(review: Review) -> list[dict[str, Any]]:
    """What the sockets send: desk, audience and each reviewer's own list."""
    db.session.rollback()
    ids = [review.seat(number).id for number in range(1, 7)]
    views = [desk(review.contest_id), audience(review.contest_id), *map(seat, ids)]
    return [{name: shown for name, shown in view.items() if "revision" not in name} for view in views]


def about_codes(review: Review) -> list[str]:
    """What the sockets send to the hall and to the desk about single codes, however deep it stands."""
    db.session.rollback()
    views = [desk(review.contest_id), audience(review.contest_id), overall(review.contest_id)]
    return sorted(json.dumps(one, sort_keys=True, default=str) for view in views for one in naming_codes(view))


def naming_codes(shown: Any) -> list[Any]:
    """The innermost parts of a view in which a code stands."""
    inner = shown.values() if isinstance(shown, dict) else shown if isinstance(shown, list) else ()
    found = [part for one in inner if isinstance(one, dict | list) for part in naming_codes(one)]
    own = isinstance(shown, dict) and any(isinstance(one, str) and CODE.search(one) for one in shown.values())
    return [*found, shown] if own else found
