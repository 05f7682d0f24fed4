"""Published indices made again from their published files, and held against what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from placedex.errors import UnreadableSource
from placedex.index import (
    Compared,
    PublishedFile,
    PublishedScores,
    Reproduction,
    build,
    compare_published,
)
from placedex.observations import Panel, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place
from placedex.store import TextTable, find_files, hash_file, read_table


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came of a reproduction; without any comparison if one of its files is not at hand.

    `places` is the number of places compared, on the node that has most of them.
    """

    code: str
    title: str
    places: int
    compared: tuple[Compared, ...]
    lacking: tuple[PublishedFile, ...] = ()

    @property
    def state(self) -> str:
        """One of: reproduced, not reproduced, skipped."""
        if self.lacking:
            return "skipped"
        return "reproduced" if all(one.reproduced for one in self.compared) else "not reproduced"


@dataclass(frozen=True, slots=True, eq=False)
class _Keyed:
    """The rows of a file that are used: their keys in order, and the row of each."""

    given: PublishedFile
    table: TextTable
    rows: dict[str, int]

    def numbers(self, column: str, *, missing: tuple[str, ...] = ()) -> dict[str, float]:
        """The number in a column for each key; missing for a cell with a word for it.

        Errors: UnreadableSource for a cell that is neither a number nor such a word.
        """
        cells = self.table.column(column)
        words = {*self.given.missing, *missing}
        return {
            key: np.nan if cells[row] in words else self._number(cells[row], row, column)
            for key, row in self.rows.items()
        }

    def _number(self, cell: str, row: int, column: str) -> float:
        plain = cell.replace(self.given.thousands, "") if self.given.thousands else cell
        try:
            number = float(plain)
        except ValueError:
            number = np.nan
        if not np.isfinite(number):
            raise UnreadableSource(
                f"{self.given.file}, row {self.table.numbers[row]}, column {column}: '{cell}' is "
                "no number. Wanted one, or a word for a missing figure. Add it under 'missing' if "
                "it is one."
            )
        return number


def reproduce_index(reproduction: Reproduction, folders: Sequence[Path]) -> Reproduced:
    """A published index, made again from the files in some folders and held against itself.

    Errors: UnreadableSource if a file is another than the one that was hashed, lacks a column, has
            a key twice or a cell that is no number; BadSpec if the index cannot be built.
    """
    spec = reproduction.spec
    found = [(one, _found(one, folders)) for one in reproduction.files]
    lacking = tuple(one for one, path in found if path is None)
    if lacking:
        return Reproduced(spec.code, spec.title, 0, (), lacking)
    files = {one.file: _read(one, path) for one, path in found if path is not None}
    index = build(spec, _panel(reproduction, files))
    places = tuple(place.code for place in index.raw.places)
    compared = []
    for one in reproduction.comparisons:
        scores, ranks = (_published(one, files, column, places) for column in (one.score, one.rank))
        compared.append(compare_published(one, index, scores=scores, ranks=ranks))
    most = max(one.places for one in compared)
    return Reproduced(spec.code, spec.title, most, tuple(compared))


def _found(given: PublishedFile, folders: Sequence[Path]) -> Path | None:
    """The file that was hashed, in some folders or below them; none if no file has its name."""
    others = []
    for path in find_files(given.file, folders):
        sha256 = hash_file(path)
        if sha256 == given.sha256:
            return path
        others.append(f"{path} has the SHA-256 {sha256}")
    if not others:
        return None
    raise UnreadableSource(
        f"{'; '.join(others)}. Wanted {given.sha256}: it is another edition, or was changed. Fetch "
        f"the one that was published{f': {given.get}' if given.get else ''}."
    )


def _read(given: PublishedFile, path: Path) -> _Keyed:
    """The rows of a published file by key."""
    table = read_table(path, encoding=given.encoding, delimiter=given.delimiter)
    renamed = dict(given.rename)
    keys = table.column(given.key)
    used = _used(given, table)
    rows: dict[str, int] = {}
    for row in used:
        key = renamed.get(keys[row], keys[row])
        if not key or key in rows:
            met = f"'{key}' is there twice" if key else "the key is empty"
            raise UnreadableSource(
                f"{given.file}, row {table.numbers[row]}, column {given.key}: {met}. Wanted each "
                "place once. Leave rows out by 'keep' or 'leave_out', or name another key."
            )
        rows[key] = row
    return _Keyed(given, table, rows)


def _used(given: PublishedFile, table: TextTable) -> tuple[int, ...]:
    """The rows that are used, by what stands in some columns."""
    kept = np.ones(len(table.rows), dtype=np.bool_)
    for filters, wanted in ((given.keep, True), (given.leave_out, False)):
        for column, words in filters:
            kept &= np.isin(np.array(table.column(column), dtype=np.str_), words) == wanted
    return tuple(int(row) for row in np.flatnonzero(kept))


def _panel(reproduction: Reproduction, files: dict[str, _Keyed]) -> Panel:
    """The figures of every indicator, for every place that an input has."""
    inputs = [files[one.file] for one in reproduction.files if one.columns]
    places: dict[str, Place] = {}
    for one in inputs:
        names = one.table.column(one.given.name) if one.given.name is not None else None
        for key, row in one.rows.items():
            name = key if names is None else names[row]
            places.setdefault(key, Place(key, name, "place", reproduction.publication.title))
    figures = {
        column.indicator: _ordered(one.numbers(column.column), tuple(places))
        for one in inputs
        for column in one.given.columns
    }
    indicators = [reproduction.catalogue[code] for code in figures]
    return make_panel(places.values(), indicators, np.stack(list(figures.values()), axis=-1))


def _ordered(numbers: dict[str, float], places: tuple[str, ...]) -> FloatArray:
    return np.array([numbers.get(code, np.nan) for code in places])


def _published(
    comparison: PublishedScores,
    files: dict[str, _Keyed],
    column: str | None,
    places: tuple[str, ...],
) -> FloatArray | None:
    """A published column for the places of the index; none if there is nothing to compare.

    Errors: UnreadableSource if a place is published that no input has.
    """
    if column is None:
        return None
    keyed = files[comparison.file]
    numbers = keyed.numbers(column, missing=comparison.missing)
    known = set(places)
    strangers = [key for key in numbers if key not in known and not np.isnan(numbers[key])]
    if strangers:
        raise UnreadableSource(
            f"{keyed.given.file}, column {column}: {len(strangers)} places are in no input, such "
            f"as {strangers[0]}. Wanted the places of the index. Give them the same key by "
            "'rename', or leave their rows out."
        )
    return _ordered(numbers, places)
