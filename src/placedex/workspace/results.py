"""Results kept: scores, ranks and flags in the database of a build."""

from collections.abc import Mapping

import duckdb
import numpy as np
from numpy.typing import NDArray

from placedex.observations.panel import FloatArray
from placedex.publish import Edition, Published, Ranked
from placedex.store import Migration, insert_rows
from placedex.workspace.audit import AUDIT_MIGRATION, keep_audit
from placedex.workspace.uncertainty import UNCERTAINTY_MIGRATION, keep_uncertainty

MIGRATIONS = (
    Migration(
        "scores, ranks and flags",
        """
        CREATE TABLE score (
            index_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, place VARCHAR NOT NULL,
            node VARCHAR NOT NULL, score DOUBLE, rank INTEGER,
            best_rank INTEGER, worst_rank INTEGER,
            PRIMARY KEY (index_code, place, node)
        );
        CREATE TABLE stage (
            index_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, number SMALLINT NOT NULL,
            step VARCHAR NOT NULL, place VARCHAR NOT NULL, node VARCHAR NOT NULL, value DOUBLE
        );
        CREATE TABLE flag (
            index_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, flag VARCHAR NOT NULL,
            node VARCHAR, place VARCHAR, words VARCHAR NOT NULL
        );
        CREATE TABLE node (
            index_code VARCHAR NOT NULL, number SMALLINT NOT NULL, node VARCHAR NOT NULL,
            name VARCHAR NOT NULL, parent VARCHAR, weight DOUBLE NOT NULL,
            effective_weight DOUBLE NOT NULL, PRIMARY KEY (index_code, node)
        );
        """,
    ),
    AUDIT_MIGRATION,
    UNCERTAINTY_MIGRATION,
)


def keep_results(connection: duckdb.DuckDBPyConnection, edition: Edition) -> None:
    """Write every index of an edition into the database."""
    for published in edition.indexes:
        _keep_nodes(connection, published)
        for ranked in published.by_kind.values():
            _keep_scores(connection, ranked)
            _keep_stages(connection, ranked)
            _keep_flags(connection, ranked)
            keep_audit(connection, ranked)
            keep_uncertainty(connection, ranked)


def _keep_nodes(connection: duckdb.DuckDBPyConnection, published: Published) -> None:
    hierarchy = published.spec.hierarchy
    shares = hierarchy.effective_weights()
    rows = [
        (
            published.spec.code,
            number,
            node.code,
            node.name,
            node.parent,
            node.weight,
            shares[node.code],
        )
        for number, node in enumerate(hierarchy)
    ]
    insert_rows(connection, "node", rows)


def rank_range(ranked: Ranked, place: str) -> tuple[int, int] | None:
    """The best and the worst rank of a place on an index, over the spec and its scenarios.

    A place that the spec itself does not rank has none, whatever a scenario makes of it.
    """
    codes = [one.code for one in ranked.index.ranks.places]
    if place not in codes or np.isnan(ranked.index.result(place)[1]):
        return None
    found = [ranked.index.result(place)[1]]
    row = ranked.index.raw.row(place)
    found += [float(ranks[row]) for ranks in ranked.scenario_ranks.values()]
    known = [rank for rank in found if not np.isnan(rank)]
    return (int(min(known)), int(max(known))) if known else None


def _keep_scores(connection: duckdb.DuckDBPyConnection, ranked: Ranked) -> None:
    index = ranked.index
    root = index.hierarchy.root.code
    rows: list[tuple[object, ...]] = []
    for number, place in enumerate(index.scores.places):
        span = rank_range(ranked, place.code)
        for column, node in enumerate(index.scores.codes):
            score = index.scores.values[number, column]
            rank = index.ranks.values[number, column]
            best, worst = span if span is not None and node == root else (None, None)
            rows.append(
                (
                    index.spec.code,
                    ranked.kind,
                    place.code,
                    node,
                    _number(score),
                    _whole(rank),
                    best,
                    worst,
                )
            )
    insert_rows(connection, "score", rows)


def _keep_stages(connection: duckdb.DuckDBPyConnection, ranked: Ranked) -> None:
    index = ranked.index
    for number, stage in enumerate(index.stages):
        panel = stage.state.panel
        places, nodes = np.indices(panel.values.shape)
        codes = np.array([place.code for place in panel.places], dtype=object)
        columns = {
            "place": codes[places.ravel()],
            "node": np.array(panel.codes, dtype=object)[nodes.ravel()],
        }
        _insert_arrow(
            connection,
            (index.spec.code, ranked.kind, number, stage.step.verb),
            columns,
            values=panel.values.ravel(),
        )


def _insert_arrow(
    connection: duckdb.DuckDBPyConnection,
    key: tuple[str, str, int, str],
    columns: Mapping[str, NDArray[np.object_]],
    *,
    values: FloatArray,
) -> None:
    import pyarrow as pa

    table = pa.table({**columns, "value": pa.array(values, mask=np.isnan(values))})
    connection.register("stage_values", table)
    connection.execute(
        "INSERT INTO stage SELECT ?, ?, ?, ?, place, node, value FROM stage_values", list(key)
    )
    connection.unregister("stage_values")


def _keep_flags(connection: duckdb.DuckDBPyConnection, ranked: Ranked) -> None:
    insert_rows(
        connection,
        "flag",
        [
            (ranked.index.spec.code, ranked.kind, flag.kind, flag.node, flag.place, flag.words)
            for flag in ranked.index.flags
        ],
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
