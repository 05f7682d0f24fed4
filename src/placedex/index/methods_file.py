"""Methods read from YAML: a name alone, or a name with its parameters."""

import difflib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from placedex.errors import BadSpec

Registry = Mapping[str, type]
# What a method says of itself is no parameter.
SAID = frozenset({"words", "wants", "verb", "looks", "_"})


def read_method(given: Any, registry: Registry, *, step: str, path: Path) -> Any:
    """The method that an entry means: `entropy`, or `{power: {exponent: 2}}`.

    Errors: BadSpec for a name that is not known, with the nearest one, or a wrong parameter.
    """
    name: Any
    parameters: Mapping[str, Any] | None
    if isinstance(given, str):
        name, parameters = given, {}
    elif isinstance(given, Mapping) and len(given) == 1:
        name, parameters = next(iter(given.items()))
    else:
        raise BadSpec(
            f"{path}, step {step}: {given!r} is no method. Wanted a name, or a name with its "
            "parameters ({power: {exponent: 2}})."
        )
    if name not in registry:
        near = difflib.get_close_matches(str(name), registry, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise BadSpec(
            f"{path}, step {step}: the method '{name}' is not known. Wanted one of "
            f"{', '.join(registry)}.{hint}"
        )
    return make_method(registry[name], parameters or {}, registry=registry, where=(step, path))


def make_method(
    method: type, parameters: Mapping[str, Any], *, registry: Registry, where: tuple[str, Path]
) -> Any:
    """A method object with its parameters, each turned into the type that its field wants."""
    step, path = where
    known = parameters_of(method)
    unknown = [name for name in parameters if name not in known]
    if unknown:
        near = difflib.get_close_matches(unknown[0], known, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise BadSpec(
            f"{path}, step {step}: the parameter '{unknown[0]}' is not known. Wanted one of "
            f"{', '.join(known) or 'none'}.{hint}"
        )
    hints = get_type_hints(method)
    try:
        made = {
            name: _value(value, hints[name], registry=registry, where=where)
            for name, value in parameters.items()
        }
        return method(**made)
    except (TypeError, ValueError) as error:
        if isinstance(error, BadSpec):
            raise
        raise BadSpec(f"{path}, step {step}, {method.__name__}: {error}.") from None


def parameters_of(method: type) -> tuple[str, ...]:
    """The names of the parameters that a method takes."""
    if not is_dataclass(method):
        return ()
    return tuple(field.name for field in fields(method) if field.init and field.name not in SAID)


def _value(  # noqa: PLR0911
    given: Any, hint: Any, *, registry: Registry, where: tuple[str, Path]
) -> Any:
    """A value as a field wants it: lists as tuples, names as choices, mappings as objects."""
    choices = (hint, *get_args(hint))
    for choice in choices:
        if isinstance(choice, type) and issubclass(choice, Enum) and isinstance(given, str):
            return _choice(given, choice, where=where)
        if isinstance(choice, type) and is_dataclass(choice) and isinstance(given, Mapping):
            return make_method(choice, given, registry=registry, where=where)
    if given is None or isinstance(given, bool | int | float):
        return _number(given, choices, where=where)
    if isinstance(given, list | tuple):
        return tuple(_value(one, hint, registry=registry, where=where) for one in given)
    protocol = any(getattr(choice, "_is_protocol", False) for choice in choices)
    if protocol:
        return read_method(given, registry, step=where[0], path=where[1])
    if isinstance(given, Mapping):
        inner = get_args(hint)[-1] if get_args(hint) else Any
        return {
            str(key): _value(one, inner, registry=registry, where=where)
            for key, one in given.items()
        }
    return given


def _number(given: Any, choices: tuple[Any, ...], *, where: tuple[str, Path]) -> Any:
    """A number or a truth value; a truth value is no number."""
    wants_number = any(choice in {int, float} for choice in choices)
    if isinstance(given, bool) and bool not in choices and wants_number:
        raise BadSpec(f"{where[1]}, step {where[0]}: '{given}' is no number. Wanted one.")
    if isinstance(given, int) and not isinstance(given, bool) and int not in choices:
        return float(given) if float in choices else given
    return given


def _choice(given: str, choice: type[Enum], *, where: tuple[str, Path]) -> Enum:
    names = {str(one.value): one for one in choice}
    if given not in names:
        raise BadSpec(
            f"{where[1]}, step {where[0]}: '{given}' is not known. Wanted one of "
            f"{', '.join(names)}."
        )
    return names[given]
