"""A change shared out among its causes: Shapley, its shortcuts, and logarithms."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.index.shapley import (
    additive,
    coalitions,
    log_mean_divisia,
    products,
    shapley,
    shapley_of_values,
)
from tests.golden.case import difference, read_case

FloatArray = NDArray[np.float64]
DIMENSIONS = ("health", "education", "income")


def dimensions(figures: dict[str, float], year: int, posts: dict[str, Any]) -> FloatArray:
    """Health, education and income of the human development index."""

    def between(name: str, value: float) -> float:
        low, high = posts[name]
        return float(min((value - low) / (high - low), 1.0))

    schooling = [between(name, figures[f"{name}_{year}"]) for name in ("eys", "mys")]
    low, high = np.log(posts["gni"])
    income = (np.log(figures[f"gnipc_{year}"]) - low) / (high - low)
    return np.array([between("le", figures[f"le_{year}"]), np.mean(schooling), income])


def test_changes_of_human_development_are_shared_out_as_in_the_golden_case(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "B11_hdi_decomp.json")

    for country, figures in case.inputs.items():
        before, after = (
            dimensions(figures, year, case.params["goalposts"]) for year in (2019, 2021)
        )

        def value(
            chosen: frozenset[str], first: FloatArray = before, last: FloatArray = after
        ) -> float:
            mixed = [last[n] if name in chosen else first[n] for n, name in enumerate(DIMENSIONS)]
            return float(np.prod(mixed) ** (1 / 3))

        exact = shapley(DIMENSIONS, value)
        logs = log_mean_divisia(DIMENSIONS, before, after, weights=np.full(3, 1 / 3))

        wanted = case.expected[country]
        for found, name in ((exact, "shapley"), (logs, "lmdi")):
            ours = {one: float(found.of(one)) for one in DIMENSIONS}
            assert difference(ours, wanted[name]) <= 1e-12
            assert difference(float(found.before), wanted["h0"]) <= 1e-12
            assert difference(float(found.after), wanted["h1"]) <= 1e-12
            assert abs(found.remainder) <= 1e-12


def test_two_gloves_and_three_players_are_worked_by_hand() -> None:
    """A has a left glove, B and C a right one each; a pair is worth 1: 4/6, 1/6, 1/6."""
    found = shapley("ABC", lambda chosen: float("A" in chosen and len(chosen) > 1))

    np.testing.assert_allclose(found.contributions, [4 / 6, 1 / 6, 1 / 6], atol=1e-15)


def test_contributions_add_up_to_the_change_for_any_game() -> None:
    players = tuple("abcdefg")
    values = np.random.default_rng(1).normal(size=(2**7, 5))

    found = shapley_of_values(players, values)

    np.testing.assert_allclose(found.contributions.sum(axis=0), values[-1] - values[0], atol=1e-12)
    assert np.abs(found.remainder).max() <= 1e-12


def test_the_order_of_players_is_nothing() -> None:
    rng = np.random.default_rng(2)
    worth = {chosen: rng.normal() for chosen in coalitions("abcd")}

    one, other = shapley("abcd", worth.__getitem__), shapley("dbca", worth.__getitem__)

    for player in "abcd":
        assert one.of(player) == pytest.approx(float(other.of(player)), abs=1e-14)


def test_a_player_that_changes_nothing_gets_nothing() -> None:
    found = shapley("xyz", lambda chosen: 2.0 * ("x" in chosen) + 3.0 * ("y" in chosen))

    np.testing.assert_allclose(found.contributions, [2, 3, 0], atol=1e-15)


def test_the_shortcuts_give_what_all_sets_of_players_give() -> None:
    rng = np.random.default_rng(3)
    weights, points = rng.random((2, 4)), rng.random((2, 4))

    def total(chosen: frozenset[str]) -> float:
        columns = [int(f"x{n}" in chosen) for n in range(4)]
        used = points[columns, range(4)]
        return float(weights[int("weights" in chosen)] @ used)

    names = ("x0", "x1", "x2", "x3")
    slow = shapley((*names, "weights"), total)
    quick = products(names, (weights[0], points[0]), (weights[1], points[1]))
    terms = additive(names, points[0], points[1])

    np.testing.assert_allclose(quick.contributions, slow.contributions, atol=1e-14)
    assert quick.players == slow.players
    assert abs(quick.remainder) <= 1e-14
    np.testing.assert_allclose(terms.contributions, points[1] - points[0], atol=1e-15)


def test_a_waterfall_begins_before_ends_after_and_steps_between() -> None:
    rows = additive(("a", "b"), [1.0, 2.0], [4.0, 1.0]).to_rows()

    assert [(row["step"], row["from"], row["change"], row["to"]) for row in rows] == [
        ("before", 3, 0, 3),
        ("a", 3, 3, 6),
        ("b", 6, -1, 5),
        ("after", 5, 0, 5),
    ]


def test_a_missing_value_leaves_what_it_enters_missing() -> None:
    values = np.ones((4, 2))
    values[1, 0] = np.nan

    found = shapley_of_values("ab", values)

    assert np.isnan(found.contributions[:, 0]).all()
    assert found.contributions[:, 1].tolist() == [0, 0]


def test_no_change_is_shared_out_as_nought_by_logarithms() -> None:
    found = log_mean_divisia("ab", [2.0, 3.0], [3.0, 2.0])

    assert found.contributions.sum() == pytest.approx(0, abs=1e-15)
    assert found.contributions[0] == pytest.approx(6 * np.log(1.5))


def test_too_many_players_and_a_factor_of_nought_are_refused() -> None:
    with pytest.raises(BadSpec, match="13 players, 8,192 sets"):
        shapley("abcdefghijklm", lambda _: 0.0)
    with pytest.raises(BadSpec, match="twice"):
        shapley("aa", lambda _: 0.0)
    with pytest.raises(BadSpec, match="3 values for 2 players"):
        shapley_of_values("ab", np.ones(3))
    with pytest.raises(BadSpec, match="nought or below"):
        log_mean_divisia("ab", [0.0, 1.0], [1.0, 1.0])
