"""Offices as people write them: which are the same, which look alike, and who belongs to the same one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.offices import (
    Belonging,
    Home,
    Offices,
    alike,
    department_and_post,
    parted,
    shared,
    shorter_names,
    stem,
)

FULL, CITY, PART = "江北区人民检察院", "明州市江北区院", "江北区检察院第三检察部"
AUTHOR = Belonging("01", "江北区院", "第一检察部")
names = st.text(st.sampled_from("江北明州市区县院检察人民第三部 甲A１"), max_size=12)


def common(one: Belonging, other: Belonging, offices: Offices | None = None) -> tuple[str, ...]:
    known = offices or Offices()
    return shared(known.home(one), known.home(other))


@pytest.mark.parametrize(
    "written",
    [
        "江北区院",
        "江北区检察院",
        " 江北区人民 检察院",
        "江北区",
        PART,
        "江北區人民檢察院",
        "江北区⼈⺠检察院",
        "江北区人民检查院",
    ],
)
def test_one_office_has_one_stem_however_it_is_written(written):
    assert stem(written) == stem(FULL) == "江北区"


@pytest.mark.parametrize(
    ("written", "office", "department"),
    [
        (PART, "江北区检察院", "第三检察部"),
        ("慈溪县院公诉一科", "慈溪县院", "公诉一科"),
        (FULL, FULL, ""),
        ("明州市检察院第一分院", "明州市检察院第一分院", ""),
        ("明州市检察院第一分院第三检察部", "明州市检察院第一分院", "第三检察部"),
        ("市医院管理局", "市医院管理局", ""),
        ("江北区人民法院", "江北区人民法院", ""),
    ],
)
def test_a_department_that_is_written_with_its_office_is_known_as_one(written, office, department):
    assert parted(written) == (office, department)


@pytest.mark.parametrize(
    ("written", "department", "post"),
    [
        ("第一检察部副主任", "第一检察部", "副主任"),
        ("第一检察部副部长", "第一检察部", "副部长"),
        ("第三检察部、检察官助理", "第三检察部", "检察官助理"),
        ("第三检察部干部", "第三检察部", "干部"),
        ("政治部干部科科长", "政治部干部科", "科长"),
        ("办公室主任", "办公室", "主任"),
        ("法警大队大队长", "法警大队", "大队长"),
        ("党组成员、副检察长", "", "党组成员、副检察长"),
        ("检委会委员、第一检察部主任", "第一检察部", "检委会委员、主任"),
        ("检察委员会委员第二检察部主任", "第二检察部", "检察委员会委员、主任"),
        ("第一检察部检察官、团支部书记", "第一检察部", "检察官、团支部书记"),
        ("检察委员会专职委员", "", "检察委员会专职委员"),
        ("第四检察部二级科员", "第四检察部", "二级科员"),
        ("综合业务部员额检察官", "综合业务部", "员额检察官"),
        ("教授", "", "教授"),
        ("书记员", "", "书记员"),
        ("副主任第一检察部", "第一检察部", "副主任"),
        ("公诉一科", "公诉一科", ""),
        ("案管", "案管", ""),
        ("", "", ""),
    ],
)
def test_department_and_post_in_one_cell_are_told_apart(written, department, post):
    assert department_and_post(written) == (department, post)


@pytest.mark.parametrize(
    ("reviewer", "found"),
    [
        (Belonging("", "江北区院", "第二检察部"), ("office",)),
        (Belonging("", "江北区院"), ("office",)),
        (Belonging("", " 江北区院 ", "第一检察部主任"), ("department", "office")),
        *(
            (Belonging("", "江北区院", one), ("department", "office"))
            for one in ("第1检察部", "一部", "检察一部", "１部")
        ),
        (Belonging("", "江北区检察院第一检察部"), ("department", "office")),
        (Belonging("", "", "第一检察部"), ("department",)),
        (Belonging("", "慈溪县院", "第一检察部"), ()),
        (Belonging("", "慈溪县院", "第二检察部"), ()),
        (Belonging(""), ()),
    ],
)
def test_colleagues_are_those_of_the_same_office_or_of_the_same_department_in_it(reviewer, found):
    assert common(AUTHOR, reviewer) == found
    assert common(reviewer, AUTHOR) == found


def test_an_office_is_known_without_its_city_and_never_by_its_ending_alone():
    assert shorter_names("浙江省明州市江北区院") == ("明州市江北区院", "江北区院")
    assert shorter_names("明州市人民检察院") == shorter_names("市院") == shorter_names("江北区院") == ()


def test_a_branch_is_another_office_than_the_one_that_it_belongs_to():
    assert len({stem(one) for one in ("明州市检察院", "明州市检察院第一分院", "明州市检察院第二分院")}) == 3


def test_what_nobody_recorded_relates_nobody():
    assert shared(Home(), Home()) == ()


def test_a_short_name_of_the_list_stands_for_the_full_one_and_for_all_its_endings():
    offices = Offices.of([("明州市江北区人民检察院", "江北院")])
    assert common(Belonging("", "江北检察院"), Belonging("", "明州市江北区院"), offices) == ("office",)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("江北区", "明州市江北区", True),
        ("江北", "江北区", True),
        ("江北", "明州市江北区", True),
        ("市", "明州市", True),
        ("江北区", "江南区", False),
        ("慈溪市", "慈溪县", False),
        ("明州市", "明州市江北区", False),
        ("", "江北区", False),
        ("铁检", "明州铁路运输", True),
        ("铁路", "明州铁路运输", True),
        ("明铁检", "明州铁路运输", True),
        ("海铁检", "明州铁路运输", False),
        ("铁检", "江北区", False),
        ("铁西区", "明州市铁西区", True),
        ("铁岭县", "铁路运输", False),
        ("江北检", "江北", True),
        ("江北区检", "明州市江北区", True),
        ("江", "江北区", True),
        ("明江检", "明州市江北区", True),
        ("江海区", "江州市海曙区", False),
        ("本", "江北区", True),
        ("明州", "明州市", True),
        ("鄞州", "鄞州区", True),
        ("鄞州", "明州市鄞州区", True),
        ("明州", "明州市江北区", False),
        ("明州市江北区", "海州市江北区", False),
        ("恩施州", "恩施土家族苗族自治州", True),
        ("恩施州", "恩施市", False),
        ("恩施州", "恩施州建始县", False),
        ("莫旗", "莫力达瓦达斡尔族自治旗", True),
        ("景宁县", "景宁畲族自治县", True),
        ("呼市", "呼和浩特市", True),
        ("高新区", "高新技术产业开发区", True),
        ("明州市高新区", "高新技术产业开发区", True),
        ("沧州", "沧县", False),
    ],
)
def test_stems_that_may_mean_one_office_look_alike(one, other, found):
    assert alike(one, other) is found
    assert alike(other, one) is found


def test_likely_pairs_are_asked_about_once_for_all_ways_of_writing():
    assert Offices().likely_pairs([FULL, "江北区院", CITY, PART, "慈溪县院"]) == [(CITY, FULL)]


def test_however_a_citys_office_is_shortened_it_is_one_or_is_asked_about():
    pairs = Offices().likely_pairs(["明州市人民检察院", "明州院", "明州市院", "明州检察院", "明州市检察院", "江北区院"])
    assert pairs == [("明州检察院", "明州市人民检察院")]


def test_the_house_itself_is_the_office():
    assert stem("江北区院机关") == stem("江北区人民检察院")


def test_an_answer_ends_the_question_and_counts_for_every_way_of_writing():
    same = Offices.of([], same=[(FULL, CITY)])
    assert same.likely_pairs([FULL, CITY, PART]) == []
    assert common(Belonging("", PART), Belonging("", "明州市江北区检察院"), same) == ("office",)
    different = Offices.of([], different=[(FULL, CITY)])
    assert different.likely_pairs([FULL, CITY, PART]) == []
    assert common(Belonging("", PART), Belonging("", CITY), different) == ()


@pytest.mark.parametrize("own", ["本院", "我院", "本单位", "铁检院", "江院", "区院"])
def test_whoever_is_called_our_own_office_or_by_a_short_name_is_asked_about(own):
    fulls = {"铁检院": "明州铁路运输检察院"}
    full = fulls.get(own, FULL)
    assert [set(pair) for pair in Offices().likely_pairs([own, full])] == [{own, full}]


def test_once_it_is_answered_which_office_is_our_own_no_other_is_asked_about():
    others = ["本院", FULL, "慈溪县院", "明州铁路运输检察院"]
    assert len(Offices().likely_pairs(others)) == 3
    assert Offices.of([], same=[("本院", FULL)]).likely_pairs(others) == []


def test_an_office_is_called_by_its_fullest_name():
    written = ["江北区院", "江北区院", "江北区检察院第三检察部", FULL]
    assert set(Offices().called(written).values()) == {FULL}
    assert Offices().called(["江北区院", "江北区院", "江北区检察院"])["江北区检察院"] == "江北区院"


@given(st.lists(st.tuples(names, names), max_size=5), st.lists(names, max_size=6))
def test_being_one_office_is_an_equivalence_and_no_pair_of_one_office_is_asked_about(pairs, written):
    offices = Offices.of(pairs)
    for one, other in pairs:
        if one and other:
            assert offices.key(one) == offices.key(other)
    for one, other in offices.likely_pairs(written):
        assert offices.key(one) != offices.key(other)


@given(names, names)
def test_who_shares_what_does_not_depend_on_who_is_asked_first(one, other):
    first, second = Belonging("", one, other), Belonging("", other, one)
    assert common(first, second) == common(second, first)
