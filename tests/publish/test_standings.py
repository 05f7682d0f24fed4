"""Standings and figures: what pages say must add up."""

from datetime import date
from math import hypot, isnan

import pytest

from placedex.observations import Indicator, Observation, Period, Ratio, Status
from placedex.publish import Edition
from placedex.publish.figures import in_proportion
from placedex.publish.material import Material, gather
from placedex.publish.standings import Placing
from tests.publish.conftest import ORIGINS

SHARE = Indicator("share", "Share", "%", ratio=Ratio("part", "whole", 100))
RATIO = Ratio("part", "whole", 100)


@pytest.fixture(scope="module")
def material(edition: Edition) -> Material:
    return gather(edition)


def observed(value: float | None, reach: float | None = None) -> Observation:
    status = Status.SUPPRESSED if value is None else Status.PUBLISHED
    low = high = None
    if value is not None and reach is not None:
        low, high = value - reach, value + reach
    period = Period(date(2024, 1, 1), 12)
    return Observation("A", "part", period, value, low, high, status, ORIGINS[0])


def test_what_components_add_makes_the_score(material: Material) -> None:
    standings = material.standings[0]

    for place in standings.order:
        parts = standings.contributions(place.code)
        assert sum(value for _, value in parts) == pytest.approx(standings.score(place.code))


def test_a_place_without_a_score_has_no_place_in_the_order(material: Material) -> None:
    standings = material.standings[0]

    assert [place.code for place in standings.unscored] == ["E08000009"]
    assert isnan(standings.rank("E08000009"))
    assert standings.placing("E08000009") is None


def test_a_rank_by_the_figure_goes_the_better_way(material: Material) -> None:
    """Farwick has the fewest slow premises."""
    standings = material.standings[0]

    assert standings.placing("E08000006", "slow") == Placing(1, 6, False)
    assert standings.placing("E08000005", "slow") == Placing(6, 6, False)


def test_a_range_holds_the_rank_itself(material: Material) -> None:
    standings = material.standings[0]

    for place in standings.order:
        low, high = standings.span(place.code)
        assert low <= standings.rank(place.code) <= high


def test_a_ratio_carries_the_errors_of_both_its_parts() -> None:
    """Relative errors of 10% and 5% are together the root of their squares."""
    figure = in_proportion(SHARE, RATIO, parts=(observed(20, 2), observed(200, 10)))

    assert figure.value == 10
    assert figure.low is not None
    assert figure.low == pytest.approx(10 - 10 * hypot(0.1, 0.05))


def test_a_ratio_with_a_missing_part_is_missing_and_says_why() -> None:
    figure = in_proportion(SHARE, RATIO, parts=(observed(None), observed(200)))

    assert (figure.value, figure.status) == (None, Status.SUPPRESSED)


def test_a_ratio_over_nought_has_no_meaning() -> None:
    figure = in_proportion(SHARE, RATIO, parts=(observed(5), observed(0)))

    assert (figure.value, figure.status) == (None, Status.NOT_APPLICABLE)


def test_places_within_home_are_known_through_all_their_parents(material: Material) -> None:
    assert material.within_home == {"E08000001", "E08000002", "E08000003"}
