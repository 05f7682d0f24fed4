"""Places compared two by two, by hand and against COINr."""

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from placedex.index.outranking import (
    Copeland,
    borda,
    condorcet_winner,
    copeland,
    copeland_of,
    dominance,
    outranking,
)
from placedex.observations.panel import FloatArray
from tests.index.test_aggregate_golden import case, numbers, rows

NAN = float("nan")
tables = arrays(np.float64, (6, 4), elements=st.sampled_from([0.0, 1.0, 2.0, 5.0, NAN]))


def test_a_place_outranks_another_by_the_weight_of_where_it_is_above() -> None:
    values = np.array([[9.0, 1.0, 4.0], [5.0, 2.0, 4.0]])

    found = outranking(values, np.array([3.0, 1.0, 4.0]))

    assert found.tolist() == [[0, 5 / 8], [3 / 8, 0]]


def test_two_places_are_compared_on_what_both_have() -> None:
    """COINr counts a gap as lost by the place that stands first."""
    values = np.array([[9.0, NAN, 4.0], [5.0, 2.0, 6.0], [NAN, 1.0, NAN]])
    weights = np.array([3.0, 1.0, 1.0])

    shared = outranking(values, weights)
    even = outranking(values, weights, gaps_even=True)

    assert shared[0, 1] == 0.75
    assert shared[1, 2] == 1
    assert np.isnan(shared[0, 2])
    assert even[0, 1] == pytest.approx(0.7)
    assert even[1, 2] == pytest.approx(0.6)
    assert even[0, 2] == 0.5
    assert copeland(values, weights).tolist() == [1, 0, -1]


def test_both_ways_with_gaps_give_one_copeland_score() -> None:
    values = np.random.default_rng(4).integers(0, 4, (20, 5)).astype(float)
    values[np.random.default_rng(5).random(values.shape) < 0.3] = NAN
    weights = np.array([1.0, 2, 3, 4, 5])

    found = [copeland_of(outranking(values, weights, gaps_even=even)) for even in (False, True)]

    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], copeland(values, weights))


@given(values=tables, order=st.permutations(range(6)), columns=st.permutations(range(4)))
def test_the_order_of_rows_and_columns_is_nothing(
    values: FloatArray, order: list[int], columns: list[int]
) -> None:
    """Where COINr's answer hangs on it as soon as a value is missing."""
    weights = np.array([0.1, 0.2, 0.3, 0.4])

    plain, turned = outranking(values, weights), outranking(values[order], weights)
    other = copeland(values[:, columns], weights[columns])

    np.testing.assert_array_equal(turned, plain[np.ix_(order, order)])
    np.testing.assert_array_equal(other, copeland(values, weights))


@given(values=tables)
def test_the_two_sides_of_a_pair_add_up_to_one(values: FloatArray) -> None:
    found = outranking(values, np.array([0.1, 0.2, 0.3, 0.4]))
    both = (found + found.T)[np.triu_indices(6, 1)]

    np.testing.assert_allclose(both[~np.isnan(both)], 1, rtol=1e-12)


def test_sums_of_weights_that_are_equal_on_paper_are_a_tie() -> None:
    """0.1 + 0.2 is not 0.3 in binary; neither place is above the other."""
    values = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])

    assert copeland(values, np.array([0.1, 0.2, 0.3])).tolist() == [0, 0]


def test_the_matrix_and_the_score_of_pillars_agree_with_coinr(shared: Path) -> None:
    folder = shared / "golden" / "methods"
    pillars = numbers(rows(folder / "A06_outranking_copeland__in_pillars.csv"))
    matrix = numbers(rows(folder / "A06_outranking_copeland__exp_outranking.csv"))
    theirs = rows(folder / "A06_outranking_copeland__exp_copeland.csv")

    found = outranking(pillars, np.ones(8))

    np.testing.assert_allclose(found, matrix, atol=1e-12)
    scores = numbers(theirs, "copeland")[:, 0]
    np.testing.assert_array_equal(copeland(pillars, np.ones(8)), scores)
    np.testing.assert_array_equal(copeland_of(found), scores)
    pairs, share = dominance(found)
    assert pairs == int(theirs[0]["ndom"])
    assert share == pytest.approx(float(theirs[0]["frac"]))


def test_all_49_indicators_agree_with_coinr_but_for_its_rounded_ties(shared: Path) -> None:
    """Sixteen pairs are even; for eleven COINr's halves of 1/49 add up to less than a half.

    It takes that for a defeat of the one place and no win of the other, so that its scores do not
    add up to nought.
    """
    folder = shared / "golden" / "coinr"
    values = numbers(rows(folder / "chain_normalised.csv"))
    theirs = numbers(rows(folder / "outrank_all.csv"))
    scores = numbers(rows(folder / "copeland_all49.csv"))[:, 0]

    found = outranking(values, np.ones(49))
    ours = Copeland().of_places(values, np.ones(49))

    np.testing.assert_allclose(found, theirs, atol=1e-12)
    np.testing.assert_array_equal(found + found.T, 1 - np.eye(51))
    even = np.abs(theirs - 0.5) < 1e-9
    short = even & (theirs < 0.5)
    assert (even.sum() // 2, short.sum()) == (16, 11)
    assert (ours.sum(), scores.sum()) == (0, -11)
    np.testing.assert_array_equal(ours - scores, short.sum(axis=1))


def test_with_gaps_coinr_agrees_only_on_pairs_that_have_everything(shared: Path) -> None:
    folder = shared / "golden" / "coinr"
    meta = rows(folder / "asem_iMeta.csv")
    codes = [row["iCode"] for row in meta if row["Parent"] == "Instit"]
    data, theirs = rows(folder / "raw.csv"), numbers(rows(folder / "outrank_instit_NA.csv"))
    values = numbers(data, *[name for name in data[0] if name in codes])

    found = outranking(values, np.ones(len(codes)))

    whole = ~np.isnan(values).any(axis=1)
    assert 0 < (~whole).sum() < 51
    np.testing.assert_allclose(
        found[np.ix_(whole, whole)], theirs[np.ix_(whole, whole)], atol=1e-12
    )
    assert np.abs(found - theirs).max() > 0.1


def test_votes_make_the_pairs_scores_and_winner_of_tennessee(shared: Path) -> None:
    given_case = case(shared, "A16_kemeny_tennessee")
    wanted = given_case["expected"]
    names = given_case["inputs"]["ballots"][0]["order"]
    support = np.array(wanted["pairwise"])

    scores = dict(zip(names, copeland_of(support).tolist(), strict=True))
    assert scores == wanted["copeland"]
    assert dict(zip(names, borda(support).tolist(), strict=True)) == wanted["borda"]
    winner = condorcet_winner(support)
    assert winner is not None
    assert names[winner] == wanted["condorcet_winner"]


def test_a_circle_has_no_condorcet_winner() -> None:
    assert condorcet_winner(np.array([[0.0, 2, 1], [1, 0, 2], [2, 1, 0]])) is None


def test_every_district_on_thirty_indicators_takes_a_moment() -> None:
    """About ten milliseconds; the limit leaves room for a busy machine."""
    values = np.random.default_rng(0).random((374, 30))
    weights = np.arange(1.0, 31)
    copeland(values, weights)

    started = time.perf_counter()
    copeland(values, weights)

    assert time.perf_counter() - started < 0.2
