"""Laws: whatever comes, the intake answers or refuses, soon, with a sentence; a process of its own answers the same."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from scoring.documents import Examined, examine, examine_apart
from scoring.documents.images import media_type
from scoring.rules.refusal import Refused, problems_of
from scoring.wording import SENTENCES
from tests.documents.making import core_properties, docx, jpeg, pdf, picture, png, scanned_pdf, zipped

SECONDS = 10  # of CPU, whatever else the machine does
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DOCX = docx(
    body=picture("rId9"),
    refers=[("rId9", "image", "media/a.png", False)],
    parts={"word/media/a.png": png(), "docProps/core.xml": core_properties("陈", "林")},
)
PDF = pdf("检察建议书", "请书面回复", catalog=b"/OpenAction << /S /JavaScript /JS (x) >>")
NAMES = some.sampled_from(["a.pdf", "a.docx", "a", "陈\x00.docx", "\ud800.pdf", "", "." * 500])


def answers(name: str, content: bytes) -> None:
    """The document is taken or refused with a sentence; anything else fails the test."""
    start = time.thread_time()
    taken: list[Examined] = []
    problems = problems_of(lambda: taken.append(examine(name, content)))
    assert len(taken) + len(problems) == 1
    assert {problem.code for problem in problems} <= set(SENTENCES)
    for examined in taken:
        assert set(examined.made_safe) <= set(SENTENCES)
        examined.text.encode()
        assert "\x00" not in examined.text + "".join(examined.properties.values())
    assert time.thread_time() - start < SECONDS


@QUIET
@given(NAMES, some.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")]), some.binary())
def test_any_bytes_are_answered(name, head, rest):
    answers(name, head + rest)


@some.composite
def mutated(draw: some.DrawFn, good: bytes) -> bytes:
    """A good file with a few pieces overwritten, taken out or doubled."""
    content = good
    for _ in range(draw(some.integers(1, 5))):
        at = draw(some.integers(0, len(content)))
        end = min(at + draw(some.integers(0, 40)), len(content))
        piece = draw(some.one_of(some.binary(max_size=12), some.just(content[at:end] * 2), some.just(b"")))
        content = content[:at] + piece + content[end:]
    return content


@QUIET
@given(some.sampled_from([PDF, scanned_pdf()]).flatmap(mutated))
def test_any_damaged_pdf_is_answered(content):
    answers("a.pdf", content)


@QUIET
@given(mutated(DOCX))
def test_any_damaged_docx_is_answered(content):
    answers("a.docx", content)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@QUIET
@given(some.sampled_from(sorted(parts_of(DOCX))), some.data())
def test_a_whole_package_with_any_damaged_part_is_answered(name, data):
    parts = parts_of(DOCX)
    parts[name] = data.draw(mutated(parts[name]))
    answers("a.docx", zipped(parts))


ELEMENTS = ["p", "r", "t", "tbl", "tr", "tc", "hyperlink", "drawing", "pict", "object", "fldChar", "sdt", "sdtContent"]
WORDS = some.recursive(
    some.text(some.characters(exclude_characters="<>&", exclude_categories=["Cs", "Cc"]), max_size=5),
    lambda inner: some.tuples(some.sampled_from(ELEMENTS), some.lists(inner, max_size=4)).map(
        lambda pair: f"<w:{pair[0]}>{''.join(pair[1])}</w:{pair[0]}>"
    ),
    max_leaves=25,
)


@QUIET
@given(WORDS)
@example("<w:tbl><w:tr><w:tc/></w:tr></w:tbl>")
@example('<w:p><w:r><w:drawing/></w:r></w:p><w:p><w:hyperlink w:anchor="x"/></w:p>')
def test_any_arrangement_of_elements_is_answered(body):
    answers("a.docx", docx(body=body))


@given(some.one_of(some.binary(), mutated(png()), mutated(jpeg())))
def test_any_picture_is_judged(content):
    assert media_type(content) in (None, "image/png", "image/jpeg")


# a process of its own


def test_a_document_examined_apart_gives_the_same():
    assert examine_apart("陈思远.docx", DOCX) == examine("陈思远.docx", DOCX)
    assert examine_apart("a.pdf", PDF) == examine("a.pdf", PDF)


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b""), ("a.pdf", DOCX), ("a.docx", DOCX[:500])])
def test_a_document_examined_apart_is_refused_for_the_same_reason(name, content):
    with pytest.raises(Refused) as here:
        examine(name, content)
    with pytest.raises(Refused) as apart:
        examine_apart(name, content)
    assert apart.value.problems == here.value.problems


def test_a_document_that_takes_too_long_is_given_up_and_refused():
    with pytest.raises(Refused) as refused:
        examine_apart("a.pdf", pdf(*["检察建议书" * 30] * 200), seconds=0)
    assert refused.value.code == "document_too_complex"
