"""Means of every kind on tables that a reader can work out by hand, and where they refuse."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placedex.errors import BadSpec
from placedex.index import Aggregate, Hierarchy, MinMax, Node
from placedex.index.aggregate import AGGREGATIONS, aggregations
from placedex.index.frontier import BenefitOfTheDoubt
from placedex.index.kemeny import KemenyYoung
from placedex.index.means import (
    AnyMean,
    Arithmetic,
    BestOf,
    Geometric,
    Harmonic,
    Owa,
    Power,
    WorstOf,
    arithmetic,
    combine,
    geometric,
    harmonic,
    orness,
    owa,
    power,
)
from placedex.index.outranking import Copeland
from placedex.index.penalty import AdjustedMazziottaPareto, MazziottaPareto
from tests.index.test_steps import made, table

NAN = float("nan")
EVEN = np.ones(2)
EVERY: tuple[AnyMean, ...] = (
    Arithmetic(),
    Geometric(),
    Harmonic(),
    Power(0.5),
    Power(-3),
    Owa((0.5, 0.3, 0.2)),
    BestOf(2),
    WorstOf(2),
    MazziottaPareto(),
    AdjustedMazziottaPareto(1, 1),
    Copeland(),
    KemenyYoung(),
    BenefitOfTheDoubt(),
    BenefitOfTheDoubt(low=0.1, high=0.6),
)


def test_a_harmonic_mean_counts_the_low_child_for_most() -> None:
    assert harmonic(np.array([20.0, 60.0]), EVEN) == pytest.approx(30)
    assert harmonic(np.array([20.0, 60.0]), np.array([1.0, 3.0])) == pytest.approx(40)


def test_a_missing_child_shares_its_weight_in_every_mean() -> None:
    values, weights = np.array([4.0, NAN, 9.0]), np.array([1.0, 5.0, 1.0])

    assert harmonic(values, weights) == pytest.approx(72 / 13)
    assert geometric(values, weights) == pytest.approx(6)
    assert power(values, weights, exponent=2) == pytest.approx(np.sqrt(97 / 2))


@pytest.mark.parametrize("mean", EVERY, ids=lambda mean: mean.words[:40])
def test_a_place_without_any_child_has_no_number(mean: AnyMean) -> None:
    values = np.array([[80.0, 90.0, 95.0], [NAN, NAN, NAN], [110.0, 120.0, 70.0]])

    found = combine(mean, values, np.ones(3))

    assert np.isnan(found).tolist() == [False, True, False]


@pytest.mark.parametrize("mean", EVERY, ids=lambda mean: mean.words[:40])
@given(data=st.data())
def test_the_order_of_places_and_of_children_is_nothing(mean: AnyMean, data: st.DataObject) -> None:
    """Few distinct values, so that ties are many."""
    cells = st.sampled_from([70.0, 85.0, 100.0, 101.5, 130.0, NAN])
    drawn = data.draw(arrays(np.float64, (5, 3), elements=cells))
    values = np.vstack([drawn, [[70.0, 100.0, 85.0], [100.0, 85.0, 130.0]]])
    weights = np.array(data.draw(st.permutations([1.0, 2.0, 2.5])))
    rows = np.array(data.draw(st.permutations(range(7))))
    columns = np.array(data.draw(st.permutations(range(3))))

    plain = combine(mean, values, weights)
    turned = combine(mean, values[rows], weights)
    other = combine(mean, values[:, columns], weights[columns])

    np.testing.assert_array_equal(turned, plain[rows])
    np.testing.assert_allclose(other, plain, rtol=1e-9)


@pytest.mark.parametrize("mean", EVERY, ids=lambda mean: mean.words[:40])
def test_many_tables_at_once_give_what_each_gives_alone(mean: AnyMean) -> None:
    values = np.random.default_rng(3).uniform(70, 130, (2, 6, 3))
    weights = np.array([1.0, 2.0, 1.0])

    found = combine(mean, values, weights)

    np.testing.assert_array_equal(found[1], combine(mean, values[1], weights))


@given(
    values=arrays(np.float64, (4,), elements=st.floats(0.01, 1e6)),
    low=st.floats(-20, 20),
    high=st.floats(-20, 20),
)
def test_a_power_mean_rises_with_its_exponent(values: np.ndarray, low: float, high: float) -> None:
    first, second = (float(power(values, np.ones(4), exponent=one)) for one in sorted((low, high)))

    assert values.min() * (1 - 1e-9) <= first <= second * (1 + 1e-9)
    assert second <= values.max() * (1 + 1e-9)


@pytest.mark.parametrize(
    ("exponent", "wanted"),
    [
        (1, arithmetic),
        (0, geometric),
        (-1, harmonic),
        (np.inf, lambda values, _: values.max()),
        (-np.inf, lambda values, _: values.min()),
    ],
)
def test_known_means_are_power_means(
    exponent: float, wanted: Callable[[np.ndarray, np.ndarray], float]
) -> None:
    values, weights = np.array([3.0, 7.0, 20.0]), np.array([1.0, 2.0, 3.0])

    assert power(values, weights, exponent=exponent) == pytest.approx(wanted(values, weights))


@pytest.mark.parametrize(
    ("mean", "values", "words"),
    [
        (Harmonic(), [0.0, 5.0], "a value is 0. Wanted all above nought for a harmonic mean"),
        (Harmonic(), [-4.0, 5.0], "a value is -4"),
        (Power(-2), [0.0, 5.0], "a power mean with the exponent -2"),
        (Power(2), [-1.0, 5.0], "Wanted none below nought for a power mean"),
        (Power(NAN), [1.0, 5.0], "is no number"),
        (Owa((1, 0, 0)), [1.0, 5.0], "the order has 3 weights and the node 2 children"),
        (Owa((1, -1)), [1.0, 5.0], "nought or more"),
        (BestOf(3), [1.0, 5.0], "the best 3 is asked of 2 children"),
        (WorstOf(0), [1.0, 5.0], "the worst 0 is asked of 2 children"),
        (AdjustedMazziottaPareto(), [-9.0, 5.0], "the mean of the children is -2"),
        (MazziottaPareto(), [4.0, 5.0], "child 1 is the same in every place"),
        (BenefitOfTheDoubt(), [-4.0, 5.0], "Wanted none below nought for the benefit"),
        (BenefitOfTheDoubt(low=0.6), [4.0, 5.0], "2 shares adding up to 1"),
        (BenefitOfTheDoubt(), [0.0, 0.0], "every value is nought or missing"),
    ],
)
def test_what_has_no_mean_is_refused(mean: AnyMean, values: list[float], words: str) -> None:
    with pytest.raises(BadSpec, match=words):
        combine(mean, np.array([values]), EVEN)


def test_a_power_mean_may_hold_noughts_if_its_exponent_is_above_nought() -> None:
    values = np.array([[0.0, 4.0], [0.0, 0.0]])

    assert power(values, EVEN, exponent=2).tolist() == pytest.approx([np.sqrt(8), 0])


def test_an_ordered_average_with_gaps_keeps_its_lean() -> None:
    """The better half of four is the best two; of the two that are there, the best one."""
    order = np.array([0.5, 0.5, 0, 0])
    values = np.array([[9.0, 1.0, 5.0, 3.0], [NAN, 1.0, 5.0, NAN]])

    assert owa(values, np.ones(4), order=order).tolist() == [7, 5]


def test_an_ordered_average_of_even_weights_is_the_weighted_mean() -> None:
    values, weights = np.array([9.0, 1.0, 5.0]), np.array([1.0, 4.0, 2.0])

    assert owa(values, weights, order=np.ones(3)) == pytest.approx(arithmetic(values, weights))


def test_orness_is_one_for_the_best_and_nought_for_the_worst() -> None:
    assert orness(np.array([1.0, 0, 0])) == 1
    assert orness(np.array([0, 0, 1.0])) == 0
    assert orness(np.ones(7)) == pytest.approx(0.5)
    with pytest.raises(BadSpec, match="leans nowhere"):
        orness(np.array([1.0]))


def test_each_node_may_have_its_own_way_and_its_own_least_share() -> None:
    panel = table({"a": [10, 40, NAN], "b": [30, 20, 50], "c": [9, 1, 5]})
    nodes = [
        Node("net", "Net", "index"),
        Node("a", "A", "net", goalposts=(0, 100)),
        Node("b", "B", "net", goalposts=(0, 100)),
        Node("c", "C", "index", goalposts=(0, 10)),
    ]
    step = Aggregate(nodes={"net": Harmonic(), "index": Copeland()}, least={"net": 0.9})

    index = made(panel, nodes, step)

    np.testing.assert_allclose(index.scores.of("net"), [15, 80 / 3, NAN])
    # The first two are even; the third has c alone, where it is between them.
    assert index.scores.of("index").tolist() == [1, -1, 0]
    assert "'net' is missing for a place that lacks more than 10% of its parts." in step.words


def test_a_node_that_only_the_aggregation_knows_is_refused() -> None:
    hierarchy = Hierarchy((Node("index", "Index", None), Node("a", "A", "index")))

    with pytest.raises(BadSpec, match="'a' is an indicator and has nothing to aggregate"):
        Aggregate(least={"a": 0.5}).check(hierarchy)
    assert Aggregate(least={"index": 0.5, "gone": 1}).within(hierarchy).least == {"index": 0.5}


def test_a_method_that_refuses_names_the_node() -> None:
    panel = table({"a": [5, 5], "b": [1, 2]})
    nodes = [Node(code, code, "index", goalposts=(0, 9)) for code in "ab"]

    with pytest.raises(BadSpec, match="Step aggregate, node 'index': child 1 is the same"):
        made(panel, nodes, MinMax(scale=(1, 100)), Aggregate(mean=MazziottaPareto()))


def test_every_way_to_aggregate_says_what_it_is() -> None:
    assert set(aggregations()) >= set(AGGREGATIONS)
    assert all(mean.words[0].islower() for mean in EVERY)


TINY = """
from dataclasses import dataclass
import numpy as np

