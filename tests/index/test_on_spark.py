"""Draws and builds on a real Spark session of two threads, against those of one machine."""

import dataclasses
import importlib.util
import math
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from placedex.errors import BadSpec, BadUsage, MissingLibrary
from placedex.index import Geometric, Impute, Mean, MinMax, Treat, build
from placedex.index.panels_on_spark import build_on_spark, build_one, figures_wanted
from placedex.index.spark import libraries, refuse_others
from placedex.observations import Indicator, Panel, Ratio
from placedex.store.engine_spark import want_spark
from tests.index.asem import Golden, asem
from tests.index.test_plan import made, panel_of

pytest.importorskip("numba")

from placedex.index.choices import Alternative, Choice, Choices, DropOne, NoisyWeights, Sampling
from placedex.index.draws import Engine, make_engine
from placedex.index.errors_from_intervals import Log
from placedex.index.monte_carlo import Simulation, shares_of_variance, simulate
from placedex.index.on_spark import shares_of_variance_on_spark, simulate_on_spark
from tests.index.test_monte_carlo import MEANS, SCALES, WINMAX, all_open, random_figures

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# Spark doubts pandas 3 wherever it runs Python on Arrow; no pandas frame is handed to it here.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
NAN = float("nan")


def want_spark_and_java() -> None:
    """Skip what needs Spark where it cannot run."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install placedex[spark]")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java on this machine: apt-get install default-jre-headless")


def local_session(folder: Path) -> "SparkSession":
    """A quiet session of two threads on this machine, with a folder of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        settings: dict[str, bool | float | int | str | None] = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.local.dir": str(folder / "local"),
            "spark.log.level": "ERROR",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = SparkSession.builder.master("local[2]").appName("placedex tests")
        return builder.config(map=settings).getOrCreate()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkSession]":
    want_spark_and_java()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        made_here = local_session(tmp_path_factory.mktemp("spark"))
        yield made_here
        made_here.stop()


def assert_same(ours: Simulation, wanted: Simulation) -> None:
    """Every number the same to the byte."""
    for field in dataclasses.fields(Simulation):
        one, other = getattr(ours, field.name), getattr(wanted, field.name)
        if isinstance(other, np.ndarray):
            assert one.dtype == other.dtype, field.name
            assert one.tobytes() == other.tobytes(), field.name
        else:
            assert one == other or (math.isnan(one) and math.isnan(other)), field.name
    assert ours.to_rows() == wanted.to_rows()
    assert ours.words == wanted.words


def gappy() -> Engine:
    """Everything left open at once, on figures of which two are missing."""
    values = random_figures()
    values[3, 1] = values[7, 4] = NAN
    return all_open(values)


@pytest.mark.parametrize("batches", [None, 1, 3, 40])
def test_spark_gives_the_counts_of_one_machine(
    session: "SparkSession", batches: int | None
) -> None:
    """A number of draws that no block and no batch divides; also more batches than blocks."""
    engine = gappy()

    ours = simulate_on_spark(engine, 1_003, session=session, top=5, batches=batches)

    assert_same(ours, simulate(engine, 1_003, top=5))
    assert ours.counts.sum(axis=1).max() == 1_003 - ours.failed_draws


def test_spark_gives_the_intervals_of_one_machine_on_asem(
    session: "SparkSession", shared: Path
) -> None:
    spec, panel = asem(Golden(shared / "golden" / "coinr"))
    errors = np.where(panel.values == 0, NAN, np.abs(panel.values) * 0.05)
    uncertain = dataclasses.replace(panel, errors=errors)
    choices = Choices(
        (WINMAX, SCALES, MEANS),
        weights=NoisyWeights(0.25),
        inclusion=DropOne(),
        sampling=Sampling(),
    )
    engine = make_engine(spec, uncertain, choices, seed=2026)

    ours, wanted = simulate_on_spark(engine, 2_000, session=session), simulate(engine, 2_000)

    assert_same(ours, wanted)
    np.testing.assert_array_equal(ours.interval(0.9), wanted.interval(0.9))


def test_draws_without_errors_in_the_figures_are_those_of_one_machine(
    session: "SparkSession",
) -> None:
    """Points are then worked out once and only multiplied by drawn weights."""
    values = random_figures()
    engine = make_engine(made(values), panel_of(values), Choices(weights=NoisyWeights(0.5)), seed=3)

    assert_same(simulate_on_spark(engine, 700, session=session), simulate(engine, 700))


