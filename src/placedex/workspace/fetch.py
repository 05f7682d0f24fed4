"""Published files fetched for a workspace: each source's, by its table of addresses."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from placedex.errors import BadUsage, Unfetched
from placedex.observations.sources import Source
from placedex.store.fetch import Address, Fetched

PUBLISHED = Path(".placedex") / "published"


class Fetcher(Protocol):
    """Where files come from: the web, a mirror, or what was kept before."""

    def fetch(self, address: Address) -> Fetched:
        """The file of an address; Unfetched if it is not to be had."""
        ...


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What was fetched, where it lies, and what could not be.

    `failed` has the source, the address and the reason of each file that is not there.
    """

    folder: Path
    fetched: tuple[tuple[str, Fetched], ...]
    failed: tuple[tuple[str, Address, str], ...]


def with_addresses(sources: Iterable[Source], codes: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources of some codes, or every one whose addresses are known.

    Errors: BadUsage for a code that no source has, or whose addresses are not known.
    """
    known = {source.code: source for source in sources}
    ready = {code: source for code, source in known.items() if source.addresses}
    for code in codes:
        if code not in known:
            raise BadUsage(f"There is no source '{code}'. Wanted one of {', '.join(known)}.")
        if code not in ready:
            raise BadUsage(
                f"No address is known of the files of '{code}'. Wanted one of {', '.join(ready)}. "
                f"Take them from {known[code].page or 'their publisher'} yourself, and name their "
                "folder: placedex build --figures."
            )
    return tuple(ready[code] for code in codes) if codes else tuple(ready.values())


def fetch_sources(
    sources: Iterable[Source],
    fetcher: Fetcher,
    *,
    workspace: Path,
    told: Callable[[str, int, int], None] | None = None,
) -> FetchReport:
    """Fetch every file of some sources and lay each below the workspace, under its source's code.

    A file that cannot be had does not keep the others from coming, and what lies there already
    stays.
    """
    folder = workspace / PUBLISHED
    wanted = [(source.code, one) for source in sources for one in source.addresses]
    fetched: list[tuple[str, Fetched]] = []
    failed: list[tuple[str, Address, str]] = []
    for number, (code, address) in enumerate(wanted):
        if told is not None:
            told(f"{code}: {address.file}", number, len(wanted))
        try:
            found = fetcher.fetch(address)
        except Unfetched as error:
            failed.append((code, address, str(error)))
            continue
        _lay(found.path, folder / code / Path(address.file).parent / found.path.name)
        fetched.append((code, found))
    return FetchReport(folder, tuple(fetched), tuple(failed))


def _lay(kept: Path, place: Path) -> None:
    """Put a kept file where sources look for it: the same file by another name, or a copy."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        os.link(kept, aside)
    except OSError:
        shutil.copyfile(kept, aside)
    aside.replace(place)
