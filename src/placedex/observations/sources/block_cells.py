"""Cells of stacked blocks: those of one header together, with what stands above each block."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from placedex.errors import UnreadableSource
from placedex.observations.sources.blocks import Block, cut_blocks
from placedex.observations.sources.csv_cells import open_text
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import SHEETS, Table
from placedex.observations.sources.raw import Raw, name_columns
from placedex.observations.sources.sheet_cells import sheet_rows, sheet_words


def read_block_cells(files: Sequence[Path], table: Table, desk: Desk) -> Iterator[Raw]:
    """The cells of each file's blocks, laid out block by block; one table for each header.

    The lines above a block's header are columns of its rows, under their names.
    Errors: UnreadableSource if a file is none, or a block is not as the layout says.
    """
    for path in files:
        name = desk.name(path)
        sheet = table.format in SHEETS
        rows = sheet_rows(path, table, where=name) if sheet else _csv_rows(path, table, where=name)
        yield from _stage(rows, table, (name, sheet_words(name, table)), desk=desk)


def _stage(
    rows: Iterator[Sequence[str]], table: Table, names: tuple[str, str], *, desk: Desk
) -> list[Raw]:
    file, where = names
    raws: dict[tuple[str, ...], Raw] = {}
    shape = table.blocks
    if shape is None:
        return []
    for block in cut_blocks(rows, shape, header=str(table.header), where=where):
        header = (*block.header, *shape.says)
        if header not in raws:
            columns = name_columns(header, where=where, row=block.header_row)
            relation = desk.new_table("blocks")
            desk.connection.execute(
                f"CREATE TEMP TABLE {relation} (file VARCHAR, row BIGINT, "
                + ", ".join(f"c{at} VARCHAR" for at in range(len(header)))
                + ")"
            )
            raws[header] = Raw(relation, columns, header, where, block.header_row)
        _append(block, raws[header], (file, shape.says), desk=desk)
    return list(raws.values())


def _append(block: Block, raw: Raw, how: tuple[str, Sequence[str]], *, desk: Desk) -> None:
    import pyarrow as pa

    file, says = how
    width, count = len(block.header), len(block.rows)
    cells: dict[str, pa.Array] = {
        "file": pa.array([file] * count, type=pa.string()),
        "row": pa.array([number for number, _ in block.rows], type=pa.int64()),
    }
    for at in range(width):
        column = [row[at] or None if at < len(row) else None for _, row in block.rows]
        cells[f"c{at}"] = pa.array(column, type=pa.string())
    for at, name in enumerate(says, start=width):
        cells[f"c{at}"] = pa.array([block.said[name]] * count, type=pa.string())
    desk.connection.register("block_to_stage", pa.table(cells))
    desk.connection.execute(f"INSERT INTO {raw.relation} SELECT * FROM block_to_stage")
    desk.connection.unregister("block_to_stage")


def _csv_rows(path: Path, table: Table, *, where: str) -> Iterator[list[str]]:
    try:
        with open_text(path, table.encoding) as file:
            for row in csv.reader(file, delimiter=table.delimiter):
                yield [" ".join(cell.replace("\ufeff", "").split()) for cell in row]
    except (UnicodeError, EOFError, OSError, csv.Error) as error:
        raise UnreadableSource(
            f"{where} cannot be read as {table.encoding} ({error}). Wanted a whole CSV file in "
            f"{table.encoding}. Fetch it again, or mend the layout."
        ) from None
