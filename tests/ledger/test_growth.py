"""What a target asks for a year: the published example, and answers worked by hand."""

import math

import pytest

from placedex.errors import BadUsage
from placedex.ledger.growth import Mark, arrives, carried_on, growth_between, real_rate
from placedex.ledger.inflation import assumed, observed
from placedex.ledger.moment import moment_of, year_of
from placedex.observations import parse_period
from tests.ledger.held import observations


def test_fifteen_billion_to_a_hundred_in_eight_years_is_26_per_cent_a_year() -> None:
    found = growth_between(Mark(2022, 15.3), Mark(2030, 100))

    assert found.rate == pytest.approx(0.2644846776)
    assert found.multiple == pytest.approx(6.5359477124)
    assert found.each_year == pytest.approx(10.5875)
    assert found.doubling == pytest.approx(2.9537773260)
    assert real_rate(found.rate, 0.02) == pytest.approx(0.2396908604)


def test_doubling_in_two_years_is_a_root_of_two_a_year() -> None:
    found = growth_between(Mark(2020, 10), Mark(2022, 20))

    assert found.rate == pytest.approx(2**0.5 - 1)
    assert found.doubling == pytest.approx(2)
    assert found.linear(2021) == 15
    assert found.geometric(2021) == pytest.approx(200**0.5)


def test_a_fall_to_half_never_doubles() -> None:
    found = growth_between(Mark(2020, 8), Mark(2021, 4))

    assert found.rate == -0.5
    assert math.isnan(found.doubling)


@pytest.mark.parametrize(("first", "last"), [(0, 5), (-1, 5), (5, -1), (5, 0)])
def test_nought_and_below_have_no_rate_but_a_step_each_year(first: float, last: float) -> None:
    found = growth_between(Mark(2020, first), Mark(2022, last))

    assert math.isnan(found.rate)
    assert math.isnan(found.geometric(2021))
    assert found.each_year == (last - first) / 2


def test_a_target_before_its_baseline_is_refused() -> None:
    with pytest.raises(BadUsage, match="Wanted a later year"):
        growth_between(Mark(2030, 1), Mark(2022, 2))


def test_prices_that_rise_as_fast_leave_nothing_in_real_terms() -> None:
    assert real_rate(0.05, 0.05) == 0
    with pytest.raises(BadUsage, match="above -1"):
        real_rate(0.05, -1)


def test_a_level_is_reached_when_growth_leads_there() -> None:
    assert arrives(Mark(2024, 10), 1.0, level=40) == pytest.approx(2026)
    assert carried_on(Mark(2024, 10), 1.0, year=2026) == 40
    assert math.isnan(arrives(Mark(2024, 10), -0.5, level=40))
    assert math.isnan(arrives(Mark(2024, 10), 0.0, level=40))
    assert arrives(Mark(2024, 10), 0.0, level=10) == 2024


def test_a_period_is_over_at_its_end() -> None:
    assert moment_of(parse_period("2024")) == 2025
    assert moment_of(parse_period("2024-06")) == 2024.5
    assert moment_of(parse_period("2023-04/P1Y")) == pytest.approx(2024.25)
    assert moment_of(parse_period("2024-12-31")) == 2025
    assert year_of(2025.0) == 2024
    assert year_of(2025.01) == 2025


def test_inflation_is_assumed_and_said_to_be() -> None:
    assert "an assumption" in assumed().words
    with pytest.raises(BadUsage, match="0.02, which is 2 %"):
        assumed(2)


def test_inflation_is_what_a_deflator_rose_by_since_the_baseline() -> None:
    series = observations("deflator", [50, 100, None, 121])

    found = observed(series, since=parse_period("2019"))

    assert found is not None
    assert found.rate == pytest.approx(0.1)
    assert "from 2019 to 2021" in found.words
    assert observed(series, since=parse_period("2021")) is None
