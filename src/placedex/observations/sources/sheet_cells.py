"""Cells of workbooks: one sheet of an XLSX or ODS file, every cell as the text that it shows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from placedex.errors import MissingLibrary, UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw, fold, header_rows, name_columns

Cell = int | float | str | bool | time | date | datetime | timedelta


def read_sheet_cells(files: Sequence[Path], table: Table, desk: Desk) -> Iterator[Raw]:
    """The cells of one sheet of each file.

    Errors: UnreadableSource if a file is no workbook or lacks the sheet.
    """
    for path in files:
        rows = list(sheet_rows(path, table, where=desk.name(path)))
        where = sheet_words(desk.name(path), table)
        numbers, header = header_rows(rows[:200], table, where=where)
        yield stage_rows(
            rows[max(numbers) :], header, (desk.name(path), where, max(numbers)), desk=desk
        )


def sheet_words(name: str, table: Table) -> str:
    """How a message names a file and its sheet."""
    return f"{name}, sheet '{table.sheet}'" if table.sheet else name


def stage_rows(
    rows: Iterable[Sequence[str | None]],
    header: Sequence[str],
    place: tuple[str, str, int],
    *,
    desk: Desk,
) -> Raw:
    """Rows of text laid out at the desk; rows without any cell are no rows.

    `place` is the file's name, how a message names it, and the number of the header's row.
    """
    import pyarrow as pa

    file, where, row = place
    columns = name_columns(header, where=where, row=row)
    width = len(header)
    taken = [
        (number, [*cells[:width], *[None] * (width - len(cells))])
        for number, cells in enumerate(rows, start=row + 1)
        if any(cells)
    ]
    cells: dict[str, pa.Array] = {
        "file": pa.array([file] * len(taken), type=pa.string()),
        "row": pa.array([number for number, _ in taken], type=pa.int64()),
    }
    for at in range(width):
        cells[f"c{at}"] = pa.array([one[at] or None for _, one in taken], type=pa.string())
    name = desk.new_table("table")
    desk.connection.register("cells_to_stage", pa.table(cells))
    desk.connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM cells_to_stage")
    desk.connection.unregister("cells_to_stage")
    return Raw(name, columns, tuple(header), where, row)


def sheet_rows(path: Path, table: Table, *, where: str) -> Iterator[list[str]]:
    """The rows of the sheet that a table names, one by one, from the first.

    Errors: UnreadableSource if the file is no workbook or lacks the sheet.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingLibrary(
            f"{where} is a workbook, and the library python-calamine is not installed. Install "
            "it, or save the sheet as CSV."
        ) from None
    try:
        workbook = CalamineWorkbook.from_path(path)
        name = _sheet(workbook.sheet_names, table.sheet, where=where)
        for row in workbook.get_sheet_by_name(name).iter_rows():
            yield [_text(cell) for cell in row]
    except (CalamineError, OSError) as error:
        raise UnreadableSource(
            f"{where} cannot be read as a workbook ({str(error)[:100]}). Wanted a whole file of "
            "the form that its name tells. Fetch it again."
        ) from None


def _sheet(names: Sequence[str], wanted: str | None, *, where: str) -> str:
    if wanted is None and len(names) == 1:
        return names[0]
    for name in names:
        if wanted is not None and fold(name) == fold(wanted):
            return name
    raise UnreadableSource(
        f"{where}: the sheets are {', '.join(names)}. Wanted "
        f"{f'the sheet {wanted!r}' if wanted else 'one sheet, or its name in the layout'}. The "
        "publisher has changed the file: bring placedex up to date, or mend the layout."
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != time() else cell.date().isoformat()
    return str(cell)
