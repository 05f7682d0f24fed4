"""Published files fetched for a workspace: each source's, by its table of addresses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from placedex.errors import BadUsage, Unfetched
from placedex.observations.sources import Source
from placedex.store.fetch import Address, Fetched
from placedex.workspace.lay import Fresh, lay_source
from placedex.workspace.workspace import Workspace

PUBLISHED = Path(".placedex") / "published"


class Fetcher(Protocol):
    """Where files come from: the web, a mirror, or what was kept before."""

    def fetch(self, address: Address) -> Fetched:
        """The file of an address; Unfetched if it is not to be had."""
        ...


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What was fetched, where it lies, and what could not be.

    Attributes:
        fetched: the source and the file of each that came and that its source can read.
        editions: where each lies that took the place of another; the other stays.
        failed: the source, the address and the reason of each that did not come.
        refused: the same of each that came and is not trusted.
        by_hand: the same of each that nobody can fetch and that is not there yet.
    """

    folder: Path
    fetched: tuple[tuple[str, Fetched], ...]
    editions: tuple[str, ...]
    failed: tuple[tuple[str, Address, str], ...]
    refused: tuple[tuple[str, Address, str], ...]
    by_hand: tuple[tuple[str, Address, str], ...]

    @property
    def missing(self) -> int:
        """How many files are not there."""
        return len(self.failed) + len(self.refused) + len(self.by_hand)


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
    workspace: Workspace,
    today: date,
    told: Callable[[str, int, int], None] | None = None,
) -> FetchReport:
    """Fetch every file of some sources and lay each below the workspace, under its source's code.

    A file is read by its source and checked before it is laid. One that cannot be had or trusted
    does not keep the others from coming, and what lies there already stays.
    """
    sources = tuple(sources)
    folder = workspace.folder / PUBLISHED
    wanted = sum(len(source.addresses) for source in sources)
    report = FetchReport(folder, (), (), (), (), ())
    done = 0
    for source in sources:
        came: list[Fetched] = []
        failed: list[tuple[str, Address, str]] = []
        for address in source.addresses:
            if told is not None:
                told(f"{source.code}: {address.file}", done, wanted)
            done += 1
            try:
                came.append(fetcher.fetch(address))
            except Unfetched as error:
                failed.append((source.code, address, str(error)))
        fresh = lay_source(source, came, workspace=workspace, folder=folder, today=today)
        report = _added(report, fresh, source, failed)
    return report


def _added(
    report: FetchReport,
    fresh: Fresh,
    source: Source,
    failed: list[tuple[str, Address, str]],
) -> FetchReport:
    there = report.folder / source.code
    hand = [one for one in failed if one[1].by_hand and not _lies(there, one[1])]
    refused = [(source.code, address, why) for address, why in fresh.refused]
    return FetchReport(
        report.folder,
        (*report.fetched, *((source.code, one) for one in fresh.trusted)),
        (*report.editions, *(f"{source.code}/{place}" for place in fresh.editions)),
        (*report.failed, *(one for one in failed if not one[1].by_hand)),
        (*report.refused, *refused),
        (*report.by_hand, *hand),
    )


def _lies(folder: Path, address: Address) -> bool:
    """Whether somebody has put a file where its source looks for it, packed or not."""
    path = folder / address.file
    names = (path.name, f"{path.name}.gz", path.name.removesuffix(".gz"))
    return any(path.with_name(name).is_file() for name in names)
