"""A document: what was published, word for word, with its pages and where it came from."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document: its number and where its characters begin and end."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What was published, as text, with enough to find it again and to tell whether it changed.

    Attributes:
        code: what the workspace calls it.
        file: the name of its file; sha256 is that of the file's bytes.
        text: its words; every offset is a number of characters from its beginning.
        pages: in order, without gaps; a text without pages is one.
        place: the code of the place that it speaks of where it says only "the region".
    """

    code: str
    title: str
    publisher: str
    published: date | None
    address: str
    file: str
    sha256: str
    text: str
    pages: tuple[Page, ...]
    place: str = ""

    def page_of(self, offset: int) -> int:
        """The number of the page on which a character stands."""
        starts = [page.start for page in self.pages]
        return self.pages[max(bisect_right(starts, offset) - 1, 0)].number
