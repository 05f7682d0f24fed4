"""Raw tables: the cells of files as they stand, laid out at the desk with their rows' numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.shapes import Wide


@dataclass(frozen=True, slots=True)
class Raw:
    """Cells of one or more files that have one header.

    Attributes:
        relation: a table or view at the desk with the columns `file` (a name), `row` and cells.
        columns: the header's words, folded, and the column that bears them there.
        header: the header as it was met.
        where: the file, and the sheet if there is one, for messages.
        row: the number of the header's row.
        numbers: the columns that the file itself says are numbers, as Parquet does.
    """

    relation: str
    columns: dict[str, str]
    header: tuple[str, ...]
    where: str
    row: int
    numbers: frozenset[str] = frozenset()


def fold(words: str) -> str:
    """A header's words without what does not matter: spaces at the ends, capitals, a mark."""
    return " ".join(words.replace("\ufeff", "").split()).casefold()


def name_columns(header: Sequence[str], *, where: str, row: int) -> dict[str, str]:
    """The column of each header, named c0, c1 ...; an empty header is that of no column.

    Errors: UnreadableSource if two columns bear one name.
    """
    folded = [fold(words) for words in header]
    twice = sorted(name for name, count in Counter(folded).items() if name and count > 1)
    if twice:
        raise UnreadableSource(
            f"{where}, row {row}: the column '{twice[0]}' is there twice. Wanted each once. Look "
            "which one is meant; the publisher may have changed the file."
        )
    columns = {name: f"c{number}" for number, name in enumerate(folded) if name}
    if folded and not folded[0]:
        columns[""] = "c0"
    return columns


def find_column(raw: Raw, words: str, *, table: Table) -> str:
    """The column that bears some words, or other words that the layout knows for them.

    Errors: UnreadableSource, with file, row and the header met, if there is none.
    """
    for name in (words, *table.names.get(words, ())):
        if fold(name) in raw.columns:
            return raw.columns[fold(name)]
    met = ", ".join(f"'{name}'" for name in raw.header if name) or "none"
    wanted = " or ".join(f"'{name}'" for name in (words, *table.names.get(words, ())))
    raise UnreadableSource(
        f"{raw.where}, row {raw.row}: the columns are {met}. Wanted also {wanted}. The publisher "
        "has changed the file: bring placedex up to date, or mend the layout."
    )


def join_headers(rows: Sequence[Sequence[str]]) -> list[str]:
    """One header from several rows: words of the rows joined by ' | ', merged cells filled.

    A merged cell has its words in its first column only, so in every row but the last they hold
    for the columns to the right until the next words.
    """
    filled: list[list[str]] = []
    for number, row in enumerate(rows):
        last, cells = "", []
        for cell in row:
            last = cell.strip() or (last if number < len(rows) - 1 else "")
            cells.append(last)
        filled.append(cells)
    width = max(len(row) for row in filled)
    columns = ([row[at] if at < len(row) else "" for row in filled] for at in range(width))
    return [" | ".join(word for word in words if word) for words in columns]


def header_rows(
    rows: Sequence[Sequence[str]], table: Table, *, where: str
) -> tuple[tuple[int, ...], list[str]]:
    """The numbers of the header's rows, and the header.

    Errors: UnreadableSource if there are no such rows, or none has the words to look for.
    """
    wanted = table.header
    if isinstance(wanted, str):
        for number, row in enumerate(rows, start=1):
            if fold(wanted) in {fold(cell) for cell in row}:
                return (number,), list(row)
        met = "; ".join(", ".join(cell for cell in row if cell)[:60] for row in rows[:3])
        raise UnreadableSource(
            f"{where}: no row has the header '{wanted}'; the first rows are: {met or 'empty'}. "
            "The publisher has changed the file: bring placedex up to date, or mend the layout."
        )
    numbers = (wanted,) if isinstance(wanted, int) else wanted
    if not rows or max(numbers) > len(rows):
        raise UnreadableSource(
            f"{where} has {len(rows)} rows. Wanted a header in row {max(numbers)}. The file is "
            "empty or was cut: fetch it again."
        )
    return numbers, join_headers([rows[number - 1] for number in numbers])


