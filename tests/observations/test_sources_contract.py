"""The contract that every source keeps, on the files that its publisher wrote."""

import csv
import gzip
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import duckdb
import pytest

from placedex.errors import Faults, UnreadableSource
from placedex.observations import MIGRATIONS, Reading, bundled_catalogue, keep_observations
from placedex.observations.sources import (
    Described,
    Desk,
    Source,
    built_in,
    installed_sources,
    open_desk,
    other_registers,
)
from placedex.observations.sources.companies_house import month_of
from placedex.observations.sources.layout import Table
from placedex.places import bundled_register
from placedex.store import connect_memory, migrate
from tests.conftest import SHARED
from tests.observations.samples import write_companies, write_ofcom
from tests.observations.workbook import write_workbook

SOURCES = installed_sources()
DATA = SHARED / "data"
OTHERS = other_registers()
# Read here at their own desks, once; the files of one source stay in one place.
needs_files = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published files of ../shared are not on this machine"
)
SAMPLES = {"ofcom-connected-nations": write_ofcom, "companies-house": write_companies}


@dataclass(frozen=True, slots=True)
class Case:
    """A source with the files on which it is tried: published ones, or a sample in their layout."""

    source: Source
    sample: bool

    @property
    def name(self) -> str:
        return f"{self.source.code}{', sample' if self.sample else ''}"


CASES = (
    *(Case(one, sample=False) for one in SOURCES if one.code != "ofcom-connected-nations"),
    *(Case(one, sample=True) for one in SOURCES if one.code in SAMPLES),
)
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.code)
every_case = pytest.mark.parametrize(
    "case",
    [pytest.param(one, id=one.name, marks=() if one.sample else needs_files) for one in CASES],
)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a folder for each sample."""
    folder = tmp_path_factory.mktemp("samples")
    for code, write in SAMPLES.items():
        write(folder / code)
    return folder


@pytest.fixture
def files_of(case: Case, samples: Path) -> Path:
    """The folder of a case's files."""
    return samples / case.source.code if case.sample else DATA


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
def read_in(code: str, folder: Path) -> tuple[Reading, duckdb.DuckDBPyConnection]:
    source = next(one for one in SOURCES if one.code == code)
    desk = at_desk(folder)
    return source.read(source.files(folder), desk), desk.connection


def counted_in(code: str, folder: Path, question: str) -> list[tuple[object, ...]]:
    reading, connection = read_in(code, folder)
    connection.register("published", reading.rows)
    found = connection.execute(f"SELECT {question}").fetchall()
    connection.unregister("published")
    return found


def counted(code: str, question: str) -> list[tuple[object, ...]]:
    return counted_in(code, DATA, question)


@every_source
def test_a_source_says_who_publishes_what_and_under_which_licence(source: Source) -> None:
    assert all((source.code, source.title, source.publisher, source.licence, source.page))
    assert all(one.url.startswith("http") and one.page for one in source.addresses)


def test_built_in_sources_come_by_the_entry_point_that_others_use() -> None:
    named = [one for one in entry_points(group="placedex.sources") if one.name == "built-in"]

    assert {one.code for one in built_in()} <= {one.code for one in SOURCES}
    assert [one.value for one in named] in ([], ["placedex.observations.sources:built_in"])
    assert all(isinstance(one, Source) for one in SOURCES)


@every_case
def test_every_published_file_is_read_whole_and_kept(case: Case, files_of: Path) -> None:
    """No value is both missing and published; units, periods and codes are the catalogue's."""
    source = case.source
    reading, _ = read_in(source.code, files_of)
    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        desk = at_desk(files_of, connection)
        again = source.read(source.files(files_of), desk)
        keep(connection, again)
        kept = connection.execute("SELECT count(*) FROM observation").fetchone()

    assert kept == counted_in(source.code, files_of, "count(*) FROM published")[0]
    assert reading.origins
    assert all(len(one.sha256) == 64 and one.licence for one in reading.origins)


@every_case
def test_every_row_speaks_of_a_place_or_is_counted_with_a_reason(
    case: Case, files_of: Path
) -> None:
    reading, _ = read_in(case.source.code, files_of)
    places = counted_in(case.source.code, files_of, "DISTINCT place FROM published")

    assert all(code in OTHERS for (code,) in places)
    assert all(reason and count > 0 for reason, count in reading.left_out.items())
    assert places or reading.left_out


@every_case
def test_the_same_files_give_the_same_rows(case: Case, files_of: Path) -> None:
    source = case.source
    sums = "count(*), sum(hash(place, indicator, part, period, value, low, high, status, row))"
    first = counted_in(source.code, files_of, f"{sums} FROM published")
    desk = at_desk(files_of)
    again = source.read(tuple(reversed(source.files(files_of))), desk)
    desk.connection.register("second", again.rows)

    assert desk.connection.execute(f"SELECT {sums} FROM second").fetchall() == first


def first_table(source: Source, folder: Path) -> tuple[Path, Table | None]:
    """The smallest table file of a source, with the table of its layout that describes it."""
    if not isinstance(source, Described):
        return next(path for path in source.files(folder) if month_of(path)), None
    files = source.files(folder)
    found = [
        (path, table)
        for table in source.layout.each()
        for path in files
        if any(path.match(form) for form in table.files)
        and not any(path.match(form) for form in table.but_not)
        and path.suffix not in {".yaml"}
        and not (source.layout.about and path.suffix == ".json")
    ]
    return min(found, key=lambda one: one[0].stat().st_size)


