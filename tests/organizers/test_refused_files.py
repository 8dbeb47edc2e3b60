"""A file that is refused is answered in a sentence, and nothing on the server looks like a fault."""

from __future__ import annotations

from io import BytesIO

import pytest

from scoring.documents.kinds import OLE
from tests.imports.making import packed


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", OLE + b"\0" * 600, packed("word/document.xml"), b"PK\x03\x04 cut off", b"\xff\xfe\x00"],
)
def test_a_list_that_is_refused_leaves_no_traceback(organizer, venue, capfd, content):
    sent = {"kind": "contestants", "file": (BytesIO(content), "名单.xlsx")}
    answer = organizer.post(f"/desk/{venue.contest_id}/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code in (303, 302, 409, 422, 400)
    assert "Traceback" not in capfd.readouterr().err


def test_a_pasted_list_that_is_refused_leaves_no_traceback(organizer, venue, capfd):
    for pasted in ("", " \n", "编号\t姓名"):
        organizer.post(f"/desk/{venue.contest_id}/import", data={"kind": "contestants", "pasted": pasted})
    assert "Traceback" not in capfd.readouterr().err
