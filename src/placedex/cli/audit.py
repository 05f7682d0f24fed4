"""`placedex audit`: what the JRC's audits ask of an index, from the last build."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.publish import Audited

Format = Literal["table", "json", "csv"]


def audit(
    workspace: Path = Path(),
    *,
    index: Annotated[str | None, Parameter(name="--index")] = None,
    kind: Annotated[str | None, Parameter(name="--kind")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    pdf: Annotated[Path | None, Parameter(name="--pdf")] = None,
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print the statistical audit of the last build of WORKSPACE, each question with a verdict.

    It asks what the audits of the Joint Research Centre ask: data, coherence, importance, added
    value, robustness, distance to the frontier, and recommendations.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    index
        Only the index with this code.
    kind
        Only for places of this kind, for example district.
    format
        table to read; json for every table of the audit; csv for a row for each check.
    pdf
        Write the printed report to this file, and print nothing.
    output
        Write to this file instead of standard output.
    """
    if pdf is not None:
        _print(workspace, pdf, index=index, kind=kind)
        return
    from placedex.workspace import open_build
    from placedex.workspace.audit import audits

    with open_build(workspace) as connection:
        found = audits(connection, index=index, kind=kind)
    _write({"table": _tables, "json": _json, "csv": _csv}[format](found), output)


def _write(text: str, output: Path | None) -> None:
    from placedex.store import write_text

    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text)


def _print(workspace: Path, pdf: Path, *, index: str | None, kind: str | None) -> None:
    """Write the report."""
    import placedex
    from placedex.publish import audit_report
    from placedex.store import write_bytes
    from placedex.workspace import open_build, open_workspace
    from placedex.workspace.audit import audits, day_of_figures

    title = open_workspace(workspace).settings.title
    with open_build(workspace) as connection:
        found, day = audits(connection, index=index, kind=kind), day_of_figures(connection)
    version = str(placedex.__version__)
    write_bytes(pdf, audit_report(found, title=title, day=day, version=version))


def _json(found: Sequence["Audited"]) -> str:
    whole = [
        {"index": one.index, "title": one.title, "kind": one.kind, **one.tables} for one in found
    ]
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n"


def _csv(found: Sequence["Audited"]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    heads = list(found[0].tables["checks"][0]) if found else []
    writer.writerow(["index", "kind", *heads])
    for one in found:
        for row in one.tables["checks"]:
            cells = ("" if row[head] is None else row[head] for head in heads)
            writer.writerow([one.index, one.kind, *cells])
    return buffer.getvalue()


def _tables(found: Sequence["Audited"]) -> str:
    """For each index and kind the verdict on every test, and the recommendations."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from placedex.publish.audit_parts import summary

    buffer = io.StringIO()
    terminal = sys.stdout.isatty()
    console = Console(
        file=buffer,
        width=None if terminal else 120,
        force_terminal=terminal,
        highlight=False,
        markup=False,
    )
    for one in found:
        told = summary(one)
        title = f"{one.title}: {one.kind}. {one.words}"
        table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False)
        for name, figures in told.columns:
            table.add_column(Text(name.lower()), justify="right" if figures else "left")
        for row in told.rows:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
        for finding, consider in one.recommendations:
            console.print(Text(f"\n* {finding} {consider}"))
        console.print()
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"
