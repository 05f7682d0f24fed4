"""The table of an audit to take away: every check with its verdict."""

from placedex.publish.download_tables import Column, DataTable
from placedex.publish.material import Material

COLUMNS = (
    Column("index", "code of the index"),
    Column("kind", "kind of place that was compared"),
    Column("part", "part of the audit: data, coherence, importance, added value ..."),
    Column("test", "what was asked"),
    Column("node", "code of the indicator, the component or the whole index"),
    Column("name", "its name"),
    Column("other", "code of what it was held against, if it is a pair"),
    Column("verdict", "pass, flag, or cannot be said"),
    Column("found", "the figure that was found", "number"),
    Column("limit", "the limit that it was held against", "number"),
    Column("places", "how many places it stands on", "integer"),
    Column("words", "what was found, in words"),
)


def audit_table(material: Material) -> DataTable | None:
    """The table of every check of every audit; nothing if no index was audited."""
    rows = tuple(
        (
            one.spec.code,
            one.kind,
            *(row[column.name] for column in COLUMNS[2:]),
        )
        for one in material.standings
        if one.ranked.audit is not None
        for row in one.ranked.audit.to_rows()
    )
    if not rows:
        return None
    about = "One row for each check of an index for a kind of place, in the order of the audit."
    return DataTable("audit", "Audit", about, COLUMNS, rows)
