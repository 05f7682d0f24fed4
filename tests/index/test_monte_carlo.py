"""Monte Carlo over choices and sampling error: published answers, the law of variance, the seed."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from placedex.index import (
    Aggregate,
    Geometric,
    Impute,
    Mean,
    MinMax,
    Treat,
)
from placedex.index.errors_from_intervals import Log, Logit
from placedex.index.normalisations import ZScore
from placedex.index.normalise import Normalise
from placedex.observations import Panel
from placedex.stats import rank_descending
from tests.index.asem import Golden, asem, number
from tests.index.test_plan import made, panel_of

pytest.importorskip("numba")

from placedex.index.choices import (
    Alternative,
    Choice,
    Choices,
    DropOne,
    Experts,
    NoisyWeights,
    Sampling,
)
from placedex.index.draws import NOISE, Engine, Runs, Streams, make_engine
from placedex.index.monte_carlo import (
    quantiles_of_counts,
    shares_of_variance,
    simulate,
)

NAN = float("nan")
FloatArray = np.typing.NDArray[np.float64]
WINMAX = Choice("winmax", tuple(Alternative(f"{most}", (Treat(most),)) for most in range(1, 6)))
SCALES = Choice(
    "normalisation",
    (
        Alternative("1 to 100", (MinMax((1, 100)),)),
        Alternative("z", (Normalise(ZScore(10, 2)),)),
    ),
)
MEANS = Choice(
    "aggregation",
    (
        Alternative("arithmetic", (Aggregate(),)),
        Alternative("geometric", (Aggregate(Geometric()),)),
    ),
)


@pytest.fixture(scope="module")
def golden(shared: Path) -> Golden:
    return Golden(shared / "golden" / "coinr")


def uncertain(values: FloatArray, errors: FloatArray) -> Panel:
    return dataclasses.replace(panel_of(values), errors=errors)


def random_figures(places: int = 30, columns: int = 5) -> FloatArray:
    rng = np.random.default_rng(8)
    return np.round(rng.lognormal(2, 0.5, (places, columns)), 2)


def scores_of(engine: Engine, numbers: FloatArray) -> FloatArray:
    """The scores under methods that are told by their numbers."""
    found = []
    for first in range(0, len(numbers), engine.block):
        part = numbers[first : first + engine.block]
        found.append(engine.run(Runs(part, np.arange(len(part)), NOISE)).scores)
    return np.concatenate(found)


@pytest.mark.parametrize("name", ["UA1", "SA1"])
def test_every_draw_of_coinr_gives_its_scores_and_ranks(golden: Golden, name: str) -> None:
    """A draw that failed there (NA) would have to fail here too; of these none does."""
    said = golden.rows("sens_noisy_weights.csv")
    sets = [{row["iCode"]: float(row[f"w{one}"]) for row in said} for one in range(1, 101)]
    spec, panel = asem(golden)
    choices = Choices((WINMAX, SCALES, MEANS), weights=Experts(tuple(sets)))
    engine = make_engine(spec, panel, choices, seed=0)
    draws = golden.rows(f"sens_{name}__draws.csv")
    chosen = np.array(
        [
            [
                (int(draw["Winmax"]) - 0.5) / 5,
                (int(draw["Normalisation"]) - 0.5) / 2,
                0.25 if draw["Aggregation"] == "a_amean" else 0.75,
                (int(draw["Weights"]) - 0.5) / 100,
            ]
            for draw in draws
        ]
    )

    ours = scores_of(engine, chosen)

    theirs = golden.rows(f"sens_{name}__scores.csv")
    order = [engine.frame.places.index(row["uCode"]) for row in theirs]
    columns = [f"r_{draw['rep']}" for draw in draws]
    wanted = np.array([[number(row[column]) for column in columns] for row in theirs]).T
    np.testing.assert_allclose(ours[:, order], wanted, rtol=1e-10)
    ranks = golden.rows(f"sens_{name}__ranks.csv")
    places = np.array([[number(row[column]) for column in columns] for row in ranks]).T
    np.testing.assert_array_equal(rank_descending(ours)[:, order], places)
    nominal = np.array([number(row["Nominal"]) for row in ranks])
    np.testing.assert_array_equal(engine.ranks[order], nominal)


def test_quantiles_of_counted_ranks_are_those_of_the_ranks(golden: Golden) -> None:
    rows, stats = golden.rows("sens_UA1__ranks.csv"), golden.rows("sens_UA1__rankstats.csv")
    counts = np.zeros((len(rows), 60), dtype=np.int32)
    for place, row in enumerate(rows):
        for column, rank in row.items():
            if column.startswith("r_") and rank not in {"", "NA"}:
                counts[place, int(rank) - 1] += 1

    for level, column in ((0.5, "Median"), (0.05, "Q5"), (0.95, "Q95")):
        wanted = [number(row[column]) for row in stats]
        np.testing.assert_allclose(quantiles_of_counts(counts, level), wanted, rtol=1e-12)


def test_a_place_that_is_never_ranked_has_no_quantile() -> None:
    counts = np.array([[0, 0, 0], [0, 1, 1]], dtype=np.int32)

    found = quantiles_of_counts(counts, 0.5)

    assert np.array_equal(found, [NAN, 2.5], equal_nan=True)


def b09(shared: Path) -> tuple[Engine, dict[str, Any]]:
    """One figure, 0 with the standard error 1, that each method turns into its own mean and error.

    A scale on which 0 is the method's mean and 1 that and its error higher does so.
    """
    case = json.loads((shared / "golden" / "methods" / "B09_sampling_x_method.json").read_text())
    methods = case["inputs"]["methods"]
    ways = tuple(
        Alternative(str(one["mean"]), (MinMax((one["mean"], one["mean"] + one["se"]), clip=False),))
        for one in methods
    )
    choice = Choice("method", ways, tuple(one["p"] for one in methods))
    nodes = made(np.zeros((1, 1)), goalposts=(0, 1))
    steps = tuple(
        MinMax((0, 1), clip=False) if step.verb == "normalise" else step for step in nodes.steps
    )
    spec = dataclasses.replace(nodes, hierarchy=nodes.hierarchy.without(["b"]), steps=steps)
    panel = uncertain(np.zeros((1, 1)), np.ones((1, 1)))
    engine = make_engine(spec, panel, Choices((choice,), sampling=Sampling()), seed=11)
    return engine, case["expected"]


def test_variance_splits_between_sampling_and_method_as_by_hand(shared: Path) -> None:
    engine, expected = b09(shared)

    split = shares_of_variance(engine, 60_000).scores

    assert split is not None
    assert split.mean[0] == pytest.approx(expected["mean"], abs=0.03)
    assert split.sampling[0] == pytest.approx(expected["var_sampling"], rel=0.02)
    assert split.method[0] == pytest.approx(expected["var_method"], rel=0.02)
    assert split.share_of_method[0] == pytest.approx(expected["share_method"], abs=0.01)


def test_scores_under_drawn_methods_and_figures_have_the_mixture_s_quantiles(shared: Path) -> None:
    engine, expected = b09(shared)
    replicates = np.arange(40_000)
    scores = [
        engine.run(Runs(engine.numbers(part), part, NOISE)).scores
        for part in np.array_split(replicates, 400)
    ]

    for level, wanted in expected["quantiles"].items():
        found = np.quantile(np.concatenate(scores), float(level))
        assert found == pytest.approx(wanted, abs=0.15)


def all_open(values: FloatArray, methods: tuple[Choice, ...] = (WINMAX, SCALES, MEANS)) -> Engine:
    """An engine in which everything is left open at once."""
    spec = made(values, Impute(Mean()), Treat(), goalposts=(0, 60))
    panel = uncertain(values, np.where(np.arange(values.shape[1]) % 2 == 0, values * 0.1, NAN))
    choices = Choices(
        methods,
        weights=NoisyWeights(0.25),
        inclusion=DropOne(),
        sampling=Sampling({"i0": Log(), "i2": Logit(1000.0)}),
    )
    return make_engine(spec, panel, choices, seed=5)


def test_one_thread_and_two_give_the_same_bytes() -> None:
    values = random_figures()
    values[3, 1] = values[7, 4] = NAN
    engine = all_open(values)

    one, two = simulate(engine, 700, threads=1), simulate(engine, 700, threads=2)

    assert one.counts.tobytes() == two.counts.tobytes()
    assert one.mean_rank.tobytes() == two.mean_rank.tobytes()
    assert one.to_rows() == two.to_rows()
    shares = [shares_of_variance(engine, 300, threads=threads) for threads in (1, 2)]
    assert len({part.overall.first.tobytes() for part in shares}) == 1
    assert len({part.scores.sampling.tobytes() for part in shares if part.scores}) == 1


def test_a_replicate_is_the_same_whoever_works_it_out() -> None:
    """Alone, in a block or in another block, so that it may be done on another machine."""
    engine = all_open(random_figures())
    together = np.arange(50)
    alone = np.array([37])

    block = engine.run(Runs(engine.numbers(together), together, NOISE))
    single = engine.run(Runs(engine.numbers(alone), alone, NOISE))

    assert block.scores[37].tobytes() == single.scores[0].tobytes()
    assert not np.array_equal(block.scores[36], block.scores[37])


def test_another_seed_gives_other_draws() -> None:
    values = random_figures()
    spec, panel = made(values), panel_of(values)
    choices = Choices(weights=NoisyWeights(0.5))

    one, other = (simulate(make_engine(spec, panel, choices, seed=seed), 200) for seed in (1, 2))

    assert one.counts.tobytes() != other.counts.tobytes()


def test_streams_are_those_of_numpys_philox() -> None:
    streams, replicates = Streams(7), np.arange(20)
    normals = np.empty((20, 13))
    streams.fill_normals(replicates, 1, normals)
    generators = [
        [
            np.random.Generator(np.random.Philox(key=streams.key, counter=[0, 0, purpose, one]))
            for one in range(20)
        ]
        for purpose in (0, 1)
    ]

    numbers = streams.numbers(replicates, 0, count=13)

    assert np.array_equal(numbers, [one.random(13) for one in generators[0]])
    assert np.array_equal(normals, [one.standard_normal(13) for one in generators[1]])
