"""The made-up register: the same from the same seed, and of the layout of the real files."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placedex.store import csv_header, hash_file

pytest.importorskip("ibis")

from benchmarks.generate import (
    HEADER,
    Postcodes,
    read_pattern,
    write_companies,
    write_premises,
)


def made(folder: Path, data: Path, *, seed: int = 1, companies: int = 3_000) -> tuple[Path, Path]:
    """Companies and premises at three postcodes of two districts."""
    codes = pa.array(["AB1 2CD", "AB1 2CE", "CD3 4EF"])
    districts = pa.array(["E08000035", "E08000035", "E06000053"])
    postcodes = Postcodes(codes, districts)
    first, second = folder / f"companies-{seed}.csv", folder / f"premises-{seed}.parquet"
    write_companies(first, companies, pattern=read_pattern(data), codes=codes, seed=seed)
    write_premises(second, 4_000, postcodes=postcodes, data=data, seed=seed)
    return first, second


def test_one_seed_gives_the_same_bytes_and_another_other_ones(shared: Path, tmp_path: Path) -> None:
    one, again, other = (tmp_path / name for name in ("one", "again", "other"))
    for folder in (one, again, other):
        folder.mkdir()

    files = made(one, shared / "data")
    same = made(again, shared / "data")
    different = made(other, shared / "data", seed=2)

    assert [hash_file(path) for path in files] == [hash_file(path) for path in same]
    assert all(
        hash_file(path) != hash_file(changed)
        for path, changed in zip(files, different, strict=True)
    )


def test_companies_have_the_published_header_and_every_row_as_many_cells(
    shared: Path, tmp_path: Path
) -> None:
    """Companies House documents 55 columns; some of their names begin with a space."""
    path, _ = made(tmp_path, shared / "data")

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    assert len(HEADER) == 55
    assert tuple(rows[0]) == HEADER
    assert csv_header(path) == tuple(name.strip() for name in HEADER)
    assert {len(row) for row in rows} == {55}
    assert len({row[1] for row in rows[1:]}) == len(rows) - 1 == 3_000


def test_a_block_longer_than_the_pattern_is_written_to_the_end(
    shared: Path, tmp_path: Path
) -> None:
    """The pattern has 75,740 rows, so that the last company is in the second block."""
    path, _ = made(tmp_path, shared / "data", companies=75_741)

    with path.open("rb") as file:
        assert sum(1 for _ in file) == 75_742


def test_premises_are_as_many_as_asked_for_and_as_fast_as_published(
    shared: Path, tmp_path: Path
) -> None:
    """The Isles of Scilly and Leeds have other shares; each class stands in columns of its own."""
    _, path = made(tmp_path, shared / "data")

    table = pq.read_table(path).to_pylist()

    assert len(table) == 4_000
    assert len({row["UPRN"] for row in table}) == 4_000
    for row in table:
        best = max(row[f"Max{kind}PredictedDown"] for kind in ("Bb", "Sfbb", "Ufbb"))
        assert row["MaxPredictedDown"] == best > 0
