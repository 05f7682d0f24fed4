"""Grants as 360Giving: read from its JSON and its flat form, and made of the ledger's awards."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from placedex.errors import BadPeriod, BadWorkspace, Fault, Faults
from placedex.ledger.grant import Grant, GrantFile, Party
from placedex.ledger.grants_fields import (
    INDIVIDUAL,
    PERSONAL,
    REQUIRED,
    header_of,
    unflatten,
)
from placedex.ledger.identifiers import as_id, identifiers_of
from placedex.ledger.money_links import is_currency
from placedex.observations import parse_period
from placedex.store import read_json, read_rows

FLAT_COLUMNS = ("Identifier", "Amount Awarded")
_DO = "Mend it, or take the grant out."


@dataclass(slots=True)
class _Reading:
    """What a file's records are held against, and what was found so far."""

    file: str
    flat: bool
    places: Collection[str]
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def fault(self, row: int, path: tuple[str | int, ...], met: str, wanted: str) -> None:
        """Keep a fault of one field of one record."""
        column = header_of(path) if self.flat else ".".join(map(str, path))
        self.faults.append(Fault(self.file, row, column, met, wanted, _DO))


def read_360(path: Path, *, places: Collection[str]) -> GrantFile:
    """The grants of a file of 360Giving: JSON, or CSV with the headers of its flat form.

    Codes of `places` are taken as places; other fields that the ledger has no room for are kept
    with the grant. Names, addresses and numbers of persons to contact are left out, and it is said.
    Errors: BadWorkspace if the file cannot be read; Faults, all at once with row and column, for
            grants that lack a required field, or of which an amount, a date or a currency is none.
    """
    flat = path.suffix.lower() != ".json"
    reading = _Reading(path.name, flat, places)
    records = _flat(path, reading) if flat else _listed(path)
    grants = [one for row, record in records if (one := _grant(row, record, reading)) is not None]
    if reading.faults:
        raise Faults(tuple(sorted(reading.faults, key=lambda one: one.row or 0)))
    publishers = sorted({one.payer.name for one in grants if one.payer is not None})
    return GrantFile(
        title=f"Grants as 360Giving, {path.name}",
        publisher=", ".join(publishers),
        grants=tuple(grants),
        notes=tuple(reading.notes),
    )


def _flat(path: Path, reading: _Reading) -> Iterator[tuple[int, dict[str, Any]]]:
    for row in read_rows(path, wanted=FLAT_COLUMNS, refused=reading.faults):
        yield row.number, unflatten(row.cells)