def some_fail() -> Engine:
    """A mean that wants points above nought, in half of the draws on a scale that begins at it."""
    values = random_figures()
    spec = made(values, Impute(Mean()), Treat())
    scales = (Alternative("0", (MinMax((0, 100)),)), Alternative("1", (MinMax((1, 100)),)))
    choices = Choices((Choice("scale", scales), MEANS), sampling=Sampling({"i0": Log()}))
    panel = dataclasses.replace(panel_of(values), errors=np.abs(values) * 0.1)
    return make_engine(spec, panel, choices, seed=4)


def test_a_draw_that_fails_on_spark_is_counted_with_its_reason(session: "SparkSession") -> None:
    engine = some_fail()

    ours = simulate_on_spark(engine, 500, session=session, batches=3)

    assert_same(ours, simulate(engine, 500))
    assert 80 < ours.failed_draws < 170


def test_a_place_without_figures_has_no_rank_on_spark_either(session: "SparkSession") -> None:
    values = random_figures()
    values[4] = NAN
    engine = make_engine(made(values), panel_of(values), Choices(weights=NoisyWeights(0.2)), seed=6)

    ours = simulate_on_spark(engine, 300, session=session)

    assert ours.unranked[4] == 300
    assert np.isnan(ours.mean_rank[4])
    assert_same(ours, simulate(engine, 300))


@pytest.mark.parametrize("batches", [None, 1, 5])
def test_shares_of_variance_on_spark_are_those_of_one_machine(
    session: "SparkSession", batches: int | None
) -> None:
    engine = gappy()

    ours = shares_of_variance_on_spark(engine, 301, session=session, batches=batches)

    wanted = shares_of_variance(engine, 301)
    assert ours.groups == wanted.groups
    for one, other in ((ours.overall, wanted.overall), (ours.by_place, wanted.by_place)):
        assert one is not None
        assert other is not None
        assert one.first.tobytes() == other.first.tobytes()
        assert one.total.tobytes() == other.total.tobytes()
    for split, whole in ((ours.ranks, wanted.ranks), (ours.scores, wanted.scores)):
        assert split is not None
        assert whole is not None
        np.testing.assert_allclose(split.sampling, whole.sampling, rtol=1e-9)
        np.testing.assert_allclose(split.method, whole.method, rtol=1e-9, atol=1e-12)


def test_shares_of_nothing_left_open_are_refused_before_spark_is_asked(
    session: "SparkSession",
) -> None:
    values = random_figures()
    engine = make_engine(made(values), panel_of(values), Choices(), seed=1)

    with pytest.raises(BadSpec, match="Nothing is left open"):
        shares_of_variance_on_spark(engine, 10, session=session)


@pytest.mark.parametrize(
    ("draws", "batches", "words"), [(0, 1, "0 draws"), (2**31, 1, "draws"), (5, 0, "0 batches")]
)
def test_no_draw_and_no_batch_are_refused(
    session: "SparkSession", draws: int, batches: int, words: str
) -> None:
    with pytest.raises(BadUsage, match=f"{words} were asked for. Wanted"):
        simulate_on_spark(gappy(), draws, session=session, batches=batches)


def test_a_machine_with_another_numpy_is_refused() -> None:
    """It may draw other numbers from the same seed."""
    refuse_others(libraries())

    with pytest.raises(BadUsage, match=r"has numpy [\d.]+\. Wanted numpy 1\.0, as on"):
        refuse_others({**libraries(), "numpy": "1.0"})


