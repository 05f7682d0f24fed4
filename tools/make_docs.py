"""Make the pages of docs/reference that list things from the code.

Run it from the project's folder: python -m tools.make_docs [--check]

With --check nothing is written; the exit code is 1 if a page is stale.
"""

import inspect
import io
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any

from pydantic import BaseModel
from rich.console import Console

from placedex import errors
from placedex.cli.main import app
from placedex.index import steps_file
from placedex.index.aggregate import AGGREGATIONS
from placedex.index.impute import IMPUTATIONS
from placedex.index.normalise import NORMALISATIONS
from placedex.index.parameters import parameters_of
from placedex.index.treat import TREATMENTS
from placedex.index.weight import WEIGHTINGS
from placedex.ledger import entries
from placedex.ledger.read import FORMS
from placedex.ledger.support import NEEDS, SIZES
from placedex.observations import HIGHER, LOWER, Indicator, bundled_catalogue

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
ROOMS = (
    "errors",
    "stats",
    "store",
    "places",
    "observations",
    "evidence",
    "index",
    "ledger",
    "publish",
    "workspace",
    "api",
    "cli",
)
VERBS = tuple(sorted(name for name in app if not name.startswith("-")))
MADE = "<!-- Made by `python -m tools.make_docs` from the code. Change the code, not this page. -->"
BETTER = {HIGHER: "higher is better", LOWER: "lower is better"}


def pages() -> dict[str, str]:
    """The text of every page by the name of its file."""
    made = {
        "commands.md": _commands(),
        **{f"commands/{verb}.md": _command(verb) for verb in VERBS},
        "errors.md": _errors(),
        "indicators.md": _indicators(),
        "ledger.md": _ledger(),
        "python.md": _python(),
        **{f"python/{room}.md": _room(room) for room in ROOMS},
        "steps.md": _steps(),
    }
    return {name: f"{MADE}\n\n{text.rstrip()}\n" for name, text in made.items()}


def stale(folder: Path = REFERENCE) -> tuple[str, ...]:
    """The names of the pages that are not as the code has them now."""
    return tuple(
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    )


def main(words: list[str]) -> int:
    """Write the pages, or with --check say which are stale; gives the exit code."""
    if words not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    old = stale()
    for name in old:
        if words:
            print(f"docs/reference/{name} is stale. Make it anew: python -m tools.make_docs")
        else:
            (REFERENCE / name).parent.mkdir(parents=True, exist_ok=True)
            (REFERENCE / name).write_text(pages()[name], encoding="utf-8")
            print(f"docs/reference/{name} is made anew")
    return 1 if words and old else 0


def _commands() -> str:
    parts = [
        "# Commands",
        "Every command takes `--help`. The exit code is 0 if all is well, 1 if the data or the "
        "workspace is at fault, and 2 if the command line is. Results go to standard output, "
        "errors to standard error.",
        "\n".join(f"* [`placedex {verb}`](commands/{verb}.md)" for verb in VERBS),
        _help(),
    ]
    return "\n\n".join(parts)


def _command(verb: str) -> str:
    """The page of a command, and of the commands below it."""
    parts = [f"# placedex {verb}", "[All commands](../commands.md)", _help(verb)]
    below = app[verb]
    for name in sorted(one for one in below if not one.startswith("-")):
        parts += [f"## {verb} {name}", _help(verb, name)]
    return "\n\n".join(parts)


def _help(*words: str) -> str:
    text = io.StringIO()
    app.help_print(list(words), console=Console(file=text, width=96, color_system=None))
    lines = (line.rstrip() for line in text.getvalue().strip().splitlines())
    return "\n".join(["```text", *lines, "```"])


def _errors() -> str:
    lines = [
        "# Errors",
        "",
        "Every error that placedex raises is a `PlacedexError`. Each also inherits the Python "
        "error that it resembles, so that `except ValueError` still works. The message says what "
        "was met, what was wanted and what to do. On the command line `BadUsage` and what "
        "inherits it give the exit code 2, every other one 1.",
        "",
    ]
    for depth, error in _tree(errors.PlacedexError):
        also = ", ".join(f"`{one.__name__}`" for one in error.__bases__[1:])
        beside = f" (also {also})" if also else ""
        lines.append(f"{'  ' * depth}- `{error.__name__}`{beside}: {_first_line(error)}")
    return "\n".join(lines)


def _tree(error: type[Exception], *, depth: int = 0) -> Iterator[tuple[int, type[Exception]]]:
    yield depth, error
    known = [one for one in error.__subclasses__() if one.__module__ == errors.__name__]
    known = [one for one in known if one.__bases__[0] is error]
    for below in sorted(known, key=lambda one: one.__name__):
        yield from _tree(below, depth=depth + 1)


