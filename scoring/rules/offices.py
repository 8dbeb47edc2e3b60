"""Offices and departments as people write them, and the one answer to who belongs to the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from scoring.rules.folding import squeezed, written_plainly

DEPARTMENT, OFFICE = "department", "office"
# 江北区院, 江北区检察院 and 江北区人民检察院 are one office; 检查院 is how clerks mistype it.
ENDING = re.compile("(人民)?检[察查]院$|院$")
FULL_ENDING = "人民检察院"
#: 本院 and 我院: what whoever wrote the list calls the own office.
OWN = ("本", "我", "本单位", "我单位")
#: The procuratorates of the railways, however they are shortened: 铁检院, 铁路院, 铁路运输检察院.
RAILWAY = "铁路"
_RAILWAYS = re.compile("铁(?:路(?:运输?)?检?|运检?|检)")
#: What the name of a place ends with; lists leave it out: 江北院.
LEVELS = "省市区县旗州盟"
#: Levels that names of places end with, too: 明州, 红旗.
_IN_NAMES = "州旗"
_PLACE = re.compile(r".+?(?:[省市区县旗盟]+|州(?![省市区县旗盟]))|.+")
# 江北区检察院第三检察部 names an office and a department of it; 明州市检察院第一分院 is an office of its own.
_BRANCH = re.compile(r"(?:第?[一二三四五六七八九十\d]{1,3}分院)").pattern
_OF_OFFICE = re.compile(
    rf"(?P<office>.+?检[察查]院{_BRANCH}?)(?!{_BRANCH})(?P<department>.*(?:部|室|处|科|局|队|组|中心|办|厅|委员会).*)"
    rf"|(?P<short>.+?院{_BRANCH}?)(?!{_BRANCH})(?P<part>第.+|.+(?:部|室|科|队))"
)
# 第一检察部副主任 names a department and a post. 党组成员, 干部, 科员 and 部长 name no department.
_DEPARTMENT_AND_POST = re.compile(
    r"(.*(?:(?<!干)部|室|处|科(?!员)|局|队(?!员)|(?<!党)组(?!员)|中心|厅|委员会|办)(?!长))(.*)"
)
# 检委会委员、第一检察部主任 holds two posts.
_POSTS = re.compile(
    r"[\t,，、;；/／|·]+|(?<=委员)(?!会)|(?<=成员)|(?<=专委)|(?<=检察长)(?!助理)"
    r"|(?:(?<=主任)|(?<=检察官)|(?<=部长))(?=第[一二三四五六七八九十\d]{1,3}检察部)"
)
# Whoever sits on a committee does not work there.
_BESIDE = re.compile(r".*(?:委员会|检委会|党组|支部|团委|工会)")
_POST = re.compile(
    r".*(?:长|主任|检察官|助理|书记员?|委员|专委|干部|干警|法警|员|副职|正职|人|干事|教授|讲师|[律程计]师|代表|法官|政委|专家)"
)
_BETWEEN = " \t,，、;；/／|·.-—()（）[]"
_NUMBERED = re.compile(r"(?:第|检察)?([一二三四五六七八九十]{1,3})(?:检察)?部")
_FIGURES = "零一二三四五六七八九"


@dataclass(frozen=True)
class Belonging:
    """Somebody with the office and department they belong to, "" where nobody recorded them."""

    key: str
    office: str = ""
    department: str = ""


@dataclass(frozen=True)
class Home:
    """Where somebody belongs, as it compares: `office` and `department` are equal exactly for the same ones."""

    office: str = ""
    department: str = ""


@dataclass(frozen=True)
class Offices:
    """The offices of a contest: `group` has one name for all the stems of an office, `apart` who is known to differ."""

    group: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def of(
        cls,
        names: Iterable[tuple[str, str]],
        same: Iterable[tuple[str, str]] = (),
        different: Iterable[tuple[str, str]] = (),
    ) -> Offices:
        """From (full name, short name) pairs of the list, and from the pairs that somebody called the same or not."""
        joined = [(stem(one), stem(other)) for one, other in [*names, *same] if one and other]
        group = _groups(joined)
        apart = {frozenset(group.get(stem(one), stem(one)) for one in pair) for pair in different}
        return cls(group, frozenset(pair for pair in apart if len(pair) == 2))

    def key(self, name: str) -> str:
        """What all ways of writing the office have in common; "" for none."""
        plain = stem(name)
        return self.group.get(plain, plain)

    def home(self, one: Belonging) -> Home:
        """Where somebody belongs; a department that is written with the office counts where none is recorded."""
        office, part = parted(one.office)
        return Home(self.key(office), plain_department(one.department) or plain_department(part))

    def likely_pairs(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Two names each that may well mean one office and of which nobody has said whether they do."""
        shown = {self.key(name): called for name, called in self.called(names).items()}
        return [
            (shown[one], shown[other])
            for one, other in combinations(sorted(shown), 2)
            if frozenset((one, other)) not in self.apart and self._alike(one, other)
        ]

    def _alike(self, one: str, other: str) -> bool:
        """Whether any way of writing the one looks like any of the other."""
        return any(alike(mine, theirs) for mine in self._stems(one) for theirs in self._stems(other))

    def _stems(self, key: str) -> list[str]:
        stems = [key, *(stem for stem, group in self.group.items() if group == key and stem != key)]
        return [one for one in stems if one not in OWN] or stems  # once it is answered which office is 本院

    def called(self, names: Iterable[str]) -> dict[str, str]:
        """For each name the one way of writing its office: the fullest, then the most usual one."""
        written = Counter(name for name in names if name.strip())
        best: dict[str, str] = {}
        for name in sorted(written):
            key, office = self.key(name), parted(name)[0]
            if key not in best or _fullness(written, office) > _fullness(written, best[key]):
                best[key] = office
        return {name: best[self.key(name)] for name in written}


