"""What must hold of any index, whatever its steps and figures."""

import dataclasses
import itertools
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index import Aggregate, Impute, Index, MinMax, Rank, Step, Treat
from placedex.index.aggregate import AGGREGATIONS
from placedex.index.fillings import Filling, Mean, Median, RowMean
from placedex.index.impute import IMPUTATIONS
from placedex.index.means import (
    AnyMean,
    Arithmetic,
    BestOf,
    Geometric,
    Harmonic,
    Owa,
    Power,
    WorstOf,
)
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.normalise import NORMALISATIONS, Normalise
from placedex.index.treat import TREATMENTS
from placedex.index.weight import WEIGHTINGS, Equal, Given
from placedex.observations.panel import FloatArray
from placedex.stats import Ties, rank_with_ties
from tests.index.drawn_specs import (
    TOLD,
    Drawn,
    drawn,
    figures,
    hierarchies,
    methods,
    specs,
    treatments,
)

SOME = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
NEAR = 1e-9
FILLINGS: list[Filling] = [Mean(), Median(), RowMean(), Regression(), JointNormal()]


def assert_alike(one: Index, other: Index) -> None:
    """The same scores for the same places and nodes, and the same ranks but for near ties."""
    rows = [other.scores.row(place.code) for place in one.scores.places]
    columns = [other.scores.column(code) for code in one.scores.codes]
    assert len(rows) == len(other.scores.places)
    ours, theirs = one.scores.values, other.scores.values[np.ix_(rows, columns)]
    np.testing.assert_allclose(ours, theirs, rtol=NEAR, atol=NEAR)
    assert_ranks_alike(ours, one.ranks.values, other.ranks.values[np.ix_(rows, columns)])


def assert_ranks_alike(scores: FloatArray, ranks: FloatArray, others: FloatArray) -> None:
    """Ranks may differ among places whose scores are level but for the last digits."""
    for column, own, other in zip(scores.T, ranks.T, others.T, strict=True):
        near = NEAR * max(1.0, float(np.nanmax(np.abs(column), initial=0.0)))
        level = (np.abs(column[:, np.newaxis] - column) <= near).sum(axis=0) > 1
        np.testing.assert_array_equal(own[~level], other[~level])
        assert (np.isnan(own) == np.isnan(other)).all()


def test_every_method_of_the_registries_can_be_drawn() -> None:
    for registry in (NORMALISATIONS, AGGREGATIONS, WEIGHTINGS, IMPUTATIONS, TREATMENTS):
        for name, method in registry.items():
            assert method(**TOLD.get(name, {})).words


@SOME
@given(specs(), st.randoms(use_true_random=False))
def test_the_order_of_places_is_nothing_to_the_last_byte(one: Drawn, random: Random) -> None:
    rows, columns = (list(range(count)) for count in one.values.shape)
    random.shuffle(rows)

    first, second = one.built(), one.in_order(rows, columns).built()

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        same = [second.scores.row(place.code) for place in first.scores.places]
        assert first.scores.values.tobytes() == second.scores.values[same].tobytes()
        assert first.ranks.values.tobytes() == second.ranks.values[same].tobytes()
        assert set(first.flags) == set(second.flags)


@SOME
@given(specs(), st.randoms(use_true_random=False))
def test_the_order_of_indicators_is_nothing(one: Drawn, random: Random) -> None:
    """A quotient is of its first part over its second: its order is the spec's to say."""
    (aggregate,) = (step for step in one.spec.steps if isinstance(step, Aggregate))
    assume("quotient" not in aggregate.words)
    rows, columns = (list(range(count)) for count in one.values.shape)
    random.shuffle(columns)

    first, second = one.built(), one.in_order(rows, columns).built()

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert_alike(first, second)
        said = [
            {(flag.kind, flag.node, flag.place) for flag in found.flags}
            for found in (first, second)
        ]
        assert said[0] == said[1]


@SOME
@given(
    figures(),
    st.data(),
    st.lists(st.sampled_from([0.25, 2.0, 1000.0, -0.5, -8.0]), min_size=6, max_size=6),
    st.integers(-50, 50),
)
def test_units_of_measure_are_nothing_under_min_max(
    values: FloatArray, data: st.DataObject, factors: list[float], shift: int
) -> None:
    """A unit that counts the other way round turns the direction; goalposts move along."""
    columns = values.shape[1]
    hierarchy = data.draw(hierarchies(indicators=columns))
    posts = {
        leaf.code: dataclasses.replace(leaf, goalposts=(2.0, 38.0)) for leaf in hierarchy.leaves[:2]
    }
    filled = Impute(data.draw(st.sampled_from(FILLINGS[:3])))
    steps = (
        filled,
        MinMax((1, 100)),
        Given(),
        Aggregate(data.draw(methods(AGGREGATIONS, "quotient", "ordered"))),
    )
    values = values.copy()
    values[0, 1] = np.nan
    one = drawn(values, hierarchy.replace(posts), steps)
    changed = {}
    for leaf, factor in zip(one.spec.hierarchy.leaves, factors, strict=False):
        ends = None
        if leaf.goalposts is not None:
            low, high = sorted(factor * end + shift for end in leaf.goalposts)
            ends = (low, high)
        way = leaf.direction if factor > 0 else -leaf.direction
        changed[leaf.code] = dataclasses.replace(leaf, direction=way, goalposts=ends)

    other = one.with_values(values * np.array(factors[:columns]) + shift).with_nodes(changed)
    first, second = one.built(), other.built()

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert_alike(first, second)


