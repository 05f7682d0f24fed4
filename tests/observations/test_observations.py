"""Panels and series: one period a column, gaps with their reason, ratios of the same period."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from placedex.errors import BadUsage
from placedex.observations import (
    MIGRATIONS,
    Observations,
    Status,
    bundled_catalogue,
    keep_observations,
    parse_period,
    read_figures,
)
from placedex.places import bundled_register
from placedex.store import connect_memory, migrate

HEADER = "place,indicator,period,value,low,high,status,origin"
ORIGINS = (
    "- {code: a, publisher: P, title: T, edition: E, url: 'https://example.org/', licence: L}\n"
)
PLACES = tuple(bundled_register()[code] for code in ("E08000025", "E08000026", "E08000027"))


@contextmanager
def kept(folder: Path, rows: str) -> Iterator[Observations]:
    (folder / "origins.yaml").write_text(ORIGINS, encoding="utf-8")
    (folder / "table.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    reading = read_figures(folder)
    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        register, catalogue = bundled_register(), bundled_catalogue()
        keep_observations(connection, [reading], register=register, catalogue=catalogue)
        yield Observations(connection, register, catalogue, reading.origins)


def test_a_panel_takes_the_latest_period_and_says_why_a_value_is_missing(tmp_path: Path) -> None:
    rows = (
        "E08000025,level-3,2022,50,48,52,published,a\n"
        "E08000025,level-3,2023,55,53.04,56.96,published,a\n"
        "E08000026,level-3,2023,,,,suppressed,a\n"
        "E08000027,level-3,2022,60,,,published,a\n"
    )
    with kept(tmp_path, rows) as observations:
        panel = observations.panel(PLACES, ["level-3"])

    assert [str(period) for period in panel.periods] == ["2023"]
    np.testing.assert_equal(panel.values[:, 0], [55, np.nan, np.nan])
    assert panel.errors[0, 0] == pytest.approx(1, abs=1e-4)
    assert [Status(status) for status in panel.statuses[:, 0]] == [
        Status.PUBLISHED,
        Status.SUPPRESSED,
        Status.NOT_COLLECTED,
    ]
    assert panel.sources[panel.origins[0, 0]].publisher == "P"


def test_a_newer_period_that_few_places_have_does_not_displace_the_older(tmp_path: Path) -> None:
    rows = "".join(
        f"{place.code},level-3,2022,50,,,published,a\n" for place in PLACES
    ) + "E08000025,level-3,2023,55,,,published,a\n"  # fmt: skip
    with kept(tmp_path, rows) as observations:
        panel = observations.panel(PLACES, ["level-3"])

    assert panel.values[:, 0].tolist() == [50, 50, 50]


def test_the_parts_of_a_ratio_are_of_one_period(tmp_path: Path) -> None:
    rows = (
        "E08000025,ict-gva,2022,5,,,published,a\nE08000025,ict-gva,2023,9,,,published,a\n"
        "E08000025,gva,2022,50,,,published,a\n"
    )
    with kept(tmp_path, rows) as observations:
        panel = observations.panel(PLACES[:1], ["ict-gva-share"])

    assert panel.codes == ("ict-gva", "gva")
    assert panel.values.tolist() == [[5, 50]]
    assert set(panel.periods) == {parse_period("2022")}


def test_a_series_runs_from_the_oldest(tmp_path: Path) -> None:
    rows = "E08000025,gva,2023,9,,,published,a\nE08000025,gva,1998,5,,,published,a\n"
    with kept(tmp_path, rows) as observations:
        series = observations.series("E08000025", "gva")

        assert observations.all_series()["E08000025", "gva"] == series
    assert [(str(one.period), one.value) for one in series] == [("1998", 5), ("2023", 9)]


def test_a_panel_turns_into_arrow_pandas_and_polars(tmp_path: Path) -> None:
    rows = "E08000025,gva,2023,9,,,published,a\nE08000026,gva,2023,,,,suppressed,a\n"
    with kept(tmp_path, rows) as observations:
        panel = observations.panel(PLACES[:2], ["gva"])

    arrow = panel.to_arrow()
    assert isinstance(arrow, pa.Table)
    assert arrow.to_pylist() == [
        {"place": "E08000025", "name": "Birmingham", "gva": 9.0},
        {"place": "E08000026", "name": "Coventry", "gva": None},
    ]
    assert panel.to_pandas().loc["E08000025", "gva"] == 9
    assert panel.to_polars()["gva"].to_list() == [9, None]
    assert panel.to_long_arrow().to_pylist()[1] == {
        "place": "E08000026", "indicator": "gva", "period": "2023", "value": None,
        "standard_error": None, "status": "suppressed", "origin": "a",
    }  # fmt: skip


def test_an_unknown_column_or_row_is_refused(tmp_path: Path) -> None:
    with kept(tmp_path, "E08000025,gva,2023,9,,,published,a\n") as observations:
        panel = observations.panel(PLACES[:1], ["gva"])

    with pytest.raises(BadUsage, match="no indicator 'jobs'. Wanted one of gva"):
        panel.of("jobs")
    with pytest.raises(BadUsage, match="no place X"):
        panel.row("X")
