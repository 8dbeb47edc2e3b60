"""The checklist that a new case-file binding event starts from. Source: domain page 2C."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scoring.rules.checklist import Checklist, Defect, Item


def _item(key: str, zh: str, en: str, maximum: int, *defects: tuple[str, str, str, str]) -> Item:
    found = tuple(Defect(key, zh, en, Decimal(points)) for key, zh, en, points in defects)
    return Item(key, zh, en, Decimal(maximum), found)


CHECKLIST = Checklist(
    (
        _item(
            "covers",
            "封面封底",
            "Covers",
            10,
            ("blank_or_wrong_field", "栏目漏填或错填", "Blank or wrong field", "1"),
            ("wrong_cause_or_party", "案由或当事人错误", "Wrong cause of action or party", "2"),
        ),
        _item(
            "index",
            "卷内目录",
            "Index",
            15,
            ("wrong_entry", "目录条目缺漏或错误", "Missing or wrong entry", "1"),
            ("page_mismatch", "目录页码与卷内不符", "Page does not match", "1"),
        ),
        _item(
            "completeness",
            "材料齐全",
            "Completeness",
            20,
            ("missing_item", "缺少材料", "Missing item", "3"),
            ("alien_or_duplicate", "混入无关或重复材料", "Alien or duplicate sheet", "2"),
        ),
        _item(
            "order",
            "排列顺序",
            "Order",
            20,
            ("misplaced", "文书排列错位", "Misplaced document", "2"),
        ),
        _item(
            "pagination",
            "编页",
            "Pagination",
            15,
            ("skipped_or_doubled", "漏号或重号", "Skipped or doubled number", "1"),
            ("wrong_corner", "页码位置错误", "Number in the wrong corner", "0.5"),
        ),
        _item(
            "remarks",
            "备考表",
            "Remarks sheet",
            5,
            ("absent", "缺备考表", "Absent", "5"),
            ("unsigned_or_undated", "未签名或未注明日期", "Unsigned or undated", "1"),
        ),
        _item(
            "craft",
            "装订工艺",
            "Binding craft",
            15,
            ("metal_left_in", "金属物未剔除", "Metal left in", "1"),
            ("trapped_or_loose", "压字或掉页", "Text trapped or page loose", "2"),
            ("not_three_holes", "未做到三孔一线", "Not three holes in one line", "5"),
            ("unsplit", "超过二百页未分册", "Over 200 pages and not split", "3"),
            ("ragged", "卷面不齐", "Ragged edges", "1"),
            ("no_seal", "未加盖骑缝章", "No seal", "2"),
        ),
    )
)

#: What items have left where the file is scanned and handed to the archive as well [D].
_LEFT = {"order": Decimal(15), "craft": Decimal(10)}
_CORNER = Defect(
    "wrong_corner",
    "页码位置错误（应在正面右上角、背面左上角）",
    "Number in the wrong corner (upper right in front, upper left behind)",
    Decimal("0.5"),
)
#: The same with scanning and 按时归档 as items, and the corners that page numbers belong in. Source: domain page 2C.
CHECKLIST_OF_ARCHIVES = Checklist(
    (
        *(
            replace(
                item,
                maximum=_LEFT.get(item.key, item.maximum),
                defects=tuple(_CORNER if defect.key == _CORNER.key else defect for defect in item.defects),
            )
            for item in CHECKLIST.items
        ),
        _item(
            "scanning",
            "电子扫描",
            "Scanning",
            5,
            ("page_not_scanned", "漏扫或扫描不清", "Page missing or illegible", "1"),
            ("scan_out_of_order", "电子卷与纸质卷顺序不一致", "Order differs from the paper", "1"),
        ),
        _item(
            "on_time",
            "按时归档",
            "Archived in time",
            5,
            ("late_to_archive", "未按时归档", "Not archived in time", "5"),
        ),
    )
)
