"""What a document says."""

from placedex.evidence.about import About, read_about
from placedex.evidence.claim import Claim, Modality, PlaceNamed, Span
from placedex.evidence.desk import Desk, OnDesk
from placedex.evidence.document import Document, Page
from placedex.evidence.elsewhere import Elsewhere, read_elsewhere
from placedex.evidence.extract import extract
from placedex.evidence.extracting.gazetteer import Gazetteer
from placedex.evidence.mask import Masked, mask, mask_passage, names_in
from placedex.evidence.mend import FIELDS, mend, said_of
from placedex.evidence.reading import read_document
from placedex.evidence.records import to_jsonl_record
from placedex.evidence.review import (
    Carried,
    Review,
    Reviewed,
    State,
    add_claims,
    begin_review,
    carry_over,
)
from placedex.evidence.review_file import read_review, review_path, write_review
from placedex.evidence.score import Marked, Score, read_marked, score
from placedex.evidence.sentences import Passage, passage, sentences

__all__ = [
    "FIELDS",
    "About",
    "Carried",
    "Claim",
    "Desk",
    "Document",
    "Elsewhere",
    "Gazetteer",
    "Marked",
    "Masked",
    "Modality",
    "OnDesk",
    "Page",
    "Passage",
    "PlaceNamed",
    "Review",
    "Reviewed",
    "Score",
    "Span",
    "State",
    "add_claims",
    "begin_review",
    "carry_over",
    "extract",
    "mask",
    "mask_passage",
    "mend",
    "names_in",
    "passage",
    "read_about",
    "read_document",
    "read_elsewhere",
    "read_marked",
    "read_review",
    "review_path",
    "said_of",
    "score",
    "sentences",
    "to_jsonl_record",
    "write_review",
]
