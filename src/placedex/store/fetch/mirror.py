"""Files without the web: those that were kept before, and those of a mirror."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from placedex.errors import Unfetched
from placedex.store.fetch.address import Address, Limits, must_be_taken
from placedex.store.fetch.cache import Cache, Fetched, Record, hash_and_size
from placedex.store.fetch.laid import fetched_days
from placedex.store.fetch.look import look_at

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Offline:
    """Files that were fetched before, and no others."""

    cache: Cache

    def fetch(self, address: Address) -> Fetched:
        """The file of an address as it was last fetched; Unfetched if it never was."""
        if address.by_hand:
            raise must_be_taken(address)
        record = self.cache.record(address)
        if record is None:
            raise Unfetched(
                f"{address.url} was not fetched before. Wanted it in {self.cache.folder}, since "
                "nothing is asked of the web. Fetch it once without --offline."
            )
        return Fetched(address, self.cache.path(record), record, "kept before")


@dataclass(frozen=True, slots=True)
class Mirror:
    """The same files in a folder: by their own name there, else by the last part of the address.

    A name may stand anywhere below the folder, packed with gzip or not. Of several files of one
    name the one with the hash of the address is taken.
    """

    folder: Path
    today: date
    limits: Limits = DEFAULT_LIMITS
    _by_name: dict[str, list[Path]] = field(default_factory=dict, repr=False, compare=False)
    _days: dict[str, date] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise Unfetched(
                f"The mirror {self.folder} is no folder. Wanted one that holds published files. "
                "Name another after --mirror."
            )
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                self._by_name.setdefault(path.name, []).append(path)
        self._days.update(fetched_days(self.folder))

    def fetch(self, address: Address) -> Fetched:
        """The file of an address in the mirror; its day is that on which the mirror had it.

        Errors: Unfetched if it is not there, is there twice with different content, or is not what
                its name says.
        """
        path = self._find(address)
        digest, size = hash_and_size(path)
        packed = path.name != address.name and path.name.endswith(".gz")
        name = f"{address.name}.gz" if packed and not address.name.endswith(".gz") else address.name
        look_at(path, Address(name, address.url, address.page), self.limits)
        record = Record(
            url=address.url,
            page=address.page,
            name=name,
            sha256=digest,
            size=size,
            fetched=self._days.get(digest, self.today),
            content=content_hash(path, address) if packed else digest,
        )
        return Fetched(address, path, record, "from a mirror")

    def _find(self, address: Address) -> Path:
        other = ""
        for found in self._candidates(address):
            if address.sha256:
                hashes = {content_hash(path, address): path for path in found}
                if address.sha256 in hashes:
                    return hashes[address.sha256]
                other = other or next(iter(hashes))
                continue
            if len({content_hash(path, address) for path in found}) > 1:
                listed = ", ".join(path.relative_to(self.folder).as_posix() for path in found)
                raise Unfetched(
                    f"The mirror {self.folder} holds {found[0].name} {len(found)} times, and not "
                    f"alike: {listed}. Wanted it once. Take out all but the right one."
                )
            return found[0]
        if other:
            raise wrong_hash(address, other)
        if address.by_hand:
            raise must_be_taken(address)
        raise Unfetched(
            f"The mirror {self.folder} has no file {address.name} for {address.url}. Wanted it "
            "there. Put it there, or fetch it from the web."
        )

    def _candidates(self, address: Address) -> Iterator[list[Path]]:
        """The files that may be meant, those of the likeliest name first."""
        whole = self.folder / PurePosixPath(address.file)
        if whole.is_file():
            yield [whole]
        last = address.last_of_url
        for name in (address.name, f"{address.name}.gz", last, f"{last}.gz"):
            if name in self._by_name:
                yield self._by_name[name]


def content_hash(path: Path, address: Address) -> str:
    """The SHA-256 of what an address gives, if a file is that packed with gzip or is it itself.

    Errors: Unfetched if it cannot be unpacked.
    """
    if address.name.endswith(".gz") or not path.name.endswith(".gz"):
        return hash_and_size(path)[0]
    try:
        with gzip.open(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, EOFError, zlib.error) as error:
        raise Unfetched(
            f"{path} cannot be unpacked ({error}). Wanted a whole gzip file. Take it out of the "
            "mirror, or fetch it again."
        ) from None


def wrong_hash(address: Address, digest: str) -> Unfetched:
    """The error for a file that is not the one that was wanted."""
    return Unfetched(
        f"{address.url or address.file} gives a file with the SHA-256 {digest}. Wanted "
        f"{address.sha256}. The publisher has changed it, or it was tampered with: look at "
        f"{address.page}."
    )
