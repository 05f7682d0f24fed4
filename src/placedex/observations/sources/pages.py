"""Pages: one table in several files, of which none may be missing and none may have been cut."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Table
from placedex.observations.sources.raw import Raw, fold
from placedex.observations.sources.shapes import Pages


def pages_of(path: Path, files: Iterable[Path], pages: Pages | None) -> tuple[Path, ...]:
    """The files that are pages of the same table as one of them, in order; itself if alone."""
    if pages is None:
        return (path,)
    own = _table_of(path.name, pages)
    return tuple(
        one
        for one in sorted(files)
        if one.parent == path.parent and _table_of(one.name, pages) == own
    )


def _table_of(name: str, pages: Pages) -> str:
    found = re.fullmatch(pages.file, name)
    return found[1] if found is not None and found.re.groups else name


@dataclass(frozen=True, slots=True)
class _Page:
    """One file: how many rows it has, the numbers of its first and last, and of all rows."""

    file: str
    rows: int
    different: int
    whole: int | None
    wholes: int
    first: int
    last: int


def check_pages(raw: Raw, table: Table, desk: Desk) -> None:
    """Refuse a table of which rows are missing, by the number that each row bears.

    A service that answers with no more than so many rows cuts a table without a word.
    Errors: UnreadableSource with the file and how many rows it has and should have.
    """
    pages = table.pages
    if pages is None or not {fold(pages.number), fold(pages.of)} <= set(raw.columns):
        return
    number = f"try_cast({raw.columns[fold(pages.number)]} AS BIGINT)"
    of = f"try_cast({raw.columns[fold(pages.of)]} AS BIGINT)"
    rows = desk.connection.execute(
        f"SELECT file, count(*), count(DISTINCT {number}), max({of}), count(DISTINCT {of}), "
        f"coalesce(min({number}), -1), coalesce(max({number}), -1) FROM {raw.relation} "
        "GROUP BY file ORDER BY file"
    ).fetchall()
    tables: dict[str, list[_Page]] = {}
    for row in rows:
        page = _Page(*row)
        _check_page(page, pages)
        stem = f"{Path(page.file).parent}/{_table_of(Path(page.file).name, pages)}"
        tables.setdefault(stem, []).append(page)
    for found in tables.values():
        _check_run(sorted(found, key=lambda one: one.first), pages)


def _check_page(page: _Page, pages: Pages) -> None:
    """Refuse a file whose rows are not numbered one by one, or that gives two totals."""
    run = page.different == page.rows and page.last - page.first + 1 == page.rows
    if page.wholes != 1 or page.whole is None or not run:
        raise UnreadableSource(
            f"{page.file} has {page.rows} rows, numbered {page.first} to {page.last} in "
            f"{pages.number}, of {page.whole} in {pages.of}. Wanted every number once, and one "
            "total. Fetch it again."
        )


def _check_run(found: list[_Page], pages: Pages) -> None:
    """Refuse pages that do not run from nought to the last row without a gap."""
    at, whole = 0, found[0].whole or 0
    for page in found:
        if page.whole != whole:
            raise UnreadableSource(
                f"{page.file} says that its table has {page.whole} rows, and another page of it "
                f"{whole}. Wanted pages of one table. Fetch them all again."
            )
    ends = [(one.file, one.first, one.last) for one in found]
    for file, first, last in [*ends, ("", whole, whole)]:
        if first != at:
            where = file or found[-1].file
            raise UnreadableSource(
                f"{where}: the rows {at} to {first - 1} of {whole} in {pages.of} are missing. "
                "Wanted the whole table: its publisher gives no more than so many rows at once. "
                f"Fetch the pages from {pages.number} {at} on too."
            )
        at = last + 1
