"""What a document says."""

from placedex.evidence.claim import Claim, Modality, PlaceNamed, Span
from placedex.evidence.document import Document, Page

__all__ = ["Claim", "Document", "Modality", "Page", "PlaceNamed", "Span"]