def _indicators() -> str:
    catalogue = bundled_catalogue()
    parts = [
        "# Indicators",
        f"The {len(catalogue)} indicators of the bundled catalogue. A workspace adds its own in "
        "`indicators.yaml`: see [Add an indicator](../how-to/add-an-indicator.md).",
    ]
    listed = (
        f'* <a id="{one.code}"></a>`{one.code}` {_indicator(one)}' for one in catalogue.values()
    )
    return "\n\n".join([*parts, "\n".join(listed)])


def _indicator(one: Indicator) -> str:
    measure = one.measure
    parts = (
        ("", measure.counted),
        ("of ", measure.of),
        ("", measure.where),
        ("", measure.how),
        ("", measure.price_words),
    )
    where = "; ".join(f"{word}{part}" for word, part in parts if part)
    better = BETTER.get(one.better, "neither way is better")
    text = f"**{one.name}**, {one.unit}; {better}. Measure: {where}."
    if one.ratio is not None:
        times = "" if one.ratio.times == 1 else f", times {one.ratio.times:g}"
        text += (
            f" Reckoned as [{one.ratio.numerator}](#{one.ratio.numerator}) over "
            f"[{one.ratio.denominator}](#{one.ratio.denominator}){times}."
        )
    if one.faults:
        text += f" Faults: {' '.join(one.faults)}"
    return text


def _ledger() -> str:
    parts = [
        "# Files of a ledger",
        "The files that may stand in the folder `ledger` of a workspace, and the keys of their "
        "entries. A file lists entries of the kind for which it is named; `programmes-skills.yaml` "
        "lists programmes too. See [Keep a ledger](../how-to/keep-a-ledger.md).",
        "Keys that need no citation, since they are names for an entry and how it is sorted: "
        f"{', '.join(f'`{name}`' for name in sorted(entries.OURS))}. Every other key that is given "
        "states a fact, and rests on what stands under `cites`.",
    ]
    for name, form in FORMS.items():
        [model] = form.model_fields["root"].annotation.__args__[:1]  # type: ignore[union-attr]
        parts += [f"## {name}.yaml", _first_line(model), _keys(model)]
    listed = (
        ("money", entries.MoneyEntry),
        ("outputs", entries.OutputEntry),
        ("measure", entries.MeasureEntry),
        ("baseline", entries.PointEntry),
    )
    for key, model in listed:
        parts += [f"## Keys under `{key}`", _first_line(model), _keys(model)]
    return "\n\n".join(parts)


