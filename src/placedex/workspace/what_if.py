"""What if: which figures of a place would have to become what, and what other figures would do."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np

from placedex.errors import BadUsage
from placedex.index import Index, Spec, build
from placedex.index.rows import Row
from placedex.index.standing import IndexStanding, standing_of
from placedex.index.what_if import Move
from placedex.observations import Panel, Status
from placedex.places import Place
from placedex.workspace.uncertainty import built_panel
from placedex.workspace.workspace import Workspace

NEXT = 3
ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Gains:
    """What would change the rank of a place in one index.

    Attributes:
        moves: for each indicator that could gain ranks by itself, its move that gains most.
        plans: the smallest sets of moves that reach a rank, by the rank; none where nothing does.
        names: the name of each indicator by its code.
    """

    index: str
    title: str
    place: str
    kind: str
    score: float
    rank: int
    ranked: int
    moves: tuple[Row, ...]
    plans: Mapping[int, tuple[Row, ...] | None]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The score and the rank of a place with other figures, and with those it has."""

    index: str
    title: str
    place: str
    kind: str
    figures: tuple[Row, ...]
    score: float | None
    rank: int | None
    new_score: float | None
    new_rank: int | None
    ranked: int


def gains(
    workspace: Workspace,
    connection: duckdb.DuckDBPyConnection,
    place: Place,
    *,
    rank: int | None = None,
) -> tuple[Gains, ...]:
    """What would change the rank of a place in each index that ranks it, by the last build.

    `rank` is the rank to reach; the next three ranks if it is not said.
    Errors: BadUsage if no index ranks the place; BadSpec for an index whose method lets one figure
            move other places, or a rank that is not there.
    """
    found = []
    for spec in _specs_of(workspace, place):
        index = _built(workspace, connection, spec, place=place)
        score, now = index.result(place.code)
        if np.isnan(now):
            raise BadUsage(_unranked(place, spec))
        found.append(_gains(index, standing_of(index), place, rank=rank, at=(score, int(now))))
    return tuple(found)


def _gains(
    index: Index,
    standing: IndexStanding,
    place: Place,
    *,
    rank: int | None,
    at: tuple[float, int],
) -> Gains:
    score, now = at
    most = NEXT if rank is None else max(now - rank, 0)
    wanted = range(now - 1, max(now - 1 - NEXT, 0), -1) if rank is None else (rank,)
    plans = {
        one: None if plan is None else tuple(_row(move, standing) for move in plan.moves)
        for one in wanted
        for plan in [standing.plan(place.code, rank=one)]
    }
    names = {leaf.code: leaf.name for leaf in index.hierarchy.leaves}
    moves = tuple(_row(move, standing) for move in standing.furthest(place.code, most=most))
    return Gains(
        index.spec.code,
        index.spec.title,
        place.code,
        place.kind,
        score,
        now,
        index.count_ranked(),
        moves,
        plans,
        names,
    )


def _row(move: Move, standing: IndexStanding) -> Row:
    return {
        "indicator": standing.codes[move.indicator],
        "figure": move.figure,
        "new_figure": move.new_figure,
        "points": move.points,
        "score": move.score,
        "rank": int(move.rank),
        "gained": int(move.gained),
    }


def reckon_with(
    workspace: Workspace,
    connection: duckdb.DuckDBPyConnection,
    place: Place,
    *,
    figures: Mapping[str, float],
) -> tuple[Reckoned, ...]:
    """The score and the rank that a place would have with other figures, all else as it is.

    The whole index is built again, so that every method is reckoned as it is.
    Errors: BadUsage for a code that no index of the place scores.
    """
    found, known = [], set()
    for spec in _specs_of(workspace, place):
        index = _built(workspace, connection, spec, place=place)
        codes = {leaf.code for leaf in index.hierarchy.leaves}
        known |= codes
        mine = {code: value for code, value in figures.items() if code in codes}
        if mine:
            found.append(_reckoned(index, place, mine))
    strange = sorted(set(figures) - known)
    if strange:
        raise BadUsage(
            f"No index of {place.name} scores {', '.join(strange)}. Wanted one of "
            f"{', '.join(sorted(known))}."
        )
    return tuple(found)