def _fullness(written: Mapping[str, int], name: str) -> tuple[bool, int, int]:
    return name.endswith(FULL_ENDING), len(name) if name.endswith(FULL_ENDING) else 0, written.get(name, 0)


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with the first one, in order, of all that are joined to it."""
    groups: dict[str, set[str]] = {}
    for pair in pairs:
        joined = set(pair).union(*(groups.get(one, ()) for one in pair))
        groups.update(dict.fromkeys(joined, joined))
    return {name: min(joined) for name, joined in groups.items()}


def stem(name: str) -> str:
    """The name of an office without what every office's name ends with, its departments, blanks, or other looks."""
    plain = parted(squeezed(name))[0]
    return ENDING.sub("", plain) or plain


def parted(name: str) -> tuple[str, str]:
    """An office as written and the department that is written with it: 江北区检察院 and 第三检察部."""
    plain = "".join(written_plainly(name).split())
    found = _OF_OFFICE.fullmatch(plain)
    if found is None:
        return (plain.removesuffix("机关") if plain.endswith("院机关") else name.strip()), ""
    return found["office"] or found["short"], found["department"] or found["part"]


def shorter_names(name: str) -> tuple[str, ...]:
    """The office as its neighbours call it, without the province or city: 江北区院 for 明州市江北区院."""
    plain = "".join(written_plainly(name).split())
    rests = [plain[place + 1 :] for place, sign in enumerate(plain[:-1]) if sign in "省市州"]
    return tuple(
        rest for rest in rests if rest[0] not in LEVELS and rest.endswith("院") and len(ENDING.sub("", rest)) > 1
    )


def department_and_post(text: str) -> tuple[str, str]:
    """A department and the post in it, as lists write them in one cell; what names no post is the department.

    Of several posts in one cell it is that of the department in which somebody works; a seat on a committee is a post.
    """
    plain = text.strip()
    named = [found for one in _POSTS.split(plain) if (found := _DEPARTMENT_AND_POST.fullmatch(one.strip(_BETWEEN)))]
    home = next((one for one in named if not one[2] or not _BESIDE.fullmatch(one[1])), None)
    if home is not None:
        department = home[1].strip(_BETWEEN)
        before, _, after = plain.partition(department)
        return department, "、".join(one for part in (before, after) if (one := part.strip(_BETWEEN)))
    return ("", plain) if named or _POST.fullmatch(plain) else (plain, "")


def office_and_post(text: str) -> tuple[str, str]:
    """江北区检察院第三检察部副主任: the office with its department, and the post."""
    found = re.fullmatch("(.+?检察院|.+院)(.*)", text)
    department, post = department_and_post(found[2].strip(_BETWEEN)) if found else ("", "")
    return (found[1] + department, post) if found else (text, "")


def office_department_post(text: str) -> tuple[str, str, str]:
    """江北区检察院第三检察部副主任: the office, the department, the post; what names no office stays whole, as one."""
    written, post = office_and_post(text)
    office, department = parted(written)
    return (office, department, post) if "院" in office else (text, "", "")


