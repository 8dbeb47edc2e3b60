"""Any sheet, with anything that somebody decided about it, is a reading or a refusal, never anything else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scoring.imports import KINDS, Cell, Choices, Grid, pasted, reading_of
from scoring.imports.columns import Kind
from scoring.imports.grid import FILTERED, HIDDEN, STRUCK, WIDE
from scoring.imports.rows import ROWS_MOST
from scoring.rules.refusal import Refused

HEADINGS = sorted({name for kind in KINDS.values() for one in kind.meanings for name in (one.zh, one.en, *one.others)})
texts = st.one_of(st.sampled_from(HEADINGS), st.text(max_size=12), st.sampled_from(["", "1", "０１", "合计", "注：某"]))
cells = st.builds(Cell, texts, st.sampled_from(["", "", "cell_date"]), st.sampled_from(["", "", "cell_struck"]))
lines = st.dictionaries(st.integers(1, 30), st.lists(cells, max_size=7), max_size=12)
marks = st.dictionaries(st.integers(1, 30), st.tuples(st.sampled_from([HIDDEN, FILTERED, STRUCK, WIDE])), max_size=4)
grids = st.builds(Grid, st.sampled_from(["选手", "评委", "说明", ""]), lines, marks, st.booleans())
kinds = st.sampled_from(sorted(KINDS.values(), key=lambda kind: kind.key))
keys = st.builds("{}.{}".format, st.integers(0, 2), st.integers(0, 12))


@st.composite
def decided(draw: st.DrawFn, kind: Kind) -> Choices:
    """Meanings, texts and rows as any form could send them after they were checked."""
    meanings = st.sampled_from(["", *(one.key for one in kind.meanings)])
    columns = st.sampled_from([one.key for one in kind.columns])
    return Choices(
        draw(st.dictionaries(keys, meanings, max_size=5)),
        draw(st.dictionaries(keys, st.dictionaries(columns, texts, max_size=3), max_size=4)),
        frozenset(draw(st.sets(keys, max_size=3))),
        frozenset(draw(st.sets(keys, max_size=3))),
        draw(st.dictionaries(st.sampled_from("012"), st.booleans(), max_size=2)),
    )


@given(st.data(), kinds, st.lists(grids, max_size=3))
def test_any_sheets_and_any_choices(data, kind, sheets):
    choices = data.draw(decided(kind))
    try:
        found = reading_of(kind, sheets, choices)
    except Refused:
        return
    assert len(found.rows) <= ROWS_MOST
    assert {row.key for row in found.counted} <= {row.key for row in found.rows}
    assert not {row.key for row in found.rows} & {one.key for one in found.left_out}
    for row in found.rows:
        assert set(row.cells) <= {column.key for column in kind.columns}
        assert not (row.key in choices.skipped and row in found.counted)


@given(kinds, st.lists(st.lists(texts, min_size=1, max_size=5), max_size=6), st.sampled_from(["\t", ",", "，", "; "]))
def test_any_pasted_text(kind, rows, delimiter):
    try:
        reading_of(kind, [pasted("\n".join(delimiter.join(row) for row in rows))])
    except Refused:
        return
