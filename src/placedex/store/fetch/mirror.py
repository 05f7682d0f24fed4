"""Files without the web: those that were kept before, and those of a mirror."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from placedex.errors import Unfetched
from placedex.store.fetch.address import Address, Limits
from placedex.store.fetch.cache import Cache, Fetched, Record, hash_and_size
from placedex.store.fetch.look import look_at

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Offline:
    """Files that were fetched before, and no others."""

    cache: Cache

    def fetch(self, address: Address) -> Fetched:
        """The file of an address as it was last fetched; Unfetched if it never was."""
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

    A name may stand anywhere below the folder, packed with gzip or not.
    """

    folder: Path
    today: date
    limits: Limits = DEFAULT_LIMITS
    _by_name: dict[str, list[Path]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise Unfetched(
                f"The mirror {self.folder} is no folder. Wanted one that holds published files. "
                "Name another after --mirror."
            )
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                self._by_name.setdefault(path.name, []).append(path)

    def fetch(self, address: Address) -> Fetched:
        """The file of an address in the mirror.

        Errors: Unfetched if it is not there, is there twice with different content, or is not what
                its name says.
        """
        path = self._find(address)
        digest, size = hash_and_size(path)
        if address.sha256 and digest != address.sha256:
            raise wrong_hash(address, digest)
        named = Address(path.name, address.url, address.page)
        look_at(path, named, self.limits)
        record = Record(address.url, address.page, path.name, digest, size, self.today)
        return Fetched(address, path, record, "from a mirror")

    def _find(self, address: Address) -> Path:
        whole = self.folder / PurePosixPath(address.file)
        if whole.is_file():
            return whole
        for name in (address.name, f"{address.name}.gz", address.last_of_url):
            found = self._by_name.get(name, [])
            if len({hash_and_size(path) for path in found}) > 1:
                listed = ", ".join(path.relative_to(self.folder).as_posix() for path in found)
                raise Unfetched(
                    f"The mirror {self.folder} holds {name} {len(found)} times, and not alike: "
                    f"{listed}. Wanted it once. Take out all but the right one."
                )
            if found:
                return found[0]
        raise Unfetched(
            f"The mirror {self.folder} has no file {address.name} for {address.url}. Wanted it "
            "there. Put it there, or fetch it from the web."
        )


def wrong_hash(address: Address, digest: str) -> Unfetched:
    """The error for a file that is not the one that was wanted."""
    return Unfetched(
        f"{address.url} gives a file with the SHA-256 {digest}. Wanted {address.sha256}. The "
        f"publisher has changed it, or it was tampered with: look at {address.page}."
    )
