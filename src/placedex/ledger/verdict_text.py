"""A text checked: each of its figures with its verdict, by figures, other documents and itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placedex.evidence import Claim, Document, Gazetteer, extract, passage
from placedex.ledger.verdict import Told
from placedex.ledger.verdict_folder import terms_in, told_in
from placedex.ledger.verdict_judge import Judged, judge
from placedex.observations import Observations


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with the verdict of each of its claims, in the order of the text."""

    document: Document
    judged: Judged


def check_document(
    document: Document, observations: Observations, *, documents: Path, day: date
) -> Checked:
    """The verdict of every claim of a document, by figures and by a folder of other documents.

    A document without a day of its own is checked as said on `day`.
    """
    claims = extract(document, Gazetteer.of(observations.register))
    told = [_told(document, claims, number, day=day) for number in range(len(claims))]
    beside = [
        one for one in told_in(documents, observations.register) if one.document != document.code
    ]
    terms = terms_in(documents, observations.catalogue)
    return Checked(document, judge(told, observations, beside=beside, terms=terms))


def _told(document: Document, claims: Sequence[Claim], number: int, *, day: date) -> Told:
    """A claim with the words around it, up to the claims beside it in its sentence."""
    claim = claims[number]
    around = passage(document, claim.span)
    start, end = around.start, around.start + len(around.words)
    if number:
        start = max(start, min(claims[number - 1].span.end, claim.span.start))
    if number + 1 < len(claims):
        end = min(end, max(claims[number + 1].span.start, claim.span.end))
    return Told(
        claim,
        document=document.code,
        # A file that has no title bears its name, which tells a reader nothing.
        title="" if document.title == Path(document.file).stem else document.title,
        publisher=document.publisher,
        published=document.published or day,
        address=document.address,
        place=document.place,
        page=document.page_of(claim.span.start),
        near=document.text[start:end],
        sentence=around.words,
    )
