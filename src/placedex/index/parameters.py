"""Parameters: what a file gives a method, turned into what the method wants, or refused."""

import difflib
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from placedex.errors import BadSpec

# What a method says of itself is no parameter.
SAID = frozenset({"words", "wants", "verb", "looks", "_"})
# The mark of a field that the step fills in by itself; a file cannot.
FOUND_BY_STEP: Mapping[str, bool] = types.MappingProxyType({"found_by_step": True})

Named = Callable[[Any, type], Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a spec something stands, and how a method that is named there is read."""

    path: Path
    step: str
    named: Named
    inside: str = ""

    @property
    def words(self) -> str:
        """The file, the step, and what it is within the step."""
        return f"{self.path}, step {self.step}{self.inside}"

    def within(self, name: str) -> "Place":
        """The place of something inside what stands here."""
        return Place(self.path, self.step, self.named, f"{self.inside}, '{name}'")


def parameters_of(method: type) -> tuple[str, ...]:
    """The names of the parameters that a file may give a method."""
    if not is_dataclass(method):
        return ()
    return tuple(
        field.name
        for field in fields(method)
        if field.init and field.name not in SAID and "found_by_step" not in field.metadata
    )


def make_method(method: type, parameters: Any, *, at: Place) -> Any:
    """A method object with its parameters, each turned into what its field wants.

    Errors: BadSpec for parameters that are no table, one that is not known or of the wrong kind,
            and for one that is lacking.
    """
    known = parameters_of(method)
    listed = ", ".join(known) or "none"
    if not isinstance(parameters, Mapping):
        raise BadSpec(
            f"{at.words}: {_shown(parameters)} stands for its parameters. Wanted them by name, of "
            f"{listed}."
        )
    unknown = [str(name) for name in parameters if name not in known]
    if unknown:
        near = difflib.get_close_matches(unknown[0], known, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise BadSpec(
            f"{at.words}: the parameter '{unknown[0]}' is not known. Wanted one of {listed}.{hint}"
        )
    lacking = [name for name in _needed(method) if name not in parameters]
    if lacking:
        raise BadSpec(
            f"{at.words}: it lacks {', '.join(lacking)}. Wanted its parameters by name, of "
            f"{listed}. Add what is lacking."
        )
    hints = get_type_hints(method)
    made = {
        str(name): make_value(value, hints[name], at=at.within(str(name)))
        for name, value in parameters.items()
    }
    try:
        return method(**made)
    except (TypeError, ValueError) as error:
        if isinstance(error, BadSpec):
            raise
        raise BadSpec(f"{at.words}: {error}. Wanted other parameters. Mend them.") from None


def _needed(method: type) -> list[str]:
    """The parameters without which a method cannot be made."""
    if not is_dataclass(method):
        return []
    known = parameters_of(method)
    return [
        field.name
        for field in fields(method)
        if field.name in known and field.default is MISSING and field.default_factory is MISSING
    ]


def make_value(given: Any, hint: Any, *, at: Place) -> Any:
    """A value of a file as the kind that a field wants.

    Errors: BadSpec naming the parameter, what was met and which kind was wanted.
    """
    kinds = _kinds(hint)
    if Any in kinds or (given is None and type(None) in kinds):
        return given
    for kind in kinds:
        sort = _sort(kind)
        if sort is not None and sort.fits(given):
            return sort.make(given, kind, at)
    wanted = " or ".join(dict.fromkeys(map(_kind_words, kinds)))
    raise BadSpec(f"{at.words}: it is {_shown(given)}. Wanted {wanted}.")


def _kinds(hint: Any) -> tuple[Any, ...]:
    """The kinds that a hint allows."""
    if get_origin(hint) in {Union, types.UnionType}:
        return tuple(kind for one in get_args(hint) for kind in _kinds(one))
    return (hint,)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of kinds: which it covers, what fits them, how it is made, and what it is called."""

    covers: Callable[[Any], bool]
    fits: Callable[[Any], bool]
    make: Callable[[Any, Any, Place], Any]
    words: Callable[[Any], str]


def _sort(kind: Any) -> Sort | None:
    """The sort of a kind; none for what no file can give."""
    return next((sort for sort in SORTS if sort.covers(kind)), None)


def _kind_words(kind: Any) -> str:
    """A kind, in words of a spec."""
    if kind is type(None):
        return "null"
    sort = _sort(kind)
    return "what only Python can give" if sort is None else sort.words(kind)


def _plain(kind: type, also: tuple[type, ...], words: str) -> Sort:
    """The sort of a plain kind; a truth value is no number."""

    def fits(given: Any) -> bool:
        return isinstance(given, (kind, *also)) and (kind is bool) == isinstance(given, bool)

    return Sort(
        lambda other: other is kind, fits, lambda given, _kind, _at: kind(given), lambda _: words
    )


def _is_list(given: Any) -> bool:
    return isinstance(given, list | tuple)


def _is_table(given: Any) -> bool:
    return isinstance(given, Mapping)


def _is_word_or_whole(given: Any) -> bool:
    return isinstance(given, str | int) and not isinstance(given, bool)


def _covers_tables(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_object(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind) and bool(parameters_of(kind))


def _sequence(given: Any, kind: Any, at: Place) -> tuple[Any, ...]:
    """A list as a tuple, as long as its kind says."""
    inner = get_args(kind)
    if _is_of_any_length(kind):
        inner = (inner[0],) * len(given)
    if len(given) != len(inner):
        raise BadSpec(f"{at.words}: it is {_shown(given)}. Wanted {_sequence_words(kind)}.")
    return tuple(
        make_value(one, hint, at=at.within(str(number)))
        for number, (one, hint) in enumerate(zip(given, inner, strict=True), 1)
    )


def _is_of_any_length(kind: Any) -> bool:
    return get_origin(kind) is not tuple or get_args(kind)[-1] is Ellipsis


def _sequence_words(kind: Any) -> str:
    inner = get_args(kind)
    count = "" if _is_of_any_length(kind) else f" of {len(inner)}"
    return f"a list{count}, each {_kind_words(inner[0])}"


def _mapping(given: Any, kind: Any, at: Place) -> dict[str, Any]:
    inner = get_args(kind)[-1]
    return {str(key): make_value(one, inner, at=at.within(str(key))) for key, one in given.items()}


def _mapping_words(kind: Any) -> str:
    return f"a table from names to values, each {_kind_words(get_args(kind)[-1])}"


def _choice(given: Any, kind: type[Enum], at: Place) -> Enum:
    names = {str(one.value): one for one in kind}
    if str(given) not in names:
        raise BadSpec(f"{at.words}: '{given}' is not known. Wanted one of {', '.join(names)}.")
    return names[str(given)]


def _choice_words(kind: type[Enum]) -> str:
    return "one of " + ", ".join(str(one.value) for one in kind)


SORTS = (
    _plain(bool, (), "true or false"),
    _plain(int, (), "a whole number"),
    _plain(float, (int,), "a number"),
    _plain(str, (), "a text"),
    Sort(
        lambda kind: get_origin(kind) in {tuple, list, Sequence},
        _is_list,
        _sequence,
        _sequence_words,
    ),
    Sort(_covers_tables, _is_table, _mapping, _mapping_words),
    Sort(
        lambda kind: isinstance(kind, type) and issubclass(kind, Enum),
        _is_word_or_whole,
        _choice,
        _choice_words,
    ),
    Sort(
        lambda kind: getattr(kind, "_is_protocol", False),
        lambda given: given is not None,
        lambda given, kind, at: at.named(given, kind),
        lambda _: "a method",
    ),
    Sort(
        _is_object,
        _is_table,
        lambda given, kind, at: make_method(kind, given, at=at),
        lambda kind: f"a table of {', '.join(parameters_of(kind))}",
    ),
)


def _shown(given: Any) -> str:
    """What was met, short enough to read."""
    if given is None:
        return "null"
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, Mapping):
        return f"a table of {', '.join(map(str, given)) or 'nothing'}"
    if isinstance(given, list | tuple):
        return f"a list of {len(given)}"
    return f"'{given}'"
