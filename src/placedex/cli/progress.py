"""`placedex progress`: targets held against the figures."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.cli.printed import Sheet
    from placedex.ledger import Progress

Format = Literal["table", "json", "csv"]


def progress(
    workspace: Path = Path(),
    *targets: str,
    inflation: Annotated[float | None, Parameter(name="--inflation")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Hold the targets in the ledger of WORKSPACE against the figures of its last build.

    For each: the growth required and that so far, the chance of arriving, and one of reached, on
    track, at risk, off track or cannot be measured, with the reasons.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    targets
        Codes of targets; all of them, in a table, if none is given.
    inflation
        The share a year by which prices are taken to rise, for example 0.02. Without it, what the
        place's own deflator rose by since the baseline, or 0.02 where there is none.
    format
        table to read; json or csv for programs.
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.printed import Sheet, as_json, put, rows_as_csv
    from placedex.workspace.progress import Asked, progress_of

    found = progress_of(workspace, Asked(targets, date.today(), inflation))
    if format == "csv":
        put(rows_as_csv([one.to_row() for one in found]), output)
    elif format == "json":
        put(as_json([_content(one) for one in found]), output)
    else:
        sheet = Sheet()
        (_each if targets else _overview)(sheet, found)
        put(sheet.text(), output)


def _content(one: "Progress") -> dict[str, object]:
    return {**one.to_row(), "words": one.words, "rows": one.to_rows()}


def _overview(sheet: "Sheet", found: "tuple[Progress, ...]") -> None:
    """A row for each target, and why some cannot be measured."""
    from placedex.ledger.said import chance, percent

    def rate(value: object) -> str:
        return percent(value) if isinstance(value, float) else "-"

    def likely(value: object) -> str:
        return chance(value) if isinstance(value, float) else "-"

    columns = {
        "target": False,
        "state": False,
        "by": False,
        "required a year": True,
        "so far a year": True,
        "needed from now": True,
        "chance (levels)": True,
        "(logs)": True,
    }
    rows = []
    for one in found:
        row = one.to_row()
        rates = (rate(row[f"{name}_rate"]) for name in ("required", "observed", "remaining"))
        chances = (likely(row[f"chance_{name}"]) for name in ("levels", "logs"))
        rows.append((one.target.code, str(one.state), one.target.by or "-", *rates, *chances))
    sheet.table("Targets", columns, rows)
    for one in found:
        if one.reasons:
            sheet.say(f"- {one.target.code}: {'; '.join(one.reasons)}.")
    sheet.say("The words of one target: placedex progress WORKSPACE TARGET.")


def _each(sheet: "Sheet", found: "tuple[Progress, ...]") -> None:
    """The words of each target, and its figures."""
    for one in found:
        _print(sheet, one)


def _print(sheet: "Sheet", one: "Progress") -> None:
    for sentence in one.words:
        sheet.say(sentence)
    rows = one.to_rows()
    columns = {"what": False, "period": False, "value": True, "low": True, "high": True}
    sheet.say()
    sheet.table(
        "Figures and forecasts, with the ends of 95 % intervals",
        columns,
        [
            (
                str(row["what"]),
                str(row["period"]),
                *(_cell(row[name], str(row["unit"])) for name in ("value", "low", "high")),
            )
            for row in rows
        ],
    )


def _cell(value: object, unit: str) -> str:
    from placedex.ledger.said import said

    return said(float(value), unit) if isinstance(value, int | float) else "-"
