"""Two figures are compared only if their measures are the same."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadWorkspace, MixedMeasures
from placedex.observations import (
    Indicator,
    Measure,
    bundled_catalogue,
    comparable,
    comparable_panels,
    make_panel,
    not_comparable,
    parse_period,
    read_catalogue,
    refuse_mixed,
)
from placedex.places import Place

PLACES = (Place("E08000025", "Birmingham", "district", "test"),)


def test_5g_by_area_and_5g_by_premises_are_not_comparable() -> None:
    catalogue = bundled_catalogue()

    found = comparable(catalogue["5g-area"], catalogue["5g-outdoor-premises"])

    assert not found
    assert "of what is 'the place's area' in one and 'all premises' in the other" in found.words


def test_gigabit_and_full_fibre_are_not_comparable_for_what_is_counted() -> None:
    catalogue = bundled_catalogue()

    found = comparable(catalogue["gigabit-premises"], catalogue["full-fibre-premises"])

    [reason] = found.reasons
    assert reason.startswith(
        "what is counted is 'premises that can order a download speed of 1,000"
    )


@pytest.mark.parametrize("code", ["5g-area", "gva", "wellbeing-anxiety"])
def test_every_indicator_is_comparable_with_itself(code: str) -> None:
    one = bundled_catalogue()[code]

    assert comparable(one, one).words == "comparable"


def test_comparison_is_the_same_from_either_side() -> None:
    catalogue = bundled_catalogue()
    codes = ("gva", "gva-constant", "ict-gva", "5g-area")

    for one in codes:
        for other in codes:
            there = comparable(catalogue[one], catalogue[other])
            back = comparable(catalogue[other], catalogue[one])
            assert there.same == back.same
            assert len(there.reasons) == len(back.reasons)


def test_current_and_chained_prices_are_not_comparable() -> None:
    catalogue = bundled_catalogue()

    found = comparable(catalogue["gva"], catalogue["gva-constant"])

    assert "the price basis is 'current' in one and 'chained' in the other" in found.reasons


def test_periods_of_other_kinds_are_not_comparable() -> None:
    one = Indicator("a", "A", "%", measure=Measure("x"))
    periods = (parse_period("2022"), parse_period("2022-04/P1Y"))

    assert comparable(one, one, periods=periods).reasons == (
        "the kind of period is 'year' in one and 'year from April' in the other",
    )
    assert comparable(one, one, periods=(parse_period("2022"), None))


def test_panels_that_mean_different_things_by_one_code_are_refused() -> None:
    one = Indicator("5g", "5G", "%", measure=Measure("signal", "area"))
    other = replace(one, measure=Measure("signal", "premises"))
    values = np.array([[5.0]])
    panels = [make_panel(PLACES, (each,), values) for each in (one, other)]

    assert comparable_panels(panels[0], panels[0])
    refuse_mixed([panels[0], panels[0]])
    with pytest.raises(MixedMeasures, match="mix measures: '5g': of what is 'area' in one"):
        refuse_mixed(panels)


def test_a_ratio_of_current_to_chained_prices_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "indicators.yaml"
    path.write_text(
        "- code: odd\n  name: Odd\n  unit: '%'\n  measure: {counted: x}\n"
        "  numerator: ict-gva\n  denominator: gva-constant\n",
        encoding="utf-8",
    )

    with pytest.raises(BadWorkspace, match="'ict-gva' at current prices and 'gva-constant' at cha"):
        read_catalogue((path,), known=bundled_catalogue())


def test_a_price_basis_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "indicators.yaml"
    path.write_text(
        "- {code: odd, name: Odd, unit: £, measure: {counted: x, prices: real}}\n",
        encoding="utf-8",
    )

    with pytest.raises(BadWorkspace, match=r"prices' is 'real'"):
        read_catalogue((path,))


def test_indicators_that_look_alike_are_named_with_what_keeps_them_apart() -> None:
    """5G by people is a third measure beside 5G by area and by premises."""
    people = Indicator(
        "5g-people", "People with 5G", "% of people", measure=Measure("people"), alike=("5g",)
    )
    catalogue = bundled_catalogue() | {people.code: people}

    found = not_comparable(catalogue["5g-area"], catalogue)

    assert set(found) == {"5g-outdoor-premises", "5g-people"}
    assert "the unit is '% of area' in one and '% of people' in the other" in (
        found["5g-people"].reasons
    )
    assert set(not_comparable(catalogue["4g-area"], catalogue)) == {
        "4g-indoor-all-operators", "4g-indoor-any-operator"
    }  # fmt: skip


def test_no_two_indicators_of_a_family_are_the_same_measure() -> None:
    catalogue = bundled_catalogue()

    for one in catalogue.values():
        alike = {o.code for o in catalogue.values() if set(o.alike) & set(one.alike)} - {one.code}
        assert set(not_comparable(one, catalogue)) == alike


def test_every_sum_of_money_has_a_price_basis() -> None:
    money = [one for one in bundled_catalogue().values() if set(one.unit) & set("£€")]

    assert len(money) > 40
    assert [one.code for one in money if not one.measure.prices] == []


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("prices: deflated 2022", "deflator of deflated prices"),
        ("prices: chained, deflator: gva-deflator", "current or deflated prices only"),
        ("prices: current, deflator: gva", "'gva', which is no deflator"),
        ("prices: current, deflator: cpih", "'cpih', which no file describes"),
    ],
)
def test_a_deflator_that_cannot_be_one_is_refused(tmp_path: Path, measure: str, said: str) -> None:
    path = tmp_path / "indicators.yaml"
    path.write_text(
        f"- {{code: odd, name: Odd, unit: £, measure: {{counted: x, {measure}}}}}\n",
        encoding="utf-8",
    )

    with pytest.raises(BadWorkspace, match=said):
        read_catalogue((path,), known=bundled_catalogue())


def test_a_price_basis_is_told_in_words() -> None:
    words = {prices: Measure("x", prices=prices, deflator="cpih").price_words
             for prices in ("", "current", "chained", "deflated 2022")}  # fmt: skip

    assert words == {
        "": "",
        "current": "current prices, those of each year",
        "chained": "chained volumes, at the prices of a year that the edition names",
        "deflated 2022": "deflated, at the prices of 2022, by cpih",
    }
