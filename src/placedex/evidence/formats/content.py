"""What a format gives: the words of a file, where its pages begin, and what it calls itself."""

from collections.abc import Callable
from dataclasses import dataclass

# Told how many pages of all are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a file.

    Attributes:
        text: every word that a reader would see.
        starts: where each page begins, as a number of characters; a text without pages is one.
        title: what the file calls itself; nothing if it does not say.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a format may ask about a file: its name, and the pages that hold only pictures.

    `progress` is told how many pages are done.
    """

    file: str
    pictures: frozenset[int] = frozenset()
    progress: Progress | None = None
