"""Rules and records that are kept as JSON: a class says its fields, and how it is read and written follows from them.

There are three bases, each for frozen dataclasses:

- a `Setting` is edited by people: what is absent or left empty has its default, text and numbers are as people type
  them, an unknown name is refused, and every problem is told with its place ("defects.1.points");
- a `Listing` is a setting that is one list, such as the criteria of a rubric;
- a `Record` is what we have written and kept: everything has to be there and exact. Names that it does not know are
  passed over, so that what a later release adds hinders nobody.

A field is one of: str, int, bool, Decimal, Fraction (of a record), another of these classes, a tuple or a Mapping from
names of these, or one of them or None. Where that does not say all, `Annotated[type, Kind(…)]` does. How a class is
read and written is worked out once. A class that is written very often may have a `to_data` of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType, UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, Self, TypeVar, get_args, get_origin, get_type_hints

from scoring.rules.figures import exact_text, plain, read_decimal, read_exact, read_stored
from scoring.rules.refusal import Problem, Refused, refuse_any

LONGEST_TEXT = 500
N = TypeVar("N", bound="Named")
_NEEDED = object()


class Kind(NamedTuple):
    """How a value is read, unless it is just of the type `as_is`, and written; `absent` stands for one that lacks.

    What cannot be read raises Refused, or ValueError for a figure.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] | None = None
    absent: Any = _NEEDED
    as_is: type | None = None


def _flag(raw: object) -> bool:
    raise Refused.because("setting_not_a_flag")


def _whole(raw: object) -> int:
    raise Refused.because("setting_not_whole")


def _text(raw: object) -> str:
    """Text of at most 500 characters, without white space around it."""
    if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
        raise Refused.because("setting_not_text")
    return raw.strip()


def _malformed(raw: object) -> Any:
    raise Refused.because("explanation_malformed")


class _Manner(NamedTuple):
    """What classes of one base have in common: plain values, problems, whether all has to be there as we wrote it."""

    plain: Mapping[Any, Kind]
    malformed: Problem
    no_figure: Problem
    strict: bool


_EDITED = _Manner(
    {
        bool: Kind(_flag, None, False, bool),
        int: Kind(_whole, None, 0, int),
        Decimal: Kind(read_decimal, plain, Decimal(0)),
        str: Kind(_text, None, ""),
    },
    Problem("settings_malformed"),
    Problem("setting_not_a_number"),
    strict=False,
)
_KEPT = _Manner(
    {
        **{one: Kind(_malformed, as_is=one) for one in (bool, int, str)},
        Decimal: Kind(read_stored, plain),
        Fraction: Kind(read_exact, exact_text),
    },
    Problem("explanation_malformed"),
    Problem("explanation_malformed"),
    strict=True,
)
#: A figure of a record as it was rounded and shown, with the zeros at its end.
Shown = Annotated[Decimal, Kind(read_stored, str)]
#: An exact value of a record as text: a decimal where it ends, else a fraction.
Exact = Annotated[str, Kind(lambda raw: exact_text(read_exact(raw)))]


class _Base:
    __slots__ = ()
    #: Figures that follow from the others, each with the field behind which it is written; they are not read.
    following: ClassVar[tuple[tuple[str, str], ...]] = ()
    #: The fields of a record that are left out while they are empty.
    sections: ClassVar[tuple[str, ...]] = ()
    #: The names that fields have in the data where they are not called so here.
    keys: ClassVar[Mapping[str, str]] = MappingProxyType({})
    manner: ClassVar[_Manner] = _EDITED


class _Declared(_Base):
    __slots__ = ()

    @classmethod
    def from_data(cls, data: object) -> Self:
        """From `to_data`'s shape. Raises Refused with every problem, and as the class does."""
        if type(data) is not dict and not isinstance(data, Mapping):
            raise Refused(cls.manner.malformed)
        way = _ways.get(cls) or _way(cls)
        if not way.knows(data):
            raise Refused(*_problems_of(cls, data))
        try:
            return way.read(data)
        except (Refused, ValueError, KeyError):
            refuse_any(_problems_of(cls, data))
            raise

    def to_data(self) -> dict[str, Any]:
        """JSON-able, exact figures as strings."""
        return (_ways.get(type(self)) or _way(type(self))).write(self)


class Setting(_Declared):
    """A rule that people edit. Refuses settings_malformed, unknown_setting, setting_not_…, and as its class does."""

    __slots__ = ()


class Record(_Declared):
    """A part of an explanation as it was written and kept. Refuses explanation_malformed with every place."""

    __slots__ = ()
    manner = _KEPT