def plain_department(name: str) -> str:
    """A department as it compares: without a post; 第1检察部, 检察一部 and 一部 as 第一检察部."""
    department = department_and_post(squeezed(name))[0]
    worded = re.sub(r"\d{1,2}", lambda found: _in_words(int(found[0])), department)
    numbered = _NUMBERED.fullmatch(worded)
    return f"第{numbered[1]}检察部" if numbered else worded


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else _FIGURES[tens]) + ("十" if tens else "")
    return words + (_FIGURES[ones] if ones or not tens else "")


def alike(one: str, other: str) -> bool:
    """Whether two stems may mean one office: 江北区 and 明州市江北区, 江北 and 江北区; never 慈溪市 and 慈溪县.

    So may 铁检 and 明州铁路运输, and 江 (江院) or 明江 (明江检) and 明州市江北区. 本 (本院) may mean any.
    """
    if not one or not other or one == other:
        return False
    short, long = sorted((_unshortened(one), _unshortened(other)), key=len)
    if short == long or one in OWN or other in OWN:
        return True
    if RAILWAY in short + long:
        rests = (each.replace(RAILWAY, "") for each in (short, long))
        return RAILWAY in short and RAILWAY in long and _abbreviates(*rests)
    return _is_within(short, long) or (short[-1] not in LEVELS and _abbreviates(short, long))


def _is_within(short: str, long: str) -> bool:
    """Whether both may name one place, where one of them may stand with its province or city before it.

    高新区 may be 高新技术产业开发区, 明州 may be 明州市; 江海区 is not 江州市海曙区: what is shortened is one place.
    """
    *before, own = _places(short)
    *round_it, other = _places(long)
    if not _is_one_place(own, other):
        return False
    return not (before and round_it) or _is_one_place(before[-1], round_it[-1])


@lru_cache(maxsize=4096)
def _places(stem: str) -> tuple[str, ...]:
    """The places that a stem names, the widest first: 明州市 and 江北区. 州 before another level belongs to a name."""
    return tuple(_PLACE.findall(stem)) or (stem,)


def _is_one_place(one: str, other: str) -> bool:
    return any(_is_one_reading(*mine, *theirs) for mine in _readings(one) for theirs in _readings(other))


def _is_one_reading(name: str, level: str, other: str, others_level: str) -> bool:
    """Whether two names with their levels, "" for none, may be one place's: what has no level is no longer name."""
    if level != others_level and level and others_level:
        return False
    if len(name) > len(other) or (len(name) == len(other) and level):
        name, level, other, others_level = other, others_level, name, level
    return _abbreviates(name, other) and (level == others_level or not level or name == other)


@lru_cache(maxsize=4096)
def _readings(place: str) -> tuple[tuple[str, str], ...]:
    """A place's name and its level: 江北 and 区; of 明州, which may be a 州 and may be a name alone, both."""
    if place[-1:] not in LEVELS:
        return ((place, ""),)
    return ((place[:-1], place[-1]), *([(place, "")] if place[-1] in _IN_NAMES and len(place) > 1 else []))


def _unshortened(stem: str) -> str:
    """Without the 检 that a short name ends with, and with one sign for the railways."""
    plain = _RAILWAYS.sub(RAILWAY, stem)
    return re.sub("检察?$", "", plain) or plain


def _abbreviates(short: str, long: str) -> bool:
    """Whether the signs of the one stand in the other in their order, the first one first; nothing abbreviates all."""
    rest = iter(long)
    return long.startswith(short[:1]) and all(sign in rest for sign in short)


def names_own(name: str) -> bool:
    """Whether an office is written as 本院 or 我院: the own one of whoever wrote the list."""
    return stem(name) in OWN


def shared(one: Home, other: Home) -> tuple[str, ...]:
    """What two people have in common: their department, their office; the closer one first.

    Departments count as the same in one office only, or where one of the offices is not recorded: each office has a
    first department. What is not recorded relates nobody to anybody. Source: domain page 1, recusal.
    """
    together = bool(one.office) and one.office == other.office
    open_office = not (one.office and other.office)
    same = bool(one.department) and one.department == other.department and (together or open_office)
    return ((DEPARTMENT,) if same else ()) + ((OFFICE,) if together else ())


def contradicted(offices: Offices, different: Sequence[tuple[str, str]]) -> Collection[tuple[str, str]]:
    """The pairs called different that other answers make one office."""
    return [(one, other) for one, other in different if offices.key(one) == offices.key(other)]
