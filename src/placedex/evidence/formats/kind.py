"""Which format a file is in: by its suffix, held against how its bytes begin."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from placedex.errors import UnreadableDocument
from placedex.evidence.formats.content import Content, Told
from placedex.evidence.formats.html import read_html
from placedex.evidence.formats.pdf import read_pdf
from placedex.evidence.formats.plain import read_markdown, read_text
from placedex.evidence.formats.word import read_word

PLAIN, HTML, PDF, ZIP = "a text", "an HTML page", "a PDF", "a zip file, as a DOCX is"
_PDF_WITHIN = 1024
_BEGINNINGS = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0", "an old Word document or one with a password"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
_HTML = re.compile(rb"(\xef\xbb\xbf)?\s*(<!--.*?-->\s*)*<(!doctype\s+html|html[\s>])", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it begins, and what reads it."""

    begins: str
    read: Callable[[bytes, Told], Content]


FORMATS = {
    ".txt": Format(PLAIN, lambda content, told: read_text(content, file=told.file)),
    ".md": Format(PLAIN, lambda content, told: read_markdown(content, file=told.file)),
    ".html": Format(HTML, lambda content, told: read_html(content, file=told.file)),
    ".htm": Format(HTML, lambda content, told: read_html(content, file=told.file)),
    ".pdf": Format(
        PDF,
        lambda content, told: read_pdf(
            content, file=told.file, pictures=told.pictures, progress=told.progress
        ),
    ),
    ".docx": Format(ZIP, lambda content, told: read_word(content, file=told.file)),
}


def format_of(file: str, content: bytes) -> Format:
    """The format of a file, by its name's suffix.

    Errors: UnreadableDocument if the suffix is not known, or the bytes are of something else.
    """
    suffix = f".{file.rpartition('.')[2].lower()}" if "." in file else ""
    known = FORMATS.get(suffix)
    if known is None:
        raise UnreadableDocument(
            f"{file} has the suffix '{suffix}'" if suffix else f"{file} has no suffix",
            f"a document that ends in {', '.join(FORMATS)}",
            "Save it as one of these, or give it the suffix of what it is.",
        )
    met = _begins(content)
    # A part of an HTML page may begin with anything.
    if met != known.begins and not (known.begins == HTML and met == PLAIN):
        raise UnreadableDocument(
            f"{file} ends in {suffix} but begins like {met}",
            f"{known.begins} in a file that ends in {suffix}",
            "Give it the suffix of what it is, or fetch it again.",
        )
    return known


def _begins(content: bytes) -> str:
    for beginning, words in _BEGINNINGS:
        if content.startswith(beginning):
            return words
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    return HTML if _HTML.match(content[:4096]) else PLAIN
