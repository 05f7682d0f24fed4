"""`placedex index`: scores and ranks of the last build, to read or for programs."""

import csv
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.errors import BadUsage

if TYPE_CHECKING:
    from placedex.workspace import Result

Format = Literal["table", "csv", "json", "parquet"]


def index(
    workspace: Path = Path(),
    *,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    kind: Annotated[str | None, Parameter(name="--kind")] = None,
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print the scores and ranks of the last build of WORKSPACE.

    A rank compares places of one kind; beside it stand the best and the worst rank that the place
    has under the index's scenarios.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    format
        table to read; csv, json or parquet for programs, a row for each place and node.
    kind
        Only places of this kind, for example district.
    output
        Write to this file instead of standard output.
    """
    from placedex.workspace import open_build, results

    with open_build(workspace) as connection:
        found = _of_kind(results(connection), kind)
    if format == "table":
        _write(_tables(found), output)
    elif format == "csv":
        _write(_csv(found), output)
    elif format == "json":
        text = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1)
        _write(f"{text}\n", output)
    else:
        _write_parquet(found, output)


def _of_kind(found: tuple["Result", ...], kind: str | None) -> tuple["Result", ...]:
    """The results for places of one kind, or all."""
    kinds = tuple(dict.fromkeys(result.kind for result in found))
    if kind is None:
        return found
    if kind not in kinds:
        raise BadUsage(
            f"No place of the kind '{kind}' is scored. Wanted one of {', '.join(kinds)}."
        )
    return tuple(result for result in found if result.kind == kind)


def _write(text: str, output: Path | None) -> None:
    from placedex.store import write_text

    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text)


def _csv(found: Iterable["Result"]) -> str:
    from placedex.workspace import Result

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(Result)])
    for one in found:
        writer.writerow(["" if cell is None else cell for cell in asdict(one).values()])
    return buffer.getvalue()


def _write_parquet(found: Iterable["Result"], output: Path | None) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from placedex.store import write_bytes

    if output is None and sys.stdout.isatty():
        raise BadUsage(
            "Parquet is not text and would spoil the terminal. Wanted a file or a pipe: add "
            "--output FILE."
        )
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([asdict(one) for one in found]), sink)
    if output is None:
        sys.stdout.buffer.write(sink.getvalue())
    else:
        write_bytes(output, sink.getvalue())


def _tables(found: tuple["Result", ...]) -> str:
    """A table for each index and kind: a row for each place, a column for each component."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    buffer = io.StringIO()
    terminal = sys.stdout.isatty()
    width = None if terminal else 200
    console = Console(
        file=buffer, width=width, force_terminal=terminal, highlight=False, markup=False
    )
    for key in dict.fromkeys((one.index, one.kind) for one in found):
        rows = [one for one in found if (one.index, one.kind) == key]
        top = rows[0].node
        parts = tuple(dict.fromkeys(one.node_name for one in rows if one.node in _components(rows)))
        table = Table(title=Text(_title(rows)), box=None, pad_edge=False)
        for name in ("rank", "range", "place", "score", *parts):
            table.add_column(Text(name), justify="left" if name == "place" else "right")
        scores = {(one.place, one.node_name): one.score for one in rows}
        for one in rows:
            if one.node == top:
                cells = [_points(scores.get((one.place, part))) for part in parts]
                table.add_row(
                    _rank(one.rank), _range(one), Text(one.name), _points(one.score), *cells
                )
        console.print(table)
        console.print()
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _title(rows: list["Result"]) -> str:
    """The index, the kind of place, and of how many of its components it is made there."""
    made = len(_components(rows))
    return f"{rows[0].node_name}: {rows[0].kind}, made of {made} components"


def _components(rows: list["Result"]) -> set[str]:
    return {one.node for one in rows if one.component and one.node != rows[0].node}


def _points(score: float | None) -> str:
    return "-" if score is None else f"{score:.1f}"


def _rank(rank: int | None) -> str:
    return "-" if rank is None else str(rank)


def _range(one: "Result") -> str:
    if one.best_rank is None or one.worst_rank is None:
        return ""
    return f"{one.best_rank} to {one.worst_rank}"