@SOME
@given(figures(gaps=True), st.data(), st.sampled_from([0.25, 2.0, 1000.0]))
def test_a_larger_unit_changes_no_filling_and_no_winsorising(
    values: FloatArray, data: st.DataObject, factor: float
) -> None:
    hierarchy = data.draw(hierarchies(indicators=values.shape[1]))
    filling = Impute(data.draw(st.sampled_from(FILLINGS)))
    one = drawn(values, hierarchy, (filling, Treat(2), MinMax(), Given(), Aggregate()))

    first, second = one.built(), one.with_values(values * factor + 3).built()

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert_alike(first, second)


COMPENSATORY: list[AnyMean] = [
    Arithmetic(),
    Geometric(),
    Harmonic(),
    Power(0.5),
    Power(-2),
    Power(3),
    Owa((3.0, 1.0)),
    BestOf(1),
    WorstOf(1),
]


@SOME
@given(figures(), st.data())
def test_a_place_that_dominates_another_never_ranks_below_it(
    values: FloatArray, data: st.DataObject
) -> None:
    """Under every normalisation and every treatment of the registries, if no figure is missing.

    Each keeps the order of an indicator's figures, and each of these means rises with its parts;
    geometric and harmonic means and powers only where the points are above nought.
    """
    count = values.shape[1] // 2 * 2
    values = values[:, :count]
    hierarchy = data.draw(hierarchies(indicators=count))
    ways = np.array([leaf.direction for leaf in hierarchy.leaves])
    turned = values * ways
    values[0] = np.maximum(turned[0], turned[1]) * ways
    method = data.draw(methods(NORMALISATIONS))
    points: list[Step] = [MinMax((1, 100)), Normalise(method)]
    weights: list[Step] = [Given(), Equal()]
    means = st.sampled_from(COMPENSATORY if count == 4 else COMPENSATORY[:6])
    treated = [data.draw(treatments())] if data.draw(st.booleans()) else []
    one = drawn(
        values,
        hierarchy,
        (
            *treated,
            data.draw(st.sampled_from(points)),
            data.draw(st.sampled_from(weights)),
            Aggregate(data.draw(means)),
        ),
    )

    found = one.built()

    assume(found is not None)
    assert found is not None
    scores, ranks = found.scores.of("index"), found.ranks.of("index")
    level = abs(scores[0] - scores[1]) <= NEAR * max(1.0, abs(scores[1]))
    assert level or (scores[0] > scores[1] and ranks[0] < ranks[1])


@SOME
@given(specs())
def test_ranks_are_a_permutation_with_ties_sharing_the_better(one: Drawn) -> None:
    found = one.built()
    assume(found is not None)
    assert found is not None

    for scores, ranks in zip(found.scores.values.T, found.ranks.values.T, strict=True):
        known = np.sort(ranks[~np.isnan(ranks)])
        assert (np.isnan(ranks) == np.isnan(scores)).all()
        first = 1
        for rank, members in itertools.groupby(known.tolist()):
            assert rank == first
            first += len(list(members))
        count = known.size
        assert np.nansum(rank_with_ties(scores, Ties.AVERAGE)) == count * (count + 1) / 2


@SOME
@given(specs(), st.sampled_from([0.125, 2.0, 10.0]))
def test_weights_scaled_alike_change_nothing(one: Drawn, factor: float) -> None:
    """Of a weighted sum and a weighted product the weights are used as given: they are left out."""
    (aggregate,) = (step for step in one.spec.steps if isinstance(step, Aggregate))
    assume("used as given" not in aggregate.words)
    nodes = {
        node.code: dataclasses.replace(node, weight=node.weight * factor)
        for node in one.spec.hierarchy
    }
    first, second = one.built(), one.with_nodes(nodes).built()

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert_alike(first, second)


@SOME
@given(specs())
def test_a_build_twice_gives_the_same_bytes(one: Drawn) -> None:
    first, second = one.built(), one.built()

    assert (first is None) == (second is None)
    if first is not None and second is not None:
        for ours, theirs in zip(first.stages, second.stages, strict=True):
            assert ours.state.panel.values.tobytes() == theirs.state.panel.values.tobytes()
            assert ours.state.panel.errors.tobytes() == theirs.state.panel.errors.tobytes()
        assert first.flags == second.flags
        assert first.hierarchy == second.hierarchy


@SOME
@given(specs())
def test_a_compiled_plan_gives_what_build_gives_or_says_that_it_cannot(one: Drawn) -> None:
    pytest.importorskip("numba")
    from placedex.index.plan import compile_plan

    wanted = one.built()
    try:
        ours = compile_plan(one.spec, one.panel).run()
    except NotImplementedError:
        reject()
    except BadSpec:
        assert wanted is None
    else:
        assert wanted is not None
        assert ours.places == tuple(place.code for place in wanted.scores.places)
        assert ours.nodes == wanted.scores.codes
        np.testing.assert_allclose(ours.scores, wanted.scores.values, rtol=NEAR, atol=NEAR)
        assert_ranks_alike(wanted.scores.values, wanted.ranks.values, ours.ranks)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_ranks_are_the_same_whatever_is_done_to_scores_that_keeps_their_order(
    scores: list[int],
) -> None:
    values = np.array(scores, dtype=float)

    np.testing.assert_array_equal(Rank().ranks(values), Rank().ranks(np.exp(values)))