def _reckoned(index: Index, place: Place, figures: Mapping[str, float]) -> Reckoned:
    other = build(index.spec, _with_figures(index, place, figures))
    for code, value in figures.items():
        found = float(other.figures.of(code)[other.figures.row(place.code)])
        if not np.isclose(found, value, rtol=ALIKE, atol=ALIKE):
            raise BadUsage(
                f"{code} of {place.name} cannot be set by itself: the spec works it out from other "
                "figures, of which one is missing, nought or of another period. Set another one."
            )
    before, after = _result(index, place), _result(other, place)
    row = index.figures.row(place.code)
    return Reckoned(
        index=index.spec.code,
        title=index.spec.title,
        place=place.code,
        kind=place.kind,
        figures=tuple(
            {
                "indicator": code,
                "figure": _number(float(index.figures.of(code)[row])),
                "new_figure": value,
            }
            for code, value in figures.items()
        ),
        score=before[0],
        rank=before[1],
        new_score=after[0],
        new_rank=after[1],
        ranked=other.count_ranked(),
    )


def _with_figures(index: Index, place: Place, figures: Mapping[str, float]) -> Panel:
    """The panel with other figures for a place; of a ratio the numerator is what is moved."""
    panel = index.raw
    values, statuses = panel.values.copy(), panel.statuses.copy()
    row = panel.row(place.code)
    for code, value in figures.items():
        indicator = index.figures.indicators[index.figures.column(code)]
        ratio, wanted = indicator.ratio, value
        if ratio is not None:
            wanted = value * float(values[row, panel.column(ratio.denominator)]) / ratio.times
        column = panel.column(code if ratio is None else ratio.numerator)
        values[row, column] = wanted
        statuses[row, column] = Status.PUBLISHED
    return dataclasses.replace(panel, values=values, statuses=statuses)


def _result(index: Index, place: Place) -> tuple[float | None, int | None]:
    if all(one.code != place.code for one in index.scores.places):
        return None, None
    score, rank = index.result(place.code)
    return _number(score), None if np.isnan(rank) else int(rank)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _specs_of(workspace: Workspace, place: Place) -> tuple[Spec, ...]:
    specs = tuple(spec for spec in workspace.specs() if place.kind in spec.kinds)
    if not specs:
        raise BadUsage(
            f"No index of {workspace.folder} ranks places of the kind '{place.kind}', of which "
            f"{place.name} is one. Wanted a place that is ranked."
        )
    return specs


def _built(
    workspace: Workspace, connection: duckdb.DuckDBPyConnection, spec: Spec, *, place: Place
) -> Index:
    """The index of the last build, built again from its figures.

    Errors: BadUsage if the place was not compared, or the spec is no longer that of the build.
    """
    index = build(spec, built_panel(workspace, connection, spec, kind=place.kind))
    if all(one.code != place.code for one in index.raw.places):
        raise BadUsage(
            f"{place.name} was not compared in the last build. Wanted one of its places: name it "
            "in placedex.toml, and build again."
        )
    kept = connection.execute(
        "SELECT place, score FROM score WHERE index_code = ? AND node = ? AND kind = ?",
        [spec.code, index.hierarchy.root.code, place.kind],
    ).fetchall()
    now = {one.code: index.result(one.code)[0] for one in index.scores.places}
    for code, score in kept:
        if score is not None and abs(now.get(code, np.nan) - score) > ALIKE:
            break
    else:
        if {code for code, _ in kept} == set(now):
            return index
    raise BadUsage(
        f"The spec '{spec.code}' has changed since the last build. Wanted them alike. Build again: "
        f"placedex build {workspace.folder}."
    )


def _unranked(place: Place, spec: Spec) -> str:
    return (
        f"{place.name} has no rank in the index '{spec.code}', so that nothing can change it. "
        "Wanted a place that is ranked. See why it is not: placedex show."
    )
