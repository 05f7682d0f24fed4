"""The one seam for published files: what a source is."""

from pathlib import Path
from typing import Protocol

from placedex.observations.reading import Reading
from placedex.places import Register


class Source(Protocol):
    """A publisher's files: how to tell them, and how to read them."""

    @property
    def code(self) -> str:
        """The name of the source."""
        ...

    def reads(self, folder: Path) -> bool:
        """Whether a folder holds this source's files."""
        ...

    def read(self, folder: Path, *, register: Register) -> Reading:
        """The rows of the files in a folder, as published, with their origins.

        Errors: UnreadableSource if a file is not as its publisher is known to write it; it names
                the file, the row and the words found.
        """
        ...
