"""Verdicts as records for programs and as schema.org's ClaimReview."""

import json
from datetime import date

from placedex.ledger.verdict_judge import judge
from placedex.ledger.verdict_record import RATINGS, pair_record, to_claim_review, to_record
from placedex.observations import Observations
from tests.ledger.verdict.told import IN_COMBINED, authority, claim, techuk

GIGABIT = authority(
    claim("over 94% of premises passed for gigabit broadband", 94, "percent", place=IN_COMBINED,
          bound="over")
)  # fmt: skip


def test_a_claim_review_has_what_schema_org_asks_and_explains_its_scale(
    figures: Observations,
) -> None:
    verdict = judge([GIGABIT], figures).verdicts[0]

    review = to_claim_review(
        verdict, day=date(2026, 7, 1), author="placedex", url="https://example.org/claims#1"
    )

    assert json.loads(json.dumps(review)) == review
    assert review["@context"] == "https://schema.org"
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == GIGABIT.claim.words
    assert review["datePublished"] == "2026-07-01"
    assert review["url"] == "https://example.org/claims#1"
    assert review["author"] == {"@type": "Organization", "name": "placedex"}
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "West Midlands Combined Authority"},
        "datePublished": "2024-02-19",
        "appearance": {
            "@type": "CreativeWork",
            "name": "Reboot for West Midlands digital plan",
            "url": GIGABIT.address,
        },
    }
    rating = review["reviewRating"]
    assert isinstance(rating, dict)
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (1, 5, 1)
    assert rating["alternateName"] == "contradicted"
    assert "Scale: placedex: 5 confirmed" in rating["ratingExplanation"]


def test_what_cannot_be_compared_has_a_name_and_no_number(figures: Observations) -> None:
    told = techuk(claim("5G coverage is 97.1%", 97.1, "percent", place=IN_COMBINED))
    verdict = judge([told], figures).verdicts[0]

    rating = to_claim_review(verdict, day=date(2026, 7, 1), author="placedex", url="#1")[
        "reviewRating"
    ]

    assert verdict.word not in RATINGS
    assert isinstance(rating, dict)
    assert rating["alternateName"] == "not comparable"
    assert "ratingValue" not in rating


def test_an_address_that_could_run_is_no_address_in_a_review(figures: Observations) -> None:
    from dataclasses import replace

    told = replace(GIGABIT, address="javascript:alert(1)")
    verdict = judge([told], figures).verdicts[0]

    review = to_claim_review(verdict, day=date(2026, 7, 1), author="placedex", url="#1")

    assert "javascript" not in json.dumps(review)


def test_words_of_the_document_pass_through_what_makes_them_fit_to_be_shown(
    figures: Observations,
) -> None:
    told = [
        techuk(claim("£1.35m", 1.35e6, "GBP", measure="won by Jane Roe")),
        techuk(claim("£1.3m", 1.3e6, "GBP", measure="won by Jane Roe")),
    ]
    judged = judge(told, figures)

    def shown(words: str) -> str:
        return words.replace("Jane Roe", "[name]")

    records = [to_record(one, shown=shown) for one in judged.verdicts]
    records += [pair_record(one, shown=shown) for one in judged.pairs]
    records += [
        to_claim_review(one, day=date(2026, 7, 1), author="placedex", url="#1", shown=shown)
        for one in judged.verdicts
    ]

    assert len(judged.pairs) == 1
    assert "Jane Roe" not in json.dumps(records)
