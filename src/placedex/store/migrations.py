"""Migrations: named, ordered changes to the tables, each in a transaction of its own."""

from dataclasses import dataclass

import duckdb

from placedex.errors import UnreadableStore
from placedex.store.files import hash_text


@dataclass(frozen=True, slots=True)
class Migration:
    """One change to the tables; once released it is never altered."""

    name: str
    sql: str


def migrate(
    connection: duckdb.DuckDBPyConnection, migrations: tuple[Migration, ...]
) -> tuple[str, ...]:
    """Bring the tables up to date and give the names of the migrations that were run.

    Errors: UnreadableStore if the file has a migration that is unknown here (a newer version made
            it) or one whose text has changed since it was run.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migration (place INTEGER PRIMARY KEY, name VARCHAR NOT NULL "
        "UNIQUE, sha256 VARCHAR NOT NULL)"
    )
    done = connection.execute("SELECT name, sha256 FROM migration ORDER BY place").fetchall()
    check_migrations(done, migrations)
    run: list[str] = []
    for place, migration in enumerate(migrations[len(done) :], start=len(done)):
        connection.execute("BEGIN TRANSACTION")
        try:
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO migration VALUES (?, ?, ?)",
                [place, migration.name, hash_text(migration.sql)],
            )
        except duckdb.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        run.append(migration.name)
    return tuple(run)


def check_migrations(done: list[tuple[str, str]], migrations: tuple[Migration, ...]) -> None:
    """Refuse a file whose migrations are not the first ones of those that are known here."""
    if len(done) > len(migrations):
        raise UnreadableStore(
            f"The database has the migration '{done[len(migrations)][0]}', which is unknown here: "
            "a newer version of placedex made it. Wanted one made by this version or an older "
            "one. Bring placedex up to date, or build again: placedex build."
        )
    for (name, sha256), migration in zip(done, migrations, strict=False):
        if name != migration.name or sha256 != hash_text(migration.sql):
            raise UnreadableStore(
                f"The database was made with another migration '{name}' than the "
                f"'{migration.name}' of this version. Build again: placedex build."
            )
