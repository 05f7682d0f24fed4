"""Migrations run in order, each whole; a file that is not ours is refused in words."""

from pathlib import Path

import duckdb
import pytest

from placedex.errors import UnreadableStore
from placedex.store import Migration, connect_memory, create_database, migrate, open_database

FIRST = Migration("first", "CREATE TABLE first (one INTEGER)")
SECOND = Migration("second", "CREATE TABLE second (two INTEGER)")


def tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in connection.execute("SHOW TABLES").fetchall()}


def test_migrations_run_once_and_in_order() -> None:
    with connect_memory() as connection:
        assert migrate(connection, (FIRST,)) == ("first",)
        assert migrate(connection, (FIRST, SECOND)) == ("second",)
        assert migrate(connection, (FIRST, SECOND)) == ()
        assert tables(connection) == {"migration", "first", "second"}


def test_a_migration_that_fails_leaves_nothing_of_itself() -> None:
    broken = Migration("broken", "CREATE TABLE half (one INTEGER); CREATE TABLE first (x NOTYPE)")
    with connect_memory() as connection:
        migrate(connection, (FIRST,))

        with pytest.raises(duckdb.Error):
            migrate(connection, (FIRST, broken))

        assert tables(connection) == {"migration", "first"}
        assert migrate(connection, (FIRST, SECOND)) == ("second",)


def test_a_migration_of_a_newer_version_is_refused() -> None:
    with connect_memory() as connection:
        migrate(connection, (FIRST, SECOND))

        with pytest.raises(UnreadableStore, match="'second', which is unknown here: a newer"):
            migrate(connection, (FIRST,))


def test_a_migration_whose_text_was_altered_is_refused() -> None:
    with connect_memory() as connection:
        migrate(connection, (FIRST,))

        with pytest.raises(UnreadableStore, match="made with another migration 'first'"):
            migrate(connection, (Migration("first", "CREATE TABLE other (one INTEGER)"),))


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableStore, match=r"does not exist.*placedex build"):
        open_database(tmp_path / "placedex.duckdb")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "placedex.duckdb"
    path.write_text("place,value\nE08000025,1\n" * 2000)

    with pytest.raises(UnreadableStore, match="cannot be read as a DuckDB file"):
        open_database(path)


def test_a_duckdb_file_that_placedex_did_not_make_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "placedex.duckdb"
    with create_database(path) as connection:
        connection.execute("CREATE TABLE theirs (one INTEGER)")

    with pytest.raises(UnreadableStore, match="placedex did not make"):
        open_database(path)