@pytest.mark.parametrize("library", ["pyspark", "pandas"])
def test_without_a_library_of_spark_it_is_said_what_to_install(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(
        MissingLibrary, match=rf"{library}.* cannot be .* pip install 'placedex\[spark"
    ):
        want_spark()


YEARS = (2021, 2022, 2023)


def panels() -> dict[int, Panel]:
    """Three panels of the same places, of which the second has gaps and the third is shorter."""
    rng = np.random.default_rng(9)
    found = {}
    for year in YEARS:
        values = np.round(rng.lognormal(2, 0.5, (20, 4)), 3)
        if year == 2022:
            values[rng.random(values.shape) < 0.1] = NAN
        found[year] = panel_of(values[: 12 if year == 2023 else 20])
    return found


def as_table(found: dict[int, Panel]) -> pa.Table:
    """All panels in one table, with their rows shuffled."""
    tables = [
        panel.to_arrow().append_column("year", pa.array([year] * len(panel.places)))
        for year, panel in found.items()
    ]
    table = pa.concat_tables(tables).drop_columns(["name"])
    return table.take(np.random.default_rng(10).permutation(table.num_rows))


def on_spark(session: "SparkSession", table: pa.Table) -> "DataFrame":
    return session.createDataFrame(table)


@pytest.mark.parametrize("method", [None, Geometric()])
def test_each_panel_on_spark_is_built_as_it_is_alone(
    session: "SparkSession", method: Geometric | None
) -> None:
    """Scores to 1e-9 and ranks alike, whatever order the rows of the table are in."""
    from placedex.index import Aggregate

    steps = () if method is None else (MinMax((1, 100)), Aggregate(method))
    spec = made(np.zeros((1, 4)), Impute(Mean()), Treat(), *steps)
    found = panels()

    built = build_on_spark(spec, on_spark(session, as_table(found)), key="year").toArrow()

    told = {
        (row["year"], row["place"], row["node"]): (row["score"], row["rank"])
        for row in built.to_pylist()
    }
    assert built.column_names == ["year", "place", "node", "score", "rank"]
    assert len(told) == built.num_rows == sum(len(one.places) * 7 for one in found.values())
    for year, panel in found.items():
        wanted = build(spec, panel)
        for row, place in enumerate(wanted.scores.places):
            for column, node in enumerate(wanted.scores.codes):
                score, rank = told[year, place.code, node]
                assert score == pytest.approx(wanted.scores.values[row, column], rel=1e-9)
                assert rank == wanted.ranks.values[row, column]


def test_a_place_without_figures_has_null_for_a_score(session: "SparkSession") -> None:
    spec = made(np.zeros((1, 2)))
    table = pa.table(
        {
            "year": [2021] * 3,
            "place": ["a", "b", "c"],
            "i0": pa.array([1, 2, None], type=pa.int64()),
            "i1": [3.0, 4.0, NAN],
        }
    )

    built = build_on_spark(spec, on_spark(session, table), key="year").toArrow().to_pylist()

    rows = {row["place"]: row for row in built if row["node"] == "index"}
    assert rows["c"] == {"year": 2021, "place": "c", "node": "index", "score": None, "rank": None}
    assert rows["b"]["rank"] == 1


def test_a_ratio_wants_the_columns_of_its_two_parts(session: "SparkSession") -> None:
    spec = made(np.zeros((1, 2)))
    jobs = Indicator("i0", "Jobs per head", "", ratio=Ratio("jobs", "people", 100.0))
    first = dataclasses.replace(spec.steps[0], indicators=(jobs, spec.steps[0].indicators[1]))  # type: ignore[type-var, attr-defined]
    ratio = dataclasses.replace(spec, steps=(first, *spec.steps[1:]))
    table = on_spark(session, pa.table({"year": [1], "place": ["a"], "i0": [1.0]}))

    assert figures_wanted(ratio) == ("jobs", "people", "i1")
    with pytest.raises(BadUsage, match="no column jobs, people, i1. Wanted one for the key"):
        build_on_spark(ratio, table, key="year")


def test_columns_that_hold_words_and_names_that_are_taken_are_refused(
    session: "SparkSession",
) -> None:
    spec = made(np.zeros((1, 2)))
    table = pa.table({"year": [1], "place": ["a"], "i0": ["1,5"], "i1": [1.0], "rank": [1]})

    with pytest.raises(BadUsage, match="columns i0 of the table hold no numbers"):
        build_on_spark(spec, on_spark(session, table), key="year")
    with pytest.raises(BadUsage, match="neither an indicator nor named node, score, rank"):
        build_on_spark(spec, on_spark(session, table), key="rank")


@pytest.mark.parametrize(
    ("places", "year", "error", "words"),
    [
        (["a", "a"], 2021, BadUsage, "year 2021: The place a is there more than once"),
        (["a", None], 2021, BadUsage, "year 2021: 1 rows have no place"),
        (["a", "b"], None, BadUsage, "2 rows have no year"),
        (["a", "b"], 2021, BadSpec, "year 2021: Step normalise, indicator 'i0'"),
    ],
)
def test_a_panel_that_cannot_be_built_is_refused_by_its_key(
    places: list[str | None], year: int | None, error: type[Exception], words: str
) -> None:
    columns = {
        "year": pa.array([year, year], type=pa.int64()),
        "place": places,
        "i0": [1.0, 1.0],
        "i1": [1.0, 2.0],
    }

    with pytest.raises(error, match=words):
        build_one(made(np.zeros((1, 2))), pa.table(columns), key="year")


def test_spark_passes_on_which_key_was_refused(session: "SparkSession") -> None:
    from pyspark.errors import PythonException

    table = pa.table({"year": [7, 7], "place": ["a", "b"], "i0": [1.0, 1.0], "i1": [1.0, 2.0]})

    with pytest.raises(PythonException, match="year 7: Step normalise, indicator 'i0'"):
        build_on_spark(made(np.zeros((1, 2))), on_spark(session, table), key="year").toArrow()
