"""`placedex show`: what the last build knows of a place."""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

    from placedex.places import Place


def show(
    place: str,
    *,
    workspace: Annotated[Path, Parameter(name="--workspace")] = Path(),
) -> None:
    """Print what the last build knows of PLACE: scores, ranks and the latest figures.

    Parameters
    ----------
    place
        A code, or a name that only one place bears.
    workspace
        The folder of a built workspace.
    """
    from rich.console import Console

    from placedex.workspace import open_build, open_workspace

    opened = open_workspace(workspace)
    found = opened.register.find(place)
    terminal = sys.stdout.isatty()
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=None if terminal else 140,
        force_terminal=terminal,
        highlight=False,
        markup=False,
    )
    with open_build(workspace) as connection:
        _head(console, found, opened.register.parents(found))
        _scores(console, connection, found)
        _figures(console, connection, found)
    sys.stdout.write(buffer.getvalue())


def _head(console: "Console", place: "Place", parents: tuple["Place", ...]) -> None:
    listed = ", ".join(f"{parent.name} ({parent.kind})" for parent in parents)
    inside = f", in {listed}" if listed else ""
    console.print(f"{place.name} ({place.code}): {place.kind}{inside}", style="bold")
    console.print(f"register: {place.register}")
    if place.ended is not None:
        console.print(f"ended on {place.ended.isoformat()}")


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
            console.print("\nThis kind of place is not ranked.")
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


def _figures(console: "Console", connection: "duckdb.DuckDBPyConnection", place: "Place") -> None:
    from rich.table import Table
    from rich.text import Text

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
