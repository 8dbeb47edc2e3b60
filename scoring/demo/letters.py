"""Small suggestion letters for the demo, written as DOCX without any tool but the standard library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

TOPICS = (
    ("校园周边食品安全监管", "县市场监督管理局", "《中华人民共和国食品安全法》第六条"),
    ("建筑工地扬尘治理", "区住房和城乡建设局", "《中华人民共和国大气污染防治法》第六十八条"),
    ("快递行业个人信息保护", "市邮政管理局", "《中华人民共和国个人信息保护法》第六十条"),
    ("电动自行车违规充电隐患", "区消防救援大队", "《中华人民共和国消防法》第二十八条"),
    ("残疾人无障碍设施维护", "区综合行政执法局", "《中华人民共和国无障碍环境建设法》第四条"),
    ("未成年人文身服务乱象", "区文化和旅游局", "《中华人民共和国未成年人保护法》第十一条"),
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def letter(place: int) -> tuple[str, ...]:
    """The lines of one letter: title, addressee, the six things a suggestion must state."""
    topic, addressee, law = TOPICS[place % len(TOPICS)]
    return (
        "检察建议书",
        f"{addressee}：",
        f"本院在履行法律监督职责中发现，{topic}方面存在管理漏洞。",
        f"经调查核实，{3 + place * 7 % 23}起同类问题反复出现，有现场照片、询问笔录和执法记录为证。",
        f"上述情形违反{law}的规定，日常检查流于形式，部门之间信息不通，隐患长期存在。",
        "为堵塞漏洞、防范风险，根据《人民检察院检察建议工作规定》，提出如下建议：",
        f"一、对辖区内{topic}问题开展一次专项排查，逐项登记，限期整改。",
        f"二、与相关部门建立信息通报和联合检查机制，每{2 + place % 3}个月会商一次。",
        "三、加强从业人员培训和普法宣传，公开举报渠道。",
        "如有异议，请在收到本建议书之日起七日内提出；请在两个月内将办理情况书面回复本院。",
    )


def docx(lines: Sequence[str]) -> bytes:
    """A DOCX of these lines, the first as the title."""
    file = io.BytesIO()
    body = "".join(_paragraph(line, place == 0) for place, line in enumerate(lines))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml", f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return file.getvalue()


def _paragraph(line: str, centred: bool) -> str:
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else '<w:pPr><w:ind w:firstLineChars="200"/></w:pPr>'
    return f"<w:p>{look}<w:r><w:t>{line}</w:t></w:r></w:p>"