def _listed(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    content = read_json(path)
    grants = content.get("grants") if isinstance(content, dict) else None
    if not isinstance(grants, list) or not all(isinstance(one, dict) for one in grants):
        raise BadWorkspace(
            f"{path}: there is no list under 'grants'. Wanted the JSON of 360Giving, which has one "
            "record for each grant there. Give such a file."
        )
    yield from enumerate(grants, start=1)


def _grant(row: int, record: dict[str, Any], reading: _Reading) -> Grant | None:
    """The grant that a record is, or nothing with its faults kept."""
    before = len(reading.faults)
    record = {name: value for name, value in record.items() if value is not None}
    record = _without_persons(row, record, reading)
    _required(row, record, reading)
    if len(reading.faults) > before:
        return None
    programme = (record.get("grantProgramme") or [{}])[0]
    starts, ends = _planned(row, record, reading)
    made = Grant(
        row=row,
        id=str(record["id"]).strip(),
        title=str(record["title"]),
        about=str(record["description"]),
        currency=_currency(row, record, reading),
        amount=_amount(row, record, reading),
        day=_day(row, record, reading),
        recipient=_party(record["recipientOrganization"][0]),
        payer=_party(record["fundingOrganization"][0]),
        programme=str(programme.get("code", "") or ""),
        programme_title=str(programme.get("title", "") or ""),
        places=_places(record, reading),
        starts=starts,
        ends=ends,
    )
    _once(made, reading)
    if len(reading.faults) > before:
        return None
    return replace(made, given=beyond(_plain(record), _plain(as_record(made))))


def _without_persons(row: int, record: dict[str, Any], reading: _Reading) -> dict[str, Any]:
    kept = dict(record)
    if record.get(INDIVIDUAL):
        reading.fault(
            row, (INDIVIDUAL,), "the grant is to a person", "one to an organisation: the ledger "
            "keeps no private persons",
        )  # fmt: skip
    for name in ("recipientOrganization", "fundingOrganization"):
        listed = record.get(name)
        if not isinstance(listed, list):
            continue
        kept[name] = [
            {key: value for key, value in one.items() if key not in PERSONAL}
            if isinstance(one, dict)
            else one
            for one in listed
        ]
        left = {key for one in listed if isinstance(one, dict) for key in one} & PERSONAL
        if left:
            listed_words = ", ".join(sorted(left))
            reading.notes.append(
                f"{reading.file}, row {row}, {name}: {listed_words} left out; persons and how to "
                "reach them are not kept."
            )
    return kept


def _required(row: int, record: dict[str, Any], reading: _Reading) -> None:
    """Keep a fault for each required field that is missing or has not the form it should."""
    for name in REQUIRED:
        value = record.get(name)
        if value is None or value in ("", []):
            reading.fault(row, (name,), "it is missing", "it in every grant")
            continue
        if not name.endswith("Organization"):
            if isinstance(value, dict | list | bool):
                reading.fault(row, (name,), "it is a list or has parts", "one value")
            continue
        if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], dict):
            reading.fault(row, (name,), "it is not one organisation", "a list of one")
            continue
        for part in ("id", "name"):
            if not isinstance(value[0].get(part), str) or not value[0][part].strip():
                reading.fault(row, (name, 0, part), "it is missing", "it for every organisation")
    for name in ("grantProgramme", "beneficiaryLocation", "plannedDates"):
        value = record.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            reading.fault(row, (name,), "it is not a list of records", "a list of records")


def _amount(row: int, record: dict[str, Any], reading: _Reading) -> float:
    value = record["amountAwarded"]
    try:
        amount = float(value)
        if not abs(amount) < float("inf"):
            raise ValueError
    except (TypeError, ValueError):
        reading.fault(row, ("amountAwarded",), f"'{value}' is no number", "digits, without £ or ,")
        return 0.0
    return amount


def _currency(row: int, record: dict[str, Any], reading: _Reading) -> str:
    text = str(record["currency"]).strip()
    if not is_currency(text):
        reading.fault(row, ("currency",), f"'{text}' is no currency", "three letters, as in GBP")
    return text


def _day(row: int, record: dict[str, Any], reading: _Reading) -> date | None:
    text = str(record["awardDate"]).strip()
    try:
        return date.fromisoformat(text[:10] if text[10:11] == "T" else text)
    except ValueError:
        reading.fault(row, ("awardDate",), f"'{text}' is no day", "one like 2025-04-30")
        return None


def _planned(row: int, record: dict[str, Any], reading: _Reading) -> tuple[str, str]:
    """The start and the end that were planned, as periods."""
    planned = (record.get("plannedDates") or [{}])[0]
    found = []
    for name in ("startDate", "endDate"):
        text = str(planned.get(name) or "").strip()
        text = text[:10] if text[10:11] == "T" else text
        try:
            found.append(str(parse_period(text)) if text else "")
        except BadPeriod:
            reading.fault(
                row, ("plannedDates", 0, name), f"'{text}' is no date", "a day, a month or a year"
            )
            found.append("")
    starts, ends = found
    if starts and ends and parse_period(ends).end < parse_period(starts).start:
        reading.fault(
            row, ("plannedDates", 0, "endDate"), f"{ends} comes before the start, {starts}",
            "an end after the start",
        )  # fmt: skip
    return starts, ends


