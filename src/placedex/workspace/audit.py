"""Audits kept: every table of every audit in the database of a build, and read back from it."""

import dataclasses
import json
from datetime import date

import duckdb

from placedex.errors import BadUsage
from placedex.index.audit import audit
from placedex.publish import Audited, Edition, Published, Ranked
from placedex.store import Migration, insert_rows

AUDIT_MIGRATION = Migration(
    "audits",
    """
    CREATE TABLE audit (
        index_code VARCHAR NOT NULL, title VARCHAR NOT NULL, kind VARCHAR NOT NULL,
        name VARCHAR NOT NULL, number INTEGER NOT NULL, content VARCHAR NOT NULL,
        PRIMARY KEY (index_code, kind, name, number)
    );
    """,
)


def audit_edition(edition: Edition) -> Edition:
    """The edition with an audit of every index for every kind of place."""
    return dataclasses.replace(edition, indexes=tuple(map(_audited, edition.indexes)))


def _audited(published: Published) -> Published:
    by_kind = {
        kind: dataclasses.replace(ranked, audit=audit(ranked.index, uncertainty=ranked.uncertainty))
        for kind, ranked in published.by_kind.items()
    }
    return dataclasses.replace(published, by_kind=by_kind)


def keep_audit(connection: duckdb.DuckDBPyConnection, ranked: Ranked) -> None:
    """Write the audit of an index for one kind of place into the database, a row as JSON."""
    if ranked.audit is None:
        return
    key = (ranked.audit.index, ranked.audit.title, ranked.kind)
    rows = [
        (*key, name, number, json.dumps(row, ensure_ascii=False, allow_nan=False))
        for name, table in ranked.audit.tables().items()
        for number, row in enumerate(table)
    ]
    insert_rows(connection, "audit", rows)


def audits(
    connection: duckdb.DuckDBPyConnection, *, index: str | None = None, kind: str | None = None
) -> tuple[Audited, ...]:
    """The audits of a build, districts first; of one index or one kind of place if it is named.

    Errors: BadUsage if the build has no audit of that index or kind.
    """
    rows = connection.execute(
        "SELECT index_code, title, kind, name, content FROM audit "
        "ORDER BY index_code, kind = 'district' DESC, kind, name, number"
    ).fetchall()
    _refuse_unknown("index", index, [row[0] for row in rows])
    _refuse_unknown("kind", kind, [row[2] for row in rows])
    found: dict[tuple[str, str, str], dict[str, list[dict[str, object]]]] = {}
    for code, title, of_kind, name, content in rows:
        if index in {None, code} and kind in {None, of_kind}:
            tables = found.setdefault((code, title, of_kind), {})
            tables.setdefault(name, []).append(json.loads(content))
    return tuple(Audited(*key, _whole(tables)) for key, tables in found.items())


def day_of_figures(connection: duckdb.DuckDBPyConnection) -> date | None:
    """The last day on which a figure of the build was read or published."""
    row = connection.execute("SELECT max(greatest(published, accessed)) FROM origin").fetchone()
    return row[0] if row and isinstance(row[0], date) else None


NAMES = (
    "summary",
    "checks",
    "coverage",
    "indicators",
    "correlations",
    "components",
    "importance",
    "added_value",
    "robustness",
    "sensitivity",
    "frontier",
    "recommendations",
    "thresholds",
    "notes",
)


def _whole(
    tables: dict[str, list[dict[str, object]]],
) -> dict[str, list[dict[str, object]]]:
    """Every table in its order, those without a row among them."""
    return {name: tables.get(name, []) for name in NAMES}


def _refuse_unknown(what: str, wanted: str | None, there: list[str]) -> None:
    known = tuple(dict.fromkeys(there))
    if wanted is not None and wanted not in known:
        raise BadUsage(
            f"The build has no audit of the {what} '{wanted}'. Wanted one of "
            f"{', '.join(known) or 'none: it holds no audit'}."
        )
