"""Panels of an earlier day, and figures of years before lent beside the latest."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadPeriod
from placedex.observations import Earlier, parse_period, years_between
from placedex.observations.earlier import period_before
from tests.observations.test_observations import PLACES, kept

ROWS = "".join(
    f"{place.code},level-3,{year},{year - 1970},,,published,a\n"
    for place in PLACES
    for year in (2018, 2021, 2023)
)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2023", date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-04-30", date(2025, 4, 30)),
        ("2024-08/P1Y", date(2025, 7, 31)),
    ],
)
def test_the_last_day_of_a_period(text: str, last: date) -> None:
    assert parse_period(text).end == last


def test_years_between_periods_of_one_length() -> None:
    assert years_between(parse_period("2018"), parse_period("2023")) == 5
    assert years_between(parse_period("2023-09"), parse_period("2026-01")) == pytest.approx(28 / 12)
    assert years_between(parse_period("2020-04-22"), parse_period("2025-04-22")) == 5


def test_a_year_and_a_month_are_not_compared() -> None:
    with pytest.raises(BadPeriod, match="different length"):
        years_between(parse_period("2023"), parse_period("2023-09"))


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2022, 6, 30), 2021), (date(2021, 12, 31), 2021), (date(2021, 12, 30), 2018)],
)
def test_a_panel_as_of_a_day_takes_periods_that_had_ended(
    tmp_path: Path, day: date, year: int
) -> None:
    with kept(tmp_path, ROWS) as observations:
        panel = observations.panel(PLACES, ["level-3"], as_of=day)

    assert [str(period) for period in panel.periods] == [str(year)]
    assert panel.values[:, 0].tolist() == [year - 1970] * 3


def test_a_panel_as_of_a_period_is_that_of_its_last_day(tmp_path: Path) -> None:
    with kept(tmp_path, ROWS) as observations:
        panel = observations.panel(PLACES, ["level-3"], as_of=parse_period("2021"))
        none = observations.panel(PLACES, ["level-3"], as_of=parse_period("2000"))

    assert panel.values[0, 0] == 51
    assert np.isnan(none.values).all()
    assert none.periods == (None,)


def test_earlier_figures_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    with kept(tmp_path, ROWS) as observations:
        panel = observations.panel(
            PLACES, ["level-3", Earlier("level-3", 5), Earlier("level-3", 4)]
        )

    assert panel.codes == ("level-3", "level-3@5", "level-3@4")
    assert [str(period) for period in panel.periods] == ["2023", "2018", "None"]
    assert panel.values[0, :2].tolist() == [53, 48]
    assert np.isnan(panel.values[:, 2]).all()


def test_the_parts_of_a_ratio_are_lent_from_one_earlier_period(tmp_path: Path) -> None:
    rows = "".join(
        f"E08000025,{code},{year},{value},,,published,a\n"
        for code, years in (("ict-gva", {2022: 2, 2023: 9}), ("gva", {2022: 40, 2023: 50}))
        for year, value in years.items()
    )
    with kept(tmp_path, rows) as observations:
        panel = observations.panel(PLACES[:1], ["ict-gva-share", Earlier("ict-gva-share", 1)])

    assert panel.codes == ("ict-gva", "gva", "ict-gva@1", "gva@1")
    assert panel.values.tolist() == [[9, 50, 2, 40]]


def test_a_survey_a_few_weeks_off_counts_and_one_of_half_a_year_does_not() -> None:
    latest = parse_period("2025-04-30")
    near, far = parse_period("2023-04-19"), parse_period("2023-10-25")

    assert period_before(latest, [{near: 3, far: 3}], years=2) == near
    assert period_before(latest, [{far: 3}], years=2) is None
    assert period_before(None, [{far: 3}], years=2) is None


def test_an_earlier_period_that_few_places_have_does_not_count() -> None:
    latest = parse_period("2025-06")
    exact, near = parse_period("2023-06"), parse_period("2023-05")

    assert period_before(latest, [{exact: 1, near: 3}], years=2) == near
