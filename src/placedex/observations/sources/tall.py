"""Tall tables: cells of one row that stand below each other, put side by side."""

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw, find_column, fold
from placedex.observations.sources.shapes import Tall
from placedex.observations.sources.words import quote


def side_by_side(raw: Raw, table: Table, desk: Desk) -> Raw:
    """The same cells with those of one row side by side, under the names that the layout gives.

    The row's number is that of the first of its cells.
    Errors: UnreadableSource for a word that the layout does not name, or a cell that is there
            twice.
    """
    tall = table.tall
    if tall is None:
        return raw
    what = find_column(raw, tall.what, table=table)
    value = find_column(raw, tall.value, table=table)
    by = {name: find_column(raw, name, table=table) for name in tall.by}
    _check(raw, tall, (what, ", ".join(["file", *by.values()])), desk=desk)
    others = {
        name: column
        for name, column in raw.columns.items()
        if column not in {what, value, *by.values()}
    }
    cells = [
        f"max({value}) FILTER ({what} = {quote(word)}) AS t{at}"
        for at, word in enumerate(tall.cells)
    ]
    first = quote(next(iter(tall.cells)))
    cells += [f"max({column}) FILTER ({what} = {first}) AS {column}" for column in others.values()]
    keys = ", ".join(["file", *by.values()])
    name = desk.new_table("tall")
    desk.connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT min(row) AS row, {keys}, {', '.join(cells)} "
        f"FROM {raw.relation} WHERE {what} IN ({', '.join(map(quote, tall.cells))}) GROUP BY {keys}"
    )
    made = {fold(word): f"t{at}" for at, word in enumerate(tall.cells.values())}
    columns = {fold(one): column for one, column in by.items()}
    return Raw(name, {**others, **columns, **made}, raw.header, raw.where, raw.row)


def _check(raw: Raw, tall: Tall, columns: tuple[str, str], *, desk: Desk) -> None:
    """Refuse a word that the layout does not name, and a cell that is there twice."""
    what, keys = columns
    known = ", ".join(map(quote, (*tall.cells, *tall.left_out)))
    _refuse(
        f"SELECT file, row, {what} FROM {raw.relation} WHERE {what} IS NULL OR {what} NOT IN "
        f"({known}) ORDER BY file, row LIMIT 1",
        ("is not known", f"one of {', '.join(tall.cells)} in column {tall.what}"),
        desk=desk,
    )
    _refuse(
        f"SELECT file, max(row), {what} FROM {raw.relation} GROUP BY {keys}, {what} "
        "HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 1",
        ("is there again for the same row", "each once"),
        desk=desk,
    )


def _refuse(query: str, words: tuple[str, str], *, desk: Desk) -> None:
    for file, row, met in desk.connection.execute(query).fetchall():
        raise UnreadableSource(
            f"{file}, row {row}: '{met or ''}' {words[0]}. Wanted {words[1]}. The publisher has "
            "changed the file: bring placedex up to date, or mend the layout."
        )
