"""Engines: the same answers on DuckDB and on a real session of Spark, and what they refuse."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placedex.errors import BadUsage, MissingLibrary, UnreadableSource
from placedex.store import Engine, csv_header, engine_on, open_engine
from placedex.store.database import connect_memory
from tests.engines import ENGINES, opened

pytest.importorskip("ibis")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
           ) -> Iterator[Engine]:  # fmt: skip
    with opened(request.param, tmp_path_factory.mktemp("engine")) as one:
        yield one


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows(engine: Engine, table: Any) -> list[dict[str, object]]:
    return sorted(engine.rows(table).to_pylist(), key=str)


def test_cells_with_marks_and_commas_are_read_as_they_were_written(
    engine: Engine, tmp_path: Path
) -> None:
    """Names with a point, as Companies House has them, are names like others."""
    path = written(tmp_path / "a.csv", '"x"," y.1",z\n1,"a ""b"", c",""\n2,é,\n')

    table = engine.read_csv([path], names=["x", "y.1", "z"])

    assert rows(engine, table) == [
        {"x": "1", "y.1": 'a "b", c', "z": None},
        {"x": "2", "y.1": "é", "z": None},
    ]


def test_several_files_are_one_table_and_each_header_is_left_out(
    engine: Engine, tmp_path: Path
) -> None:
    files = [written(tmp_path / f"{one}.csv", f"x,y\n{one},1\n") for one in ("a", "b", "c")]

    table = engine.read_csv(files, names=["x", "y"])

    assert [row["x"] for row in rows(engine, table)] == ["a", "b", "c"]


@pytest.mark.parametrize("row", ["2,b", "2,b,c,d"])
def test_a_row_of_another_length_is_refused_though_its_cells_are_not_asked_for(
    engine: Engine, tmp_path: Path, row: str
) -> None:
    path = written(tmp_path / "short.csv", f"x,y,z\n1,a,b\n{row}\n3,,\n")
    table = engine.read_csv([path], names=["x", "y", "z"])

    with pytest.raises(UnreadableSource, match="Wanted whole files") as caught:
        engine.keep(table.group_by("x").agg(rows=table.count()))

    assert "short.csv" in str(caught.value)


def test_a_parquet_file_that_is_cut_or_missing_is_refused_by_its_name(
    engine: Engine, tmp_path: Path
) -> None:
    whole, cut = tmp_path / "whole.parquet", tmp_path / "cut.parquet"
    pq.write_table(pa.table({"x": list(range(1000))}), whole)
    cut.write_bytes(whole.read_bytes()[:-100])

    for path in (cut, tmp_path / "missing.parquet"):
        with pytest.raises(UnreadableSource, match=rf"{path.name}.*Wanted whole files"):
            engine.rows(engine.read_parquet([path]))


def test_a_question_asked_of_what_was_kept_has_the_answer_of_the_whole(
    engine: Engine, tmp_path: Path
) -> None:
    """Sums by hand: 1.5 + 2.5 of a, 0.25 of b, and c has no row in the small table."""
    path = tmp_path / "large.parquet"
    pq.write_table(pa.table({"key": ["a", "a", "b", "c"], "value": [1.5, 2.5, 0.25, 9.0]}), path)
    names = engine.lay_out(pa.table({"key": ["a", "b"], "name": ["first", "second"]}))
    large = engine.read_parquet([path])

    kept = engine.keep(large.inner_join(names, "key").group_by("name").agg(sum=large.value.sum()))

    assert rows(engine, kept) == [{"name": "first", "sum": 4.0}, {"name": "second", "sum": 0.25}]
    assert engine.rows(kept.count().as_table())[0][0].as_py() == 2


def test_a_sum_over_missing_values_alone_is_missing(engine: Engine) -> None:
    values = pa.table({"key": ["a"], "value": pa.array([None], type=pa.float64())})
    table = engine.lay_out(values)

    assert rows(engine, table.group_by("key").agg(sum=table.value.sum())) == [
        {"key": "a", "sum": None}
    ]


def test_an_engine_says_what_it_is(engine: Engine) -> None:
    assert engine.name.split()[0] in {"DuckDB", "Spark"}


def test_an_engine_on_a_connection_leaves_it_open() -> None:
    with connect_memory() as connection:
        with engine_on(connection) as engine:
            table = engine.lay_out(pa.table({"x": [1, 2]}))
            query = engine.query(table)
        assert connection.sql(query).fetchall() == [(1,), (2,)]


def test_an_engine_that_opened_its_connection_closes_it_at_the_end(tmp_path: Path) -> None:
    with open_engine(folder=tmp_path) as engine:
        table = engine.lay_out(pa.table({"x": [1, 2]}))

    with pytest.raises(duckdb.ConnectionException):
        engine.rows(table)


@pytest.mark.parametrize("address", ["sqlite", "spark:", "local[two]", ""])
def test_an_address_that_is_no_engine_is_refused_with_the_choices(address: str) -> None:
    with pytest.raises(BadUsage, match="There is no engine .* Wanted duckdb, or the master"):
        open_engine(address)


@pytest.mark.parametrize("memory", ["much", "1", "-1GB", "1 TB"])
def test_a_memory_that_is_no_size_is_refused(memory: str) -> None:
    with pytest.raises(BadUsage, match="is no size. Wanted a number with MB or GB"):
        open_engine(memory=memory)


@pytest.mark.parametrize("library", ["pyspark", "pandas"])
def test_without_a_library_of_spark_it_is_said_what_to_install(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(MissingLibrary, match=rf"^{library}.* pip install 'placedex\[spark"):
        open_engine("local[2]")


def test_a_table_larger_than_the_memory_goes_through_the_folder(tmp_path: Path) -> None:
    """Four million groups of numbers take more than the 100 MB that the engine may take."""
    with open_engine(memory="100MB", folder=tmp_path) as engine:
        numbers = engine.lay_out(pa.table({"x": list(range(2000))}))
        pairs = numbers.cross_join(numbers.view().rename(y="x"))
        groups = pairs.select(z=pairs.x * 2000 + pairs.y)
        counted = groups.group_by("z").agg(rows=groups.count()).count().as_table()

        assert engine.rows(counted)[0][0].as_py() == 4_000_000


def test_a_header_is_given_without_spaces_and_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffCompanyName, CompanyNumber,"a, b"\n'.encode())

    assert csv_header(path) == ("CompanyName", "CompanyNumber", "a, b")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe,b\n"])
def test_a_file_without_a_header_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableSource, match="a.csv .* Fetch"):
        csv_header(path)
