"""`placedex claims extract`: every figure that a document states."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from placedex.cli.printed import Sheet, put, rows_as_csv

if TYPE_CHECKING:
    from placedex.evidence import Claim, Document
    from placedex.places import Register

Format = Literal["table", "jsonl", "csv"]


def extract(
    document: Path,
    *,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    place: Annotated[str | None, Parameter(name="--place")] = None,
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print every statistical claim of DOCUMENT: its words, value, unit, place, period, modality.

    Parameters
    ----------
    document
        A file to read.
    format
        table to read; jsonl for a JSON object on each line; csv for a row for each claim.
    place
        The code or the name of the place that the document means by "the region".
    output
        Write to this file instead of standard output.
    """
    from placedex.evidence import Gazetteer, extract, read_document, to_jsonl_record
    from placedex.places import bundled_register

    register = bundled_register()
    read = read_document(document)
    if place is not None:
        read = replace(read, place=register.find(place).code)
    claims = extract(read, Gazetteer.of(register))
    records = [to_jsonl_record(claim, read) for claim in claims]
    if format == "jsonl":
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        put("".join(f"{line}\n" for line in lines), output)
    elif format == "csv":
        flat = [one | {"place_candidates": " ".join(_texts(one))} for one in records]
        put(rows_as_csv(flat), output)
    else:
        put(_table(read, claims, register), output)


def _texts(record: dict[str, object]) -> list[str]:
    candidates = record["place_candidates"]
    return [str(one) for one in candidates] if isinstance(candidates, list) else []


def _table(document: "Document", claims: Sequence["Claim"], register: "Register") -> str:
    sheet = Sheet()
    sheet.table(
        f"{document.file}: {len(claims)} claims",
        {
            "page": True,
            "words": False,
            "value": True,
            "unit": False,
            "place": False,
            "period": False,
            "meant as": False,
        },
        (
            (
                str(document.page_of(claim.span.start)),
                " ".join(claim.words.split()),
                _value(claim),
                claim.unit,
                _place(claim, register),
                claim.period or "-",
                claim.modality.value,
            )
            for claim in claims
        ),
    )
    return sheet.text()


def _value(claim: "Claim") -> str:
    high = "" if claim.high is None else f" to {claim.high:,.12g}"
    return f"{claim.value:,.12g}{high}"


def _place(claim: "Claim", register: "Register") -> str:
    place = claim.place
    if place is None:
        return "-"
    if place.code is None:
        choices = f": {', '.join(place.candidates)}" if place.candidates else ""
        return f"{place.name} (ambiguous{choices})"
    found = register[place.code]
    return f"{found.name} ({found.kind}, {found.code})"
