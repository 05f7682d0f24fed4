"""Numbers and quantities as they are written: digits, words, magnitudes, ranges, signs."""

import pytest

from placedex.evidence.extracting.measured import measured
from placedex.evidence.extracting.quantities import quantities


def one(text: str) -> tuple[float, float | None, str]:
    (found,) = quantities(text)
    return found.value, found.high, found.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("£7.25bn", 7.25e9, "GBP"),
        ("£1.1million", 1.1e6, "GBP"),
        ("£640k", 640e3, "GBP"),
        ("$3 bn", 3e9, "USD"),
        ("€12m", 12e6, "EUR"),
        ("12 million pounds", 12e6, "GBP"),
        ("two hundred and six", 206, ""),
        ("three hundred thousand", 300_000, ""),
        ("a quarter of a million", 250_000, ""),
        ("two million, three hundred thousand", 2.3e6, ""),
        ("two dozen", 24, ""),
        ("three quarters", 75, "percent"),
        ("one in four", 25, "percent"),
        ("seven out of every ten", 70, "percent"),
        ("9 per cent", 9, "percent"),
        ("9 percent", 9, "percent"),
        ("1.5 percentage points", 1.5, "pp"),
        ("(2.5)%", -2.5, "percent"),
        ("-£4m", -4e6, "GBP"),
        ("−1.25%", -1.25, "percent"),
        ("300Mbps", 300, "Mbps"),
        ("2½ miles", 2.5, "miles"),
        ("4.2 MtCO2e", 4.2, "MtCO2e"),
    ],
)
def test_a_figure_is_read_in_its_whole_unit(text: str, value: float, unit: str) -> None:
    assert one(text) == (value, None, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("8-12%", 8, 12, "percent"),
        ("between £2m and £3m", 2e6, 3e6, "GBP"),
        ("£20–25m", 20e6, 25e6, "GBP"),
        ("5,000 to 7,500", 5000, 7500, ""),
        ("two to three million", 2e6, 3e6, ""),
        ("grants from £500 to £2,000", 500, 2000, "GBP"),
        ("ranging from 3 to 6 per cent", 3, 6, "percent"),
    ],
)
def test_the_two_ends_of_a_range_are_one_figure(
    text: str, low: float, high: float, unit: str
) -> None:
    assert one(text) == (low, high, unit)


@pytest.mark.parametrize("text", ["rose from 31% to 44%", "fell from £9m to £12m", "31% and 44%"])
def test_what_something_moves_from_and_to_are_two_figures(text: str) -> None:
    assert len(quantities(text)) == 2


def test_a_plus_is_told() -> None:
    (found,) = quantities("250+")

    assert (found.value, found.plus) == (250, True)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a speed of 12.5 m/s", 12.5, "metre per second"),
        ("7 cubic metres", 7, "cubic metre"),
        ("3 kWh", 3, "kilowatt hour"),
        ("20 degrees Celsius", 20, "degree Celsius"),
        ("6e3 Hz", 6000, "hertz"),
        ("3/4", 0.75, "dimensionless"),
        ("£12 per hour", 12, "pound sterling per hour"),
        ("two and a half miles", 2.5, "mile"),
        ("4 kg", 4, "kilogram"),
    ],
)
def test_units_of_science_are_read_by_name(text: str, value: float, unit: str) -> None:
    (found,) = measured(text)

    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("text", ["at 3 pm", "the 18th century", "model X200", "1/0"])
def test_what_measures_nothing_is_no_quantity(text: str) -> None:
    assert measured(text) == ()
