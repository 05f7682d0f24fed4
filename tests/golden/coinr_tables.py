"""COINr's tables, and its calls read as they stand."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from placedex.index import Hierarchy
from tests.golden.case import FloatArray, Rows, number, read_rows
from tests.golden.composites import hierarchy_of

INFINITE = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of numbers with keys of rows and names of columns."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    values: FloatArray

    def of(self, *names: str) -> FloatArray:
        """Some columns, (rows, columns)."""
        return self.values[:, [self.names.index(name) for name in names]]

    def select(self, names: tuple[str, ...]) -> "Table":
        """The table with some columns only."""
        return Table(self.keys, names, self.of(*names))

    def with_values(self, values: FloatArray) -> "Table":
        """Other numbers in the same rows and columns."""
        return Table(self.keys, self.names, values)


@dataclass(frozen=True)
class Folder:
    """The folder of COINr's tables."""

    path: Path

    def rows(self, name: str) -> Rows:
        """The rows of a table, every cell as text."""
        return read_rows(self.path / (name if name.endswith(".csv") else f"{name}.csv"))

    def table(self, name: str) -> Table:
        """A table of numbers, its rows named by what is no number and by time."""
        return as_table(self.rows(name))

    def json(self, name: str) -> Any:
        """What a JSON file holds."""
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    @cached_property
    def manifest(self) -> tuple["Row", ...]:
        """What the folder says of its tables."""
        content = json.loads((self.path / "manifest.json").read_text(encoding="utf-8"))
        fields = ("file", "call", "input", "detail")
        return tuple(Row(*(str(one.get(name, "")) for name in fields)) for one in content)

    def source(self, ending: str) -> str:
        """The name of the table of a package that COINr starts from: its iData, iMeta, iData_p."""
        called = (row.stem for row in self.manifest if row.call.endswith(ending))
        named = (path.stem for path in sorted(self.path.glob(f"*{ending}.csv")))
        found = next(chain(called, named), None)
        if found is None:
            raise FileNotFoundError(f"the folder has no table {ending}")
        return found

    @cached_property
    def data(self) -> Rows:
        """The figures of places, their groups and denominators."""
        return self.rows(self.source("_iData"))

    @cached_property
    def about(self) -> Rows:
        """The table of indicators and aggregates."""
        return self.rows(self.source("_iMeta"))

    @property
    def root(self) -> str:
        """The node of the index itself."""
        return self.hierarchy.root.code

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The nodes of the index."""
        return hierarchy_of(self.about)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The indicators."""
        return tuple(leaf.code for leaf in self.hierarchy.leaves)

    def level(self, code: str) -> int:
        """The level of a node: 1 for an indicator."""
        return next(int(float(row["Level"])) for row in self.about if row["iCode"] == code)

    def group(self, code: str) -> tuple[str, ...]:
        """The indicators below a node, in the order of COINr's table."""
        return tuple(leaf.code for leaf in self.hierarchy.leaves_under(code))

    def years_of(self, row: "Row") -> str:
        """The table of all years that a call on a purse starts from: its input, or as screened."""
        dataset = str(row.option(1, default="")).lower()
        made = f"panel_{dataset}"
        return made if (self.path / f"{made}.csv").is_file() else re.split(r"[ ,]", row.input)[0]

    def of_year(self, given: Table, year: str) -> Table:
        """The rows of one year of a table with years."""
        rows = [at for at, key in enumerate(given.keys) if key.partition("/")[2] == year]
        return Table(tuple(given.keys[at] for at in rows), given.names, given.values[rows])

    def chosen(self, row: "Row") -> Table:
        """The table that a row starts from."""
        name = row.input.partition(", ")[0]
        return self.table(CHAIN.get(name, name))


CHAIN = {
    "Raw": "raw",
    "Denominated": "denominated",
    "Screened": "chain_screened",
    "Treated": "chain_treated",
    "Normalised": "chain_normalised",
    "Aggregated": "chain_aggregated",
}
KEYS = ("uCode", "Time", "iCode", "rep", "Variable", "element", "group")


def as_table(rows: Rows) -> Table:
    """Rows of text as a table of numbers."""
    keys = [name for name in KEYS if name in rows[0]]
    names = tuple(name for name in rows[0] if name not in keys)
    values = np.array([[finite(row[name]) for name in names] for row in rows])
    return Table(tuple("/".join(row[key] for key in keys) for row in rows), names, values)


def finite(text: str) -> float:
    """A cell as a number, TRUE as 1; text is missing, and so is R's infinity, never met here."""
    try:
        value = number({"TRUE": "1", "FALSE": "0"}.get(text, text))
    except ValueError:
        return float("nan")
    return value if np.isfinite(value) else float("nan")


@dataclass(frozen=True)
class Row:
    """One row of the manifest."""

    file: str
    call: str
    input: str
    detail: str

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.file.partition(".")[0]

    @cached_property
    def options(self) -> dict[str | int, Any]:
        """The arguments of the call by name, and by number those without one.

        Of several calls in a row the last one with arguments counts.
        """
        text = re.split(r"; |\$\w+ = ", self.call)[-1]
        found = _read(TOKEN.findall(text))
        if not isinstance(found, dict):
            raise NotImplementedError(f"the call cannot be read: {self.call}")
        return found

    def option(self, *path: str | int, default: Any = None) -> Any:
        """An argument of the call, or of a list within it."""
        found: Any = self.options
        for step in path:
            if not isinstance(found, dict) or found.get(step) is None:
                return default
            found = found[step]
        return found


TOKEN = re.compile(r"'[^']*'|-?\d[\w.:-]*|[\w.$<>]+(?:\[[^\]]*\])?|[(),=]")
WORDS = {"TRUE": True, "FALSE": False, "NULL": None}


def _read(tokens: list[str]) -> Any:
    """What the tokens of an R expression say: calls and lists by name, vectors, numbers, words.

    The tokens that were read are taken away.
    """
    if not tokens:
        return None
    word = tokens.pop(0)
    if tokens[:1] == ["("]:
        return _read_arguments(word, tokens)
    if word.startswith("'"):
        return word.strip("'")
    try:
        value = float(word)
    except ValueError:
        return WORDS.get(word, word)
    return int(value) if value.is_integer() else value


def _read_arguments(function: str, tokens: list[str]) -> Any:
    tokens.pop(0)
    values: list[Any] = []
    named: dict[str | int, Any] = {}
    while tokens and tokens[0] != ")":
        if tokens[1:2] == ["="]:
            name = tokens[0]
            del tokens[:2]
            named[name] = _read(tokens)
        else:
            values.append(_read(tokens))
        if tokens[:1] == [","]:
            tokens.pop(0)
    del tokens[:1]
    return values if function == "c" else dict(enumerate(values)) | named


def differ(ours: Table, theirs: Table) -> float:
    """The largest difference of two tables with the same keys and names, in any order.

    Relative to the expected number, or to a thousandth of the largest of its column.
    """
    if set(ours.keys) != set(theirs.keys) or set(ours.names) != set(theirs.names):
        return INFINITE
    order = [ours.keys.index(key) for key in theirs.keys]
    mine = ours.of(*theirs.names)[order]
    if np.any(np.isnan(mine) != np.isnan(theirs.values)):
        return INFINITE
    if np.isnan(mine).all():
        return 0.0
    wanted = np.abs(theirs.values)
    largest = np.nan_to_num(np.fmax.reduce(wanted, axis=0))
    scale = np.fmax(wanted, 1e-3 * np.where(largest > 0, largest, 1.0))
    return float(np.nanmax(np.abs(mine - theirs.values) / scale))