def _keys(model: type[BaseModel]) -> str:
    """A row for each key of an entry: what it takes, and whether it must be there."""
    lines = ["| Key | Values | If it is not given |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        values = KEYS.get(name) or _values(field.annotation)
        empty = field.default in ("", None, (), False) or not field.default
        default = "nothing" if empty else f"`{_plain(field.default)}`"
        missing = "it must be given" if field.is_required() else default
        lines.append(f"| `{name}` | {values} | {missing} |")
    return "\n".join(lines)


# What the keys of a ledger take, where their type alone does not say it.
PERIODS = "a year, a month, a day, or years from a month: `2023-04/P1Y`"
KEYS = {
    "cites": "a list of citations, or a table from a key to its list",
    "amount": "a number",
    "money": "a list of tables: see below",
    "outputs": "a list of tables: see below",
    "measure": "a table: see below; of an output, a text",
    "baseline": "a table: see below",
    "starts": PERIODS,
    "ends": PERIODS,
    "opens": PERIODS,
    "closes": PERIODS,
    "by": f"of a target {PERIODS}; of an offer the code of an organisation",
    "when": PERIODS,
    "period": PERIODS,
    "year": PERIODS,
    "day": "a day",
    "place": "the code of a place",
    "places": "a list of codes of places",
    "needs": f"a list, of {', '.join(f'`{one}`' for one in NEEDS)}",
    "sizes": f"a list, of {', '.join(f'`{one}`' for one in SIZES)}",
}

METHODS: Mapping[str, Mapping[str, type]] = {
    "impute": IMPUTATIONS,
    "treat": TREATMENTS,
    "normalise": NORMALISATIONS,
    "weight": WEIGHTINGS,
    "aggregate": AGGREGATIONS,
}


def _steps() -> str:
    parts = [
        "# Steps",
        "The verbs that may stand under `steps` and under `replace` in a spec. A verb stands alone "
        "(`- rank`), with its method (`- weight: equal`) or with its parameters "
        "(`- screen: {places: 0.6}`). `scale`, `normalise`, `aggregate` and `rank` must be there "
        "once, in this order, `rank` last. What each does in formulas is on the page "
        "[Method](../method.md).",
    ]
    for verb, model in steps_file._VERBS.items():
        parts += [f"## {verb}", *_kinds_of_step(verb), _parameters(model)]
        if verb in METHODS:
            parts += ["Methods, each by its name alone or with its parameters:", _methods(verb)]
    return "\n\n".join(parts)


def _methods(verb: str) -> str:
    """A row for each method of a verb: its name in a spec, its parameters, and what it does."""
    lines = ["| Method | Parameters | What it does |", "|---|---|---|"]
    for name, method in METHODS[verb].items():
        parameters = ", ".join(f"`{one}`" for one in parameters_of(method)) or "none"
        said = " ".join((inspect.getdoc(method) or "").split("\n\n")[0].split())
        lines.append(f"| `{name}` | {parameters} | {said.replace('|', '/')} |")
    return "\n".join(lines)


def _kinds_of_step(verb: str) -> Iterator[str]:
    """What each step class of a verb says of itself."""
    module = import_module(f"placedex.index.{verb}")
    for name, member in vars(module).items():
        if inspect.isclass(member) and member.__module__ == module.__name__ and _verb(member):
            yield f"`{name}`: {' '.join((inspect.getdoc(member) or '').split())}"


def _verb(step: type) -> str:
    fields: Mapping[str, Any] = getattr(step, "__dataclass_fields__", {})
    return str(fields["verb"].default) if "verb" in fields else ""


def _parameters(model: type[BaseModel]) -> str:
    if not model.model_fields:
        return "It takes no parameter."
    lines = ["| Parameter | Values | If it is not given |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        default = "it must be given" if field.is_required() else f"`{_plain(field.default)}`"
        lines.append(f"| `{name}` | {_values(field.annotation)} | {default} |")
    return "\n".join(lines)


def _plain(value: object) -> str:
    """A default as a spec would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return f"[{', '.join(_plain(one) for one in value)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _values(annotation: Any) -> str:  # noqa: PLR0911
    """The values that a parameter takes, in words."""
    plain = {float: "a number", int: "a whole number", bool: "true or false", str: "a text"}
    if annotation is Any:
        return "a method, or a table of them"
    if annotation is NoneType:
        return "nothing"
    if annotation in plain:
        return plain[annotation]
    if hasattr(annotation, "__metadata__"):
        return _values(annotation.__origin__)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"a table of {', '.join(f'`{name}`' for name in annotation.model_fields)}"
    inner: tuple[Any, ...] = getattr(annotation, "__args__", ())
    origin = getattr(annotation, "__origin__", None)
    if origin is tuple and Ellipsis not in inner:
        return "two numbers"
    if origin is tuple:
        return "a list of texts" if str in inner else "a list of numbers"
    if origin is dict:
        return f"a table from a text to {_values(inner[-1])}"
    if inner and all(isinstance(one, type) or hasattr(one, "__metadata__") for one in inner):
        return " or ".join(_values(one) for one in inner)
    return " or ".join(f"`{one}`" for one in inner)


def _python() -> str:
    parts = [
        "# Python names",
        "The public names of each room. Import them from the room: "
        "`from placedex.places import Register`. The names that most people need are in "
        f"`placedex` itself: {', '.join(f'`{name}`' for name in _top_names())}.",
    ]
    modules = {room: import_module(f"placedex.{room}") for room in ROOMS}
    rooms = (f"* [{room}](python/{room}.md): {_first_line(one)}" for room, one in modules.items())
    return "\n\n".join([*parts, "\n".join(rooms)])


def _room(room: str) -> str:
    """The page of a room's public names."""
    module = import_module(f"placedex.{room}")
    listed = "\n".join(f"- `{name}`: {_about(module, name)}" for name in _public(module))
    return "\n\n".join([f"# {room}", _first_line(module), "[All rooms](../python.md)", listed])


def _top_names() -> tuple[str, ...]:
    listed: list[str] = import_module("placedex").__all__
    return tuple(sorted(name for name in listed if not name.startswith("_")))


def _public(module: ModuleType) -> tuple[str, ...]:
    listed = getattr(module, "__all__", None)
    if listed is None:
        own = (name for name, one in vars(module).items() if inspect.isclass(one))
        listed = [name for name in own if getattr(module, name).__module__ == module.__name__]
    return tuple(sorted(listed))


def _about(module: ModuleType, name: str) -> str:
    member = getattr(module, name)
    if getattr(member, "__origin__", None) is not None:
        key, value = (one.__name__ for one in member.__args__)
        return f"stands for `dict[{key}, {value}]`"
    if callable(member):
        return _first_line(member)
    if isinstance(member, int | str):
        return f"the constant `{member!r}`"
    return f"a constant {type(member).__name__} of {len(member)}"


def _first_line(member: object) -> str:
    return (inspect.getdoc(member) or "").splitlines()[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
