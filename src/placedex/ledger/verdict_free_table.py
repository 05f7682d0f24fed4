"""A free table of figures: what other pages say, as a person notes it, each row read as a claim."""

import calendar
import re
from dataclasses import dataclass
from pathlib import Path

from placedex.errors import BadPeriod, Fault, Faults
from placedex.evidence import Claim, Modality, Span
from placedex.ledger.verdict import Told
from placedex.ledger.verdict_places import place_named
from placedex.observations import parse_period
from placedex.places import Register
from placedex.store import read_rows

COLUMNS = (
    "measure",
    "value",
    "unit",
    "place",
    "period",
    "source_title",
    "source_address",
    "note",
)
_SCALES = {"billion": 1e9, "million": 1e6}
_SIGNS = re.compile(r"[≥>+<]")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SHARE = re.compile(r"(\d+)/(\d+)")
_RANGE = re.compile(r"(?P<low>-?[\d.,]+)\s+to\s+(?P<high>-?[\d.,]+)")
_BOUNDS = (
    ("more than", "more than"),
    ("over", "over"),
    ("at least", "at least"),
    ("or more", "at least"),
    ("up to", "up to"),
    ("nearly", "nearly"),
    ("approx", "around"),
    ("around", "around"),
    (">", "more than"),
    ("<", "less than"),
)
_MODALITIES = (
    ("TARGET", Modality.TARGET),
    ("EXPECTED", Modality.POTENTIAL),
    ("FORECAST", Modality.FORECAST),
    ("Forecast", Modality.FORECAST),
    ("expected", Modality.FORECAST),
    ("under the proposal", Modality.POTENTIAL),
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_BRACKETS = re.compile(r"\([^)]*\)")
_MONTH = re.compile(r"(?P<month>[A-Za-z]{3})[a-z]* (?P<year>\d{4})")
_YEARS = re.compile(r"(?P<first>\d{4}) (?:to|and|-) (?P<last>\d{4})")


@dataclass(frozen=True, slots=True)
class FreeTable:
    """The rows of a table as claims, and those that hold no number by their row."""

    told: tuple[Told, ...]
    not_numbers: tuple[Fault, ...]


def read_free_table(path: Path, register: Register) -> FreeTable:
    """Every row of a table of figures from elsewhere as a claim with its address.

    The columns are measure, value, unit, place, period, source_title, source_address and note.
    Errors: BadWorkspace if the header lacks a column; Faults, all at once, for a row of another
            length or without an address. A cell that tells two figures ("2 then 3.5") is no claim
            and is listed.
    """
    refused: list[Fault] = []
    told, skipped = [], []
    for row in read_rows(path, wanted=COLUMNS, refused=refused):
        cells = row.cells
        if not cells["source_address"].strip():
            refused.append(
                Fault(path.name, row.number, "source_address", "nothing is there", "an address",
                      "Say where the figure is published.")
            )  # fmt: skip
            continue
        claim = _claim(cells, register, number=row.number)
        if claim is None:
            skipped.append(
                Fault(path.name, row.number, "value", f"'{cells['value']}' is not one number",
                      "a number, a range or a share", "Write each number in a row of its own.")
            )  # fmt: skip
            continue
        told.append(
            Told(
                claim,
                document=cells["source_address"],
                title=cells["source_title"],
                address=cells["source_address"],
            )
        )
    if refused:
        raise Faults(tuple(refused))
    return FreeTable(tuple(told), tuple(skipped))


def _claim(cells: dict[str, str], register: Register, *, number: int) -> Claim | None:
    value, unit = cells["value"].strip(), cells["unit"].strip()
    amounts = _amounts(value)
    if amounts is None:
        return None
    name, times = _unit(unit)
    if _SHARE.fullmatch(value):
        name, times = "percent", 1.0
    low, high = (None if one is None else float(f"{one * times:.12g}") for one in amounts)
    span = Span(number, number + 1)
    return Claim(
        document=cells["source_address"],
        span=span,
        words=f"{value} {_words_of_unit(unit)}".strip(),
        figure=span,
        measure=cells["measure"].strip(),
        value=low or 0.0,
        high=high,
        unit=name,
        modality=_modality(cells["measure"]),
        place=place_named(cells["place"], register) if cells["place"].strip() else None,
        period=_period(cells["period"]),
        bound=_bound(value, unit),
    )


def _amounts(value: str) -> tuple[float, float | None] | None:
    """The number of a cell, or the two ends of its range; nothing if it is neither."""
    if share := _SHARE.fullmatch(value):
        return 100 * int(share[1]) / int(share[2]), None
    if both := _RANGE.fullmatch(value):
        return _float(both["low"]), _float(both["high"])
    bare = _SIGNS.sub("", value).replace("or more", "").strip()
    return (_float(bare), None) if _NUMBER.fullmatch(bare) else None


def _float(text: str) -> float:
    return float(text.replace(",", ""))


def _unit(unit: str) -> tuple[str, float]:
    """The unit as claims bear it, and by how much the number is multiplied."""
    times = next((size for word, size in _SCALES.items() if word in unit), 1.0)
    if unit.startswith("£"):
        return "GBP", times
    if unit.startswith(("%", "share")):
        return "percent", 1.0
    bare = _BRACKETS.sub("", unit).strip()
    return bare.removeprefix("million ").strip() or "number", times


def _words_of_unit(unit: str) -> str:
    return _BRACKETS.sub("", unit).strip()


def _bound(value: str, unit: str) -> str | None:
    told = f"{value} {unit}"
    return next((bound for word, bound in _BOUNDS if word in told), None)


def _modality(measure: str) -> Modality:
    return next((one for word, one in _MODALITIES if word in measure), Modality.ACTUAL)


def _period(text: str) -> str | None:
    """A period in the one written form; in its own words if it is not one that the forms write."""
    words = _BRACKETS.sub("", text).strip()
    if both := _YEARS.fullmatch(words):
        years = int(both["last"]) - int(both["first"]) + 1
        return f"{both['first']}-01/P{years}Y" if years > 0 else None
    month = _MONTH.fullmatch(words)
    if month and month["month"].lower() in _MONTHS:
        return f"{month['year']}-{_MONTHS[month['month'].lower()]:02d}"
    try:
        return str(parse_period(words))
    except BadPeriod:
        return text.strip() or None
