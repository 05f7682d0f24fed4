"""The bare scan that placedex is measured by: it writes what placedex keeps, no more, no less."""

from pathlib import Path

import duckdb
from benchmarks.bare import ACCOUNTS, bare_accounts, count, kept


def test_the_bare_scan_of_regional_accounts_writes_the_rows_that_are_kept(
    shared: Path, tmp_path: Path
) -> None:
    """Cell for cell, in every one of the thirteen columns."""
    parts = {}
    for name, opened in (
        ("kept", kept(shared / "data", ACCOUNTS)),
        ("bare", bare_accounts(shared / "data")),
    ):
        with opened as connection:
            parts[name] = count(connection)
            path = tmp_path / f"{name}.parquet"
            connection.execute(f"COPY observation TO '{path}'")

    rows = {name: f"FROM read_parquet('{tmp_path / name}.parquet')" for name in parts}
    alike = duckdb.execute(f"SELECT count(*) FROM ({rows['kept']} INTERSECT ALL {rows['bare']})")

    assert parts["kept"] == parts["bare"] > 2_000_000
    assert alike.fetchone() == (parts["kept"],)
