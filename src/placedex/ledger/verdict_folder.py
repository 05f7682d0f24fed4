"""What a folder of documents holds for verdicts: reviewed claims, figures from elsewhere, terms."""

from pathlib import Path

from placedex.evidence import State, read_about, read_review
from placedex.ledger.verdict import Told
from placedex.ledger.verdict_elsewhere import read_elsewhere
from placedex.ledger.verdict_terms import Terms, bundled_terms, read_terms
from placedex.observations import Catalogue
from placedex.places import Register

FOLDER, REVIEWS, ELSEWHERE, TERMS = "documents", "claims", "elsewhere.csv", "terms.yaml"


def told_in(folder: Path, register: Register) -> tuple[Told, ...]:
    """Every claim in a folder of documents: those that were reviewed, and those from elsewhere.

    Claims that a person rejected are none. A folder that is not there holds none.
    Errors: whatever is wrong with documents.yaml, a review or elsewhere.csv.
    """
    about = {one.code: one for one in read_about(folder).values()}
    told: list[Told] = []
    for path in sorted((folder / REVIEWS).glob("*.yaml")):
        review = read_review(path)
        known = about.get(review.document)
        told += [
            Told(
                one.claim,
                document=review.document,
                title=known.title if known else "",
                publisher=known.publisher if known else "",
                published=known.published if known else None,
                address=known.address if known else "",
                place=known.place if known else "",
                page=one.page,
            )
            for one in review.claims
            if one.state is not State.REJECTED
        ]
    if (folder / ELSEWHERE).is_file():
        told += read_elsewhere(folder / ELSEWHERE, register)
    return tuple(told)


def terms_in(folder: Path, catalogue: Catalogue) -> Terms:
    """What words mean in a workspace: the bundled terms, and those of its own terms.yaml.

    Errors: BadWorkspace if a term means what no measure is.
    """
    path = folder / TERMS
    if not path.is_file():
        return bundled_terms()
    return read_terms(path, catalogue=catalogue, known=bundled_terms())
