"""How publishers round their counts, and what a rounded count may have been."""

from pathlib import Path

import pytest

from placedex.errors import BadUsage, BadWorkspace
from placedex.observations import bundled_catalogue, bundled_roundings, rounded_bounds
from placedex.observations.catalogue import read_catalogue
from placedex.stats.bounds import Bounds
from tests.conftest import SHARED
from tests.golden.__main__ import judge
from tests.golden.case import read_case
from tests.golden.rounding import location_quotient_of_rounded


@pytest.mark.skipif(not SHARED.is_dir(), reason="the golden cases of ../shared are not here")
def test_the_published_table_of_rules_is_ours() -> None:
    case = read_case(SHARED / "golden" / "methods" / "D04_bres_rounding.json")

    assert judge("D04", lambda: location_quotient_of_rounded(case), tolerance=1e-9).outcome == (
        "passed"
    )


@pytest.mark.parametrize(
    ("value", "strict", "low", "high"),
    [
        (0, False, 0, 2.5),
        (0, True, 0, 5),
        (45, False, 42.5, 47.5),
        (75, False, 62.5, 87.5),
        (75, True, 50, 100),
        (12000, False, 11500, 12500),
    ],
)
def test_a_count_lies_within_half_a_base_and_never_below_nought(
    value: float, strict: bool, low: float, high: float
) -> None:
    found = rounded_bounds(bundled_catalogue()["jobs"], value, strict=strict)

    assert found == Bounds(low, high)


def test_every_count_lies_within_the_bounds_of_what_it_is_rounded_to() -> None:
    """Each count from 0 to 12,000, rounded by the published rule and bounded again."""
    rule = bundled_roundings()["bres-public"]
    for count in range(12_001):
        base = rule.base(count)
        published = base * int(count / base + 0.5)
        assert count in rule.bounds(published)


def test_a_nought_of_business_counts_may_be_two_enterprises() -> None:
    assert 2 in rounded_bounds(bundled_catalogue()["enterprises"], 0)
    assert 3 not in rounded_bounds(bundled_catalogue()["enterprises"], 0)


def test_a_figure_without_a_rule_is_known_to_its_last_digit() -> None:
    assert rounded_bounds(bundled_catalogue()["gva"], 12.3) == Bounds(12.3, 12.3)


def test_how_counts_are_rounded_is_among_the_faults_of_an_indicator() -> None:
    for code in ("jobs", "employees", "local-units", "residents-by-qualification"):
        assert any(fault.startswith("Rounded by its publisher") for fault in
                   bundled_catalogue()[code].faults)  # fmt: skip


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(BadUsage, match="-5 is not a count"):
        bundled_roundings()["bres-public"].bounds(-5)


def test_a_rule_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "indicators.yaml"
    path.write_text("- {code: a, name: A, unit: a, rounding: by hand, measure: {counted: a}}\n")

    with pytest.raises(BadWorkspace, match="instead of 'by hand'"):
        read_catalogue([path])


def test_a_quotient_lies_between_least_over_most_and_most_over_least() -> None:
    assert Bounds(1, 2) / Bounds(4, 5) == Bounds(0.2, 0.5)
    assert (Bounds(1, 2) / Bounds(0, 5)).high == float("inf")
    assert Bounds(1, 2) / Bounds(0, 0) == Bounds(0, float("inf"))
