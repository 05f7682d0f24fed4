"""A period has one written form; what is none is refused."""

import pytest

from placedex.errors import BadPeriod
from placedex.observations import parse_period


@pytest.mark.parametrize(
    ("text", "written", "kind", "words"),
    [
        ("2023", "2023", "year", "2023"),
        ("2023-01-01/P1Y", "2023", "year", "2023"),
        ("2026-01", "2026-01", "month", "January 2026"),
        ("2025-04-30", "2025-04-30", "day", "30 April 2025"),
        ("2024-08-01/P1Y", "2024-08/P1Y", "year from August", "year from August 2024"),
        ("2021-01/P3Y", "2021-01/P3Y", "3 years", "2021 to 2023"),
        ("2011-04-01/P1Y", "2011-04/P1Y", "year from April", "year from April 2011"),
    ],
)
def test_a_period_is_read_and_written(text: str, written: str, kind: str, words: str) -> None:
    period = parse_period(text)

    assert (str(period), period.kind, period.words) == (written, kind, words)
    assert parse_period(written) == period


@pytest.mark.parametrize(
    "text", ["", "last year", "2023/24", "2023-13", "2023-02-30", "2024-08/P0Y", "2024-08-15/P1Y"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadPeriod, match="is not a period. Wanted a year"):
        parse_period(text)


def test_periods_sort_by_their_start() -> None:
    texts = ["2024", "2023-06", "2023", "2023-06-30"]

    assert [str(one) for one in sorted(map(parse_period, texts))] == [
        "2023", "2023-06", "2023-06-30", "2024",
    ]  # fmt: skip
