"""A deflator is read from a series of figures, or it is said why it is none."""

import pytest

from placedex.errors import BadUsage
from placedex.ledger import read_deflator
from placedex.observations import Observation, Origin, Status, bundled_catalogue, parse_period

ORIGIN = Origin("a", "P", "T", "E", "u", "L")
CATALOGUE = bundled_catalogue()


def figure(period: str, value: float | None, indicator: str = "gva-deflator") -> Observation:
    return Observation(
        "E12000005", indicator, parse_period(period), value, None, None, Status.PUBLISHED, ORIGIN
    )


def test_a_deflator_has_the_levels_of_its_years_and_no_others() -> None:
    found = read_deflator(
        (figure("2021", 95), figure("2022", 100), figure("2023", None)), CATALOGUE
    )

    assert found.levels == {2021: 95, 2022: 100}
    assert (found.indicator, found.place) == ("gva-deflator", "E12000005")
    assert found.level(parse_period("2023")) is None


@pytest.mark.parametrize(
    ("series", "said"),
    [
        ((), "There is no deflator among the figures"),
        ((figure("2022", None),), "There is no deflator among the figures"),
        ((figure("2022", 100, "gva"),), "The prices of 'gva' are 'current'. Wanted 'deflator'"),
        ((figure("2022-04/P1Y", 100),), "is not of calendar years"),
    ],
)
def test_what_is_no_deflator_is_refused(series: tuple[Observation, ...], said: str) -> None:
    with pytest.raises(BadUsage, match=said):
        read_deflator(series, CATALOGUE)