@dataclass(frozen=True)
class Named(Setting):
    """A setting with a key and a name; named in one language only, it has that name in both."""

    key: str
    zh: str
    en: str

    def without_name(self, code: str) -> list[Problem]:
        """The problem `code` where a name is missing."""
        return [] if self.zh and self.en else [Problem(code, "en" if self.zh else "zh")]


class Listing(_Base):
    """A setting that is a list, which its class has as its one field; the places in it are "0", "1" and so on."""

    __slots__ = ()

    @classmethod
    def from_data(cls, data: object) -> Self:
        """From `to_data`'s shape. Raises Refused with every problem, and as the class does."""
        make: Callable[..., Self] = cls
        (kind,) = (_ways.get(cls) or _way(cls)).kinds.values()
        return make(kind.read(data))

    def to_data(self) -> list[Any]:
        """JSON-able, exact figures as strings."""
        (written,) = (_ways.get(type(self)) or _way(type(self))).write(self).values()
        return written


def keys_twice(code: str, named: Sequence[Named], under: str = "") -> list[Problem]:
    """The problem `code` for each that has the key of one before it."""
    keys = [one.key for one in named]
    return [Problem(code, f"{under}{place}.key", {"key": key}) for place, key in enumerate(keys) if key in keys[:place]]


def read_named(twice: str, data: object, read_one: Callable[[object], N]) -> tuple[N, ...]:
    """A list of settings with keys. Raises Refused with every problem, `twice` for a key that one before it has."""
    good: dict[str, N] = {}

    def reading(raw: object) -> None:
        one = read_one(raw)
        if good.setdefault(one.key, one) is not one:
            raise Refused.because(twice, "key", key=one.key)

    refuse_any(_problems_in(enumerate(_sequence(data, _EDITED)), reading, _EDITED))
    return tuple(good.values())


def known_names(data: object, known: Collection[str]) -> Mapping[str, Any]:
    """The data, where it has none but these names. Raises Refused settings_malformed, unknown_setting."""
    if not isinstance(data, Mapping):
        raise Refused(_EDITED.malformed)
    refuse_any([Problem("unknown_setting", str(name)[:40]) for name in data if name not in known])
    return data


class _Way(NamedTuple):
    """How one class is read and written, worked out once; `absent` is what its fields have that are not there."""

    kinds: Mapping[str, Kind]
    absent: Mapping[str, Any]
    knows: Callable[[Mapping[Any, Any]], bool]
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


_ways: dict[type[Any], _Way] = {}


def _way(cls: type[Any]) -> _Way:
    if cls not in _ways:
        kinds, absent = {}, {}
        for field, key, hint in _fields(cls):
            default = field.default if field.default_factory is MISSING else field.default_factory()
            kinds[key] = kind = _with_default(_kind(hint, cls.manner), default)
            absent[key] = kind.absent if not cls.manner.strict else default if key in cls.sections else _NEEDED
        knows = (lambda data: True) if cls.manner.strict else (lambda data: data.keys() <= kinds.keys())
        _ways[cls] = _Way(kinds, absent, knows, _reader(cls, kinds, absent), _writer_of_fields(cls))
    return _ways[cls]


def _fields(cls: type[Any]) -> list[tuple[Field[Any], str, Any]]:
    """Every field with its name in the data and its type."""
    hints = get_type_hints(cls, include_extras=True)
    return [(field, cls.keys.get(field.name, field.name), hints[field.name]) for field in fields(cls)]


def _with_default(kind: Kind, default: Any) -> Kind:
    """What is absent has its default, and so has text that is left empty."""
    if default is MISSING:
        return kind
    read = (lambda raw: _text(raw) or default) if kind.read is _text and default else kind.read
    return kind._replace(absent=default, read=read)


def _reader(cls: type[Any], kinds: Mapping[str, Kind], absent: Mapping[str, Any]) -> Callable[[Any], Any]:
    """The function that makes one of the class out of data, field by field."""
    named = issubclass(cls, Named)  # whose second and third values are the names
    lines = [
        (key, kind.as_is, kind.read, absent[key], object() if absent[key] is _NEEDED else absent[key])
        for key, kind in kinds.items()
    ]

    def reading(data: Any) -> Any:
        get = data.get  # what is needed and not there goes to its reader, and no reader takes it
        values = [
            one if type(one := get(key, lacking)) is as_is or one is taken else read(one)
            for key, as_is, read, lacking, taken in lines
        ]
        if named and not (values[1] and values[2]):
            values[1:3] = values[1] or values[2], values[2] or values[1]
        return cls(*values)

    return reading


