"""Settings in TOML and YAML, checked against a model: an error names file, line and key."""

import difflib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from placedex.errors import BadWorkspace, PlacedexError

Location = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path, *, error: type[PlacedexError] = BadWorkspace) -> Any:
    """What a YAML file holds, with the line of each key kept by the reader."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise error(f"{path} is missing. Wanted a YAML file there.") from None
    except UnicodeDecodeError:
        raise error(f"{path} is not UTF-8. Wanted a YAML file in UTF-8: save it so.") from None
    try:
        return YAML(typ="rt").load(text)
    except (YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        why = getattr(problem, "problem", None) or str(problem).splitlines()[0]
        raise error(f"{path}{line}: {why}. Wanted YAML: mend that line.") from None


def read_settings(
    path: Path, model: type[Model], *, error: type[PlacedexError] = BadWorkspace
) -> Model:
    """A TOML or YAML file as a model; every fault at once, each with line and key."""
    if path.suffix == ".toml":
        return parse_settings(_read_toml(path, error), model, path=path, error=error)
    try:
        return model.model_validate(read_plain_yaml(path))
    except (ValidationError, YAMLError, ValueError, OSError):
        # Read again by the reader that keeps the lines, for the message.
        return parse_settings(read_yaml(path, error=error), model, path=path, error=error)


def read_plain_yaml(path: Path) -> Any:
    """What a YAML file holds, without the lines of its keys: it takes less than half as long.

    Errors: YAMLError, ValueError or OSError, as the reader gives them.
    """
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))


def parse_settings(
    content: Any, model: type[Model], *, path: Path, error: type[PlacedexError] = BadWorkspace
) -> Model:
    """What a reader gave, as a model; every fault at once, each with line and key."""
    try:
        return model.model_validate(content)
    except ValidationError as problem:
        lines = [
            _describe(detail, content=content, model=model, path=path)
            for detail in problem.errors()
        ]
        raise error("\n".join(lines)) from None


def _read_toml(path: Path, error: type[PlacedexError]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise error(
            f"{path} is missing. Wanted the settings of a workspace. Make one: placedex init DIR."
        ) from None
    except UnicodeDecodeError:
        raise error(f"{path} is not UTF-8. Wanted a TOML file in UTF-8: save it so.") from None
    except tomllib.TOMLDecodeError as problem:
        raise error(f"{path}: {problem}. Wanted TOML: mend that line.") from None


def _describe(detail: ErrorDetails, *, content: Any, model: type[BaseModel], path: Path) -> str:
    location = tuple(part for part in detail["loc"] if not str(part).startswith("function-"))
    line = _line(content, location, path=path)
    where = f"{path}, line {line}" if line else f"{path}"
    key = ".".join(str(part) for part in location)
    if detail["type"] == "extra_forbidden":
        known = _keys(model, location[:-1])
        near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
        hint = f"Did you mean '{near[0]}'?" if near else f"Wanted one of {', '.join(known)}."
        return f"{where}: the key '{key}' is not known. {hint if known else 'Wanted none.'}"
    if detail["type"] == "missing":
        return f"{where}: the key '{key}' is missing. Put it in."
    wanted = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if detail["type"] == "too_short":
        least = detail["ctx"]["min_length"]
        wanted = f"at least {least} {'entry' if least == 1 else 'entries'} there"
    if detail["type"] in {"model_type", "list_type", "tuple_type", "dict_type"}:
        wanted = "a list" if detail["type"] in {"list_type", "tuple_type"} else "keys with values"
        if detail["type"] == "model_type":
            wanted += f", of {', '.join(_keys(model, location))}"
        what = f"'{key}'" if key else "the file"
        return f"{where}: {what} is {_short(detail['input'])}. Wanted {wanted}."
    return f"{where}: '{key}' is {_short(detail['input'])}. Wanted {wanted}."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _keys(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """The keys that are known at a location; numbers and keys of a table lead no further."""
    models = tuple(_with_keys(model))
    for part in location:
        fields = [
            field
            for one in models
            for name, field in one.model_fields.items()
            if part == (field.alias or name)
        ]
        if fields:
            models = tuple(inner for field in fields for inner in _models_in(field.annotation))
    names = (field.alias or name for one in models for name, field in one.model_fields.items())
    return tuple(dict.fromkeys(names))


def _with_keys(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model, or those inside it if it only wraps a list or a table of others."""
    if issubclass(model, RootModel):
        yield from _models_in(model.model_fields["root"].annotation)
    else:
        yield model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _line(content: Any, location: Location, *, path: Path) -> int | None:
    if path.suffix == ".toml":
        return _toml_line(location, path=path)
    line: int | None = None
    for part in location:
        marks = getattr(content, "lc", None)
        if marks is None:
            break
        try:
            mark = marks.key(part) if isinstance(content, dict) else marks.item(part)
            line = mark[0] + 1
            content = content[part]
        except (KeyError, IndexError, TypeError):
            break
    return line


def _toml_line(location: Location, *, path: Path) -> int | None:
    """The line on which the last key of a location is written, found in the text itself."""
    names = [str(part) for part in location if isinstance(part, str)]
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for name in reversed(names):
        pattern = re.compile(rf"^\s*(\[+.*\b)?\"?{re.escape(name)}\"?\s*(=|\]|\.)")
        for number, line in enumerate(lines, start=1):
            if pattern.match(line):
                return number
    return None
