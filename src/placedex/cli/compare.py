"""`placedex compare`: two editions of an index, or two specs, side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.cli.against import Against

if TYPE_CHECKING:
    from placedex.cli.printed import Sheet
    from placedex.index.rows import Row
    from placedex.workspace.compare import Comparison, NotCompared

Format = Literal["table", "csv", "json"]
AGAINST = Against()
MOST = 5


def compare(
    workspace: Path = Path(),
    *,
    against: Against = AGAINST,
    kind: Annotated[str | None, Parameter(name="--kind")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print two editions of the index of WORKSPACE side by side, or two specs.

    Editions are compared on the places, indicators and figures that both have; what was left out
    is said. WORKSPACE need not be built.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    kind
        Only places of this kind, for example district.
    format
        table to read; csv or json for programs, with every node of the index.
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.printed import Sheet, as_json, put, rows_as_csv
    from placedex.workspace import open_workspace
    from placedex.workspace.compare import Comparison
    from placedex.workspace.compare import compare as compared

    found = compared(open_workspace(workspace), against.question, kind=kind)
    done = [one for one in found if isinstance(one, Comparison)]
    if format == "csv":
        put(rows_as_csv([row for one in done for row in _rows(one)]), output)
    elif format == "json":
        put(as_json([_content(one) for one in found]), output)
    else:
        sheet = Sheet()
        for one in found:
            _print(sheet, one)
        put(sheet.text(), output)


def _rows(one: "Comparison") -> "list[Row]":
    names = {"before": one.names[0], "after": one.names[1]}
    return [{"index": one.index, "kind": one.kind, **names, **row} for row in one.table.to_rows()]


def _content(one: "Comparison | NotCompared") -> dict[str, object]:
    from placedex.workspace.compare import NotCompared

    if isinstance(one, NotCompared):
        return {"title": one.title, "kind": one.kind, "not_compared": one.words}
    return {
        "index": one.index,
        "title": one.title,
        "kind": one.kind,
        "before": one.names[0],
        "after": one.names[1],
        "notes": one.notes,
        "agreement": one.table.agreement_rows(),
        "movers": [place.code for place in one.table.movers()],
        "places": one.table.to_rows(),
    }


def _print(sheet: "Sheet", one: "Comparison | NotCompared") -> None:
    from placedex.cli.printed import number
    from placedex.workspace.compare import NotCompared

    if isinstance(one, NotCompared):
        sheet.say(f"{one.title}: {one.kind}: not compared. {one.words}\n")
        return
    before, after = one.names
    columns = {
        f"rank {before}": True,
        f"rank {after}": True,
        "moved": True,
        "place": False,
        f"score {before}": True,
        f"score {after}": True,
        "points": True,
    }
    whole = one.table.whole.node.code
    rows = [
        (
            number(row["rank_before"], 0),
            number(row["rank_after"], 0),
            moved(row["rank_shift"]),
            str(row["name"]),
            number(row["score_before"]),
            number(row["score_after"]),
            number(row["shift"], signed=True),
        )
        for row in one.table.to_rows([whole])
    ]
    sheet.table(f"{one.title}: {one.kind}, {before} and {after}", columns, rows)
    _agreement(sheet, one)
    for note in one.notes:
        sheet.say(f"- {note}")
    sheet.say()


def _agreement(sheet: "Sheet", one: "Comparison") -> None:
    """How closely the orders agree, node by node, and who moves most."""
    from placedex.cli.printed import number

    columns = {"": False, "Spearman": True, "Kendall": True, "mean move": True}
    rows = [
        (
            str(row["node_name"]),
            number(row["spearman"], 3),
            number(row["kendall"], 3),
            number(row["mean_rank_shift"], 2),
        )
        for row in one.table.agreement_rows()
    ]
    sheet.table("How far the two orders agree", columns, rows)
    movers = [place.name for place in one.table.movers(MOST)]
    sheet.say(f"Moved most: {', '.join(movers)}." if movers else "No place changed its rank.")
    alone = one.table.only_before, one.table.only_after
    for name, places in zip(one.names, alone, strict=True):
        if places:
            sheet.say(f"Only in {name}: {', '.join(place.name for place in places)}.")


def moved(shift: object) -> str:
    """By how many places: up 2, down 1, or a sign that it stayed."""
    if not isinstance(shift, int | float):
        return "-"
    if not shift:
        return "="
    return f"{'down' if shift > 0 else 'up'} {abs(shift):.0f}"
