"""Verdicts as records: plain ones for programs, and schema.org's ClaimReview."""

from collections.abc import Callable
from datetime import date

from placedex.ledger.verdict import Against, Told, Verdict, Word
from placedex.ledger.verdict_documents import Pair

Record = dict[str, object]
Shown = Callable[[str], str]

# Where a verdict stands between what is wrong and what is right; two say nothing of either.
RATINGS = {
    Word.CONFIRMED: 5,
    Word.ROUNDED: 4,
    Word.SUPERSEDED: 3,
    Word.CONFLICTS: 2,
    Word.CONTRADICTED: 1,
    Word.INCONSISTENT: 1,
}
SCALE = (
    "placedex: 5 confirmed (rounds to the published figure); 4 rounded otherwise; 3 superseded "
    "(true when it was said, newer now); 2 conflicts with another document; 1 contradicted, or "
    "internally inconsistent. Not comparable and unknown have no number."
)


def to_record(verdict: Verdict, *, shown: Shown = str) -> Record:
    """A verdict as plain content; `shown` makes words of the document fit to be shown."""
    claim, safe = verdict.claim, verdict.safe
    place = claim.place
    return {
        "words": shown(claim.words),
        "start": claim.span.start,
        "end": claim.span.end,
        "measure": shown(claim.measure),
        "value": claim.value,
        "high": claim.high,
        "unit": claim.unit,
        "bound": claim.bound,
        "place": place.code if place else None,
        "place_name": shown(place.name) if place else None,
        "place_candidates": list(place.candidates) if place else [],
        "period": claim.period,
        "modality": claim.modality.value,
        "document": verdict.told.document,
        "source": verdict.told.source,
        "address": verdict.told.address,
        "verdict": verdict.word.value,
        "working": shown(verdict.working),
        "findings": [
            {
                "verdict": one.word.value if one.word else None,
                "working": shown(one.working),
                "reasons": [shown(reason) for reason in one.reasons],
                "against": [_against(held, shown) for held in one.against],
            }
            for one in verdict.findings
        ],
        "safe": {
            "sentence": shown(safe.sentence),
            "source": shown(safe.source),
            "caveat": shown(safe.caveat),
            "until": safe.until,
        },
    }


def pair_record(pair: Pair, *, shown: Shown = str) -> Record:
    """Two claims side by side as plain content."""
    return {
        "kind": pair.kind.value,
        "words": shown(pair.words),
        "reasons": [shown(reason) for reason in pair.reasons],
        "one": _side(pair.one, shown),
        "other": _side(pair.other, shown),
    }


def to_claim_review(
    verdict: Verdict, *, day: date, author: str, url: str, shown: Shown = str
) -> Record:
    """A verdict as a ClaimReview of schema.org, with our scale explained beside its rating.

    Not comparable and unknown bear a name and no number, since they say nothing of true or false.
    """
    rating: Record = {"@type": "Rating", "alternateName": verdict.word.value}
    if verdict.word in RATINGS:
        rating |= {"ratingValue": RATINGS[verdict.word], "bestRating": 5, "worstRating": 1}
    rating["ratingExplanation"] = f"{shown(verdict.working)} Scale: {SCALE}"
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": shown(verdict.claim.words or verdict.claim.measure),
        "itemReviewed": _item(verdict.told),
        "author": {"@type": "Organization", "name": author},
        "datePublished": day.isoformat(),
        "url": url,
        "reviewRating": rating,
        "reviewBody": shown(str(verdict.safe)),
    }


def _item(told: Told) -> Record:
    """What was reviewed: the claim with who made it and where it appears."""
    item: Record = {"@type": "Claim"}
    if told.publisher:
        item["author"] = {"@type": "Organization", "name": told.publisher}
    if told.published is not None:
        item["datePublished"] = told.published.isoformat()
    work: Record = {"@type": "CreativeWork", "name": told.title or told.document}
    if told.address.startswith(("https://", "http://")):
        work["url"] = told.address
    item["appearance"] = work
    return item


def _side(told: Told, shown: Shown) -> Record:
    claim = told.claim
    return {
        "document": told.document,
        "source": told.source,
        "address": told.address,
        "words": shown(claim.words),
        "measure": shown(claim.measure),
        "value": claim.value,
        "unit": claim.unit,
    }


def _against(held: Against, shown: Shown) -> Record:
    return {
        "citation": held.citation,
        "words": shown(held.words),
        "source": shown(held.source),
        "address": held.address,
    }