@dataclass(frozen=True)
class Middle:
    words: str = "the median"

    def of(self, values, weights):
        return np.nanmedian(values, axis=-1)

nothing = 3
"""


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A small distribution that is really there, with the entry points that a test wants."""

    def install(points: str) -> None:
        (tmp_path / "placedex_tiny.py").write_text(TINY)
        info = tmp_path / "placedex_tiny-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: placedex-tiny\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[placedex.aggregations]\n{points}\n")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "placedex_tiny", raising=False)

    return install


def test_an_installed_package_adds_a_way_to_aggregate(
    distribution: Callable[[str], None],
) -> None:
    distribution("median = placedex_tiny:Middle")
    nodes = [Node(code, code, "index", goalposts=(0, 100)) for code in "abc"]

    middle = aggregations()["median"]()
    index = made(table({"a": [1, 9], "b": [5, NAN], "c": [90, 3]}), nodes, Aggregate(mean=middle))

    assert index.scores.of("index").tolist() == [5, 6]
    assert "Each component is the median of its parts." in Aggregate(mean=middle).words


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("geometric = placedex_tiny:Middle", "'geometric' of the package placedex-tiny is there"),
        ("odd = placedex_tiny:nothing", "neither 'of' nor 'of_places'"),
        ("odd = placedex_tiny:Lost", "cannot be loaded"),
        ("odd = placedex_nowhere:Lost", "cannot be loaded"),
    ],
)
def test_a_package_that_adds_what_cannot_be_used_is_refused(
    distribution: Callable[[str], None], points: str, words: str
) -> None:
    distribution(points)

    with pytest.raises(BadSpec, match=words):
        aggregations()
