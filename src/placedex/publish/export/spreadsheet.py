"""A spreadsheet after the Government Analysis Function's guidance: sheets that anybody can read."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from placedex.errors import BadUsage
from placedex.observations import EXPLAINED, Status
from placedex.publish.export.licences import licences
from placedex.publish.export.table import ExportTable, Field

if TYPE_CHECKING:
    from placedex.publish.export.extract import Extract

# Above this a workbook needs more than a gigabyte to be written, and nobody reads it by eye.
MOST_ROWS = 200_000
HEADER_ROW = 2
NOT_GIVEN = "[x]"
# The shorthand of the guidance; a figure that stands as published needs none.
SHORTHAND = {
    Status.ESTIMATED: "[e]",
    Status.DERIVED: "[d]",
    Status.IMPUTED: "[i]",
    Status.UNRELIABLE: "[u]",
    Status.SUPPRESSED: "[c]",
    Status.NOT_COLLECTED: "[x]",
    Status.NOT_APPLICABLE: "[z]",
}
# A fixed day lets the same figures give the same bytes.
_MADE = datetime(2000, 1, 1)


class Exact(float):
    """A number that is written with every digit it has; the library alone keeps sixteen."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return repr(float(self))


def write_spreadsheet(extract: "Extract", path: Path) -> None:
    """Write a workbook with a cover, contents, notes, and a sheet for each table.

    Each sheet has its title in A1 and one marked-up table with one header row; no cell is merged,
    hidden or blank. Where there is no value, shorthand stands that the notes explain.
    Errors: BadUsage if a table has more than 200,000 rows.
    Source: Government Analysis Function, Releasing statistics in spreadsheets.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    counts = {one.name: one.count(extract.connection) for one in extract.tables}
    for name, count in counts.items():
        if count > MOST_ROWS:
            raise BadUsage(
                f"The table '{name}' has {count:,} rows. Wanted at most {MOST_ROWS:,} in a "
                "workbook. Choose fewer with --indicator or --place, or another form."
            )
    book = xlsxwriter.Workbook(str(path), {"tmpdir": str(path.parent)})
    book.set_properties(
        {"title": extract.title, "subject": extract.about, "created": _MADE, "author": "placedex"}
    )
    sheets = _Sheets(book)
    _front(extract, sheets, counts)
    for table in extract.tables:
        _sheet(table, extract, sheets, rows=counts[table.name])
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from None


class _Sheets:
    """The sheets of a workbook as they are added, with the few forms that their cells have."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def add(self, name: str, title: str, about: str) -> Any:
        """A sheet with its title in A1 and what it holds in A2."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, about)
        return sheet

    def mark_up(self, sheet: Any, name: str, headers: Sequence[str], *, rows: int) -> None:
        """A table below the header row, with its headers, that stay in sight."""
        columns = [{"header": one, "header_format": self.head} for one in headers]
        options = {"name": name, "columns": columns, "autofilter": False, "style": None}
        last = HEADER_ROW + max(rows, 1)
        sheet.add_table(HEADER_ROW, 0, last, len(headers) - 1, options)
        sheet.freeze_panes(HEADER_ROW + 1, 0)

    def listed(self, name: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
        """A sheet with a short table of words."""
        sheet = self.add(name, name, "This sheet has one table.")
        self.mark_up(sheet, name.lower(), headers, rows=len(rows))
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, len(headers) - 1, 90, self.wrapped)
        for number, row in enumerate(rows, start=HEADER_ROW + 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, self.wrapped)
        return sheet


def _front(extract: "Extract", sheets: _Sheets, counts: dict[str, int]) -> None:
    """The cover, the contents and the notes."""
    terms = "; ".join(
        f"{one.words}{f' ({one.address})' if one.address else ''}"
        for one in licences(extract.connection, extract["origins"].query)
    )
    cover = sheets.book.add_worksheet("Cover")
    cover.set_column(0, 0, 100, sheets.wrapped)
    cover.write_string(0, 0, extract.title, sheets.title)
    for row, words in enumerate(
        (
            extract.about or "Figures and where they came from.",
            "These are not official statistics. Each figure is as its publisher gives it, unless "
            "its status says otherwise; the sheet Origins says where it was published.",
            f"Licence of the figures: {terms}.",
            "Some cells have shorthand instead of a value: the sheet Notes explains it.",
            f"Made by placedex {extract.version}.",
        ),
        start=1,
    ):
        cover.write_string(row, 0, words, sheets.wrapped)
    rows = [("Notes", "Shorthand, and what the columns mean")]
    rows += [(one.title, f"{one.about} {counts[one.name]:,} rows.") for one in extract.tables]
    contents = sheets.listed("Contents", ("Sheet", "What it has"), rows)
    for row, (name, _) in enumerate(rows, start=HEADER_ROW + 1):
        contents.write_url(row, 0, f"internal:'{name}'!A1", string=name)
    notes = [(SHORTHAND[one], f"{one.words}: {EXPLAINED[one]}") for one in SHORTHAND]
    notes.append(("[x] in other columns", "not known, or not given by the publisher"))
    notes += [
        (f"{table.title}: {heading(field)}", field.about)
        for table in extract.tables
        for field in table.fields
    ]
    sheets.listed("Notes", ("Note", "Meaning"), notes)


def _sheet(table: ExportTable, extract: "Extract", sheets: _Sheets, *, rows: int) -> None:
    sheet = sheets.add(
        table.title,
        f"{extract.title}: {table.title.lower()}",
        f"{table.about} This sheet has one table. Shorthand such as {NOT_GIVEN} is explained in "
        "the sheet Notes.",
    )
    sheets.mark_up(sheet, table.name, [heading(one) for one in table.fields], rows=rows)
    sheet.set_column(0, len(table.fields) - 1, 16)
    write = _writers(table, sheet)
    status = table.names.index("status") if "status" in table.names else None
    number = HEADER_ROW
    for number, row in enumerate(table.rows(extract.connection), start=HEADER_ROW + 1):
        missing = NOT_GIVEN if status is None else _shorthand(row[status])
        for column, (cell, put) in enumerate(zip(row, write, strict=True)):
            if cell is None:
                gap = missing if table.fields[column].name == "value" else NOT_GIVEN
                sheet.write_string(number, column, gap)
            else:
                put(number, column, cell)
    if number == HEADER_ROW:
        for column in range(len(table.fields)):
            sheet.write_string(HEADER_ROW + 1, column, NOT_GIVEN)


def heading(field: Field) -> str:
    """The header of a column, as people read it."""
    words = field.name.replace("_", " ")
    return "SHA-256" if field.name == "sha256" else words[:1].upper() + words[1:]


def _writers(table: ExportTable, sheet: Any) -> list[Callable[[int, int, Any], object]]:
    """How each column's cells are written."""

    def number(row: int, column: int, cell: float) -> None:
        sheet.write_number(row, column, Exact(cell))

    def day(row: int, column: int, cell: date) -> None:
        sheet.write_string(row, column, cell.isoformat())

    def words(row: int, column: int, cell: str) -> None:
        sheet.write_string(row, column, cell)

    def status(row: int, column: int, cell: str) -> None:
        short = _shorthand(cell)
        sheet.write_string(row, column, f"{cell} {short}" if short else cell)

    by_type = {"number": number, "integer": sheet.write_number, "date": day, "text": words}
    return [status if one.name == "status" else by_type[one.type] for one in table.fields]


def _shorthand(words: str) -> str:
    return _BY_WORDS.get(words, "")


def _by_words(pairs: Iterable[tuple[Status, str]]) -> dict[str, str]:
    return {status.words: short for status, short in pairs}


_BY_WORDS = _by_words(SHORTHAND.items())
