"""DOCX: paragraphs, tables and notes in their order, as the document stands with its changes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from placedex.errors import UnreadableDocument
from placedex.evidence.formats.content import Content

# A document of a thousand pages is far below this, a zip bomb far above.
MOST_BYTES = 200_000_000
MOST_PARTS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
# What was struck out, what a field is reckoned from, and the same words a second time.
_UNSEEN = frozenset(
    (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}sectPr", _FALLBACK)
)
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "",
}
_MARKED_UP = (b"<!DOCTYPE", b"<!ENTITY")


def read_word(content: bytes, *, file: str) -> Content:
    """Paragraphs on their lines, rows of tables with tabs between cells, then foot- and endnotes.

    Words put in by a tracked change are read, words struck out are not. Headers and footers are
    left out: they say the same on every page.

    Errors: UnreadableDocument if it is no DOCX, is damaged, would unpack to more than 200 MB, or
            declares entities.
    """
    _look_inside(content, file)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(content))
        blocks = [*_blocks(document.element.body)]
        for part in sorted(document.part.package.iter_parts(), key=lambda part: part.partname):
            if part.partname in _NOTES:
                blocks += _notes(part.blob)
    except (OpcError, LxmlError, KeyError, ValueError, zipfile.BadZipFile) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise _no_word(file, f"has no readable Word document in it ({why})") from None
    return Content("\n\n".join(block for block in blocks if block.strip()), title=_title(document))


def _look_inside(content: bytes, file: str) -> None:
    """Refuse what must not be unpacked, before it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if size > MOST_BYTES or len(entries) > MOST_PARTS:
                raise UnreadableDocument(
                    f"{file} would unpack to {size / 1e6:,.0f} MB in {len(entries):,} parts",
                    f"a document of at most {MOST_BYTES / 1e6:,.0f} MB in {MOST_PARTS:,} parts",
                    "If you trust it, take its pictures out and save it again.",
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    part = archive.read(entry)
                    if any(mark in part for mark in _MARKED_UP):
                        raise _no_word(file, f"declares entities in {entry.filename}")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise _no_word(file, f"is a damaged zip file ({error})") from None


def _no_word(file: str, met: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{file} {met}", "a DOCX as Word saves it", "Open it in Word and save it again as DOCX."
    )


def _title(document: Any) -> str:
    try:
        return str(document.core_properties.title or "").strip()
    except (KeyError, ValueError):
        return ""


def _blocks(parent: Any) -> Iterator[str]:
    """The paragraphs and tables below an element, in order."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield "".join(_words(child))
        elif child.tag == f"{_W}tbl":
            yield "\n".join(_row(row) for row in child.iter(f"{_W}tr"))
        elif child.tag not in _UNSEEN:
            yield from _blocks(child)


def _row(row: Any) -> str:
    cells = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
    return "\t".join(" ".join(" ".join(_blocks(cell)).split()) for cell in cells)


def _words(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_W}p":
            # A paragraph within a paragraph stands in a box of its own.
            yield f"\n{''.join(_words(child))}\n"
        elif child.tag not in _UNSEEN:
            yield from _words(child)


def _notes(blob: bytes) -> Iterator[str]:
    """The notes of a part; not the lines that separate them from the page."""
    from docx.oxml.parser import parse_xml

    for note in parse_xml(blob):
        if note.get(f"{_W}type") in (None, "normal"):
            yield " ".join(_blocks(note)).strip()