def copied(source: Source, path: Path, folder: Path, *, whole: Path) -> Path:
    """A copy of a table, and of the files that are needed to read it."""
    stem = path.name.removesuffix(".gz").rpartition(".")[0]
    for one in source.files(whole):
        beside = one.parent == path.parent and one.name.startswith(stem + ".")
        if beside or (not isinstance(source, Described) and not month_of(one)):
            deep = folder / one.parent.name
            deep.mkdir(exist_ok=True)
            shutil.copyfile(one, deep / one.name)
    return folder / path.parent.name / path.name


def wanted_headers(table: Table | None) -> re.Pattern[str]:
    """The headers of which a table cannot do without any, or without all."""
    if table is None:
        return re.compile("CompanyNumber")
    columns = [one for one in (table.place.wanted if table.place else ()) if one]
    if columns and table.format != "json":
        names = [words for one in columns for words in (one, *table.names.get(one, ()))]
        return re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    if table.wide is not None:
        return re.compile(table.wide.columns)
    assert table.value is not None
    return re.compile(re.escape(table.records or table.value.column))


def renamed(header: Sequence[str], wanted: re.Pattern[str]) -> list[str]:
    """A header in which what is wanted has other names, each its own."""
    return [
        f"gone {number}" if wanted.fullmatch(" ".join(words.split())) else words
        for number, words in enumerate(header)
    ]


def alter(path: Path, table: Table | None) -> None:
    """Rename the headers that a table needs."""
    wanted = wanted_headers(table)
    form = "csv" if table is None else table.format
    if form == "parquet":
        with duckdb.connect() as connection:
            rows = connection.read_parquet(str(path)).to_arrow_table()
            connection.register("renamed", rows.rename_columns(renamed(rows.column_names, wanted)))
            connection.execute(f"COPY (SELECT * FROM renamed) TO '{path}' (FORMAT parquet)")
    elif form == "json":
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(_without(content, wanted)), encoding="utf-8")
    elif form == "xlsx":
        assert table is not None
        _alter_workbook(path, table, wanted)
    else:
        _alter_text(path, wanted)


def _without(content: object, wanted: re.Pattern[str]) -> object:
    if not isinstance(content, dict):
        return content
    names = renamed(list(content), wanted)
    return {name: _without(one, wanted) for name, one in zip(names, content.values(), strict=True)}


def _alter_workbook(path: Path, table: Table, wanted: re.Pattern[str]) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
    for sheet in sheets.values():
        for row in sheet[:60]:
            words = [str(cell).removesuffix(".0") for cell in row]
            if isinstance(table.header, tuple) and table.wide is not None:
                row[:] = [f"gone {at}" if text else "" for at, text in enumerate(words)]
            else:
                row[:] = renamed(words, wanted)
    write_workbook(path, sheets)


def _alter_text(path: Path, wanted: re.Pattern[str]) -> None:
    packed = path.suffix == ".gz"
    content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    header = next(csv.reader([lines[0]]))
    kept = renamed(header, wanted)
    assert kept != header
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines[0] = ",".join(f'"{name}"' for name in kept) + ending
    text = "".join(lines).encode()
    path.write_bytes(gzip.compress(text) if packed else text)


@every_case
def test_a_changed_header_is_refused_with_file_row_and_words(
    case: Case, files_of: Path, tmp_path: Path
) -> None:
    source = case.source
    path, table = first_table(source, files_of)
    path = copied(source, path, tmp_path, whole=files_of)
    alter(path, table)
    desk = at_desk(tmp_path)

    with pytest.raises(
        UnreadableSource, match="Wanted also|no column's header is of the form|Wanted the records"
    ) as caught:
        source.read(source.files(tmp_path), desk)

    assert path.name in str(caught.value)
    assert "gone" in str(caught.value)
    assert ", row " in str(caught.value) or path.suffix == ".json"
    assert table is None or table.sheet is None or table.sheet in str(caught.value)


@every_case
def test_a_file_that_was_cut_leaves_nothing_in_the_store(
    case: Case, files_of: Path, tmp_path: Path
) -> None:
    source = case.source
    path, table = first_table(source, files_of)
    path = copied(source, path, tmp_path, whole=files_of)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 - 7])
    if (table is None or table.format == "csv") and path.suffix != ".gz":
        path.write_bytes(path.read_bytes().rpartition(b"\n")[0].rpartition(b",")[0])

    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        desk = at_desk(tmp_path, connection)
        with pytest.raises((UnreadableSource, Faults)) as caught:
            reading = source.read(source.files(tmp_path), desk)
            keep(connection, reading)
        assert connection.execute("SELECT count(*) FROM observation").fetchone() == (0,)

    assert path.name in str(caught.value)


@every_case
def test_an_empty_file_is_refused(case: Case, files_of: Path, tmp_path: Path) -> None:
    source = case.source
    path, _ = first_table(source, files_of)
    path = copied(source, path, tmp_path, whole=files_of)
    path.write_bytes(gzip.compress(b"") if path.suffix == ".gz" else b"")
    desk = at_desk(tmp_path)

    with pytest.raises(UnreadableSource) as caught:
        source.read(source.files(tmp_path), desk)

    assert path.name in str(caught.value)


@every_case
def test_every_indicator_of_every_source_is_in_the_catalogue(case: Case, files_of: Path) -> None:
    reading, _ = read_in(case.source.code, files_of)

    assert reading.indicators
    assert reading.indicators <= set(bundled_catalogue())


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
