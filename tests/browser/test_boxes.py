"""The box checker sees what a person sees, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.boxes import faults, faults_at

pytestmark = pytest.mark.browser
STYLE = "<style>body { margin: 0; font: 16px/1.5 sans-serif } p { margin: 0; background: #eee }</style>"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 400, "height": 300})
    yield context.new_page()
    context.close()


NARROW = "width:60px;overflow:hidden;white-space:nowrap"
SLIDES = "position:sticky;top:-9px"
PINNED = "position:fixed;top:2px;left:0"
STILL = '<body style="overflow:hidden">'
HIDDEN = "position:absolute;width:1px;height:1px;overflow:hidden"
TWO_LINES = "width:110px;padding:0;height:24px;font:16px/1.3 sans-serif;appearance:none;white-space:normal"
PICTURE = '<svg width="50" height="50" style="position:absolute;top:0"><rect width="9"/></svg>'
WRONG = {
    "a text that its box cuts off": f'<p style="{NARROW}">明州市人民检察院</p>',
    "a text that ends in dots": f'<p style="{NARROW};text-overflow:ellipsis">明州市院检察</p>',
    "a line that is hidden": '<p style="width:80px;height:24px;overflow:hidden">明州市江北区人民检察院</p>',
    "a row that an ancestor cuts": '<div style="height:30px;overflow:hidden"><p>一</p><p>二</p></div>',
    "a text wider than the window": f'<p style="white-space:nowrap">{"检" * 40}</p>',
    "a text that is wider than its ground": f'<p style="width:60px;white-space:nowrap">{"检" * 5}</p>',
    "two texts at one place": '<p>一位选手</p><p style="position:absolute;top:4px">第二位</p>',
    "a picture over a text": f"<p>一位选手</p>{PICTURE}",
    "a box that is too high for its window": f'{STILL}<p style="height:400px">一</p>',
    "a choice that its list has no room for": f'<select style="width:90px"><option>{"检" * 9}</option></select>',
    "a choice that no line of it has room for": f'<select style="{TWO_LINES}"><option>{"检" * 9}</option></select>',
    "a figure that its field has no room for": '<input style="width:40px" value="120:00">',
    "a page that goes on beside the window": f'<div style="overflow-x:auto"><i style="{HIDDEN};left:500px"></i></div>',
    "a badge over its neighbour": f'{STILL}<p>名次</p><b style="{PINNED}">停</b>',
}
RIGHT = {
    "what is folded away": "<details><summary>更多</summary><b style='position:absolute'>台</b></details><p>一</p>",
    "lines that stand close": '<h1 style="font:32px/1.05 sans-serif;width:150px">业务竞赛决赛总分</h1><p>一</p>',
    "a list that scrolls": '<ul style="height:30px;overflow:auto"><li>一</li><li>二</li><li>三</li></ul>',
    "a list that scrolls under its head": (
        f'<div style="height:30px;overflow:auto"><p style="{SLIDES}">一</p><p>二</p></div>'
    ),
    "a page that scrolls under its bar": f'<p style="height:900px">一</p><b style="{PINNED}">二</b>',
    "what only screen readers get": f'<p>一<span style="{HIDDEN}">第一名</span></p>',
    "what lies under a curtain": '<p>一</p><p style="position:fixed;inset:0;background:#000;color:#fff">休息</p>',
    "what lies behind a dialog": "<p>一</p><dialog><button>好</button></dialog>",
    "a long text that one reads by moving in it": f'<input style="width:90px" value="{"检" * 9}">',
    "a choice on two lines": f'<select style="{TWO_LINES};height:60px"><option>{"检" * 8}</option></select>',
    "a choice with room for it": "<select><option>最后</option><option>抽签插入</option></select>",
    "a button with its words": "<button>提交并锁定</button><input value='12.5'>",
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_it_finds(page: Page, body: str) -> None:
    page.set_content(STYLE + body)
    assert faults(page) != []


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_it_leaves_in_peace(page: Page, body: str) -> None:
    page.set_content(STYLE + body)
    page.evaluate("document.querySelector('dialog')?.showModal()")
    assert faults(page) == []


def test_each_size_is_looked_at_by_itself(page: Page) -> None:
    page.set_content(STYLE + '<p style="min-width:300px">一</p>')
    assert list(faults_at(page, (400, 300), (280, 300))) == ["280x300"]
