"""Ofcom's tables of districts, 2018 to 2026: each year's names mean the same thing.

Values are worked out by hand from the rows in samples.py.
"""

from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from placedex.observations import bundled_catalogue
from placedex.observations.comparison import comparable
from tests.observations.desk import faults_of, read_with, rows_of
from tests.observations.samples import FIXED, MOBILE, write_ofcom

ABERDEEN = "S12000033"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], object]:
    """The figure of each place, indicator and month."""
    reading = read_with("ofcom-connected-nations", write_ofcom(tmp_path_factory.mktemp("ofcom")))
    assert faults_of(reading) == ()
    return {
        (one["place"], one["indicator"], one["period"]): (
            None if one["value"] is None else float(one["value"])
        )
        for one in rows_of(reading)
    }


@pytest.mark.parametrize(
    ("month", "superfast"),
    [("2018-09", 93.5), ("2019-09", 93.4), ("2020-09", 94.6), ("2021-05", 94.4), ("2025-07", 98.0)],
)
def test_superfast_holds_ultrafast_in_every_year(
    figures: dict[tuple[str, str, str], object], month: str, superfast: float
) -> None:
    """Of 125,441 premises of September 2019, 117,152 had superfast broadband: 93.4 %."""
    assert figures[ABERDEEN, "superfast-premises", month] == superfast
    assert round(100 * 117_152 / 125_441, 1) == 93.4


@pytest.mark.parametrize(
    ("indicator", "months"),
    [
        (
            "full-fibre-premises",
            {"2018-09": 4.6, "2019-09": 13.1, "2020-09": 34.9, "2026-01": 93.1},
        ),
        ("gigabit-premises", {"2020-09": 34.9, "2021-05": 51.2, "2025-07": 92.5, "2026-01": 93.4}),
        ("ultrafast-premises", {"2018-09": 8.2, "2019-09": 20.1, "2021-05": 55.8}),
        ("ultrafast-100-premises", {"2020-09": 49.0, "2021-05": 61.5}),
        ("below-30-premises", {"2019-09": 6.5, "2020-09": 5.2, "2026-01": 1.8}),
        ("below-decent-premises", {"2019-09": 0.2, "2020-09": 0.2, "2025-07": 0.1}),
        ("below-decent-premises-any-network", {"2026-01": 0.05}),
        ("premises", {"2019-09": 125_441, "2026-01": 132_364}),
    ],
)
def test_fixed_coverage_is_read_by_the_names_of_its_year(
    figures: dict[tuple[str, str, str], object], indicator: str, months: dict[str, float]
) -> None:
    assert {month: figures[ABERDEEN, indicator, month] for month in months} == months


def test_what_a_year_does_not_measure_is_not_there(
    figures: dict[tuple[str, str, str], object],
) -> None:
    assert (ABERDEEN, "gigabit-premises", "2019-09") not in figures
    assert (ABERDEEN, "below-decent-premises", "2026-01") not in figures
    assert (ABERDEEN, "5g-area", "2018-09") not in figures


@pytest.mark.parametrize(
    ("indicator", "months"),
    [
        ("4g-area", {"2018-09": 99.5, "2023-04": 100.0, "2024-09": 100.0}),
        ("4g-area-all-operators", {"2018-09": 90.0, "2023-04": 94.0, "2024-09": 97.0}),
        ("4g-indoor-any-operator", {"2018-09": 100.0, "2023-04": 100.0}),
        ("4g-indoor-all-operators", {"2018-09": 90.0, "2023-04": 95.0, "2024-09": 99.0}),
        ("5g-area", {"2023-04": 40.0, "2024-09": 58.25}),
        ("5g-outdoor-premises", {"2023-04": 87.5, "2024-09": 100.0}),
        ("5g-outdoor-premises-all-operators", {"2023-04": 17.5, "2024-09": 20.0}),
    ],
)
def test_mobile_coverage_is_what_at_least_one_or_all_operators_give(
    figures: dict[tuple[str, str, str], object], indicator: str, months: dict[str, float]
) -> None:
    assert {month: figures[ABERDEEN, indicator, month] for month in months} == months


def test_an_empty_cell_is_nought_beside_others_and_missing_where_all_are_empty(
    figures: dict[tuple[str, str, str], object],
) -> None:
    """On Scilly, in the sample, nobody gives 4G outdoors, and indoors nothing is told."""
    assert figures["E06000053", "4g-area", "2018-09"] == 0
    assert figures["E06000053", "4g-area-all-operators", "2018-09"] == 0
    assert figures["E06000053", "4g-indoor-any-operator", "2018-09"] is None
    assert figures["E06000053", "4g-indoor-all-operators", "2018-09"] is None


def test_5g_by_area_premises_and_people_are_three_measures() -> None:
    catalogue = bundled_catalogue()
    area, premises, people = (
        catalogue[code] for code in ("5g-area", "5g-outdoor-premises", "5g-population")
    )

    for one, other in ((area, premises), (premises, people), (area, people)):
        assert not comparable(one, other)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (name, old, new)
        for name, old, new in (
            ("201909_fixed_laua_coverage_r01.csv", "UFBB availability (% premises)", "UFBB (%)"),
            ("202009_fixed_laua_coverage_r01.csv", "Gigabit availability (% premises)", "Gigabit"),
            ("202409_mobile_coverage_laua_r01.csv", "5G_high_confidence_geo_out_3", "5G_geo_out_3"),
            ("201809_mobile_laua_r02.csv", "4G_geo_out_0", "4G_geo_0"),
        )
    ],
)
def test_a_changed_header_is_refused_with_the_words_found(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    rows = {**FIXED, **MOBILE}[name]
    text = "\n".join(",".join(new if cell == old else str(cell) for cell in row) for row in rows)
    (tmp_path / name).write_text(text + "\n", encoding="utf-8")

    with pytest.raises(UnreadableSource, match="row 1: the columns are .*Wanted also") as caught:
        read_with("ofcom-connected-nations", tmp_path)

    assert name in str(caught.value)
    assert old in str(caught.value).rpartition("Wanted")[2]
    assert f"'{new}'" in str(caught.value)


def test_a_cell_that_is_no_number_is_a_fault_and_no_nought(tmp_path: Path) -> None:
    header, row = FIXED["201909_fixed_laua_coverage_r01.csv"][:2]
    cells = ["n/a" if cell == 73.3 else str(cell) for cell in row]
    path = tmp_path / "201909_fixed_laua_coverage_r01.csv"
    path.write_text(
        "\n".join((",".join(map(str, header)), ",".join(cells))) + "\n", encoding="utf-8"
    )

    faults = faults_of(read_with("ofcom-connected-nations", tmp_path))

    assert [(one.row, one.met) for one in faults] == [(2, "'n/a' is not a number")]
