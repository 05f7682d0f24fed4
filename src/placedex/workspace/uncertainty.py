"""Uncertainty kept: how sure each rank is, in the database of a build, read back or drawn anew."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from placedex.errors import BadUsage
from placedex.index import Spec, build
from placedex.index.rows import Row
from placedex.index.uncertainty import left_open_of, uncertainty_or_why_not
from placedex.observations import Observations, Panel
from placedex.places import Register
from placedex.publish import Edition, Published, Ranked
from placedex.store import Migration, insert_rows
from placedex.workspace.watch import Silent, Watch
from placedex.workspace.workspace import Workspace, wanted_codes

# What a note is of that says why nothing was drawn at all.
NOT_DRAWN = "not reckoned"
UNCERTAINTY_MIGRATION = Migration(
    "uncertainty of ranks",
    """
    CREATE TABLE uncertainty (
        index_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, place VARCHAR NOT NULL,
        rank INTEGER, median_rank DOUBLE, rank_5_percent DOUBLE, rank_95_percent DOUBLE,
        mean_rank DOUBLE, share_in_top DOUBLE, draws_without_rank INTEGER NOT NULL,
        beats_next DOUBLE, score DOUBLE, score_error DOUBLE,
        survey_best_rank INTEGER, survey_worst_rank INTEGER,
        survey_best_boundary BOOLEAN, survey_worst_boundary BOOLEAN, survey_beats_next DOUBLE,
        robustness_over_next DOUBLE, attainable_best_rank INTEGER, attainable_worst_rank INTEGER,
        next_place VARCHAR, top_of INTEGER NOT NULL, draws INTEGER NOT NULL,
        PRIMARY KEY (index_code, place)
    );
    CREATE TABLE uncertainty_share (
        index_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, choice VARCHAR NOT NULL,
        title VARCHAR NOT NULL, words VARCHAR NOT NULL,
        first DOUBLE, first_low DOUBLE, first_high DOUBLE,
        total DOUBLE, total_low DOUBLE, total_high DOUBLE,
        points_used INTEGER NOT NULL, points_failed INTEGER NOT NULL,
        PRIMARY KEY (index_code, kind, choice)
    );
    CREATE TABLE uncertainty_note (
        index_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, part VARCHAR NOT NULL,
        words VARCHAR NOT NULL
    );
    """,
)


@dataclass(frozen=True, slots=True)
class RanksDrawn:
    """How sure the ranks of an index are for one kind of place, in plain rows.

    Attributes:
        rows: one for each place, the best rank first, with the place's name; none if the ranks
            could not be drawn, and then the one note says why.
        shares: one for each choice, with its share of the variance.
        notes: what was done and what was not, by part.
    """

    index: str
    title: str
    kind: str
    rows: tuple[Row, ...]
    shares: tuple[Row, ...]
    notes: tuple[tuple[str, str], ...]


def draw_edition(edition: Edition, watch: Watch) -> Edition:
    """The edition with the uncertainty of every index whose spec leaves something open."""
    indexes = tuple(_drawn(published, watch) for published in edition.indexes)
    return dataclasses.replace(edition, indexes=indexes)


def is_left_open(specs: tuple[Spec, ...]) -> bool:
    """Whether any spec leaves something open, so that there is anything to draw."""
    return any(spec.uncertainty is not None for spec in specs)


def _drawn(published: Published, watch: Watch) -> Published:
    wanted = published.spec.uncertainty
    if wanted is None:
        return published
    by_kind = {}
    for kind, ranked in published.by_kind.items():
        _say(watch, published.spec, kind)
        found = uncertainty_or_why_not(ranked.index, wanted, told=watch.progress)
        what = {"not_drawn": found} if isinstance(found, str) else {"uncertainty": found}
        by_kind[kind] = dataclasses.replace(ranked, **what)
    return dataclasses.replace(published, by_kind=by_kind)


def _say(watch: Watch, spec: Spec, kind: str) -> None:
    of = f"of {spec.code}, {kind}"
    watch.stage(f"draw the ranks {of} (the first time compiles for about 30 s)")


def keep_uncertainty(connection: duckdb.DuckDBPyConnection, ranked: Ranked) -> None:
    """Write the uncertainty of an index for one kind of place into the database, or why not."""
    found = ranked.uncertainty
    key = (ranked.index.spec.code, ranked.kind)
    if ranked.not_drawn:
        insert_rows(connection, "uncertainty_note", [(*key, *_not_drawn(ranked.not_drawn))])
    if found is None:
        return
    insert_rows(connection, "uncertainty", [(*key, *row.values()) for row in found.to_rows()])
    shares = [(*key, *row.values()) for row in found.share_rows()]
    insert_rows(connection, "uncertainty_share", shares)
    insert_rows(connection, "uncertainty_note", [(*key, *note) for note in found.notes()])


def _not_drawn(why: str) -> tuple[str, str]:
    """The note of an index of which nothing was drawn."""
    return NOT_DRAWN, why


def kept_uncertainty(
    connection: duckdb.DuckDBPyConnection, *, kind: str | None = None
) -> tuple[RanksDrawn, ...]:
    """How sure the ranks of the last build are, for every index and kind, districts first.

    Errors: BadUsage if the build holds none, or none for the kind.
    """
    pairs = connection.execute(
        """
        SELECT DISTINCT index_code, node.name, kind, kind = 'district' AS first
        FROM uncertainty_note JOIN node USING (index_code) WHERE node.parent IS NULL
        ORDER BY index_code, first DESC, kind
        """
    ).fetchall()
    found = [(code, title, of_kind) for code, title, of_kind, _ in pairs]
    chosen = _of_kind(found, kind)
    return tuple(_kept(connection, *one) for one in chosen)


def _of_kind(found: list[tuple[str, str, str]], kind: str | None) -> list[tuple[str, str, str]]:
    kinds = tuple(dict.fromkeys(of_kind for _, _, of_kind in found))
    if not kinds:
        raise BadUsage(
            "No uncertainty was drawn: no spec of the workspace has a section `uncertainty`. "
            "Wanted one that says what is left open. Add it to a spec, and build again."
        )
    if kind is not None and kind not in kinds:
        raise BadUsage(
            f"No uncertainty was drawn for the kind '{kind}'. Wanted one of {', '.join(kinds)}."
        )
    return [one for one in found if kind in {None, one[2]}]


def _kept(connection: duckdb.DuckDBPyConnection, code: str, title: str, kind: str) -> RanksDrawn:
    rows = _dictionaries(
        connection,
        "SELECT place, (SELECT name FROM place WHERE code = uncertainty.place) AS name, "
        "uncertainty.* EXCLUDE (index_code, kind, place) FROM uncertainty "
        "WHERE index_code = ? AND kind = ? ORDER BY rank NULLS LAST, place",
        [code, kind],
    )
    shares = _dictionaries(
        connection,
        "SELECT * EXCLUDE (index_code, kind) FROM uncertainty_share "
        "WHERE index_code = ? AND kind = ? ORDER BY rowid",
        [code, kind],
    )
    notes = connection.execute(
        "SELECT part, words FROM uncertainty_note WHERE index_code = ? AND kind = ? ORDER BY rowid",
        [code, kind],
    ).fetchall()
    return RanksDrawn(code, title, kind, rows, shares, tuple((row[0], row[1]) for row in notes))


def _dictionaries(
    connection: duckdb.DuckDBPyConnection, query: str, values: list[str]
) -> tuple[Row, ...]:
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or ()]
    return tuple(dict(zip(names, row, strict=True)) for row in found.fetchall())


def draw_anew(
    workspace: Workspace,
    connection: duckdb.DuckDBPyConnection,
    *,
    kind: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    watch: Watch | None = None,
) -> tuple[RanksDrawn, ...]:
    """How sure the ranks are by other draws, from the figures of the last build.

    What is left open is what the specs say now.
    Errors: BadUsage if no spec leaves anything open, or none for the kind.
    """
    watch = watch or Silent()
    specs = [spec for spec in workspace.specs() if spec.uncertainty is not None]
    pairs = [(spec.code, spec.title, one) for spec in specs for one in spec.kinds]
    by_code = {spec.code: spec for spec in specs}
    found = []
    for code, title, of_kind in _of_kind(pairs, kind):
        spec = by_code[code]
        panel = built_panel(workspace, connection, spec, kind=of_kind)
        _say(watch, spec, of_kind)
        wanted = left_open_of(spec, draws=draws, seed=seed)
        drawn = uncertainty_or_why_not(build(spec, panel), wanted, told=watch.progress)
        if isinstance(drawn, str):
            found.append(RanksDrawn(code, title, of_kind, (), (), (_not_drawn(drawn),)))
        elif drawn is not None:
            named = tuple(_named(drawn.to_rows(), workspace.register))
            notes = drawn.notes()
            found.append(RanksDrawn(code, title, of_kind, named, drawn.share_rows(), notes))
    return tuple(found)


def _named(rows: tuple[Row, ...], register: Register) -> Iterator[Row]:
    """The rows with names, the best rank first and those without one last."""

    def order(row: Row) -> tuple[bool, float, str]:
        rank = row["rank"]
        return rank is None, float(rank or 0), str(row["place"])

    for row in sorted(rows, key=order):
        code = str(row["place"])
        rest = {name: value for name, value in row.items() if name != "place"}
        yield {"place": code, "name": register[code].name, **rest}


def built_panel(
    workspace: Workspace,
    connection: duckdb.DuckDBPyConnection,
    spec: Spec,
    *,
    kind: str,
) -> Panel:
    """The figures of the last build that a spec needs, for the places that it compared.

    Errors: BadUsage if the last build has no such index for the kind.
    """
    rows = connection.execute(
        "SELECT DISTINCT place FROM stage WHERE index_code = ? AND kind = ? AND number = 0",
        [spec.code, kind],
    ).fetchall()
    compared = {row[0] for row in rows}
    if not compared:
        raise BadUsage(
            f"The last build of {workspace.folder} has no index '{spec.code}' for places of the "
            f"kind '{kind}'. Wanted a build of the specs as they are now. Build it: placedex build "
            f"{workspace.folder}."
        )
    kept = Observations(connection, workspace.register, workspace.catalogue, ())
    places = [place for place in workspace.register if place.code in compared]
    return kept.panel(places, wanted_codes(spec))
