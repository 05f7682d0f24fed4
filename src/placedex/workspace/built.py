"""What the last build holds, read without building anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from placedex.errors import UnreadableStore
from placedex.observations import Observations, Origin
from placedex.store import Builds, open_database
from placedex.store.migrations import check_migrations
from placedex.workspace.build import DATABASE, MIGRATIONS, SITE
from placedex.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Result:
    """The score and the rank of a place on one node of an index."""

    index: str
    kind: str
    place: str
    name: str
    node: str
    node_name: str
    component: bool
    score: float | None
    rank: int | None
    best_rank: int | None
    worst_rank: int | None
    places: int


def site_folder(workspace: Path) -> Path:
    """The folder of the present site, wherever `build` leads at this moment.

    Errors: UnreadableStore if the workspace has not been built.
    """
    folder = (workspace / "build").resolve() / SITE
    if not folder.is_dir():
        raise UnreadableStore(
            f"{workspace} has no site yet. Wanted a built workspace. Build it: placedex build "
            f"{workspace}."
        )
    return folder


@contextmanager
def open_build(workspace: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database of the present build, to read only.

    Errors: UnreadableStore if it is missing, cut short, foreign or from a newer version.
    """
    folder = Builds(workspace).present() or workspace / "build"
    connection = open_database(folder / DATABASE)
    try:
        done = connection.execute("SELECT name, sha256 FROM migration ORDER BY place").fetchall()
        check_migrations(done, MIGRATIONS)
        yield connection
    except duckdb.Error as error:
        raise UnreadableStore(
            f"{folder / DATABASE} cannot be read ({str(error).splitlines()[0][:120]}). Wanted the "
            "file of a build. Build it again: placedex build."
        ) from None
    finally:
        connection.close()


def built_observations(connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> Observations:
    """The figures of a build that was opened, each with its origin."""
    rows = connection.execute(
        "SELECT code, publisher, title, edition, url, licence, published, accessed, file, sha256, "
        "note FROM origin ORDER BY number"
    ).fetchall()
    origins = tuple(Origin(*row) for row in rows)
    return Observations(connection, workspace.register, workspace.catalogue, origins)


def results(connection: duckdb.DuckDBPyConnection) -> tuple[Result, ...]:
    """Every score and rank: by index and kind, the best place first, the index before its parts."""
    rows = connection.execute(
        """
        WITH top AS (
            SELECT index_code, place, rank FROM score
            JOIN node USING (index_code, node) WHERE parent IS NULL
        )
        SELECT score.index_code, score.kind, score.place, place.name, score.node, node.name,
            node.node IN (SELECT parent FROM node WHERE parent IS NOT NULL),
            score.score, score.rank, score.best_rank, score.worst_rank,
            count(score.rank) OVER (PARTITION BY score.index_code, score.kind, score.node)
        FROM score
        JOIN place ON place.code = score.place
        JOIN node USING (index_code, node)
        JOIN top ON top.index_code = score.index_code AND top.place = score.place
        ORDER BY score.index_code, score.kind = 'district' DESC, score.kind, top.rank NULLS LAST,
            score.place, node.number
        """
    ).fetchall()
    return tuple(Result(*row) for row in rows)
