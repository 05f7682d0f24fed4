"""Figures from elsewhere: what other documents say, in a workspace's own table, as claims."""

import math
from datetime import date
from pathlib import Path

from placedex.errors import Fault, Faults
from placedex.evidence import Claim, Modality, PlaceNamed, Span
from placedex.ledger.verdict import Told
from placedex.places import Register
from placedex.store import read_rows

COLUMNS = (
    "code", "measure", "value", "high", "bound", "unit", "place", "candidates", "place_name",
    "period", "modality", "prices", "title", "publisher", "address", "published", "note",
)  # fmt: skip
# What the document of a figure from elsewhere begins with; one page is one document.
ELSEWHERE = "elsewhere/"
_MODALITIES = {one.value for one in Modality}
_DO = {
    "value": ("a number", "Write it plain: 15300000000, 46."),
    "high": ("a number or nothing", "Write the upper end of the range, or leave it empty."),
    "modality": (", ".join(sorted(_MODALITIES)), "Choose one."),
    "published": ("a day or nothing", "Write it as 2024-02-19."),
    "place": ("the code of a place or nothing", "Look it up with: placedex show NAME."),
    "address": ("an address", "Say where the figure is published."),
    "measure": ("what the figure is of", "Say it in a few words of your own."),
}


def read_elsewhere(path: Path, register: Register) -> tuple[Told, ...]:
    """Every row of a workspace's table of figures from elsewhere, as a claim with its address.

    Errors: BadWorkspace if the header lacks a column; Faults, all at once, for cells that mean
            nothing, each with its row and column.
    """
    faults: list[Fault] = []
    told = []
    for row in read_rows(path, wanted=COLUMNS, refused=faults):
        wrong = [column for column in _DO if not _right(column, row.cells[column], register)]
        faults += [
            Fault(path.name, row.number, column, f"'{row.cells[column]}'", *_DO[column])
            for column in wrong
        ]
        if not wrong:
            told.append(_told(row.cells, number=row.number))
    if faults:
        raise Faults(tuple(faults))
    return tuple(told)


def _right(column: str, cell: str, register: Register) -> bool:
    if column in ("address", "measure"):
        return bool(cell.strip())
    if column == "modality":
        return cell in _MODALITIES
    if column == "place":
        return not cell or cell in register
    if not cell:
        return column != "value"
    try:
        return bool(date.fromisoformat(cell)) if column == "published" else _number(cell)
    except ValueError:
        return False


def _number(cell: str) -> bool:
    return math.isfinite(float(cell))


def _told(cells: dict[str, str], *, number: int) -> Told:
    span = Span(number, number + 1)
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
        place=_place(cells),
        period=cells["period"] or None,
        modality=Modality(cells["modality"]),
        bound=cells["bound"] or None,
    )
    return Told(
        claim,
        document=f"{ELSEWHERE}{cells['address']}",
        title=cells["title"],
        publisher=cells["publisher"],
        published=date.fromisoformat(cells["published"]) if cells["published"] else None,
        address=cells["address"],
    )


def _place(cells: dict[str, str]) -> PlaceNamed | None:
    name, code, candidates = cells["place_name"], cells["place"], cells["candidates"].split()
    if not (name or code or candidates):
        return None
    return PlaceNamed(name or code, code or None, () if code else tuple(candidates))
