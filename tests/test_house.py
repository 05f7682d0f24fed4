"""The house rules that a machine can check: who imports whom, how long, and what is named."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = "placedex"
SOURCE = ROOT / "src" / PACKAGE
FLOORS = (
    ("errors", "stats", "store"),
    ("places",),
    ("observations", "evidence"),
    ("index", "clusters", "ledger"),
    ("inclusion",),
    ("publish",),
    ("workspace",),
    ("api",),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# The one pair on a floor of which one knows the other: everything may say what went wrong.
NEIGHBOURS = {("store", "errors")}
LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 400, 40, 6
MADE = {
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "dist",
    "node_modules",
    ".placedex",
}
DEMO = ROOT / "west-midlands"
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base"}
OWN_FOLDER = "/" + "work" + "/"
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
    )
)
LOCKS = ("*.lock", "package-lock.json")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def code_files() -> list[Path]:
    folders = ("src", "tests", "tools", "benchmarks")
    return sorted(path for name in folders for path in (ROOT / name).rglob("*.py"))


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def room_of(path: Path) -> str | None:
    """The room that a file of the package stands in; none for the package's own two files."""
    parts = path.relative_to(SOURCE).parts
    room = parts[0].removesuffix(".py")
    return None if room.startswith("__") else room


def imported(tree: ast.AST) -> Iterator[str]:
    """What a module imports from the package, each as room or as the package itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "a relative import"
            elif node.module == PACKAGE:
                yield from (f"{PACKAGE}.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


def wrong_imports(room: str, source: str) -> list[str]:
    """A sentence for each import by which a room breaks the rule of floors."""
    wrong = []
    for name in imported(ast.parse(source)):
        if name == "a relative import":
            wrong.append(f"{room} must not use relative imports")
            continue
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if package != PACKAGE or other == room or (room, other) in NEIGHBOURS:
            continue
        if not other:
            # The version of the package is in the package itself; only the top floor shows it.
            if FLOOR[room] < FLOOR["api"]:
                wrong.append(f"{room} must not import {PACKAGE} itself")
        elif other not in FLOOR:
            wrong.append(f"{room} must not import {name}: it is no room")
        elif FLOOR[other] >= FLOOR[room]:
            wrong.append(f"{room} must not import {other}")
    return wrong


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parameters(function: Function) -> int:
    """How many parameters a caller may give: without self and cls."""
    given = function.args
    listed = [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(listed[1:] if listed[:1] in (["self"], ["cls"]) else listed)


def public_without_docstring(tree: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None:
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{name}" for name in public_without_docstring(node))


def files_in_git() -> list[Path]:
    """Every file that git holds or would take; without git, all but what a machine makes."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return [
            path
            for path in ROOT.rglob("*")
            if path.is_file()
            and DEMO not in path.parents
            and not MADE.intersection(path.relative_to(ROOT).parts)
        ]
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: names([path])[0])
def test_a_room_imports_only_from_floors_below(path: Path) -> None:
    room = room_of(path)
    if room is None:
        return

    assert room in FLOOR, f"{room} is no room; give it a floor here or another name"
    assert wrong_imports(room, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("room", "source", "words"),
    [
        ("index", "from placedex.publish import Edition", "index must not import publish"),
        ("clusters", "import placedex.index.build", "clusters must not import index"),
        ("index", "from placedex import workspace", "index must not import workspace"),
        ("store", "from placedex.places import Place", "store must not import places"),
        ("stats", "from placedex.errors import BadUsage", "stats must not import errors"),
        ("errors", "from placedex.store import Builds", "errors must not import store"),
        ("api", "from placedex.cli import main", "api must not import cli"),
        ("places", "from .register import Register", "places must not use relative imports"),
        ("index", "import placedex", "index must not import placedex itself"),
        (
            "places",
            "from placedex import open_workspace",
            "places must not import placedex.open_workspace: it is no room",
        ),
        (
            "places",
            "if TYPE_CHECKING:\n    from placedex.observations import Panel",
            "places must not import observations",
        ),
        (
            "stats",
            "def late():\n    from placedex.index import build",
            "stats must not import index",
        ),
    ],
)
def test_the_check_of_floors_finds_an_offender(room: str, source: str, words: str) -> None:
    assert wrong_imports(room, source) == [words]


def test_the_check_of_floors_lets_a_good_room_pass() -> None:
    source = "import numpy\nfrom placedex.errors import BadSpec\nfrom placedex.places import Place"

    assert wrong_imports("index", source) == []
    assert wrong_imports("store", "from placedex.errors import BadWorkspace") == []
    assert wrong_imports("cli", "import placedex\nfrom placedex.api import make_server") == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in (*code_files(), *(path for path in files_in_git() if path.suffix == ".md"))
    }

    assert names([path for path, length in lengths.items() if length > LONGEST_FILE]) == []


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {function.name} has {length} lines"
        for path in code_files()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_function_has_more_than_six_parameters() -> None:
    many = [
        f"{path.relative_to(ROOT)}: {function.name} has {parameters(function)} parameters"
        for path in code_files()
        for function in functions(path)
        if parameters(function) > MOST_PARAMETERS
    ]

    assert many == []


def test_the_front_of_a_room_lists_its_public_names_and_does_nothing_else() -> None:
    busy = []
    for path in sorted(SOURCE.rglob("__init__.py")):
        if path.parent == SOURCE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if ast.get_docstring(tree) is None:
            busy.append(f"{path.relative_to(ROOT)} has no docstring")
        busy += [
            f"{path.relative_to(ROOT)}, line {node.lineno}"
            for node in tree.body[1:]
            if not isinstance(node, ast.Import | ast.ImportFrom) and not _lists_names(node)
        ]

    assert busy == []


def _lists_names(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign):
        return False
    return [ast.unparse(target) for target in node.targets] == ["__all__"]


def test_no_module_bears_a_name_that_says_nothing() -> None:
    found = [path for path in code_files() if path.stem in NAMELESS or path.parent.name in NAMELESS]

    assert names(found) == []


def test_no_file_names_this_machine_or_a_registry() -> None:
    found = []
    for path in files_in_git():
        content = path.read_bytes()
        found += [
            f"{path.relative_to(ROOT)} names {words}"
            for words in (OWN_FOLDER, *REGISTRIES)
            if words.encode() in content
        ]

    assert found == []


def test_no_lock_holds_an_address() -> None:
    locks = [path for path in files_in_git() if any(path.match(form) for form in LOCKS)]
    found = [path for path in locks if re.search(r"https?:", path.read_text(encoding="utf-8"))]

    assert locks
    assert names(found) == []


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = []
    for path in (*SOURCE.rglob("*.py"), *(ROOT / "tools").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent += [f"{path.relative_to(ROOT)}: {name}" for name in public_without_docstring(tree)]

    assert silent == []
