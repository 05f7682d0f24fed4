"""The cache: what was fetched once, kept under its hash and shared by every workspace."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from placedex.errors import Unfetched
from placedex.store.fetch.address import Address
from placedex.store.files import hash_file, write_text

VARIABLE = "PLACEDEX_CACHE"


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a fetched file: where it came from, when, and what it was.

    Attributes:
        fetched: the day on which this very content first came.
        content: the hash of what the address gives, if a mirror has it packed.
    """

    url: str
    page: str
    name: str
    sha256: str
    size: int
    fetched: date
    etag: str = ""
    last_modified: str = ""
    reached: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is there: where it lies, what is known of it, and how it came.

    `how` is one of: new, changed, unchanged, kept before, from a mirror.
    """

    address: Address
    path: Path
    record: Record
    how: str


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of fetched files; each lies under its hash, and only when it is whole."""

    folder: Path

    def record(self, address: Address) -> Record | None:
        """What is known of an address, if its file is here and still what it was."""
        path = self._records / f"{address.key}.json"
        try:
            cells = json.loads(path.read_text("utf-8"))
            record = Record(**{**cells, "fetched": date.fromisoformat(cells["fetched"])})
        except (FileNotFoundError, json.JSONDecodeError, KeyError, TypeError, ValueError):
            return None
        kept = self.path(record)
        whole = kept.is_file() and kept.stat().st_size == record.size
        return record if whole and hash_file(kept) == record.sha256 else None

    def path(self, record: Record) -> Path:
        """Where the file of a record lies."""
        return self.folder / "files" / record.sha256 / record.name

    def part(self, address: Address) -> Path:
        """Where a download grows until it is whole."""
        return self.folder / "parts" / f"{address.key}.part"

    def keep(self, address: Address, whole: Path, record: Record) -> Path:
        """Put a file that was looked at in its place; gives where it lies."""
        place = self.path(record)
        place.parent.mkdir(parents=True, exist_ok=True)
        whole.replace(place)
        self.note(address, record)
        return place

    def note(self, address: Address, record: Record) -> None:
        """Write down what is known of an address."""
        cells = {**asdict(record), "fetched": record.fetched.isoformat()}
        text = json.dumps(cells, ensure_ascii=False, indent=1, sort_keys=True)
        write_text(self._records / f"{address.key}.json", f"{text}\n")

    @contextmanager
    def lock(self, address: Address) -> Iterator[None]:
        """The address to oneself: another fetch of it waits."""
        path = self.folder / "parts" / f"{address.key}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except PermissionError as error:
            raise Unfetched(
                f"{error.filename} cannot be written. Wanted a cache folder of one's own. Set "
                f"{VARIABLE} to one, or look at its rights."
            ) from None

    @property
    def _records(self) -> Path:
        return self.folder / "records"


def shared_cache() -> Cache:
    """The cache of this user: the folder in PLACEDEX_CACHE, or else the system's place for one."""
    given = os.environ.get(VARIABLE)
    if given:
        return Cache(Path(given))
    from platformdirs import user_cache_path

    return Cache(user_cache_path("placedex", appauthor=False))


def hash_and_size(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
