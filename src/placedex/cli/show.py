"""`placedex show`: what the last build knows of a place, and where it stands among others."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

    from placedex.places import Match, Place
    from placedex.workspace import Atlas

LISTED = 12


def show(
    place: str,
    *,
    workspace: Annotated[Path, Parameter(name="--workspace")] = Path(),
    postcodes: Path | None = None,
    boundaries: Path | None = None,
) -> None:
    """Print what the last build knows of PLACE: scores, ranks, the latest figures, and its kin.

    Parameters
    ----------
    place
        A name (typing errors are forgiven), a code of any register, or a postcode.
    workspace
        The folder of a built workspace.
    postcodes
        A published list of postcodes; unless given, places/postcodes.csv (.csv.gz, .tar.gz) of the
        workspace.
    boundaries
        A file of boundaries; unless given, places/boundaries.geojson (.topojson, .gpkg) of the
        workspace.
    """
    from placedex.workspace import Atlas, open_build, open_workspace

    atlas = Atlas(open_workspace(workspace), postcodes, boundaries)
    match = atlas.find(place)
    buffer = io.StringIO()
    console = _console(buffer)
    with open_build(workspace) as connection:
        _head(console, atlas, match)
        _scores(console, connection, match.place)
        _figures(console, atlas, connection, match.place)
        _kin(console, atlas, match.place)
        _alike(console, atlas, connection, match.place)
    sys.stdout.write(buffer.getvalue())


def _console(buffer: io.StringIO) -> "Console":
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(
        file=buffer,
        width=None if terminal else 140,
        force_terminal=terminal,
        highlight=False,
        markup=False,
    )


def _head(console: "Console", atlas: "Atlas", match: "Match") -> None:
    from placedex.workspace import parents_of

    place = match.place
    listed = ", ".join(f"{one.name} ({one.kind})" for one in parents_of(atlas, place))
    inside = f", in {listed}" if listed else ""
    console.print(f"{place.name} ({place.code}): {place.kind}{inside}", style="bold")
    console.print(f"register: {place.register}")
    said = {
        "near name": f"found by the name nearest to what was typed: {match.words}",
        "other name": f"found by another name that it bears or bore: {match.words}",
        "postcode": f"found by the postcode {match.words}, which lies in it",
    }
    if match.by in said:
        console.print(said[match.by])
    if place.ended is not None:
        became = f"; now {match.now.name}: placedex show {match.now.code}" if match.now else ""
        console.print(f"ended on {place.ended.isoformat()}{became}")


def _kin(console: "Console", atlas: "Atlas", place: "Place") -> None:
    from placedex.workspace import areas_within, children_of, neighbours_of

    console.print()
    kinds: dict[str, list[Place]] = {}
    for child in children_of(atlas, place):
        kinds.setdefault(child.kind, []).append(child)
    for kind, found in kinds.items():
        console.print(f"holds, {kind} ({len(found)}): {_listed(found)}")
    for kind, number in areas_within(atlas, place).items():
        console.print(f"holds {number:,} of the kind {kind}")
    beside = neighbours_of(atlas, place)
    if beside is None:
        console.print(
            "beside: not known; a file of boundaries with this place says it (--boundaries FILE)"
        )
    else:
        whose = "" if place.ended is None else " what it became"
        none = "no other place of its kind: an island"
        console.print(f"beside{whose}: {_listed(beside) or none}")


def _listed(places: "Sequence[Place]") -> str:
    names = ", ".join(f"{one.name} ({one.code})" for one in places[:LISTED])
    return names + (f" and {len(places) - LISTED:,} more" if len(places) > LISTED else "")


def _alike(
    console: "Console", atlas: "Atlas", connection: "duckdb.DuckDBPyConnection", place: "Place"
) -> None:
    from rich.table import Table
    from rich.text import Text

    from placedex.workspace import alike

    known = alike(connection, place)
    if known is None:
        return
    console.print(
        f"\nmost like it, of the kind {place.kind}, on {len(known.found.indicators)} indicators of "
        f"{known.index} (distances in standard deviations):"
    )
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(3):
        table.add_column()
    for one in known.found.nearest:
        name = atlas.workspace.register[one.code].name
        table.add_row(Text(name), f"{one.distance:.2f}", Text(known.found.reason(one, known.names)))
    console.print(table)


def _scores(console: "Console", connection: "duckdb.DuckDBPyConnection", place: "Place") -> None:
    from rich.table import Table
    from rich.text import Text

    from placedex.workspace import results

    found = [one for one in results(connection) if one.place == place.code and one.component]
    reasons = connection.execute(
        "SELECT DISTINCT words FROM flag WHERE place = ? "
        "AND flag IN ('thin coverage', 'not ranked') ORDER BY words",
        [place.code],
    ).fetchall()
    for (why,) in reasons:
        console.print(f"\n{why}")
    if not found:
        if not reasons:
            why = "This kind of place is not ranked." if place.ended is None else "It has ended."
            console.print(f"\n{why}")
        return
    table = Table(box=None, pad_edge=False, title=None)
    for name in ("", "score", "rank"):
        table.add_column(name, justify="left" if not name else "right")
    for one in found:
        score = "-" if one.score is None else f"{one.score:.1f}"
        rank = "not scored" if one.rank is None else f"{one.rank} of {one.places}"
        if one.best_rank is not None and one.best_rank != one.worst_rank:
            rank += f" ({one.best_rank} to {one.worst_rank} under the scenarios)"
        table.add_row(Text(one.node_name), score, rank)
    console.print()
    console.print(table)


def _figures(
    console: "Console", atlas: "Atlas", connection: "duckdb.DuckDBPyConnection", place: "Place"
) -> None:
    from rich.table import Table
    from rich.text import Text

    from placedex.workspace import district_above

    rows = connection.execute(
        """
        SELECT indicator.name, observation.value, observation.low, observation.high,
            indicator.unit, observation.period, status.words, origin.publisher
        FROM current_observation AS observation
        JOIN indicator ON indicator.code = observation.indicator
        JOIN status ON status.number = observation.status
        JOIN origin ON origin.number = observation.origin
        WHERE observation.place = ? AND observation.part = ''
        QUALIFY row_number() OVER (PARTITION BY observation.indicator ORDER BY starts DESC) = 1
        ORDER BY indicator.name
        """,
        [place.code],
    ).fetchall()
    if not rows:
        console.print("\nNo figure of this place is in the workspace.")
        if (above := district_above(atlas, place)) is not None:
            console.print(f"Of its district {above.name} there may be: placedex show {above.code}")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "value", "interval", "unit", "period", "status", "publisher"):
        table.add_column(name, justify="right" if name in {"value", "interval"} else "left")
    for name, value, low, high, unit, period, status, publisher in rows:
        shown = "-" if value is None else f"{value:,.6g}"
        interval = "" if low is None else f"{low:,.6g} to {high:,.6g}"
        table.add_row(Text(name), shown, interval, Text(unit), period, status, Text(publisher))
    console.print()
    console.print(table)
