"""Laid files: what was fetched into a folder, edition after edition, and on which day."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from placedex.errors import Unfetched
from placedex.store.files import write_text

NOTE = ".fetched.json"


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that was fetched into a folder.

    Attributes:
        file: the name that its address gives it, with folders.
        edition: the folder of an edition that took the place of another; empty for the first.
        name: the name under which it lies there, packed or not.
        content: the hash of what the address gives, whether it lies packed or not.
    """

    file: str
    edition: str
    name: str
    url: str
    sha256: str
    content: str
    fetched: date

    @property
    def place(self) -> PurePosixPath:
        """Where it lies below the folder."""
        return self.edition / PurePosixPath(self.file).with_name(self.name)


def read_laid(folder: Path) -> tuple[Laid, ...]:
    """What was fetched into a folder, in the order in which it came; nothing if there is no note.

    Errors: Unfetched if the note cannot be read.
    """
    path = folder / NOTE
    if not path.is_file():
        return ()
    try:
        entries = json.loads(path.read_text("utf-8"))
        return tuple(
            Laid(**{**one, "fetched": date.fromisoformat(one["fetched"])}) for one in entries
        )
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise Unfetched(
            f"{path} cannot be read ({error}). Wanted the list of what was fetched, as placedex "
            "writes it. Take it out and fetch again: the files themselves stay."
        ) from None


def note_laid(folder: Path, laid: Iterable[Laid]) -> None:
    """Write down what was fetched into a folder."""
    entries = [{**asdict(one), "fetched": one.fetched.isoformat()} for one in laid]
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    write_text(folder / NOTE, f"{text}\n")


def fetched_days(folder: Path) -> dict[str, date]:
    """The day on which each file in a folder and all below it was fetched, by its SHA-256.

    A file that nobody fetched has none.
    """
    days: dict[str, date] = {}
    for note in sorted(folder.rglob(NOTE)):
        for one in read_laid(note.parent):
            days[one.sha256] = min(one.fetched, days.get(one.sha256, one.fetched))
    return days
