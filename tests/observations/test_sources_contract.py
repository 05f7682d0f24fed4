"""The contract that every source keeps, on the files that its publisher wrote."""

import csv
import gzip
import json
import shutil
from functools import cache
from pathlib import Path

import duckdb
import pytest

from placedex.errors import Faults, UnreadableSource
from placedex.observations import MIGRATIONS, Reading, bundled_catalogue, keep_observations
from placedex.observations.sources import (
    Described,
    Desk,
    bundled_sources,
    open_desk,
    other_registers,
)
from placedex.observations.sources.layout import Table
from placedex.places import bundled_register
from placedex.store import connect_memory, migrate
from tests.conftest import SHARED

SOURCES = bundled_sources()
DATA = SHARED / "data"
OTHERS = other_registers()
# Read here at their own desks, once; the files of one source stay in one place.
needs_files = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published files of ../shared are not on this machine"
)
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.code)


def at_desk(folder: Path, connection: duckdb.DuckDBPyConnection | None = None) -> Desk:
    """A desk with every register."""
    return open_desk(
        connection,
        register=bundled_register(),
        catalogue=bundled_catalogue(),
        folder=folder,
        others=OTHERS,
    )


def keep(connection: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    """Keep a reading with every register."""
    keep_observations(
        connection,
        [reading],
        register=bundled_register(),
        catalogue=bundled_catalogue(),
        others=OTHERS,
    )


@cache
def read(code: str) -> tuple[Reading, duckdb.DuckDBPyConnection]:
    source = next(one for one in SOURCES if one.code == code)
    desk = at_desk(DATA)
    return source.read(source.files(DATA), desk), desk.connection


def counted(code: str, question: str) -> list[tuple[object, ...]]:
    reading, connection = read(code)
    connection.register("published", reading.rows)
    found = connection.execute(f"SELECT {question}").fetchall()
    connection.unregister("published")
    return found


@every_source
def test_a_source_says_who_publishes_what_and_under_which_licence(source: Described) -> None:
    assert all((source.code, source.title, source.publisher, source.licence, source.page))
    assert all(one.url.startswith("http") and one.page for one in source.addresses)


@needs_files
@every_source
def test_every_published_file_is_read_whole_and_kept(source: Described) -> None:
    """No value is both missing and published; units, periods and codes are the catalogue's."""
    reading, _ = read(source.code)
    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        desk = at_desk(DATA, connection)
        again = source.read(source.files(DATA), desk)
        keep(connection, again)
        kept = connection.execute("SELECT count(*) FROM observation").fetchone()

    assert kept == counted(source.code, "count(*) FROM published")[0]
    assert reading.origins
    assert all(len(one.sha256) == 64 and one.licence for one in reading.origins)


@needs_files
@every_source
def test_every_row_speaks_of_a_place_or_is_counted_with_a_reason(source: Described) -> None:
    reading, _ = read(source.code)
    codes = {code for (code,) in counted(source.code, "DISTINCT place FROM published")}

    assert all(code in OTHERS for code in codes)
    assert all(reason and count > 0 for reason, count in reading.left_out.items())
    assert codes or reading.left_out


@needs_files
@every_source
def test_the_same_files_give_the_same_rows(source: Described) -> None:
    reading, connection = read(source.code)
    sums = "count(*), sum(hash(place, indicator, part, period, value, low, high, status, row))"
    connection.register("first", reading.rows)
    first = connection.execute(f"SELECT {sums} FROM first").fetchall()
    connection.unregister("first")
    desk = at_desk(DATA)
    again = source.read(tuple(reversed(source.files(DATA))), desk)
    desk.connection.register("second", again.rows)

    assert desk.connection.execute(f"SELECT {sums} FROM second").fetchall() == first


def first_table(source: Described) -> tuple[Path, Table]:
    """The smallest table file of a source, with the table that describes it."""
    found = [
        (path, table)
        for table in source.layout.each()
        for path in source.files(DATA)
        if any(path.match(form) for form in table.files)
        and not any(path.match(form) for form in table.but_not)
        and path.suffix not in {".yaml"}
        and not (source.layout.about and path.suffix == ".json")
    ]
    return min(found, key=lambda one: one[0].stat().st_size)


def copied(source: Described, path: Path, folder: Path) -> Path:
    """A copy of a table, and of the file that describes it."""
    stem = path.name.removesuffix(".gz").rpartition(".")[0]
    for one in source.files(DATA):
        if one.parent == path.parent and one.name.startswith(stem + "."):
            shutil.copyfile(one, folder / one.name)
    return folder / path.name


def altered(path: Path, table: Table) -> str:
    """Rename a column that the table needs, and give its old name."""
    column = next(iter(table.place.wanted)) if table.place else ""
    names = [column, *table.names.get(column, ())]
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            rows = connection.read_parquet(str(path)).to_arrow_table()
            renamed = ["gone" if name in names else name for name in rows.column_names]
            connection.register("renamed", rows.rename_columns(renamed))
            connection.execute(f"COPY (SELECT * FROM renamed) TO '{path}' (FORMAT parquet)")
        return column
    packed = path.suffix == ".gz"
    content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    header = next(csv.reader([lines[0]]))
    kept = ["gone" if name.casefold() in {one.casefold() for one in names} else name
            for name in header]  # fmt: skip
    assert kept != header
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines[0] = ",".join(f'"{name}"' for name in kept) + ending
    text = "".join(lines).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    return column


@needs_files
@every_source
def test_a_changed_header_is_refused_with_file_row_and_words(
    source: Described, tmp_path: Path
) -> None:
    path, table = first_table(source)
    if table.format in {"xlsx", "json"} or not (table.place and table.place.wanted):
        pytest.skip("the header of a workbook or of JSON is altered in test_described.py")
    path = copied(source, path, tmp_path)
    column = altered(path, table)
    desk = at_desk(tmp_path)

    with pytest.raises(UnreadableSource, match="Wanted also") as caught:
        source.read(source.files(tmp_path), desk)

    assert path.name in str(caught.value)
    assert ", row " in str(caught.value)
    assert column in str(caught.value)
    assert "gone" in str(caught.value)


@needs_files
@every_source
def test_a_file_that_was_cut_leaves_nothing_in_the_store(source: Described, tmp_path: Path) -> None:
    path, table = first_table(source)
    path = copied(source, path, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 - 7])
    if table.format == "csv" and path.suffix != ".gz":
        path.write_bytes(path.read_bytes().rpartition(b"\n")[0].rpartition(b",")[0])

    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        desk = at_desk(tmp_path, connection)
        with pytest.raises((UnreadableSource, Faults)) as caught:
            reading = source.read(source.files(tmp_path), desk)
            keep(connection, reading)
        assert connection.execute("SELECT count(*) FROM observation").fetchone() == (0,)

    assert path.name in str(caught.value)


