"""Claims as records: one flat row for each, with the keys of the marked examples."""

from placedex.evidence.claim import Claim
from placedex.evidence.document import Document

Record = dict[str, object]


def to_jsonl_record(claim: Claim, document: Document) -> Record:
    """A claim as a flat record: percentages as 46, money in its currency, places as codes."""
    place = claim.place
    return {
        "document": document.file,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.words,
        "measure": claim.measure,
        "value": _plain(claim.value),
        "high": None if claim.high is None else _plain(claim.high),
        "unit": claim.unit,
        "place": place.code if place else None,
        "period": claim.period,
        "modality": claim.modality.value,
        "bound": claim.bound,
        "place_name": place.name if place else None,
        "place_candidates": list(place.candidates) if place else [],
    }


def _plain(value: float) -> float | int:
    """A whole number without its idle decimal."""
    return int(value) if value == int(value) and abs(value) < 1e15 else value