def _places(record: dict[str, Any], reading: _Reading) -> tuple[str, ...]:
    codes = (str(one.get("geoCode") or "") for one in record.get("beneficiaryLocation", ()))
    return tuple(dict.fromkeys(code for code in codes if code in reading.places))


def _party(given: Mapping[str, Any]) -> Party:
    return Party(str(given["name"]).strip(), identifiers_of(given))


def _once(grant: Grant, reading: _Reading) -> None:
    if grant.id in reading.rows:
        reading.fault(
            grant.row, ("id",), f"'{grant.id}' stands in row {reading.rows[grant.id]} too",
            "each identifier once",
        )  # fmt: skip
    reading.rows.setdefault(grant.id, grant.row)


def as_record(grant: Grant) -> dict[str, Any]:
    """A grant as a record of 360Giving, with what else its own file said of it."""
    record: dict[str, Any] = {
        "id": grant.id,
        "title": grant.title,
        "description": grant.about or grant.title,
        "currency": grant.currency,
        "amountAwarded": _number(grant.amount),
    }
    if grant.day is not None:
        record["awardDate"] = grant.day.isoformat()
    planned = {"startDate": _iso(grant.starts), "endDate": _iso(grant.ends)}
    if grant.starts or grant.ends:
        record["plannedDates"] = [{key: value for key, value in planned.items() if value}]
    record["recipientOrganization"] = [_organisation(grant.recipient)]
    if grant.payer is not None:
        record["fundingOrganization"] = [_organisation(grant.payer)]
    programme = {"code": grant.programme, "title": grant.programme_title}
    if grant.programme or grant.programme_title:
        record["grantProgramme"] = [{key: value for key, value in programme.items() if value}]
    if grant.places:
        record["beneficiaryLocation"] = [{"geoCode": code} for code in grant.places]
    merged: dict[str, Any] = _merged(record, grant.given)
    return merged


def _iso(period: str) -> str:
    """A period as 360Giving writes dates: a day, a month or a year; a longer one by its start."""
    return period.partition("/")[0]


def _organisation(party: Party) -> dict[str, str]:
    record = {"id": as_id(party.identifiers, party.name), "name": party.name}
    for scheme, name in (("GB-COH", "companyNumber"), ("GB-CHC", "charityNumber")):
        if scheme in party.identifiers:
            record[name] = party.identifiers[scheme]
    return record


def _plain(record: Any) -> Any:
    """A record with numbers in one form, so that 10, 10.0 and '10' are alike where it is equal."""
    if not isinstance(record, dict):
        return record
    plain = dict(record)
    try:
        amount = float(record["amountAwarded"])
    except (KeyError, TypeError, ValueError):
        return plain
    plain["amountAwarded"] = _number(amount)
    return plain


def _number(amount: float) -> float:
    """An amount without a point where it is whole."""
    return int(amount) if float(amount).is_integer() else amount


def beyond(whole: Any, part: Any) -> Any:
    """What a record says that another does not, so that merging the two gives the first."""
    if isinstance(whole, Mapping):
        of = part if isinstance(part, Mapping) else {}
        return {
            key: beyond(value, of.get(key)) for key, value in whole.items() if value != of.get(key)
        }
    if isinstance(whole, list) and isinstance(part, list) and len(whole) >= len(part):
        return [
            {} if one == other else beyond(one, other) for one, other in zip_longest(whole, part)
        ]
    return whole


def _merged(record: Any, given: Any) -> Any:
    if isinstance(record, Mapping) and isinstance(given, Mapping):
        merged = {key: _merged(value, given[key]) if key in given else value
                  for key, value in record.items()}  # fmt: skip
        return merged | {key: value for key, value in given.items() if key not in record}
    if isinstance(record, list) and isinstance(given, list) and len(given) >= len(record):
        return [
            two if one is None else _merged(one, two) for one, two in zip_longest(record, given)
        ]
    return given
