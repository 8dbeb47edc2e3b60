"""Where a line of Chinese may break: between words, as static/audience/phrases.js does it with the same words.

A model was tried for this (BudouX 0.10, Simplified Chinese): it breaks 检察机关 and 案卷. The field has few words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

#: The words of the field's titles, offices and announcements; of two that begin alike the longer one counts.
TERMS_IN_USE = """
人民检察院 检察院 检察机关 检察官助理 检察官 检察建议书 检察建议 检察部 检察 专门机构 派出
释法说理 对抗辩论 辩论赛 辩论 案卷装订 案卷 装订 法律文书 文书 评比 评审 岗位练兵 练兵 业务竞赛 业务技能 业务
技能竞赛 技能 竞赛 综合赛 大赛 决赛 半决赛 初赛 复赛 邀请赛 挑战赛 选拔赛 比武 比赛 现场答问 现场写作 现场 笔试
说理 答问 公诉人 公益诉讼 刑事执行 未成年人 控告申诉 案件管理 知识产权 办公室 政治部 自治区 自治州 自治县 开发区
高新技术 经济技术 产业 新区 全国 全省 全市 全区 城郊 生产建设兵团 优秀 组织奖 标兵 能手
合计总分 平均分 最后得分 最高分 最低分
各位 选手 评委 观众 请稍候 休息 开始 结束 抽签 候考室 颁奖 公布 成绩 欢迎 感谢
"""
TERMS = sorted(TERMS_IN_USE.split(), key=lambda term: (-len(term), term))
ENDS = (
    "省市区县州镇乡盟旗院部处科局庭室队组·，、。：；！？"  # the last sign of a part of a place, an office or a sentence
)
CLOSES = "，。：；、！？）》”’〉】,.:;!?)]%·—…"  # stands at no beginning of a line
OPENS = "（《“‘〈【(["  # stands at no end of one
COUNTS = "一二三四五六七八九十百千两第0123456789"  # what stands before the word that it belongs to
LONGEST = 12  # signs; a longer stretch of unknown words may break anywhere
_TAG = re.compile(r"(<[^>]*>)")
_SIGNS = re.compile(r"[㐀-鿿]|[^㐀-鿿]+")


def phrases(text: str) -> list[str]:
    """The text cut where its lines may break; joined it is the text again."""
    found: list[str] = []
    unknown, place = "", 0
    while place < len(text):
        term = next((term for term in TERMS if text.startswith(term, place)), "")
        word = term or text[place]
        place += len(word)
        if term or word in ENDS:
            found += _before(found, unknown, word) if term else _stretch(unknown + word)
            unknown = ""
        elif word in OPENS:
            found += _stretch(unknown)
            unknown = word
        else:
            unknown += word
    return _together([*found, *_stretch(unknown)])


def _before(found: list[str], unknown: str, term: str) -> list[str]:
    """What stands before a word, and the word; a single sign goes with the word before, a numeral with this one."""
    if unknown and (all(sign in COUNTS for sign in unknown) or (len(unknown) == 1 and not found)):
        return [unknown + term]
    return [*_stretch(unknown), term]


def _stretch(unknown: str) -> list[str]:
    """What no word is known of: whole, or sign by sign where it is long; Latin words stay whole."""
    signs = _SIGNS.findall(unknown)
    return signs if len(signs) > LONGEST else [unknown] * bool(unknown)


def _together(parts: list[str]) -> list[str]:
    """The parts with closing signs at the word before, opening ones at the word after, and no sign left alone.

    A single sign goes with the word before it; one that opens or comes after a comma or full stop, with the next.
    """
    joined: list[str] = []
    takes_next = False
    for place, part in enumerate(parts):
        alone = len(part) == 1 and not _is_stretched(parts, place)
        begins = alone and bool(joined) and (part in OPENS or (part not in CLOSES and joined[-1][-1] in CLOSES))
        if joined and not begins and (part[0] in CLOSES or joined[-1][-1] in OPENS or alone or takes_next):
            joined[-1] += part
        else:
            joined.append(part)
        takes_next = begins
    return joined


def _is_stretched(parts: list[str], place: int) -> bool:
    """Whether the sign at this place belongs to a long stretch that was cut sign by sign."""
    first = next((at for at in range(place, -1, -1) if len(parts[at]) > 1), -1)
    last = next((at for at in range(place, len(parts)) if len(parts[at]) > 1), len(parts))
    return last - first - 1 > LONGEST


def phrased(text: str) -> Markup:
    """The text with <wbr> between its phrases, for an element with the class `phrases`; tags of a Markup stay tags."""
    if not isinstance(text, Markup):
        return _broken(str(text))
    parts = enumerate(_TAG.split(text))  # texts, and at the odd places the tags between them
    return Markup("").join(Markup(part) if place % 2 else _broken(Markup(part).unescape()) for place, part in parts)


@lru_cache(maxsize=1024)  # the same few titles and offices stand on every page
def _broken(plain: str) -> Markup:
    return Markup("<wbr>").join(escape(phrase) for phrase in phrases(plain))


def rules() -> dict[str, Any]:
    """What a script needs to do the same: the words, longest first, and the signs."""
    return {"terms": TERMS, "ends": ENDS, "closes": CLOSES, "opens": OPENS, "counts": COUNTS, "longest": LONGEST}
