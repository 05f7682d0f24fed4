"""A document read from its file, whatever its format, with what is known about it."""

import hashlib
from itertools import pairwise
from pathlib import Path

from placedex.errors import UnreadableDocument
from placedex.evidence.about import About, code_of
from placedex.evidence.document import Document, Page
from placedex.evidence.formats import Content, Progress, Told, format_of

# A report of a thousand pages with its pictures is below this.
MOST_BYTES = 200_000_000


def read_document(
    path: Path, *, about: About | None = None, progress: Progress | None = None
) -> Document:
    """A text, Markdown, HTML, PDF or DOCX file as a document; nothing in it is run or fetched.

    What `about` does not say is taken from the file: its title if it has one, else its name.
    `progress` is told how many pages of a PDF are done.

    Errors: UnreadableDocument if it is missing, empty, encrypted, without words, damaged, too
            large, in no known encoding, or something else than its suffix says; and if it is
            another file than the one whose hash `about` tells.
    """
    content = _bytes(path)
    sha256 = hashlib.sha256(content).hexdigest()
    about = about or About(path.name, code_of(path.name))
    if about.sha256 and about.sha256 != sha256:
        raise UnreadableDocument(
            f"{path.name} is another file than it was: its hash is {sha256}",
            about.sha256,
            "Fetch that one, or write the new hash in documents.yaml.",
        )
    read = _read(content, Told(path.name, frozenset(about.pictures), progress))
    return Document(
        code=about.code,
        title=about.title or read.title or path.stem,
        publisher=about.publisher,
        published=about.published,
        address=about.address,
        file=path.name,
        sha256=sha256,
        text=read.text,
        pages=_pages(read),
        place=about.place,
    )


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableDocument(
            f"{path} is {'a folder' if path.is_dir() else 'missing'}",
            "the file of a document",
            "Put it there, or name another.",
        )
    size = path.stat().st_size
    if not 0 < size <= MOST_BYTES:
        raise UnreadableDocument(
            f"{path.name} is empty" if not size else f"{path.name} has {size / 1e6:,.0f} MB",
            f"a document of at most {MOST_BYTES / 1e6:,.0f} MB with words in it",
            "Look whether it was fetched whole." if not size else "Take its pictures out.",
        )
    return path.read_bytes()


def _read(content: bytes, told: Told) -> Content:
    read = format_of(told.file, content).read(content, told)
    if not read.text.strip():
        raise UnreadableDocument(
            f"{told.file} has no words in it",
            "a document with words",
            "Look whether it was fetched whole.",
        )
    return read


def _pages(content: Content) -> tuple[Page, ...]:
    ends = pairwise((*content.starts, len(content.text)))
    return tuple(Page(number, start, end) for number, (start, end) in enumerate(ends, start=1))
