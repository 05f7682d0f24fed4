"""A golden case: what it says, the tables beside it, and how an answer is held against it."""

import csv
import gzip
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    def kind(self) -> str:
        """What the case is about: its name without the number of its variant."""
        return re.sub(r"(_v\d+|\d{4})$", "", self.name)

    @property
    def tolerance(self) -> float:
        """How far an answer may be off."""
        return float(self.content.get("tolerance", 0))

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

    def table(self, ending: str) -> Rows:
        """The rows of the table beside the case whose name ends so: in_x, exp_means."""
        for name in (f"{self.name}__{ending}.csv", f"{self.name}__{ending}.csv.gz"):
            path = self.path.parent / name
            if path.is_file():
                return read_rows(path)
        raise FileNotFoundError(f"{self.name} has no table {ending}")


def read_rows(path: Path) -> Rows:
    """The rows of a table, packed or not."""
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def read_case(path: Path) -> Case:
    """The case in a JSON file."""
    return Case(path, json.loads(path.read_text(encoding="utf-8")))


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


def given_weights(case: Case, names: list[str]) -> FloatArray:
    """The weights of a case, in the order of the columns; equal if it gives none."""
    given = case.params.get("weights")
    if given is None:
        return np.ones(len(names))
    return np.array([float(given[name]) for name in names] if isinstance(given, dict) else given)


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
    if isinstance(theirs, str | bool):
        return 0.0 if ours == theirs else math.inf
    if isinstance(theirs, Sequence | np.ndarray):
        if not isinstance(ours, Sequence | np.ndarray) or len(ours) != len(theirs):
            return math.inf
        pairs = zip(ours, theirs, strict=True)
        return max((difference(one, other) for one, other in pairs), default=0.0)
    return _distance(number(ours), number(theirs))


def _distance(ours: float, theirs: float) -> float:
    if math.isnan(ours) and math.isnan(theirs):
        return 0.0
    if math.isnan(ours) or math.isnan(theirs):
        return math.inf
    if ours == theirs:
        return 0.0
    return abs(ours - theirs) / max(1.0, abs(theirs))
