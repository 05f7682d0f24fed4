"""What is said, kept: documents, claims and ledger in the database of a build."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import duckdb

from placedex.evidence import Claim
from placedex.ledger import Cites, Ledger, Programme, Target
from placedex.store import insert_rows
from placedex.workspace.said import Said

Row = tuple[object, ...]

# Which fields of which entries stand in which table, in the order of its columns.
_PLAIN = {
    "organisation": (
        "organisations",
        "code name kind also roles identifiers website place part_of",
    ),
    "programme": (
        "programmes",
        "code name kind also about stage starts ends places lead partners themes part_of",
    ),
    "partnership": ("partnerships", "code name kind programme starts ends"),
    "site": ("sites", "code name kind place host partners programme offers website"),
    "event": ("events", "code name kind when repeats place held_by programme"),
    "support_offer": (
        "support",
        "code name by gives needs programme sizes least_age most_age industries places comes_from "
        "opens closes ask website",
    ),
    "award": (
        "awards",
        "code recipient amount currency day programme title payer place subsidy",
    ),
}
_MONEY = "code amount high bound currency prices state head year payer payee place part_of"
_OUTPUT = "code measure unit value high bound state period place"


def keep_said(connection: duckdb.DuckDBPyConnection, said: Said) -> None:
    """Write documents, claims and ledger into a database that has their tables."""
    insert_rows(connection, "document", list(_documents(said)))
    insert_rows(connection, "claim", [*_claims(said), *_elsewhere(said)])
    ledger = said.ledger
    for table, (kind, names) in _PLAIN.items():
        entries = getattr(ledger, kind).values()
        insert_rows(connection, table, [_cells(one, names.split()) for one in entries])
    programmes = tuple(ledger.programmes.values())
    insert_rows(connection, "money", _parts(programmes, "money", _MONEY))
    insert_rows(connection, "output", _parts(programmes, "outputs", _OUTPUT))
    insert_rows(connection, "target", [_target(one) for one in ledger.targets.values()])
    members = [
        (one.code, member)
        for one in ledger.partnerships.values()
        for member in dict.fromkeys(one.members)
    ]
    insert_rows(connection, "member", members)
    insert_rows(connection, "citation", list(_citations(ledger)))


def _documents(said: Said) -> Iterator[Row]:
    for one in said.documents:
        about = one.about
        yield (
            about.code,
            one.title,
            about.publisher,
            about.published,
            about.address,
            about.file,
            one.review.sha256 or about.sha256,
            about.place,
            len(one.document.text) if one.document is not None else None,
        )


def _claims(said: Said) -> Iterator[Row]:
    for code, (one, reviewed) in said.claims.items():
        claim = reviewed.claim
        yield (
            "claim",
            code,
            one.about.code,
            reviewed.state.value,
            *_claim(claim),
            reviewed.figure,
            claim.figure.start,
            claim.figure.end,
            reviewed.page,
            one.title,
            one.about.publisher,
            one.about.address,
            str(one.about.published or ""),
            reviewed.note,
        )


def _elsewhere(said: Said) -> Iterator[Row]:
    for one in said.elsewhere:
        yield (
            "source",
            one.code,
            None,
            "published",
            *_claim(one.claim),
            "",
            None,
            None,
            None,
            one.title,
            one.publisher,
            one.address,
            one.published,
            one.note,
        )


def _claim(claim: Claim) -> Row:
    place = claim.place
    return (
        claim.measure,
        claim.value,
        claim.high,
        claim.bound,
        claim.unit,
        claim.prices,
        place.code if place is not None else None,
        place.name if place is not None else None,
        list(place.candidates) if place is not None else [],
        claim.period,
        claim.modality.value,
        claim.comparator,
        claim.population,
    )


def _cells(entry: Any, names: Sequence[str]) -> Row:
    return tuple(_cell(getattr(entry, name)) for name in names)


def _cell(value: Any) -> object:
    if isinstance(value, tuple):
        return list(value)
    return json.dumps(dict(value)) if hasattr(value, "items") else value


def _parts(programmes: Iterable[Programme], kind: str, names: str) -> list[Row]:
    return [
        (programme.code, *_cells(part, names.split()))
        for programme in programmes
        for part in getattr(programme, kind)
    ]


def _target(target: Target) -> Row:
    measure, base = target.measure, target.baseline
    return (
        target.code,
        target.name,
        target.place,
        json.dumps(asdict(measure)) if measure is not None else None,
        measure.indicator if measure is not None else "",
        measure.unit if measure is not None else "",
        target.value,
        target.high,
        target.bound,
        target.change,
        target.by,
        base.value if base is not None else None,
        base.period if base is not None else "",
        target.promised_by,
        target.programme,
    )


def _citations(ledger: Ledger) -> Iterator[Row]:
    tables = {kind: table for table, (kind, _) in _PLAIN.items()} | {"targets": "target"}
    for kind, table in tables.items():
        for code, entry in getattr(ledger, kind).items():
            yield from _cited(table, code, entry.cites)
    for programme in ledger.programmes.values():
        for table, kind in (("money", "money"), ("output", "outputs")):
            for part in getattr(programme, kind):
                # Without citations of its own a part rests on those of its programme.
                cites = (
                    part.cites if part.cites.by_field else Cites({"all": programme.cites.of(kind)})
                )
                yield from _cited(table, f"{programme.code}/{part.code}", cites)


def _cited(table: str, code: str, cites: Cites) -> Iterator[Row]:
    for field, listed in cites.by_field.items():
        for one in listed:
            yield (table, code, field, one.kind, one.code, one.start, one.end)
