"""Published lists of grants that are not 360Giving: the Levelling Up Fund and the ESIF lists."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from placedex.errors import BadWorkspace, Fault, Faults
from placedex.ledger.dates_written import read_written_date
from placedex.ledger.grant import Grant, GrantFile, Party
from placedex.observations import parse_period
from placedex.store import csv_header, read_rows
from placedex.store.files import Row

DLUHC = "Department for Levelling Up, Housing and Communities"
EU = "European Union"
_POUNDS = re.compile(r"\d+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+(,\d+)?")
_POINTS = re.compile(r"£?\d{1,3}(\.\d{3})*")


@dataclass(frozen=True, slots=True)
class PublishedList:
    """How a publisher writes a list of grants.

    Attributes:
        columns: what must be in the header; by them a file is known.
        recipient: columns of which the first that is not empty names the recipient.
        amount: the column of the amount; form: of MONEY, how amounts are written there.
        places: the column with codes of places, joined by `;`; place: the code, if all are there.
        when: the period of the awards; when_column: the column that has it instead.
    """

    programme: str
    title: str
    publisher: str
    payer: str
    recipient: tuple[str, ...]
    name: str
    amount: str
    form: str
    part_of: str = ""
    about: str = ""
    place: str = ""
    places: str = ""
    when: str = ""
    when_column: str = ""
    starts: str = ""
    ends: str = ""
    also: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file of this list must have."""
        named = (self.name, self.amount, self.about, self.places, self.when_column)
        dates = (self.starts, self.ends)
        return tuple(one for one in (*self.recipient, *named, *dates, *self.also) if one)


MONEY: Mapping[str, tuple[re.Pattern[str], Callable[[str], float], str]] = {
    "pounds": (_POUNDS, float, "pounds, as in 1234567.89"),
    "decimal comma": (
        _DECIMAL_COMMA,
        lambda text: float(text.replace(",", ".")),
        "pounds, as in 1234567,89",
    ),
    "points": (
        _POINTS,
        lambda text: float(text.lstrip("£").replace(".", "")),
        "pounds, as in £1.234.567",
    ),
}
ESIF = "esif-2014-2020"
LISTS = (
    PublishedList(
        programme="levelling-up-fund-round-1",
        title="Levelling Up Fund, round 1, successful bids",
        publisher=DLUHC,
        payer=DLUHC,
        recipient=("Grant Recipient (if not Local Authority)", "Local Authority Name / Area"),
        name="Bid Name",
        amount="Bid Value",
        form="pounds",
        part_of="levelling-up-fund",
        places="LADs",
        when="2021-10",
        also=("Notes",),
    ),
    PublishedList(
        programme="levelling-up-fund-round-2",
        title="Levelling Up Fund, round 2, successful bids",
        publisher=DLUHC,
        payer=DLUHC,
        recipient=("Legal name of lead applicant organisation",),
        name="Bid Name",
        amount="Bid Value",
        form="pounds",
        part_of="levelling-up-fund",
        places="LADs",
        when="2023-01",
        also=("Country", "Notes"),
    ),
    # The header says £m and the values are pounds.
    PublishedList(
        programme="esif-england-2014-2020",
        title="European structural and investment funds 2014 to 2020 in England, beneficiaries",
        publisher="Department for Communities and Local Government",
        payer=EU,
        recipient=("Recipient of funds",),
        name="Name of Project",
        amount="ERDF/ESF investment £m",
        form="decimal comma",
        part_of=ESIF,
        about="Summary of project (max 100 words)",
        place="E92000001",
        when="2014-01/P7Y",
        starts="Start date",
        ends="End date",
        also=(
            "Type of fund",
            "Total project costs £m",
            "Percent of project funded by EU",
            "Location (postcode)",
            "Local Enterprise Partnership area",
            "Type and focus of support (*Category of intervention)*",
        ),
    ),
    PublishedList(
        programme="esif-scotland-2014-2020",
        title="European structural and investment funds 2014 to 2020 in Scotland, operations",
        publisher="Scottish Government",
        payer=EU,
        recipient=("Recipient organisation",),
        name="Operation Name",
        amount="ESF/ ERDF Grant requested",
        form="pounds",
        part_of=ESIF,
        about="Description",
        place="S92000003",
        when="2014-01/P7Y",
        starts="Start date",
        ends="End date",
        also=(
            "Programme",
            "Total eligible expenditure",
            "Postcode",
            "Union co-financing rate",
            "Theme",
        ),
    ),
    PublishedList(
        programme="esif-wales-2014-2020",
        title="European structural and investment funds 2014 to 2020 in Wales, operations",
        publisher="Welsh Government",
        payer=EU,
        recipient=("Lead Beneficiary",),
        name="Operation Title",
        amount="EU Funds Awarded",
        form="points",
        part_of=ESIF,
        place="W92000004",
        when_column="approval date",
        also=("Total Project Cost", "Fund", "Region"),
    ),
)
TITLES = {
    "levelling-up-fund": "Levelling Up Fund",
    ESIF: "European structural and investment funds 2014 to 2020",
}


