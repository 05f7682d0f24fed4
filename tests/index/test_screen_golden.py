"""Screening against COINr 1.1.14, and by hand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index.screen import Screen, availability, non_zero_share
from tests.index.tables import NAN, difference, read_table, state, state_of


@pytest.fixture(scope="module")
def coinr(shared: Path) -> Path:
    return shared / "golden" / "coinr"


def test_what_each_place_has_agrees_with_coinr(coinr: Path) -> None:
    theirs = read_table(coinr / "data_avail_summary.csv")

    ours = availability(read_table(coinr / "raw.csv").values)

    found = [ours.missing, ours.zeros, ours.missing_or_zero, ours.coverage, ours.non_zero]
    assert theirs.codes == ("N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero")
    assert difference(np.stack(found, axis=-1).astype(float), theirs.values) < 1e-15


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("screen_byNA_090_summary", Screen(0.9)),
        ("screen_byNA_095_summary", Screen(0.95)),
        ("screen_byzeros_090_summary", Screen(non_zero=0.9)),
    ],
)
def test_the_same_places_are_kept_as_by_coinr(coinr: Path, name: str, step: Screen) -> None:
    theirs = read_table(coinr / f"{name}.csv")
    kept = {
        key
        for key, cell in zip(theirs.keys, theirs.text("Included"), strict=True)
        if cell == "TRUE"
    }

    made = step.apply(state_of(read_table(coinr / "raw.csv")))

    assert {place.code for place in made.panel.places} == kept


FIGURES: dict[str, list[float]] = {
    "a": [1, 0, 0, NAN],
    "b": [2, 0, NAN, NAN],
    "c": [3, 5, NAN, NAN],
    "d": [4, 6, 7, 9],
}


def kept(step: Screen) -> list[str]:
    return [place.code for place in step.apply(state(FIGURES)).panel.places]


def test_places_are_screened_by_gaps_by_noughts_or_by_both() -> None:
    """A has all, B half noughts, C two of four with one nought, D one of four."""
    assert kept(Screen(0.5)) == ["A", "B", "C"]
    assert kept(Screen(non_zero=0.6)) == ["A", "D"]
    assert kept(Screen(0.5, non_zero=0.6)) == ["A"]


def test_a_place_can_be_kept_or_left_out_by_choice_and_that_is_said() -> None:
    step = Screen(0.5, non_zero=0.6, keep=("D",), leave_out=("A",))

    made = step.apply(state(FIGURES))

    assert [place.code for place in made.panel.places] == ["D"]
    said = {flag.place: (flag.kind, flag.words) for flag in made.flags if flag.place}
    assert said["A"] == ("thin coverage", "A is left out by choice: it is not scored.")
    assert said["D"][0] == "kept by choice"
    assert "fewer than the 50% asked for: it is kept by choice." in said["D"][1]
    assert "50% are not nought, fewer than the 60% asked for: it is not scored" in said["B"][1]
    assert "Left out by choice: A." in step.words


def test_a_place_that_is_kept_and_left_out_is_refused() -> None:
    with pytest.raises(BadSpec, match="Step screen: A is to be kept and to be left out"):
        Screen(keep=("A",), leave_out=("A", "B")).apply(state(FIGURES))


def test_a_place_without_any_figure_has_no_share_of_noughts() -> None:
    shares = non_zero_share(np.array([[NAN, NAN], [0, 5]]), axis=1)

    np.testing.assert_equal(shares, [NAN, 0.5])


@given(st.permutations(range(4)))
def test_the_order_of_places_is_nothing(order: list[int]) -> None:
    columns = {code: [values[row] for row in order] for code, values in FIGURES.items()}
    places = ["ABCD"[row] for row in order]

    made = Screen(0.5, non_zero=0.4).apply(state(columns, places=places))

    assert {place.code for place in made.panel.places} == {"A", "B", "C"}


def test_an_indicator_that_is_mostly_nought_is_set_aside_if_the_spec_says_so() -> None:
    """Of a three of four figures are nought, of b one of two that are known, of c none."""
    columns: dict[str, list[float]] = {
        "a": [0, 0, 0, 7],
        "b": [NAN, 0, 5, NAN],
        "c": [4, 4, 4, 4],
    }

    made = Screen(indicators_non_zero=0.4).apply(state(columns))

    assert made.panel.codes == ("b", "c")
    (flag,) = [flag for flag in made.flags if flag.kind == "mostly nought"]
    assert flag.node == "a"
    assert "is not nought for 25% of the places that have it, fewer than the 40%" in flag.words
    assert Screen(indicators_non_zero=0.6).apply(state(columns)).panel.codes == ("c",)
    with pytest.raises(BadSpec, match="Step screen: a share of 60"):
        Screen(indicators_non_zero=60)