def unpivot(raw: Raw, table: Table, desk: Desk) -> Raw:
    """The same cells with a row for each of the wide columns, as `header` and `cell`.

    Errors: UnreadableSource if no column's header matches, one that should does not, or one that
            should stand beside another is not there.
    """
    if table.wide is None:
        return raw
    form = re.compile(table.wide.columns)
    met = _matching(raw, form)
    _refuse_others(raw, table.wide, {words for _, words, _ in met})
    groups = tuple(name for name in form.groupindex if name != table.wide.beside)
    together = _together(raw, met, groups, wide=table.wide)
    meant = _stage_headers(together, groups, desk=desk)
    wide = sorted({column for column, _, _ in met})
    kept = {name: column for name, column in raw.columns.items() if column not in wide}
    cells = ", ".join(f"CAST({column} AS VARCHAR) AS {column}" for column in wide)
    stay = ", ".join(["file", "row", *sorted(set(kept.values()))])
    names = tuple(together[0].cells) if table.wide.beside else ("cell",)
    into = [f"b{number}" for number in range(len(names))] if table.wide.beside else ["cell"]
    long = desk.new_table("long")
    which = ", ".join(f"({', '.join(one.cells.values())}) AS '{one.held}'" for one in together)
    desk.connection.execute(
        f"CREATE TEMP VIEW {long} AS SELECT * EXCLUDE (held) FROM "
        f"(SELECT {stay}, {cells} FROM {raw.relation}) "
        f"UNPIVOT INCLUDE NULLS (({', '.join(into)}) FOR held IN ({which})) "
        f"JOIN {meant} USING (held)"
    )
    made = {fold(name): f"g{number}" for number, name in enumerate(groups)}
    made |= {"header": "header", **dict(zip(map(fold, names), into, strict=True))}
    return Raw(long, {**kept, **made}, raw.header, raw.where, raw.row)


def _matching(raw: Raw, form: re.Pattern[str]) -> list[tuple[str, str, re.Match[str]]]:
    """The columns whose headers are of a form: the column, its header, and the match."""
    met = [
        (column, words, match)
        for words, column in zip(raw.header, _in_order(raw), strict=True)
        if column and (match := form.fullmatch(" ".join(words.split())))
    ]
    if not met:
        raise UnreadableSource(
            f"{raw.where}, row {raw.row}: no column's header is of the form "
            f"'{form.pattern}'; the columns are {', '.join(raw.header)}. The publisher has "
            "changed the file: bring placedex up to date, or mend the layout."
        )
    return met


@dataclass(frozen=True, slots=True)
class _Together:
    """Columns that give one row: what the header says of them, and the cells by their words."""

    held: str
    header: str
    groups: tuple[str | None, ...]
    cells: dict[str, str]


def _refuse_others(raw: Raw, wide: Wide, met: set[str]) -> None:
    """Refuse a column that neither matches nor is named, if the layout names those."""
    known = {fold(name) for name in wide.but}
    for words in raw.header:
        if wide.but and words and words not in met and fold(words) not in known:
            raise UnreadableSource(
                f"{raw.where}, row {raw.row}: the column '{words}' is not of the form "
                f"'{wide.columns}'. Wanted that form, or one of {', '.join(wide.but)}. The "
                "publisher has changed the file: bring placedex up to date, or mend the layout."
            )


def _together(
    raw: Raw,
    met: Sequence[tuple[str, str, re.Match[str]]],
    groups: tuple[str, ...],
    *,
    wide: Wide,
) -> list[_Together]:
    if wide.beside is None:
        return [
            _Together(column, words, tuple(match[name] for name in groups), {"cell": column})
            for column, words, match in met
        ]
    found: dict[tuple[str | None, ...], _Together] = {}
    for column, words, match in met:
        key = tuple(match[name] for name in groups)
        one = found.setdefault(key, _Together(f"k{len(found)}", words, key, {}))
        one.cells[match[wide.beside]] = column
    wanted = tuple(next(iter(found.values())).cells)
    for one in found.values():
        if tuple(one.cells) != wanted:
            raise UnreadableSource(
                f"{raw.where}, row {raw.row}: beside '{one.header}' stand the columns "
                f"{', '.join(one.cells)}. Wanted {', '.join(wanted)}, in this order. The publisher "
                "has changed the file, or merged cells: mend the layout."
            )
    return list(found.values())


def _stage_headers(met: Sequence[_Together], groups: tuple[str, ...], *, desk: Desk) -> str:
    """A table of the wide columns: what holds them, their headers, and the groups of these."""
    meant = desk.new_table("header")
    desk.connection.execute(
        f"CREATE TEMP TABLE {meant} (held VARCHAR, header VARCHAR"
        + "".join(f", g{number} VARCHAR" for number in range(len(groups)))
        + ")"
    )
    desk.connection.executemany(
        f"INSERT INTO {meant} VALUES ({', '.join('?' * (2 + len(groups)))})",
        [(one.held, one.header, *one.groups) for one in met],
    )
    return meant


def _in_order(raw: Raw) -> list[str | None]:
    return [raw.columns.get(fold(words)) for words in raw.header]
