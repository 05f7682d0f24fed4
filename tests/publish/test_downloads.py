"""Downloads: the three forms hold the same, and another program can read them."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

TABLES = ("scores", "figures", "indicators", "origins", "places")


@pytest.mark.parametrize("name", TABLES)
def test_the_three_forms_hold_the_same(site: Path, name: str) -> None:
    text = (site / "data" / f"{name}.csv").read_bytes().decode("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    objects = json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))
    records = pq.read_table(site / "data" / f"{name}.parquet").to_pylist()

    assert objects == records
    assert rows == [
        {key: "" if value is None else str(value) for key, value in one.items()} for one in objects
    ]
    assert rows


def test_a_csv_file_has_lines_as_rfc_4180_wants_them(site: Path) -> None:
    content = (site / "data" / "figures.csv").read_bytes()

    assert content.startswith(b"place,name,indicator,period,value,low,high,status,origin\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b'"<script>alert(""x"")</script> & Sons"' in content


def test_every_column_of_a_csv_file_is_described(site: Path) -> None:
    for name in TABLES:
        described = json.loads((site / "data" / f"{name}.csv-metadata.json").read_text("utf-8"))
        header = (site / "data" / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
        columns = described["tableSchema"]["columns"]

        assert described["url"] == f"{name}.csv"
        assert [column["name"] for column in columns] == header
        assert all(column["dc:description"] for column in columns)


def test_a_score_stands_with_the_figure_behind_it_and_its_range(site: Path) -> None:
    text = (site / "data" / "scores.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    ashby = {row["node"]: row for row in rows if row["name"] == "Ashby"}

    assert (ashby["gigabit"]["value"], ashby["gigabit"]["score"]) == ("90.0", "100.0")
    assert ashby["job-share"]["value"] == "12.0"
    assert (ashby["index"]["rank"], ashby["index"]["scenario_rank_low"]) == ("1", "1")
    assert ashby["gigabit"]["scenario_rank_low"] == ""
