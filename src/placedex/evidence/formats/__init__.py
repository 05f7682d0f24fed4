"""The words of a file, one module for each format."""

from placedex.evidence.formats.content import Content, Progress, Told
from placedex.evidence.formats.kind import FORMATS, Format, format_of

__all__ = ["FORMATS", "Content", "Format", "Progress", "Told", "format_of"]
