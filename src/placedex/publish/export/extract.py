"""An extract of a build, written whole in one of the forms that other programs read."""

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from placedex.errors import BadUsage
from placedex.publish.export.aside import written_aside
from placedex.publish.export.table import ExportTable

# What the database may use; what it sorts beyond that it puts aside on the disk.
MEMORY = "1GB"
# What an export may write into its folder: tables, and what describes them.
TABLES = ("figures", "places", "indicators", "origins", "scores", "nodes", "flags")
BESIDE = ("csv-metadata.json", "datapackage.json", "structure.xml")


@dataclass(frozen=True, slots=True)
class Extract:
    """Tables taken from a build, with the title under which they go out."""

    title: str
    about: str
    version: str
    connection: duckdb.DuckDBPyConnection
    tables: tuple[ExportTable, ...]

    def __getitem__(self, name: str) -> ExportTable:
        """A table by its name."""
        return next(table for table in self.tables if table.name == name)

    def __contains__(self, name: object) -> bool:
        return any(table.name == name for table in self.tables)


Write = Callable[[Extract, Path], None]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: how it is written, and whether it is a folder of tables or one file."""

    write: Write
    folder: bool = False


def write_extract(extract: Extract, form: str, output: Path) -> None:
    """Write an extract to a file or a folder; on failure nothing of it is there.

    Errors: BadUsage for a form that there is not, or if something is there that no export wrote;
            OSError if it cannot be written.
    """
    if form not in FORMS:
        raise BadUsage(f"'{form}' is no form. Wanted one of {', '.join(FORMS)}.")
    chosen = FORMS[form]
    with written_aside(output, folder=_NAMES if chosen.folder else ()) as made:
        connection = extract.connection
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = '{_quoted(made.parent / 'spill')}'")
        try:
            chosen.write(extract, made)
        except duckdb.IOException as error:
            words = str(error).splitlines()[0]
            raise OSError(errno.EIO, words, str(output)) from None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _parquet(extract: Extract, folder: Path) -> None:
    from placedex.publish.export.copied import copy_parquet

    copy_parquet(extract, folder)


def _csv(extract: Extract, folder: Path) -> None:
    from placedex.publish.export.csvw import write_csvw

    write_csvw(extract, folder)


def _frictionless(extract: Extract, folder: Path) -> None:
    from placedex.publish.export.data_package import write_data_package

    write_data_package(extract, folder)


def _json_stat(extract: Extract, path: Path) -> None:
    from placedex.publish.export.json_stat import write_json_stat

    write_json_stat(extract, path)


def _sdmx(extract: Extract, folder: Path) -> None:
    from placedex.publish.export.sdmx import write_sdmx

    write_sdmx(extract, folder)


def _xlsx(extract: Extract, path: Path) -> None:
    from placedex.publish.export.spreadsheet import write_spreadsheet

    write_spreadsheet(extract, path)


_NAMES = frozenset(
    {*BESIDE, *(f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet"))}
)
FORMS: Mapping[str, Form] = {
    "parquet": Form(_parquet, folder=True),
    "csv": Form(_csv, folder=True),
    "frictionless": Form(_frictionless, folder=True),
    "json-stat": Form(_json_stat),
    "sdmx-csv": Form(_sdmx, folder=True),
    "xlsx": Form(_xlsx),
}
