"""What the source never does with what somebody sent: run it, make objects, patterns or templates of it, fetch it.

The files are read, not run: a new one is held to the same without being named here.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scoring.config import ROOT
from scoring.pages.assets import STATIC

SOURCE = sorted((ROOT / "scoring").rglob("*.py"))
SCRIPTS = sorted(file for file in STATIC.rglob("*.js") if "vendor" not in file.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "subprocess.getoutput"}
MAKES_TEMPLATES = {"render_template_string", "stream_template_string", "from_string", "Template"}
MAKES_OBJECTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "yaml", "joblib"}
OPENS_CONNECTIONS = {
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
    "smtplib",
    "ftplib",
    "socketio",
}
#: Where another program is started, and by what: this interpreter with fixed arguments; what was sent goes by pipe.
STARTS_PROGRAMS = {"documents/apart.py", "jobs/queue.py", "serving/__init__.py"}
#: Who opens or answers connections: the server itself, the log of access on its way to syslog, and what plays the demo.
CONNECTS = {
    "access/sending.py",
    "venue/addresses.py",
    "serving/autoplay.py",
    "commands/securing.py",
    "transport/http_server.py",
    "transport/fanout.py",
    "live/follower.py",
    "transport/listener.py",
    "transport/messages.py",
    "transport/stock.py",
    "transport/wire.py",
    "venue/tls.py",
}
#: Proven parts for everything that is secret or must not be guessed, and who uses each.
CRYPTOGRAPHY = {"hashlib", "hmac", "secrets", "argon2", "cryptography", "pyotp"}
#: What makes parts of a page or a program of a text, or reaches what all objects of a script share.
MAKES_PARTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|srcdoc|setHTML"
    r"|\beval\(|new Function|javascript:|__proto__|set(?:Timeout|Interval)\(\s*[\"'`]|setAttribute\(\s*[\"'`]on"
)
#: Put into a page as it is: what a library made safe, what this program has drawn or escaped.
AS_IT_IS = {
    "templates/judges/document.html",
    "templates/organizers/review/read_document.html",
    "scoring/audience/kept_rows.py",
    "scoring/audience/screen.py",
    "scoring/organizers/running/handovers.py",
    "scoring/wording/subjects.py",
    "scoring/wording/phrases.py",
}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def place(file: Path) -> str:
    return file.relative_to(ROOT / "scoring").as_posix()


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a file, by the name that is called as it is written: "re.compile", "open"."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield ast.unparse(node.func), node


def imported(file: Path) -> set[str]:
    """The modules that a file imports."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def imports_any(file: Path, modules: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for name in imported(file) for one in modules)


