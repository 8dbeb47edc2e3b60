"""The kinds of lists that can be imported: which columns each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.imports.columns import Column, Kind, plain_heading

#: The template's sheet that explains its columns, which nobody means to import.
EXPLAINED = "说明"


def headings_in(cells: Sequence[str]) -> int:
    """How many cells of a line are called as some column of some kind."""
    return sum(plain_heading(cell) in _HEADINGS for cell in cells)


#: What WPS and every clerk call the running number in front; any better heading goes before it.
ORDINAL = ("序号", "排序", "序")

_OFFICE = Column(
    "office",
    "单位",
    "Office",
    120,
    others=(
        "所在单位",
        "工作单位",
        "单位名称",
        "院",
        "参赛单位",
        "所属单位",
        "报送单位",
        "推荐单位",
        "选送单位",
        "检察院",
    ),
    example="江北区人民检察院",
    about=("全称或简称，同一单位请写法一致", "full or short name, the same office always alike"),
)
_DEPARTMENT = Column(
    "department",
    "部门",
    "Department",
    120,
    others=("所在部门", "内设机构", "所属部门", "处室", "科室", "部室", "业务部门"),
    example="第一检察部",
    about=("用于回避：同单位同部门的评委不评", "for recusal: colleagues of one department do not mark each other"),
)

_CATEGORY = Column(
    "category",
    "人员类别",
    "Class",
    60,
    others=("参赛类别", "选手类别", "人员分类"),
    example="检察官助理",
    about=("用于只评某一类人员的奖项，没有可不填", "for awards of one class of entrants; may stay empty"),
)

CONTESTANTS = Kind(
    "contestants",
    "选手",
    "Contestants",
    (
        Column(
            "number",
            "编号",
            "No.",
            12,
            True,
            ("选手编号", "参赛编号", "选手号", "参赛号", "号码", "number", *ORDINAL),
            "01",
            ("评委和观众看到的编号，不可重复；1 会读作 01", "what judges and audience see, each once; 1 is read as 01"),
        ),
        Column(
            "name",
            "姓名",
            "Name",
            60,
            True,
            ("选手姓名", "参赛选手姓名", "参赛人员", "人员姓名", "选手", "参赛选手", "名字"),
            "陈思远",
            ("选手姓名", "the contestant's name"),
        ),
        _OFFICE,
        _DEPARTMENT,
        _CATEGORY,
    ),
)
SPEAKERS = ("一辩", "二辩", "三辩", "四辩")
#: The columns of a team's speakers and of their departments, in the order of their seats.
SEATS = tuple(f"speaker{place}" for place in range(1, len(SPEAKERS) + 1))
DEPARTMENTS = tuple(f"department{place}" for place in range(1, len(SPEAKERS) + 1))


def _speaker(place: int, name: str, example: str) -> tuple[Column, Column]:
    """The column of a speaker, and that of the department."""
    seat = Column(
        SEATS[place - 1],
        name,
        f"Speaker {place}",
        60,
        others=(
            f"{name}姓名",
            f"辩手{place}",
            f"队员{place}",
            f"选手{place}",
            f"队员{name[0]}",
            f"选手{name[0]}",
        ),
        example=example,
        about=("辩手姓名，按席位顺序；没有则留空", "in the order of their seats; empty where there is none"),
    )
    department = Column(
        DEPARTMENTS[place - 1],
        f"{name}部门",
        f"Department {place}",
        120,
        others=(
            *(f"{name}{part}" for part in ("所在部门", "部门及职务", "部门职务", "处室", "科室")),
            *(f"部门{place}", f"部门{name[0]}", f"辩手{place}部门", f"队员{place}部门", f"选手{place}部门"),
        ),
        example="第一检察部" if example else "",
        about=("这名辩手的部门，用于回避", "the speaker's department, for recusal"),
    )
    return seat, department


TEAMS = Kind(
    "teams",
    "代表队",
    "Teams",
    (
        Column(
            "number",
            "队号",
            "Team no.",
            10,
            True,
            ("编号", "number", "代表队编号", *ORDINAL),
            "01",
            ("每队一行，队号不可重复", "one row for each team, each number once"),
        ),
        Column(
            "name",
            "队名",
            "Team",
            60,
            True,
            ("代表队", "代表队名称", "队伍名称", "队伍", "参赛队", "参赛队伍", "参赛代表队"),
            "江北代表队",
            ("代表队名称", "the team's name"),
        ),
        _OFFICE,
        _DEPARTMENT,
        *(
            column
            for place, (name, example) in enumerate(zip(SPEAKERS, ("王雨桐", "孙浩然", "", ""), strict=True), 1)
            for column in _speaker(place, name, example)
        ),
    ),
    (
        Column(
            "member",
            "队员",
            "Member",
            300,
            others=(
                *("队员姓名", "姓名", "辩手", "辩手姓名", "成员", "成员姓名", "参赛队员"),
                *("参赛选手", "选手姓名", "选手", "参赛人员"),
            ),
        ),
        Column("place", "辩位", "Seat of a member", 20, others=("辩手席位", "辩次", "席位", "辩手顺序")),
    ),
)
JUDGES = Kind(
    "judges",
    "评委",
    "Judges",
    (
        Column(
            "room",
            "赛场",
            "Room",
            60,
            others=("房间", "赛场名称"),
            example="第一赛场",
            about=("只有一个赛场时可留空", "may be empty where there is one room only"),
        ),
        Column(
            "seat",
            "席位",
            "Seat",
            12,
            True,
            (
                "席位号",
                "席号",
                "评委席",
                "评委席位",
                "座位",
                "座位号",
                "座席",
                "评委号",
                "评委编号",
                "编号",
                "seatno.",
                *ORDINAL,
            ),
            "1",
            ("评委几号席，1 至 99", "the number of the judge's seat, 1 to 99"),
        ),
        Column("name", "姓名", "Name", 60, True, ("评委姓名", "评委"), "李国栋", ("评委姓名", "the judge's name")),
        _OFFICE,
        _DEPARTMENT,
        Column(
            "title",
            "职务",
            "Title",
            60,
            others=("职务职称", "职务/职称", "职务、职称", "职称", "职务职级", "岗位"),
            example="检察委员会委员",
            about=("可留空", "may be empty"),
        ),
        Column(
            "reserve",
            "候补",
            "Reserve",
            6,
            others=("是否候补", "候补评委"),
            example="否",
            about=("候补评委填“是”，其余留空或填“否”", "yes for a reserve judge, else empty or no"),
        ),
    ),
)
OFFICES = Kind(
    "offices",
    "单位",
    "Offices",
    (
        Column(
            "name",
            "单位全称",
            "Office",
            120,
            True,
            ("单位", "单位名称", "全称", "参赛单位"),
            "明州市江北区人民检察院",
            ("单位全称，每单位一行", "the full name, one row for each office"),
        ),
        Column(
            "short",
            "简称",
            "Short name",
            60,
            others=("单位简称", "short"),
            example="江北区院",
            about=(
                "名单中常用的写法；用简称登记的人员也按本单位处理回避",
                "as lists write it; it stands for the same office",
            ),
        ),
    ),
)
RELATIONS = Kind(
    "relations",
    "回避关系",
    "Relations",
    (
        Column(
            "judge",
            "评委姓名",
            "Judge",
            60,
            True,
            ("评委", "judgename"),
            "李国栋",
            ("与评委名单一致", "as on the list of judges"),
        ),
        Column(
            "number",
            "选手编号",
            "Contestant no.",
            12,
            True,
            ("编号", "选手", "队号", "number", "no."),
            "01",
            ("选手或代表队的编号", "the number of the contestant or team"),
        ),
        Column(
            "ground",
            "关系",
            "Relation",
            20,
            True,
            ("回避事由", "事由", "ground"),
            "师徒",
            (
                "近亲属或师徒；同单位、同部门由名单自动得出",
                "kin or mentor; office and department follow from the lists",
            ),
        ),
        Column(
            "note",
            "说明",
            "Note",
            200,
            others=("备注", "remarks"),
            example="2019年结对",
            about=("可留空", "may be empty"),
        ),
    ),
)

POINTS = Kind(
    "points",
    "成绩",
    "Results",
    (
        Column(
            "number",
            "编号",
            "No.",
            12,
            True,
            ("选手编号", "参赛编号", "考号", "准考证号", "number", "no."),
            "01",
            ("选手编号，与参赛名单一致", "the contestant's number as on the entry list"),
        ),
        Column(
            "name",
            "姓名",
            "Name",
            60,
            others=("选手姓名", "考生姓名"),
            example="陈思远",
            about=("用于核对，与参赛名单不一致时不导入", "to compare: a row with another name is not imported"),
        ),
        Column(
            "points",
            "成绩",
            "Result",
            12,
            True,
            ("得分", "分数", "卷面成绩", "总分", "笔试成绩", "机考成绩", "points", "score"),
            "86.5",
            ("卷面得分，或测得的数值", "the points, or the figure that was measured"),
        ),
        Column(
            "item",
            "评分项",
            "Criterion",
            120,
            others=("计分项", "科目", "criterion"),
            about=("有多个评分项时，每项一行", "where there are several criteria, a row for each"),
        ),
        Column(
            "event",
            "项目",
            "Event",
            120,
            others=("项目名称", "event"),
            about=("有多个这样的项目时填写项目名称", "where there are several such events, its name"),
        ),
    ),
)

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (CONTESTANTS, TEAMS, JUDGES, OFFICES, RELATIONS, POINTS)}
_HEADINGS = frozenset(
    plain_heading(name) for kind in KINDS.values() for one in kind.meanings for name in (one.zh, one.en, *one.others)
)
