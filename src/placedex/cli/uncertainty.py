"""`placedex uncertainty`: how sure each rank is, from the last build or drawn anew."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.cli.printed import Sheet
    from placedex.workspace.uncertainty import RanksDrawn

Format = Literal["table", "csv", "json", "parquet"]


def uncertainty(
    workspace: Path = Path(),
    *,
    kind: Annotated[str | None, Parameter(name="--kind")] = None,
    draws: Annotated[int | None, Parameter(name="--draws")] = None,
    seed: Annotated[int | None, Parameter(name="--seed")] = None,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print how sure each rank of WORKSPACE is: what the last build drew, or drawn anew.

    Each draw takes one way of every choice that a spec leaves open and draws the figures by their
    errors. Further columns say what errors of the figures alone, and other weights alone, allow.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    kind
        Only places of this kind, for example district.
    draws
        Draw anew, so many times, from the figures of the last build.
    seed
        Draw anew, from this seed.
    format
        table to read; csv, json or parquet for programs, a row for each place.
    output
        Write to this file instead of standard output.
    """
    _put(_found(workspace, kind=kind, draws=draws, seed=seed), format, output)


def _found(
    workspace: Path, *, kind: str | None, draws: int | None, seed: int | None
) -> Sequence["RanksDrawn"]:
    """What the last build drew, or drawn anew while a terminal shows how far it is."""
    from placedex.cli.watch import TerminalWatch
    from placedex.workspace import open_build, open_workspace
    from placedex.workspace.uncertainty import draw_anew, kept_uncertainty

    with open_build(workspace) as connection:
        if draws is None and seed is None:
            return kept_uncertainty(connection, kind=kind)
        opened = open_workspace(workspace)
        with TerminalWatch(sys.stderr) as watch:
            return draw_anew(opened, connection, kind=kind, draws=draws, seed=seed, watch=watch)


def _put(found: Sequence["RanksDrawn"], form: Format, output: Path | None) -> None:
    from placedex.cli.printed import Sheet, as_json, put, rows_as_csv

    if form == "parquet":
        _put_parquet(_rows(found), output)
        return
    if form == "json":
        put(as_json([_content(one) for one in found]), output)
    elif form == "csv":
        put(rows_as_csv(_rows(found)), output)
    else:
        sheet = Sheet()
        for one in found:
            _print(sheet, one)
        put(sheet.text(), output)


def _rows(found: Sequence["RanksDrawn"]) -> list[dict[str, object]]:
    return [{"index": one.index, "kind": one.kind, **row} for one in found for row in one.rows]


def _content(one: "RanksDrawn") -> dict[str, object]:
    return {
        "index": one.index,
        "title": one.title,
        "kind": one.kind,
        "places": list(one.rows),
        "choices": list(one.shares),
        "notes": dict(one.notes),
    }


def _put_parquet(rows: list[dict[str, object]], output: Path | None) -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    from placedex.errors import BadUsage
    from placedex.store import write_bytes

    if output is None and sys.stdout.isatty():
        raise BadUsage(
            "Parquet is not text and would spoil the terminal. Wanted a file or a pipe: add "
            "--output FILE."
        )
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    if output is None:
        sys.stdout.buffer.write(sink.getvalue())
    else:
        write_bytes(output, sink.getvalue())


def _print(sheet: "Sheet", one: "RanksDrawn") -> None:
    if not one.rows:
        _say_why_not(sheet, one)
        return
    top = one.rows[0]["top_of"]
    columns = {
        "rank": True,
        "place": False,
        "median": True,
        "9 of 10 draws": True,
        f"top {top}": True,
        "before next": True,
        "figures alone": True,
        "weights alone": True,
    }
    rows = [
        [
            _whole(row["rank"]),
            str(row["name"]),
            _rank(row["median_rank"]),
            _span(row["rank_5_percent"], row["rank_95_percent"]),
            _share(row["share_in_top"]),
            _share(row["beats_next"]),
            _survey(row),
            _span(row["attainable_best_rank"], row["attainable_worst_rank"]),
        ]
        for row in one.rows
    ]
    sheet.table(f"{one.title}: {one.kind}", columns, rows)
    for words in _failed(one):
        sheet.say(words)
        sheet.say()
    _print_shares(sheet, one)
    for part, words in one.notes:
        if words not in _failed(one):
            sheet.say(f"{part}: {words}")
    sheet.say()


def _print_shares(sheet: "Sheet", one: "RanksDrawn") -> None:
    columns = {"what is open": False, "alone": True, "with others": True, "how it is drawn": False}
    shares = [
        [str(row["title"]), _share(row["first"]), _share(row["total"]), str(row["words"])]
        for row in one.shares
    ]
    sheet.table("Share of the spread of ranks that each is to blame for", columns, shares)


def _failed(one: "RanksDrawn") -> list[str]:
    """What to bear in mind where many draws failed; it stands right below the ranks."""
    from placedex.index.uncertainty import FAILED_DRAWS

    return [words for part, words in one.notes if part == FAILED_DRAWS]


def _say_why_not(sheet: "Sheet", one: "RanksDrawn") -> None:
    sheet.say(f"{one.title}: {one.kind}")
    for part, words in one.notes:
        sheet.say(f"{part}: {words}")
    sheet.say()


def _survey(row: Mapping[str, object]) -> str:
    """The ranks that errors of the figures allow, a bound on the boundary marked by a star."""
    best, worst = row["survey_best_rank"], row["survey_worst_rank"]
    if best is None or worst is None:
        return "-"
    stars = ("*" if row[f"survey_{end}_boundary"] else "" for end in ("best", "worst"))
    low, high = (f"{rank}{star}" for rank, star in zip((best, worst), stars, strict=True))
    return f"{low} to {high}"


def _span(low: object, high: object) -> str:
    return "-" if low is None or high is None else f"{_rank(low)} to {_rank(high)}"


def _rank(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else "-"


def _whole(value: object) -> str:
    return "-" if value is None else str(value)


def _share(value: object) -> str:
    return f"{max(0.0, value):.0%}" if isinstance(value, int | float) else "-"
