"""What a document says."""

from placedex.evidence.about import About, read_about
from placedex.evidence.claim import Claim, Modality, PlaceNamed, Span
from placedex.evidence.document import Document, Page
from placedex.evidence.mask import Masked, mask, mask_passage, names_in
from placedex.evidence.reading import read_document
from placedex.evidence.sentences import Passage, passage, sentences

__all__ = [
    "About",
    "Claim",
    "Document",
    "Masked",
    "Modality",
    "Page",
    "Passage",
    "PlaceNamed",
    "Span",
    "mask",
    "mask_passage",
    "names_in",
    "passage",
    "read_about",
    "read_document",
    "sentences",
]
