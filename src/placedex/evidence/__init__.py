"""What a document says."""

from placedex.evidence.about import About, read_about
from placedex.evidence.claim import Claim, Modality, PlaceNamed, Span
from placedex.evidence.document import Document, Page
from placedex.evidence.reading import read_document

__all__ = [
    "About",
    "Claim",
    "Document",
    "Modality",
    "Page",
    "PlaceNamed",
    "Span",
    "read_about",
    "read_document",
]
