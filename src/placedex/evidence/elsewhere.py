"""Figures from elsewhere: what others published, each with its address, as rows of one table."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from placedex.errors import Fault, Faults
from placedex.evidence.claim import Claim, Modality, PlaceNamed, Span
from placedex.places import Register
from placedex.store import read_rows
from placedex.store.files import Row

FILE = "elsewhere.csv"
COLUMNS = (
    "code",
    "measure",
    "value",
    "high",
    "bound",
    "unit",
    "place",
    "candidates",
    "place_name",
    "period",
    "modality",
    "prices",
    "title",
    "publisher",
    "address",
    "published",
    "note",
)
NEEDED = ("code", "measure", "value", "unit", "modality", "title", "publisher", "address")
BOUNDS = ("more than", "at least", "up to", "less than", "around", "over", "nearly")
_CODE = re.compile(r"[a-z0-9][a-z0-9.-]*")
_ADDRESS = re.compile(r"https?://\S+")
_MODALITIES = tuple(modality.value for modality in Modality)

IsPeriod = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure that was published elsewhere, of which we have no text.

    Attributes:
        claim: the figure; its document is this row by its code, its span the number of the row.
        title, publisher, address: where it was published.
        published: the period in which it was; empty if that is not known.
        note: what a reader must know of it, in our words.
    """

    code: str
    claim: Claim
    title: str
    publisher: str
    address: str
    published: str = ""
    note: str = ""


def read_elsewhere(path: Path, *, register: Register, is_period: IsPeriod) -> tuple[Elsewhere, ...]:
    """The figures of a table of figures from elsewhere, in its order; none if there is no table.

    Units:  values in plain units: pounds, people, percent as 46.
    Errors: BadWorkspace if a column is missing; Faults, all at once, with row and column: a cell
            that is empty or no number, a place that is not in the register, a modality, bound or
            period that is not known, an end below its value, a code met twice.
    """
    if not path.is_file():
        return ()
    where = f"{path.parent.name}/{path.name}"
    refused: list[Fault] = []
    rows = list(read_rows(path, wanted=COLUMNS, refused=refused))
    faults = [replace(fault, file=where) for fault in refused]
    first: dict[str, int] = {}
    for row in rows:
        faults += _faults(row, where, register=register, is_period=is_period)
        code = row.cells["code"]
        if code in first:
            faults.append(
                Fault(where, row.number, "code", f"'{code}' stands in row {first[code]} too",
                      "each code once", "Give one of them another.")
            )  # fmt: skip
        first.setdefault(code, row.number)
    if faults:
        raise Faults(tuple(sorted(faults, key=lambda one: one.row or 0)))
    return tuple(_made(row, register) for row in rows)


def _faults(row: Row, where: str, *, register: Register, is_period: IsPeriod) -> Iterator[Fault]:
    """What is wrong in the cells of one row."""
    cells = row.cells
    for column in NEEDED:
        if not cells[column]:
            yield Fault(where, row.number, column, "it is empty", "something there", "Write it.")
    checks = (
        ("code", _CODE.fullmatch, "small letters, digits and hyphens"),
        ("value", _number, "a number in plain units, such as 15300000000"),
        ("high", _number, "a number in plain units, or nothing"),
        ("bound", BOUNDS.__contains__, f"one of {', '.join(BOUNDS)}, or nothing"),
        ("modality", _MODALITIES.__contains__, f"one of {', '.join(_MODALITIES)}"),
        ("period", is_period, "2030, 2024-02, 2024-02-19 or 2023-04/P1Y, or nothing"),
        ("published", is_period, "a day, a month or a year, or nothing"),
        ("address", _ADDRESS.fullmatch, "an address that begins with http:// or https://"),
    )
    for column, is_right, wanted in checks:
        if cells[column] and not is_right(cells[column]):
            yield Fault(where, row.number, column, f"'{cells[column]}'", wanted, "Mend it.")
    yield from _place_faults(row, where, register)
    low, high = _number(cells["value"]), _number(cells["high"])
    if low and high and high[0] < low[0]:
        yield Fault(
            where, row.number, "high", f"{cells['high']} is below the value, {cells['value']}",
            "the lower end as the value", "Turn them round.",
        )  # fmt: skip


def _place_faults(row: Row, where: str, register: Register) -> Iterator[Fault]:
    cells = row.cells
    for column in ("place", "candidates"):
        for code in cells[column].split():
            if register.get(code) is None:
                yield Fault(where, row.number, column, f"'{code}' is no place",
                            "codes of places of the register", "Mend the code.")  # fmt: skip
    if cells["place"] and cells["candidates"]:
        yield Fault(where, row.number, "candidates", "a place is told and candidates are too",
                    "a place, or candidates if it is ambiguous", "Leave one out.")  # fmt: skip
    if len(cells["place"].split()) > 1 or len(cells["candidates"].split()) == 1:
        yield Fault(
            where, row.number, "candidates", "one candidate, or more than one place",
            "one place, or two or more candidates", "Put them where they belong.",
        )  # fmt: skip
    if cells["candidates"] and not cells["place_name"]:
        yield Fault(where, row.number, "place_name", "it is empty beside candidates",
                    "the name that could be several places", "Write it.")  # fmt: skip


def _number(text: str) -> tuple[float] | None:
    """A number in a tuple, so that nought is one too; nothing if the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return (number,) if math.isfinite(number) else None


def _made(row: Row, register: Register) -> Elsewhere:
    cells = row.cells
    span = Span(row.number, row.number + 1)
    claim = Claim(
        document=cells["code"],
        span=span,
        words="",
        figure=span,
        measure=cells["measure"],
        value=float(cells["value"]),
        high=float(cells["high"]) if cells["high"] else None,
        unit=cells["unit"],
        prices=cells["prices"],
        place=_place(cells, register),
        period=cells["period"] or None,
        modality=Modality(cells["modality"]),
        bound=cells["bound"] or None,
    )
    told = {name: cells[name] for name in ("code", "title", "publisher", "address")}
    return Elsewhere(**told, claim=claim, published=cells["published"], note=cells["note"])


def _place(cells: dict[str, str], register: Register) -> PlaceNamed | None:
    code, name = cells["place"], cells["place_name"]
    if code:
        return PlaceNamed(name or register[code].name, code)
    candidates = tuple(cells["candidates"].split())
    return PlaceNamed(name, None, candidates) if name or candidates else None