def within_functions(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls that are made while the program runs, not when the file is read."""
    heads = {id(node) for one in tree(file).body if isinstance(one, ast.Assign) for node in ast.walk(one)}
    return ((name, call) for name, call in calls(file) if id(call) not in heads)


def is_written(pattern: ast.expr) -> bool:
    """Whether a pattern stands in the source: a text, with constants of the file or escaped words in it."""
    if not isinstance(pattern, ast.JoinedStr):
        return isinstance(pattern, ast.Constant)
    parts = [ast.unparse(one.value) for one in pattern.values if isinstance(one, ast.FormattedValue)]
    return all(part.isupper() or part.startswith("re.escape(") for part in parts)


def test_no_text_is_run_and_no_template_is_made_of_one() -> None:
    named = [(place(file), name) for file in SOURCE for name, _ in calls(file)]
    forbidden = RUNS_TEXT | MAKES_TEMPLATES
    assert not [(file, name) for file, name in named if name in forbidden or name.rpartition(".")[2] in MAKES_TEMPLATES]


def test_programs_are_started_with_fixed_arguments_and_without_a_shell() -> None:
    assert {place(file) for file in SOURCE if imports_any(file, {"subprocess"})} == STARTS_PROGRAMS
    for file in SOURCE:
        for name, call in calls(file):
            assert not [one for one in call.keywords if one.arg == "shell"], (place(file), name)


def test_what_was_sent_becomes_no_objects_but_those_of_json() -> None:
    assert not [place(file) for file in SOURCE if imports_any(file, MAKES_OBJECTS)]


def test_every_pattern_is_written_down_in_the_source() -> None:
    """A pattern may be put together of other written ones at the head of a file, never inside a function."""
    patterns = [
        (place(file), call) for file in SOURCE for name, call in within_functions(file) if name.startswith("re.")
    ]
    made = {(file, ast.unparse(call)) for file, call in patterns if not is_written(call.args[0])}
    assert made == {
        ("imports/workbook.py", "re.fullmatch(pattern, name)"),  # of the list OTHERS at its head
        ("organizers/setting_up/reading.py", "re.escape(under)"),  # a form's own part of its names
    }


def test_sentences_take_named_figures_only() -> None:
    """`format` would read attributes of what it is given, where somebody else could write the sentence."""
    for file in SOURCE:
        assert not [name for name, _ in calls(file) if name.endswith((".format", ".format_map", ".vformat"))], place(
            file
        )


def test_values_that_nobody_may_guess_come_from_the_systems_generator() -> None:
    weak = {place(file): {one for one in imported(file) if one.startswith("random")} for file in SOURCE}
    assert {file for file, names in weak.items() if names - {"random", "random.SystemRandom"}} == set()
    whole = {
        place(file)
        for file in SOURCE
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Import) and any(one.name == "random" for one in node.names)
    }
    assert whole == {"serving/autoplay.py"}  # the marks of the demo


def test_hashes_are_sha_256_and_all_cryptography_is_by_proven_parts() -> None:
    uses = [(place(file), node) for file in SOURCE for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)]
    hashes = {(file, ast.unparse(node)) for file, node in uses if ast.unparse(node.value) == "hashlib"}
    assert {one for one in hashes if one[1] != "hashlib.sha256"} == {
        ("transport/websocket.py", "hashlib.sha1")
    }  # the handshake's own, RFC 6455; nothing rests on it
    named = {one for file in SOURCE for one in imported(file) if one.startswith("hashlib.")}
    assert named == {"hashlib.sha256"}


def test_connections_are_opened_by_few_files_and_to_no_address_that_somebody_sent() -> None:
    assert {place(file) for file in SOURCE if imports_any(file, OPENS_CONNECTIONS)} == CONNECTS


def test_an_address_and_a_form_are_never_taken_for_each_other() -> None:
    assert not [place(file) for file in SOURCE if re.search(r"\brequest\.values\b", file.read_text())]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: str(file.relative_to(STATIC)))
def test_a_script_shows_text_as_text_and_runs_none(script: Path) -> None:
    """A page of the server is read as one (DOMParser runs nothing); no other text becomes a part of a page."""
    text = script.read_text()
    assert not MAKES_PARTS.search(text)


def test_what_stands_in_a_page_as_it_is_was_made_safe_before() -> None:
    marked = {
        f"templates/{file.relative_to(ROOT / 'templates').as_posix()}"
        for file in TEMPLATES
        if re.search(r"[^'\"\s]\s*\|\s*safe\b|autoescape", file.read_text())
    }
    marked |= {f"scoring/{place(file)}" for file in SOURCE if re.search(r"\bMarkup\(", file.read_text())}
    assert marked == AS_IT_IS


def test_the_browser_keeps_drafts_of_the_own_sheet_and_settings_and_nothing_else() -> None:
    stores = r"\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b"
    keeping = {str(file.relative_to(STATIC)) for file in SCRIPTS if re.search(stores, file.read_text())}
    assert keeping == {
        "audience/scenes.js",  # the address of the code in the hall
        "bell.js",
        "judges/frame.js",
        "judges/keeping.js",  # drafts, until the server has them
        "organizers/running/shortcuts.js",
        "renewal.js",
    }


def test_a_patch_that_names_what_all_objects_share_reaches_the_snapshot_alone() -> None:
    """Keys of snapshots come from the server; one that is called like the ancestor of all objects changes none."""
    script = f"""
        import {{ patched }} from {json.dumps((STATIC / "patches.js").as_uri())};
        const patch = JSON.parse('{{"set": {{"a": 1}}, "in": {{"__proto__": {{"set": {{"reached": true}}}}}}}}');
        const after = patched({{ a: 0 }}, patch);
        console.log(JSON.stringify([after.a, {{}}.reached === undefined, [].reached === undefined]));
    """
    node = ["node", "--input-type=module", "--eval", script]
    assert json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout) == [1, True, True]


def test_nobody_but_the_rulebook_and_who_edits_them_looks_inside_a_formats_settings() -> None:
    editing = re.compile(r"scoring/(rules/|(organizers|actions)/setting_up/|board/reading/look\.py)")
    inside = re.compile(r"settings\[|settings\.get\(")
    found = [str(path) for path in sorted(Path("scoring").rglob("*.py")) if inside.search(path.read_text())]
    assert [path for path in found if not editing.match(path)] == []
