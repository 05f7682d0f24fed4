"""Claims made for tests, as the documents state them, with what is known of each document."""

from dataclasses import replace
from datetime import date
from typing import Any

from placedex.evidence import Claim, Modality, PlaceNamed, Span
from placedex.ledger.verdict import Told

REGION, COMBINED, COUNTY = "E12000005", "E47000007", "E11000005"
UK, BIRMINGHAM = "K02000001", "E08000025"
IN_REGION = PlaceNamed("West Midlands", REGION)
IN_COMBINED = PlaceNamed("West Midlands", COMBINED)
IN_EITHER = PlaceNamed("West Midlands", None, (REGION, COMBINED, COUNTY))
IN_UK = PlaceNamed("United Kingdom", UK)
IN_BIRMINGHAM = PlaceNamed("Birmingham", BIRMINGHAM)


def claim(words: str, value: float, unit: str, **told: Any) -> Claim:
    """A claim whose words are its figure with its noun; without a measure the words tell it."""
    span = Span(0, len(words))
    given: dict[str, Any] = {"measure": words, "modality": Modality.ACTUAL} | told
    return replace(Claim("x.txt", span, words, span, "", value, unit, Modality.ACTUAL), **given)


def agency(one: Claim) -> Told:
    """A claim of the regional development agency's page, whose day nobody knows."""
    return Told(one, "awm-ict", "ICT in the West Midlands", "Advantage West Midlands")


def authority(one: Claim) -> Told:
    """A claim of the combined authority's press release of 19 February 2024."""
    return Told(
        one,
        "wmca-digital-plan",
        "Reboot for West Midlands digital plan",
        "West Midlands Combined Authority",
        date(2024, 2, 19),
        "https://www.wmca.org.uk/news/reboot-for-west-midlands-digital-plan/",
        COMBINED,
    )


def techuk(one: Claim) -> Told:
    """A claim of techUK's case study of 3 December 2024."""
    return Told(one, "techuk-case-study", "Local Digital Index 2024", "techUK", date(2024, 12, 3))


def speech(one: Claim, day: date | None = None) -> Told:
    """A claim of a text that somebody pasted, said on a day or today."""
    return Told(one, "text", published=day)
