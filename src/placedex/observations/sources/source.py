"""The one seam for published files: what a source is."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from placedex.observations.reading import Reading
from placedex.observations.sources.desk import Desk
from placedex.store.fetch import Address


@runtime_checkable
class Source(Protocol):
    """A publisher's files: how to tell them, and how to read them."""

    @property
    def code(self) -> str:
        """The name of the source."""
        ...

    @property
    def title(self) -> str:
        """What the files are, in words."""
        ...

    @property
    def publisher(self) -> str:
        """Who publishes them."""
        ...

    @property
    def licence(self) -> str:
        """Under which licence they are published."""
        ...

    @property
    def page(self) -> str:
        """The address of the page on which they are published; empty if none is known."""
        ...

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where each file can be fetched; empty if no address is known."""
        ...

    def files(self, folder: Path) -> tuple[Path, ...]:
        """The files in a folder and all below it that are the source's own, told by their names.

        A file that describes a table and stands beside it is among them.
        """
        ...

    def read(self, files: Sequence[Path], desk: Desk) -> Reading:
        """The rows of some of the source's files, as published, with their origins.

        It touches these files and the desk, nothing else: no network, no clock.
        Errors: UnreadableSource if a file is not as its publisher is known to write it; it names
                the file, the sheet, the row and the words found.
        """
        ...
