"""`placedex codes`: every code in some tables that is no place, with its file and row."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.store import Cell

# So many codes of one kind in one column are listed; more are counted.
MOST = 5


def codes(
    tables: Path,
    *,
    form: Annotated[Literal["text", "csv"], Parameter(name="--format")] = "text",
    output: Path | None = None,
) -> None:
    """Print every code in TABLES that is a place in no register. Exit code 1 if there is one.

    Parameters
    ----------
    tables
        A table, or a folder: CSV, Parquet, workbooks and JSON in it and below it, packed or not.
    form
        The form: text counts long runs of one kind, csv lists every code.
    output
        A file to write to, in place of standard output.
    """
    from placedex.cli.printed import put
    from placedex.errors import BadWorkspace
    from placedex.places import CODE, NINE_SIGNS, all_registers, look_up_codes
    from placedex.store import cells_like

    found = look_up_codes(cells_like(tables, CODE, sure=NINE_SIGNS), all_registers())
    put((_rows if form == "csv" else _text)(found.unknown, tables), output)
    number = len({one.text for one in found.unknown})
    if number:
        raise BadWorkspace(
            f"{number:,} codes in {tables} are places in no register, and {found.known:,} are in "
            "one. Wanted codes of places. Leave their rows out, or add a register with them."
        )
    if output is None and form == "text":
        print(f"{tables}: {found.known:,} different codes, each a place in a register")


def _rows(unknown: "tuple[Cell, ...]", tables: Path) -> str:
    from placedex.cli.printed import rows_as_csv
    from placedex.places import code_reason

    return rows_as_csv(
        [
            {
                "code": one.text,
                "file": _name(one, tables),
                "where": one.where,
                "row": one.row,
                "times": one.times,
                "why": code_reason(one.text),
            }
            for one in unknown
        ]
    )


def _text(unknown: "tuple[Cell, ...]", tables: Path) -> str:
    groups: dict[tuple[str, str, str], list[Cell]] = {}
    for one in unknown:
        key = _name(one, tables), one.where, one.text[:3]
        groups.setdefault(key, []).append(one)
    lines = [line for key, found in groups.items() for line in _group(key, found)]
    return "".join(f"{line}\n" for line in lines)


def _group(key: tuple[str, str, str], found: "list[Cell]") -> list[str]:
    from placedex.places import code_reason

    name, where, begins = key
    first = found[0]
    if len(found) > MOST:
        return [
            f"{name}, row {first.row}, {where}: {first.text} and {len(found) - 1:,} more that "
            f"begin with {begins} ({code_reason(first.text)}); --format csv lists them"
        ]
    return [
        f"{name}, row {one.row}, {where}: {one.text} ({code_reason(one.text)}), {one.times:,} times"
        for one in found
    ]


def _name(one: "Cell", tables: Path) -> str:
    return one.path.name if one.path == tables else str(one.path.relative_to(tables))