@dataclass(slots=True)
class _Reading:
    """What a file's rows are held against, and what was found so far."""

    file: str
    form: PublishedList
    places: Collection[str]
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def published_list(path: Path) -> PublishedList | None:
    """The list that a CSV file is, known by its header; nothing if it is none."""
    header = {name.strip() for name in csv_header(path)}
    return next((one for one in LISTS if header.issuperset(one.columns)), None)


def read_published(path: Path, *, places: Collection[str]) -> GrantFile:
    """The grants of a published list: the Levelling Up Fund, or the beneficiaries of ESIF.

    Several codes joined by `;` stay together: nothing is shared out. A date that is none, or an
    end before the start, stays with the grant as it is written, and it is said.
    Errors: BadWorkspace if the file is no such list; Faults, all at once with row and column, for
            a missing recipient, an amount that is none, or a code that is no place.
    """
    form = published_list(path)
    if form is None:
        raise BadWorkspace(
            f"{path}: its header is that of no list of grants that is known. Wanted 360Giving "
            "(JSON, or CSV with the columns Identifier, Amount Awarded ...), or one of: "
            f"{'; '.join(one.title for one in LISTS)}. Write it as one of these."
        )
    reading = _Reading(path.name, form, places)
    rows = read_rows(path, wanted=form.columns, refused=reading.faults)
    grants = [_grant(row, reading) for row in rows]
    if reading.faults:
        raise Faults(tuple(sorted(reading.faults, key=lambda one: one.row or 0)))
    return GrantFile(
        title=form.title,
        publisher=form.publisher,
        grants=tuple(grants),
        notes=tuple(reading.notes),
        programmes={form.programme: form.part_of},
    )


def _grant(row: Row, reading: _Reading) -> Grant:
    form, cells = reading.form, row.cells
    given = {name: cells[name] for name in form.also if cells[name]}
    who = next((cells[name] for name in form.recipient if cells[name]), "")
    if not who:
        _fault(
            reading, row, form.recipient[-1], met="it is empty", wanted="the name of who gets it"
        )
    # A star after a name points at a note below the published table.
    name = who.rstrip("*").strip()
    if name != who:
        given[form.recipient[-1]] = who
    starts, ends = _dates(row, reading, given)
    return Grant(
        row=row.number,
        id=f"{form.programme}-{row.number:04d}",
        title=cells[form.name],
        about=cells[form.about] if form.about else "",
        currency="GBP",
        amount=_amount(row, reading),
        day=None,
        when=_when(row, reading),
        recipient=Party(name),
        payer=Party(form.payer),
        programme=form.programme,
        programme_title=form.title,
        places=_places(row, reading),
        starts=starts,
        ends=ends,
        given=given,
    )


def _fault(reading: _Reading, row: Row, column: str, *, met: str, wanted: str) -> None:
    reading.faults.append(
        Fault(reading.file, row.number, column, met, wanted, "Mend it, or take the row out.")
    )


def _amount(row: Row, reading: _Reading) -> float:
    column = reading.form.amount
    pattern, read, wanted = MONEY[reading.form.form]
    text = row.cells[column]
    if pattern.fullmatch(text) is None:
        _fault(reading, row, column, met=f"'{text}' is no amount", wanted=wanted)
        return 0.0
    return read(text)


def _when(row: Row, reading: _Reading) -> str:
    column = reading.form.when_column
    if not column:
        return reading.form.when
    text = row.cells[column]
    if re.fullmatch(r"\d{4}", text) is None:
        _fault(reading, row, column, met=f"'{text}' is no year", wanted="four digits")
        return ""
    return text


def _places(row: Row, reading: _Reading) -> tuple[str, ...]:
    form = reading.form
    if not form.places:
        return (form.place,)
    codes = tuple(code.strip() for code in row.cells[form.places].split(";") if code.strip())
    strange = [code for code in codes if code not in reading.places]
    if strange or not codes:
        met = f"{', '.join(strange)} is no place" if strange else "it is empty"
        _fault(reading, row, form.places, met=met, wanted="codes of districts, joined by ;")
    return codes


def _dates(row: Row, reading: _Reading, given: dict[str, str]) -> tuple[str, str]:
    """Start and end as periods; what is no date, or ends first, is kept as it is written."""
    form = reading.form
    found = []
    for column in (form.starts, form.ends):
        text = row.cells[column] if column else ""
        period = read_written_date(text) if text else ""
        if period is None:
            given[column] = text
            reading.notes.append(
                f"{reading.file}, row {row.number}, column {column}: '{text}' is no date; it is "
                "kept as it is written."
            )
        found.append(period or "")
    starts, ends = found
    if starts and ends and parse_period(ends).end < parse_period(starts).start:
        given[form.starts], given[form.ends] = row.cells[form.starts], row.cells[form.ends]
        reading.notes.append(
            f"{reading.file}, row {row.number}, column {form.ends}: '{row.cells[form.ends]}' comes "
            f"before the start, '{row.cells[form.starts]}'; both are kept as they are written."
        )
        return "", ""
    return starts, ends