def _writer(hint: Any, manner: _Manner) -> Callable[[Any], Any] | None:
    """The function that writes a value of this type, None where it is written as it is."""
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and issubclass(hint, Listing):
        return hint.to_data
    if isinstance(hint, type) and issubclass(hint, _Declared):
        return hint.to_data if "to_data" in vars(hint) else _way(hint).write
    if origin not in _AROUND:
        return _kind(hint, manner).write
    write = _writer(inner[-1 if origin is Mapping else 0], manner)
    if origin is tuple:
        return list if write is None else lambda values: [write(one) for one in values]
    if origin is Mapping:
        return dict if write is None else lambda found: {name: write(one) for name, one in found.items()}
    return write and (lambda one: None if one is None else write(one))


def _writer_of_fields(cls: type[Any]) -> Callable[[Any], dict[str, Any]]:
    """The fields in their order, each with the figures that stand behind it."""
    sections = cls.sections
    lines: list[tuple[str, str, Callable[[Any], Any] | None]] = []
    for field, key, hint in _fields(cls):
        lines.append((field.name, key, _writer(hint, cls.manner)))
        for follows in [follows for follows, behind in cls.following if behind == field.name]:
            returned = get_type_hints(getattr(cls, follows).fget)["return"]
            lines.append((follows, follows, _writer(returned, cls.manner)))

    def writing(one: Any) -> dict[str, Any]:
        data = {key: write(getattr(one, name)) if write else getattr(one, name) for name, key, write in lines}
        for key in sections:
            if not data[key]:
                del data[key]
        return data

    return writing


def _kind(hint: Any, manner: _Manner) -> Kind:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next(one for one in inner[1:] if isinstance(one, Kind))
    if hint in manner.plain:
        return manner.plain[hint]
    if isinstance(hint, type) and issubclass(hint, _Declared | Listing):
        return Kind(hint.from_data)
    if origin not in _AROUND:
        raise TypeError(f"nothing says how {hint} is read")
    return _AROUND[origin](_kind(inner[-1 if origin is Mapping else 0], manner), manner)


def _sequence(raw: Any, manner: _Manner) -> Sequence[Any]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise Refused(manner.malformed)
    return raw


def _one(kind: Kind) -> Callable[[Any], Any]:
    """How a value is read by itself."""
    return (lambda raw: raw if type(raw) is kind.as_is else kind.read(raw)) if kind.as_is else kind.read


def _many(one: Kind, manner: _Manner) -> Kind:
    read = _one(one)

    def reading(raw: Any) -> tuple[Any, ...]:
        values = _sequence(raw, manner)
        try:
            return tuple(map(read, values))
        except (Refused, ValueError):
            raise Refused(*_problems_in(enumerate(values), read, manner)) from None

    return Kind(reading, absent=())


def _by_name(one: Kind, manner: _Manner) -> Kind:
    read = _one(one)

    def reading(raw: Any) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            raise Refused(manner.malformed)
        try:
            return {name: read(value) for name, value in raw.items()}
        except (Refused, ValueError):
            raise Refused(*_problems_in(raw.items(), read, manner)) from None

    return Kind(reading)


def _or_none(one: Kind, manner: _Manner) -> Kind:
    read = _one(one)
    return Kind(lambda raw: None if raw is None else read(raw))


_AROUND = {tuple: _many, Mapping: _by_name, UnionType: _or_none}
#: Numbers by names that are nowhere declared.
NUMBERS = _by_name(_EDITED.plain[Decimal], _EDITED)


def _problems_of(cls: type[Any], data: Mapping[Any, Any]) -> list[Problem]:
    """What is wrong with the names and the values of a class's data."""
    way, manner = _way(cls), cls.manner
    strange = [] if manner.strict else [name for name in data if name not in way.kinds]
    problems = [Problem("unknown_setting", str(name)[:40]) for name in strange]
    for name, kind in way.kinds.items():
        if name not in data:
            problems += [manner.malformed.under(name)] if way.absent[name] is _NEEDED else []
        elif type(data[name]) is not kind.as_is:
            problems += _problems_in([(name, data[name])], kind.read, manner)
    return problems


def _problems_in(placed: Iterable[tuple[object, Any]], read: Callable[[Any], Any], manner: _Manner) -> list[Problem]:
    """What is wrong with each, under its place."""
    found = []
    for place, value in placed:
        try:
            read(value)
        except Refused as refused:
            found += [problem.under(str(place)) for problem in refused.problems]
        except ValueError:
            found.append(manner.no_figure.under(str(place)))
    return found