@needs_files
@every_source
def test_an_empty_file_is_refused(source: Described, tmp_path: Path) -> None:
    path, _ = first_table(source)
    path = copied(source, path, tmp_path)
    path.write_bytes(gzip.compress(b"") if path.suffix == ".gz" else b"")
    desk = at_desk(tmp_path)

    with pytest.raises(UnreadableSource) as caught:
        source.read(source.files(tmp_path), desk)

    assert path.name in str(caught.value)


@needs_files
def test_every_indicator_of_every_layout_is_in_the_catalogue() -> None:
    for source in SOURCES:
        assert (read(source.code)[0].indicators or set()) <= set(bundled_catalogue())


@needs_files
def test_a_known_figure_of_each_publisher_is_read() -> None:
    """Birmingham, looked up in the files by hand."""
    assert json.loads((DATA / "ofcom" / "mobile-by-laua.json").read_text())["E08000025"][
        "fourGAll"
    ] == float(
        str(
            counted(
                "ofcom-coverage",
                "value FROM published WHERE place = 'E08000025' "
                "AND indicator = '4g-indoor-all-operators'",
            )[0][0]
        )
    )
    assert counted(
        "business-workbook",
        "value FROM published WHERE place = 'K02000001' AND indicator = 'ict-enterprises'",
    ) == [("187760",)]
    assert counted(
        "regional-gva-2024",
        "value FROM published WHERE place = 'K02000001' AND part = 'A (1-3)' AND period = '1998'",
    ) == [("9358",)]
    assert counted(
        "population-by-district",
        "value FROM published WHERE place = 'N09000006' AND period = '1999'",
    ) == [("104945.0",)]
