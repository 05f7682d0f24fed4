"""The contract that every source keeps, on the files that its publisher wrote."""

import gzip
import json
import shutil
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
from tests.observations.altered import alter
from tests.observations.samples import write_companies, write_ofcom

SOURCES = installed_sources()
DATA = SHARED / "data"
OTHERS = other_registers()
# Read here at their own desks, once; the files of one source stay in one place.
needs_files = pytest.mark.skipif(
    not DATA.is_dir(), reason="the published files of ../shared are not on this machine"
)
# Sources of which no published file is here, by their documented form, and where they are tested.
WITHOUT_FILES = {"nomis": "test_nomis.py", "ofcom-connected-nations": "its sample"}
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
    *(Case(one, sample=False) for one in SOURCES if one.code not in WITHOUT_FILES),
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
    assert all(one.page.startswith("http") for one in source.addresses)
    assert all(one.url.startswith("http") for one in source.addresses if one.url)


def test_built_in_sources_come_by_the_entry_point_that_others_use() -> None:
    named = [one for one in entry_points(group="placedex.sources") if one.name == "built-in"]

    assert {one.code for one in built_in()} <= {one.code for one in SOURCES}
    assert [one.value for one in named] in ([], ["placedex.observations.sources:built_in"])
    assert all(isinstance(one, Source) for one in SOURCES)


@needs_files
def test_only_the_sources_that_are_listed_have_no_published_file_here() -> None:
    assert {source.code for source in SOURCES if not source.files(DATA)} == set(WITHOUT_FILES)


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
        UnreadableSource,
        match="Wanted also|header is of the form|Wanted (that form|the records|Area)",
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
    assert counted(
        "local-skills-nomis",
        "value, low, high FROM published WHERE place = 'E92000001' "
        "AND indicator = 'employed-16-64' AND period = '2018'",
    ) == [("26169200", "26004300.0", "26334100.0")]
    assert counted(
        "business-workbook",
        "value FROM published WHERE place = 'W92000004' AND indicator = 'enterprises' "
        "AND part = '0111'",
    ) == [("145",)]


@needs_files
def test_a_partnership_told_by_name_has_the_enterprises_of_its_districts() -> None:
    """Several partnerships bear one name; London's is that of all 33 boroughs, rounded one by one.

    Coast to Capital lost Croydon and Lewes to others in 2020, and its sum is that without them.
    """
    districts = {
        "E37000051": "place LIKE 'E09%'",
        "E37000044": "(place BETWEEN 'E07000223' AND 'E07000229' OR place IN ('E06000043', "
        "'E07000208', 'E07000210', 'E07000211', 'E07000215'))",
    }
    for partnership, within in districts.items():
        found = counted(
            "local-skills-nomis",
            "(sum(CAST(value AS DOUBLE)) FILTER (" + within + ")), "
            f"(max(CAST(value AS DOUBLE)) FILTER (place = '{partnership}')) FROM published "
            "WHERE indicator = 'enterprises' AND part = '' AND period = '2018-03'",
        )
        [(parts, whole)] = found
        assert abs(float(str(parts)) - float(str(whole))) <= 2.5 * 34, partnership
