"""Periods: how they are written, and of which figures they are."""

from datetime import date

import pytest

from placedex.evidence.extracting.periods import periods
from tests.evidence.passages import claims, only

PUBLISHED = date(2024, 5, 14)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("in 2023", "2023"),
        ("by 2030", "2030"),
        ("by the end of 2026", "2026"),
        ("in March 2022", "2022-03"),
        ("on 4 March 2022", "2022-03-04"),
        ("in 2023/24", "2023-04/P1Y"),
        ("in the 2023-24 financial year", "2023-04/P1Y"),
        ("in FY24", "2023-04/P1Y"),
        ("in the year to March 2024", "2023-04/P1Y"),
        ("from 2019 to 2022", "2019-01/P4Y"),
        ("in Q2 2023", "2023-Q2"),
        ("since 2016", "2016"),
        ("last year", "2023"),
        ("Last year", "2023"),
        ("this year", "2024"),
    ],
)
def test_a_period_is_written_in_one_form(words: str, period: str) -> None:
    assert [one.period for one in periods(words, published=PUBLISHED)] == [period]


def test_last_year_is_unknown_where_nothing_says_when_a_text_was_published() -> None:
    assert periods("last year") == []
    assert only("It made 80 loans last year.").period is None


def test_a_text_may_say_itself_when_it_was_published() -> None:
    assert only("Published: Friday 9 June 2023\n\nIt made 80 loans last year.").period == "2022"


def test_the_year_of_a_name_is_no_period() -> None:
    assert only("The Horizon 2020 Fund gave 80 grants.").period is None


def test_the_year_of_a_source_dates_what_is_told_from_it() -> None:
    assert only("As shown in our Skills Index 2024, 61% of adults code.").period == "2024"


def test_the_two_ends_of_a_span_go_to_the_two_figures() -> None:
    found = claims("Take-up went from 30% to 45% between June 2021 and June 2023.")

    assert [one.period for one in found] == ["2021-06", "2023-06"]


def test_a_period_is_not_carried_into_another_statement() -> None:
    found = claims("The hub has 300 desks, and it was given a £2m grant in 2021.")

    assert [one.period for one in found] == [None, "2021"]


def test_a_period_at_the_head_is_of_every_figure() -> None:
    found = claims("In 2022, the hub trained 300 people and it placed 80 graduates.")

    assert [one.period for one in found] == ["2022", "2022"]
