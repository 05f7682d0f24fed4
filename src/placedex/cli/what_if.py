"""`placedex what-if`: what would change the rank of a place, and what other figures would do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from math import isclose, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.errors import BadUsage

if TYPE_CHECKING:
    from placedex.cli.printed import Sheet
    from placedex.index.rows import Row
    from placedex.places import Place
    from placedex.workspace import Workspace
    from placedex.workspace.what_if import Gains, Reckoned

Format = Literal["table", "csv", "json"]
DIGITS, EXACT = 6, 1e-13


def what_if(
    workspace: Path,
    place: str,
    *,
    rank: Annotated[int | None, Parameter(name="--rank")] = None,
    figures: Annotated[
        tuple[str, ...], Parameter(name="--set", negative="", consume_multiple=True)
    ] = (),
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print which figures of PLACE would have to become what for it to rise in the last build.

    Every other place stays as it is. With --set: the score and the rank that the place would have
    with other figures, every step of the index done again.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    place
        A code, or a name that only one place bears.
    rank
        The rank to reach; the next three if it is not said.
    figures
        A figure that the place has instead, as CODE=VALUE; several may follow.
    format
        table to read; csv or json for programs.
    output
        Write to this file instead of standard output.
    """
    from placedex.workspace import open_workspace

    if figures and rank is not None:
        raise BadUsage("Wanted --rank or --set, not both: a figure that is set leads where it may.")
    opened = open_workspace(workspace)
    found = opened.register.find(place)
    answer = _set(opened, found, figures) if figures else _asked(opened, found, rank)
    _put(answer, format, output)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is printed: for programs whole, as rows, or as a sheet to read."""

    content: list[dict[str, object]]
    rows: list[dict[str, object]]
    print: Callable[["Sheet"], None]


def _set(workspace: "Workspace", place: "Place", figures: Sequence[str]) -> _Answer:
    """The score and rank with figures that are set."""
    from placedex.workspace import open_build
    from placedex.workspace.what_if import reckon_with

    with open_build(workspace.folder) as connection:
        found = reckon_with(workspace, connection, place, figures=_figures(figures))
    return _Answer(
        _reckoned(found),
        _reckoned_rows(found),
        lambda sheet: _print_reckoned(sheet, found, name=place.name),
    )


def _asked(workspace: "Workspace", place: "Place", rank: int | None) -> _Answer:
    """The moves that gain ranks."""
    from placedex.workspace import open_build
    from placedex.workspace.what_if import gains

    with open_build(workspace.folder) as connection:
        found = gains(workspace, connection, place, rank=rank)
    return _Answer(
        _gains(found), _gain_rows(found), lambda sheet: _print_gains(sheet, found, name=place.name)
    )


def _put(answer: _Answer, form: Format, output: Path | None) -> None:
    from placedex.cli.printed import Sheet, as_json, put, rows_as_csv

    if form == "json":
        put(as_json(answer.content), output)
    elif form == "csv":
        put(rows_as_csv(answer.rows), output)
    else:
        sheet = Sheet()
        answer.print(sheet)
        put(sheet.text(), output)


def _figures(words: Sequence[str]) -> dict[str, float]:
    """The figures that were given as CODE=VALUE."""
    found: dict[str, float] = {}
    for word in words:
        code, sign, value = word.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not sign or not isfinite(number) or code in found:
            raise BadUsage(
                f"--set '{word}' is no figure, or its code was set before. Wanted a code and a "
                "number, each code once: --set gigabit-premises=95"
            )
        found[code] = number
    return found


def _gains(found: Sequence["Gains"]) -> list[dict[str, object]]:
    return [
        {
            "index": one.index,
            "place": one.place,
            "kind": one.kind,
            "score": one.score,
            "rank": one.rank,
            "ranked": one.ranked,
            "moves": list(one.moves),
            "plans": [
                {"rank": rank, "moves": None if plan is None else list(plan)}
                for rank, plan in one.plans.items()
            ],
        }
        for one in found
    ]


def _gain_rows(found: Sequence["Gains"]) -> list[dict[str, object]]:
    """A row for each move: those alone first, then those of each plan, by the rank it reaches."""
    rows: list[dict[str, object]] = []
    for one in found:
        rows += [{"index": one.index, "to_rank": None, **move} for move in one.moves]
        for rank, plan in one.plans.items():
            rows += [{"index": one.index, "to_rank": rank, **move} for move in plan or ()]
    return rows


def _print_gains(sheet: "Sheet", found: Sequence["Gains"], *, name: str) -> None:
    columns = {"indicator": False, "now": True, "to": True, "rank then": True, "gained": True}
    for one in found:
        sheet.say(
            f"{one.title}: {name} is {one.rank} of {one.ranked} with {one.score:.1f} points. Every "
            "other place stays as it is."
        )
        sheet.say()
        moves = [_cells(move, one.names) for move in one.moves]
        if moves:
            sheet.table("One figure alone, as far as it gains ranks", columns, moves)
        elif one.rank == 1:
            sheet.say("No place stands before it.\n")
        elif any(plan != () for plan in one.plans.values()):
            sheet.say("No figure alone gains a rank.\n")
        for rank, plan in one.plans.items():
            if plan is None:
                sheet.say(f"Rank {rank} cannot be reached: not with every figure at its goalpost.")
            elif not plan:
                sheet.say(f"Rank {rank} is reached already.")
            else:
                rows = [_cells(move, one.names) for move in plan]
                sheet.table(f"Fewest moves to rank {rank}, one after the other", columns, rows)


def _cells(move: "Row", names: Mapping[str, str]) -> list[str]:
    return [
        f"{names[str(move['indicator'])]} ({move['indicator']})",
        f"{move['figure']:.6g}",
        enough(move),
        str(move["rank"]),
        f"+{move['gained']}",
    ]


def enough(move: "Row") -> str:
    """The figure of a move in six digits, rounded so that it still leads to the rank.

    A figure that six digits hold, as a goalpost, stays as it is.
    """
    now, wanted = (float(move[key] or 0.0) for key in ("figure", "new_figure"))
    near = f"{wanted:.{DIGITS}g}"
    if isclose(float(near), wanted, rel_tol=EXACT, abs_tol=EXACT**2):
        return near
    better = ROUND_CEILING if wanted > now else ROUND_FLOOR
    return f"{Context(prec=DIGITS, rounding=better).create_decimal(wanted):g}"


def _reckoned(found: Sequence["Reckoned"]) -> list[dict[str, object]]:
    from dataclasses import asdict

    return [asdict(one) for one in found]


def _reckoned_rows(found: Sequence["Reckoned"]) -> list[dict[str, object]]:
    return [
        {name: value for name, value in row.items() if name != "figures"}
        for row in _reckoned(found)
    ]


def _print_reckoned(sheet: "Sheet", found: Sequence["Reckoned"], *, name: str) -> None:
    from placedex.cli.printed import number

    for one in found:
        sheet.say(
            f"{one.title}: {name}, {number(one.score)} points and rank {one.rank or '-'} as it is; "
            f"{number(one.new_score)} points and rank {one.new_rank or '-'} of {one.ranked} with "
            "these figures."
        )
        rows = [
            [str(row["indicator"]), number(row["figure"], 2), number(row["new_figure"], 2)]
            for row in one.figures
        ]
        sheet.table("", {"indicator": False, "now": True, "set to": True}, rows)
