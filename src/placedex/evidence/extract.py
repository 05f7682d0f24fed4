"""Claims from a document's text: every figure that it states, by rules alone."""

from placedex.evidence.claim import Claim
from placedex.evidence.document import Document
from placedex.evidence.extracting.figures import Figure, figures
from placedex.evidence.extracting.gazetteer import Gazetteer
from placedex.evidence.extracting.reading_of import Reading
from placedex.evidence.extracting.sentence_claims import claims_of


def extract(document: Document, gazetteer: Gazetteer) -> tuple[Claim, ...]:
    """Every figure that a document states, in reading order; none overlaps another.

    The same text gives the same claims: there is no model and no chance.
    """
    reading = Reading(document, gazetteer)
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures(reading):
        by_sentence.setdefault(figure.sentence, []).append(figure)
    return tuple(
        claim
        for number in sorted(by_sentence)
        for claim in claims_of(reading, number, by_sentence[number])
    )
