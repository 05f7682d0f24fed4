"""`placedex fetch`: published files, from their publishers, a mirror or the cache."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from placedex.errors import BadUsage, Unfetched

if TYPE_CHECKING:
    from placedex.observations.sources import Source
    from placedex.workspace import Workspace
    from placedex.workspace.fetch import Fetcher, FetchReport


def fetch(
    workspace: Path = Path(),
    *,
    source: Annotated[tuple[str, ...], Parameter(name="--source", consume_multiple=False)] = (),
    offline: Annotated[bool, Parameter(name="--offline", negative="")] = False,
    mirror: Annotated[Path | None, Parameter(name="--mirror")] = None,
    list_only: Annotated[bool, Parameter(name="--list", negative="")] = False,
) -> None:
    """Fetch the published files of sources for WORKSPACE, and say what is new.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    source
        Only this source; may be given more than once.
    offline
        Ask nothing of the web: take what was fetched before.
    mirror
        Take the same files from this folder.
    list_only
        Only print the addresses.
    """
    from placedex.observations.sources import installed_sources, read_sources
    from placedex.workspace import open_workspace
    from placedex.workspace.fetch import with_addresses

    if offline and mirror is not None:
        raise BadUsage("--offline and --mirror are both given. Wanted one of them at most.")
    opened = open_workspace(workspace)
    own = read_sources(opened.folder / "sources")
    sources = with_addresses(installed_sources(own), source)
    if list_only:
        _list(sources)
    else:
        _print(_fetched(sources, _fetcher(offline=offline, mirror=mirror), opened), workspace)


def _fetched(
    sources: "tuple[Source, ...]", fetcher: "Fetcher", workspace: "Workspace"
) -> "FetchReport":
    from datetime import UTC, datetime

    from placedex.cli.watch import TerminalWatch
    from placedex.workspace.fetch import fetch_sources

    with TerminalWatch(sys.stderr) as watch:
        watch.stage("fetch published files, read them and check them")
        return fetch_sources(
            sources,
            fetcher,
            workspace=workspace,
            today=datetime.now(UTC).date(),
            told=lambda _, done, total: watch.progress(done, total),
        )


def _list(sources: "tuple[Source, ...]") -> None:
    for one in sources:
        for address in one.addresses:
            url = address.url or "by hand"
            print(f"{one.code}\t{address.file}\t{url}\t{address.page}")


def _fetcher(*, offline: bool, mirror: Path | None) -> "Fetcher":
    from datetime import UTC, datetime

    import placedex
    from placedex.store.fetch import Mirror, Offline, Web, shared_cache

    if mirror is not None:
        return Mirror(mirror, datetime.now(UTC).date())
    if offline:
        return Offline(shared_cache())
    return Web(shared_cache(), f"placedex/{placedex.__version__}")


def _print(report: "FetchReport", workspace: Path) -> None:
    ways: dict[str, int] = {}
    for _, one in report.fetched:
        ways[one.how] = ways.get(one.how, 0) + 1
    for way, count in sorted(ways.items()):
        print(f"{way}: {count:,} files")
    for place in report.editions:
        print(f"new edition, beside the one before: {place}")
    for code, _, why in report.failed:
        print(f"failed: {code}: {why}")
    for code, _, why in report.refused:
        print(f"refused: {code}: {why}")
    for code, address, why in report.by_hand:
        print(f"by hand: {code}: {why} Put it there: {report.folder / code / address.file}")
    if report.missing:
        raise Unfetched(
            f"{report.missing:,} of {report.missing + len(report.fetched):,} files are not there: "
            f"{len(report.failed):,} could not be fetched, {len(report.refused):,} are not "
            f"trusted, {len(report.by_hand):,} must be taken by hand. Wanted all of them. The "
            "others are there, and nothing was lost."
        )
    print(f"build with them: placedex build {workspace} --figures {report.folder}")
