"""Claims, numbers and quantities read from text, held against what others marked."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from placedex.evidence import Claim, Document, Gazetteer, Page, extract
from placedex.evidence.extracting.bounds import bound_after, bound_before
from placedex.evidence.extracting.measured import measured
from placedex.evidence.extracting.quantities import Quantity, quantities
from placedex.places import bundled_register
from tests.golden.case import Case, difference
from tests.golden.kinds import Kind

Span = tuple[int, int]

# A case of many sentences passes if this share of them is read exactly.
SENTENCES_RIGHT = 0.9
PUBLISHED_ON = date(2024, 6, 1)
KINDS_OF_CHANCE = {"hypothetical": "potential"}
SHARES = {"share", "relative change"}
LOWEST, HIGHEST = {"more than", "over", "at least"}, {"up to", "less than", "nearly"}
REFERENCE = re.compile(
    r"\(\d+(?:[,–-]\s?\d+)*\)|\bet al\.,? \(?\d{4}"
    r"|\b(?:phases?|Figs?\.?|Table|codes?)\s[\d,\s]+(?:and \d+)?"
)
SIGN = re.compile(r"[<>≤≥∼~≈±]\s?[<>]?$")


def claims_in(sentence: str, gazetteer: Gazetteer) -> tuple[Claim, ...]:
    page = Page(1, 0, len(sentence))
    document = Document("one", "", "", PUBLISHED_ON, "", "one.txt", "", sentence, (page,))
    return extract(document, gazetteer)


def of_claims(case: Case) -> float:
    """How far value, unit, period, place and modality are from those of the marked sentences.

    Shares are marked as 0.12 and are 12 percent here; a change in per cent is percent too; a
    national figure is the United Kingdom's; the year before is that before the day of publication.
    """
    gazetteer = Gazetteer.of(bundled_register())
    sentences = case.inputs["sentences"]
    found = [claims_in(sentence, gazetteer) for sentence in sentences]
    told = [
        {(claim.figure.start, claim.figure.end): _told(claim) for claim in claims}
        for claims in found
    ]
    wanted: list[dict[Span, Any]] = [{} for _ in sentences]
    for one in case.expected["claims"]:
        wanted[one["sent"]][one["start"], one["end"]] = _wanted(one, gazetteer)
    if [set(one) for one in told] != [set(one) for one in wanted]:
        return float("inf")
    return max(
        difference({name: ours[span][name] for name in theirs[span]}, theirs[span])
        for ours, theirs in zip(told, wanted, strict=True)
        for span in theirs
    )


def _told(claim: Claim) -> dict[str, Any]:
    value: Any = claim.value if claim.high is None else [claim.value, claim.high]
    return {
        "value": value,
        "unit": claim.unit,
        "place": claim.place.code if claim.place else None,
        "period": claim.period,
        "modality": claim.modality.value,
    }


def _wanted(one: dict[str, Any], gazetteer: Gazetteer) -> dict[str, Any]:
    told = {name: one[name] for name in ("value", "unit", "modality")}
    if one["unit"] in SHARES:
        told |= {"value": round(one["value"] * 100, 9), "unit": "percent"}
    told["modality"] = KINDS_OF_CHANCE.get(one["modality"], one["modality"])
    if "period" in one:
        before = str(PUBLISHED_ON.year - 1)
        told["period"] = before if one["period"] == "previous year" else one["period"]
    if "place" in one:
        place = "United Kingdom" if one["place"] == "national" else one["place"]
        told["place"] = gazetteer.register.find(place).code
    return told


def of_numbers(case: Case) -> float:
    """How far numbers are from those meant, shares as parts of one, bounds as open ranges."""
    return difference([_number(text) for text in case.inputs["strings"]], case.expected["values"])


def _number(text: str) -> Any:
    (one,) = quantities(text)
    parts = 100 if one.kind == "share" else 1
    if one.high is not None:
        return [one.value / parts, one.high / parts]
    bound = _bound(text, one)
    if bound in LOWEST:
        return [one.value / parts, None]
    return [None, one.value / parts] if bound in HIGHEST else one.value / parts


def _bound(text: str, one: Quantity) -> str | None:
    found = bound_before(text, one.start, floor=0) or bound_after(text, one.end, plus=one.plus)
    return found[0] if found else None


def of_sentences(case: Case) -> float:
    """By how much the share of sentences whose quantities are all right falls short.

    A range is marked by its middle there; names of units are compared without capitals.
    """
    items = case.inputs["items"]
    right = sum(_same(item) for item in items)
    return max(0.0, SENTENCES_RIGHT - right / len(items))


def _same(item: dict[str, Any]) -> bool:
    found = [(one.middle, one.unit.lower()) for one in measured(item["req"])]
    wanted = [(one["value"], one["unit"].lower()) for one in item["res"]]
    return len(found) == len(wanted) and all(
        ours[1] == theirs[1] and difference(ours[0], theirs[0]) <= 1e-9
        for ours, theirs in zip(found, wanted, strict=True)
    )


def of_spans(case: Case) -> float:
    """By how much F1 of spans falls short of the best one published for these documents' kind.

    A span is exact, or overlaps; each has a published F1 of its own.
    """
    documents = {row["docId"]: row["text"] for row in case.table("in_docs")}
    wanted: dict[str, list[Span]] = {name: [] for name in documents}
    for row in case.table("in_annotations"):
        if row["annotType"] == "Quantity":
            wanted[row["docId"]].append((int(row["startOffset"]), int(row["endOffset"])))
    found = {name: list(_spans(text)) for name, text in documents.items()}
    both = sum(map(len, found.values())) + sum(map(len, wanted.values()))
    exact = sum(len(set(found[name]) & set(wanted[name])) for name in documents)
    near = sum(_overlapping(found[name], wanted[name]) for name in documents)
    best: dict[str, float] = {
        name: max(score[name][2] for key, score in case.expected.items() if key.startswith("base"))
        for name in ("exact", "overlap")
    }
    return max(0.0, best["exact"] - 2 * exact / both, best["overlap"] - 2 * near / both)


def _spans(text: str) -> Iterator[Span]:
    """Where quantities stand, with the sign or the word that bounds them; references are none."""
    apart = [one.span() for one in REFERENCE.finditer(text)]
    for one in measured(text):
        if any(start <= one.start < end for start, end in apart):
            continue
        sign = SIGN.search(text, max(0, one.start - 4), one.start)
        bound = bound_before(text, one.start, floor=0)
        yield (sign.start() if sign else bound[1] if bound else one.start), one.end


def _overlapping(ours: list[Span], theirs: list[Span]) -> int:
    left, right = list(ours), 0
    for other in theirs:
        near = next((one for one in left if one[0] < other[1] and other[0] < one[1]), None)
        if near is not None:
            left.remove(near)
            right += 1
    return right


KINDS = (
    Kind("G01", of_claims, inputs=("sentences",), expected=("claims",)),
    Kind("G02", of_spans, tables=("in_docs", "in_annotations")),
    Kind("G03", of_sentences, inputs=("items",)),
    Kind("G04", of_numbers, inputs=("strings",), expected=("values",)),
)
