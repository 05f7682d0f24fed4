"""Reviews as files that git can hold: one for each document, the same bytes for the same review."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from ruamel.yaml import YAML

from placedex.errors import BadWorkspace
from placedex.evidence.claim import Claim, Modality, PlaceNamed, Span
from placedex.evidence.review import Review, Reviewed, State
from placedex.store import parse_settings, read_yaml, write_text

FOLDER = "claims"
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
_Number = Annotated[float, Field(allow_inf_nan=False)]
_Offset = Annotated[int, Field(ge=0)]
_EXACT = 10**15


def _period(given: object) -> object:
    """A year or a day as its text: YAML takes 2030 for a number and 2024-02-19 for a date."""
    if isinstance(given, date):
        return given.isoformat()
    return str(given) if type(given) is int else given


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Place(_Strict):
    name: str
    code: str | None = None
    candidates: tuple[str, ...] = ()


class _Claim(_Strict):
    """One claim as the file writes it; `words` are those of the figure alone."""

    code: _Code
    state: State
    words: Annotated[str, StringConstraints(min_length=1)]
    start: _Offset
    end: _Offset
    figure: tuple[_Offset, _Offset]
    page: Annotated[int, Field(ge=1)] = 1
    # A figure may be found of which no rule tells what it is of; a person then says it.
    measure: str = ""
    value: _Number
    high: _Number | None = None
    unit: str = ""
    prices: str = ""
    place: _Place | None = None
    period: Annotated[str | None, BeforeValidator(_period), Field(coerce_numbers_to_str=True)] = (
        None
    )
    comparator: str = ""
    population: str = ""
    modality: Modality
    bound: str | None = None
    note: str = ""
    by: str = ""
    on: date | None = None
    around: Annotated[str, StringConstraints(pattern=r"^[0-9a-f -]*$")] = ""


class _File(_Strict):
    """A document's claims as the file writes them."""

    document: _Code
    file: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    claims: tuple[_Claim, ...] = ()
    lost: tuple[_Claim, ...] = ()


def review_path(folder: Path, code: str) -> Path:
    """Where the review of a document stands in a folder of documents."""
    return folder / FOLDER / f"{code}.yaml"


def read_review(path: Path) -> Review:
    """A review from its file.

    Errors: BadWorkspace with every fault, its file and line: a key that is wrong or missing, a
            claim that ends before it starts, a figure outside its claim, a code met twice.
    """
    content = read_yaml(path)
    faults = _faults(content, path)
    try:
        read = parse_settings(content, _File, path=path)
    except BadWorkspace as error:
        faults += str(error).splitlines()
    if faults:
        raise BadWorkspace("\n".join(sorted(faults, key=_line_of)))
    return Review(
        read.document,
        read.file,
        read.sha256,
        tuple(_made(one, read.file) for one in read.claims),
        tuple(_made(one, read.file) for one in read.lost),
    )


def write_review(review: Review, path: Path) -> None:
    """Write a review whole: claims in the order of the text, keys in one order, none that is empty.

    Only the words of each figure are kept, never the sentence that they stand in.
    """
    content: dict[str, Any] = {
        "document": review.document,
        "file": review.file,
        "sha256": review.sha256,
        "claims": [_entry(one) for one in review.claims],
    }
    if review.lost:
        content["lost"] = [_entry(one) for one in review.lost]
    writer = YAML()
    writer.width = 10_000
    writer.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    writer.dump(content, text)
    write_text(path, text.getvalue())


def _made(one: _Claim, file: str) -> Reviewed:
    place = PlaceNamed(**one.place.model_dump()) if one.place is not None else None
    told = one.model_dump(include={"measure", "value", "high", "unit", "prices", "period"})
    told |= one.model_dump(include={"comparator", "population", "modality", "bound"})
    claim = Claim(
        document=file,
        span=Span(one.start, one.end),
        words=one.words,
        figure=Span(*one.figure),
        place=place,
        **told,
    )
    return Reviewed(
        one.code,
        claim,
        one.state,
        one.words,
        one.page,
        tuple(one.around.split()),
        one.note,
        one.by,
        one.on,
    )


def _entry(one: Reviewed) -> dict[str, Any]:
    claim = one.claim
    entry = {
        "code": one.code,
        "state": one.state.value,
        "note": one.note,
        "by": one.by,
        "on": one.on,
        "words": one.figure,
        "measure": claim.measure,
        "value": _number(claim.value),
        "high": _number(claim.high),
        "unit": claim.unit,
        "prices": claim.prices,
        "place": _place(claim.place),
        "period": claim.period,
        "comparator": claim.comparator,
        "population": claim.population,
        "modality": claim.modality.value,
        "bound": claim.bound,
        "page": one.page,
        "start": claim.span.start,
        "end": claim.span.end,
        "figure": [claim.figure.start, claim.figure.end],
        "around": " ".join(one.around),
    }
    return {key: value for key, value in entry.items() if value not in (None, "")}


def _number(value: float | None) -> float | int | None:
    whole = value is not None and value == int(value) and abs(value) < _EXACT
    return int(value) if whole and value is not None else value


def _place(place: PlaceNamed | None) -> dict[str, Any] | None:
    if place is None:
        return None
    told = {"name": place.name, "code": place.code, "candidates": list(place.candidates)}
    return {key: value for key, value in told.items() if value}


def _faults(content: object, path: Path) -> list[str]:
    """What is wrong between the keys of a claim, or between claims."""
    faults: list[str] = []
    seen: dict[str, int] = {}
    if not isinstance(content, dict):
        return faults
    for key in ("claims", "lost"):
        listed: Any = content.get(key)
        for number, entry in enumerate(listed if isinstance(listed, list) else ()):
            if not isinstance(entry, dict):
                continue
            line = listed.lc.item(number)[0] + 1
            code = str(entry.get("code"))
            if code in seen:
                faults.append(
                    f"{path}, line {line}: the claim '{code}' is in line {seen[code]} too. Wanted "
                    "each code once. Take one out."
                )
            seen.setdefault(code, line)
            faults += [f"{path}, line {line}: {fault}" for fault in _spans(entry)]
    return faults


def _spans(entry: dict[str, Any]) -> list[str]:
    start, end, figure = entry.get("start"), entry.get("end"), entry.get("figure")
    if not (isinstance(start, int) and isinstance(end, int)):
        return []
    if start >= end:
        return [
            f"the claim ends at {end} and starts at {start}. Wanted it to start first. Mend it."
        ]
    if not (isinstance(figure, list) and [type(one) for one in figure] == [int, int]):
        return []
    if not start <= figure[0] < figure[1] <= end:
        return [
            f"the figure stands at {figure[0]} to {figure[1]}, outside the claim. Wanted it within "
            f"{start} to {end}. Mend it."
        ]
    return []


def _line_of(fault: str) -> int:
    match = re.search(r", line (\d+)", fault)
    return int(match[1]) if match else 0
