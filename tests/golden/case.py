"""A golden case: what it says, the tables beside it, and how an answer is held against it."""

import csv
import gzip
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = list[dict[str, str]]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One JSON file with its parameters, inputs and expected answers."""

    path: Path
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The case's own name."""
        return str(self.content.get("id") or self.path.stem)

    @property
    def number(self) -> str:
        """The number of the method that the case is about: A03 of A03_logs_v2."""
        found = re.match(r"[A-Z]\d\d(?=_|$)", self.name)
        return found[0] if found else ""

    @property
    def said(self) -> str:
        """What the case says of itself in words, in lower case."""
        words = (self.name, *(self.content.get(name) or "" for name in ("method", "conventions")))
        return " ".join(map(str, words)).lower()

    @property
    def tolerance(self) -> float:
        """How far an answer may be off: the least of several, nought if the case has none."""
        given = self.content.get("tolerance")
        every = given.values() if isinstance(given, Mapping) else (given,)
        return float(min((one for one in every if isinstance(one, int | float)), default=0.0))

    @property
    def params(self) -> Mapping[str, Any]:
        """The parameters of the method."""
        return self.content.get("params") or {}

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The inputs that stand in the case itself."""
        return self.content.get("inputs") or {}

    @property
    def expected(self) -> Mapping[str, Any]:
        """The answers that stand in the case itself."""
        return self.content.get("expected") or {}

    @property
    def expects(self) -> bool:
        """Whether the case has answers: of its own, in a table, or beside each of its items."""
        items = self.inputs.get("items") or ()
        beside = any(isinstance(item, Mapping) and "res" in item for item in items)
        return bool(self.expected) or self.has("exp_") or beside

    @cached_property
    def tables(self) -> dict[str, Path]:
        """The tables of the case by the end of their names: in_x, exp_means.

        Those that it lists, and those beside it that begin with its name.
        """
        listed = (*self.content.get("input_files", ()), *self.content.get("expected_files", ()))
        beside = (path.name for path in sorted(self.path.parent.glob(f"{self.path.stem}__*.csv*")))
        found: dict[str, Path] = {}
        for name in (*listed, *beside):
            ending = name.rpartition("__")[2].partition(".csv")[0]
            found.setdefault(ending, self.path.parent / name)
        return found

    def table(self, ending: str) -> Rows:
        """The rows of one table, or of the first whose name begins so: exp_, in_meta."""
        path = self.tables.get(ending) or next(
            (path for name, path in self.tables.items() if name.startswith(ending)), None
        )
        if path is None:
            raise FileNotFoundError(f"{self.name} has no table {ending}")
        return read_rows(path)

    def has(self, *endings: str) -> bool:
        """Whether there is a table for each of some beginnings of names."""
        return all(any(name.startswith(one) for name in self.tables) for one in endings)


def read_rows(path: Path) -> Rows:
    """The rows of a table, packed or not."""
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def read_case(path: Path) -> Case:
    """The case in a JSON file.

    Errors: ValueError for what is not JSON; a list or a single value is a case that says nothing.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    return Case(path, content if isinstance(content, Mapping) else {})


def number(text: Any) -> float:
    """A cell as a number; nothing, NA and null are missing."""
    if text is None or (isinstance(text, str) and text in {"", "NA", "NaN", "null"}):
        return math.nan
    return float(text)


def columns(rows: Rows, *, without: Sequence[str] = ()) -> tuple[list[str], FloatArray]:
    """The names and the values (rows, columns) of the columns that hold numbers."""
    names = [name for name in rows[0] if name not in without and _numeric(rows, name)]
    return names, np.array([[number(row[name]) for name in names] for row in rows])


def _numeric(rows: Rows, name: str) -> bool:
    try:
        for row in rows:
            number(row[name])
    except ValueError:
        return False
    return True


def sample(case: Case) -> FloatArray:
    """The one list of figures of a case; null is missing."""
    return np.array([number(value) for value in case.inputs["x"]])


def matrix(case: Case) -> tuple[list[str], FloatArray]:
    """The names and the values (places, indicators), in the case itself or in its table."""
    if (given := case.inputs.get("X")) is not None:
        values = np.array([[number(cell) for cell in row] for row in given])
        return [str(column) for column in range(values.shape[1])], values
    rows = case.table("in_")
    return columns(rows, without=(next(iter(rows[0])),))


def given_weights(case: Case, names: list[str]) -> FloatArray:
    """The weights of a case, in the order of the columns; equal if it gives none."""
    return of_columns(case.params.get("weights"), names)


def of_columns(given: Any, names: Sequence[str], *, usual: float = 1.0) -> FloatArray:
    """A figure for each column: by its name, in their order, or the usual one for all."""
    if given is None:
        return np.full(len(names), usual)
    found = [given[name] for name in names] if isinstance(given, Mapping) else given
    return np.array(found, dtype=np.float64)


def by_key(rows: Rows, *names: str) -> dict[Any, Any]:
    """Rows by their key, with the wanted cells as numbers; all other columns if none is named."""
    key = next(iter(rows[0]))
    wanted = names or tuple(name for name in rows[0] if name != key)
    return {row[key]: {name: number(row[name]) for name in wanted} for row in rows}


def answers(rows: Rows, **columns_of: FloatArray) -> dict[Any, Any]:
    """Our columns by the key of the input's rows."""
    key = next(iter(rows[0]))
    return {
        row[key]: {name: values[place] for name, values in columns_of.items()}
        for place, row in enumerate(rows)
    }


def difference(ours: Any, theirs: Any) -> float:
    """The largest difference between two answers, however they are nested.

    Numbers differ by their distance, relative where the expected one is above 1; a gap on one side
    only, a missing key, another length or another text is an infinite difference.
    """
    if isinstance(theirs, Mapping):
        if not isinstance(ours, Mapping) or set(theirs) - set(ours):
            return math.inf
        return max((difference(ours[key], theirs[key]) for key in theirs), default=0.0)
    if isinstance(theirs, Sequence | np.ndarray) and not isinstance(theirs, str):
        if not isinstance(ours, Sequence | np.ndarray) or len(ours) != len(theirs):
            return math.inf
        pairs = zip(ours, theirs, strict=True)
        return max((difference(one, other) for one, other in pairs), default=0.0)
    return _of_cells(ours, theirs)


def _of_cells(ours: Any, theirs: Any) -> float:
    """The difference of two single answers: numbers, words, yes or no."""
    if not isinstance(ours, int | float | np.number | np.bool_ | np.ndarray | str | None):
        return math.inf
    wanted = _number_of_text(theirs) if not isinstance(ours, str) else theirs
    if isinstance(wanted, str | bool):
        return 0.0 if ours == wanted else math.inf
    return _distance(number(ours), number(wanted))


def _number_of_text(cell: Any) -> Any:
    """A word for a number as that number: NaN, Inf, 0.5; all else as it is."""
    try:
        return number(cell) if isinstance(cell, str) else cell
    except ValueError:
        return cell


def _distance(ours: float, theirs: float) -> float:
    if math.isnan(ours) and math.isnan(theirs):
        return 0.0
    if math.isnan(ours) or math.isnan(theirs):
        return math.inf
    if ours == theirs:
        return 0.0
    return abs(ours - theirs) / max(1.0, abs(theirs))
