"""Premises counted by place and speed, by hand."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placedex.errors import BadUsage, UnreadableSource
from placedex.observations.large import count_premises, read_directory, read_premises, tabulate
from placedex.places import bundled_register
from placedex.store import Engine
from tests.observations.large.tables import CODES, rows, write_directory

RECORDS = (
    ("AB1 2CD", 1800.0, 220.0),
    ("AB1 2CD", 300.0, 50.0),
    ("AB1 2CD", 29.9, 5.0),
    ("AB1 2CD", 10.0, 0.9),
    ("CD3 4EF", -1.0, -1.0),
    ("CD3 4EF", None, None),
    ("XX1 1XX", 1000.0, 100.0),
)


def test_premises_are_counted_by_what_they_can_have(engine: Engine, tmp_path: Path) -> None:
    """Ten down is decent only with one up; speeds that are not told are none."""
    codes, down, up = zip(*RECORDS, strict=True)
    premises = engine.lay_out(
        pa.table({"PostCode": codes, "MaxPredictedDown": down, "MaxPredictedUp": up})
    )
    directory = read_directory(engine, [write_directory(tmp_path / "ONSPD.csv")])

    counted = count_premises(engine, premises, directory=directory, codes=CODES)

    assert counted.columns == (
        *("place", "premises", "superfast", "ultrafast", "gigabit", "below_decent"),
    )
    assert rows(engine, counted) == [
        (None, 1, 1, 1, 1, 0),
        ("E1", 4, 2, 2, 1, 1),
        ("E2", 2, 0, 0, 0, 2),
    ]


def test_premises_without_a_directory_are_refused(engine: Engine) -> None:
    with pytest.raises(BadUsage, match="files of premises tell postcodes and no districts"):
        tabulate("premises", [Path("a.parquet")], engine=engine, register=bundled_register())


def test_the_second_file_that_lacks_a_column_is_refused(engine: Engine, tmp_path: Path) -> None:
    """Spark would fill the column that is missing from a later file with nothing."""
    columns = {"PostCode": ["AB1 2CD"], "MaxPredictedDown": [30.0], "MaxPredictedUp": [5.0]}
    files = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for path in files:
        pq.write_table(pa.table(columns), path)
        columns.pop("MaxPredictedUp", None)

    with pytest.raises(UnreadableSource, match=r"two.parquet: .* Wanted also 'MaxPredictedUp'"):
        read_premises(engine, files)
