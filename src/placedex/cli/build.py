"""`placedex build`: from figures to index and site."""

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.workspace import Report

FEW = 10


def build(
    workspace: Path = Path(),
    *,
    figures: Annotated[Path | None, Parameter(name="--figures")] = None,
) -> None:
    """Build WORKSPACE: its database, its indexes and its site, swapped in when all is made.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    figures
        Read the published files in this folder and all below it before the workspace's own
        figures, with every district of the register.
    """
    import placedex
    from placedex.cli.watch import TerminalWatch
    from placedex.workspace import build_workspace, open_workspace

    started = time.perf_counter()
    opened = open_workspace(workspace)
    with TerminalWatch(sys.stderr) as watch:
        report = build_workspace(opened, version=placedex.__version__, figures=figures, watch=watch)
    seconds = time.perf_counter() - started
    print(f"{report.observations:,} observations of {report.places} places in {seconds:.1f} s")
    for (code, kind), ranking in report.ranked.items():
        print(f"{code}, {kind}: {ranking.words}")
    for (code, kind), why in report.not_drawn.items():
        print(f"{code}, {kind}: uncertainty not reckoned. {why}")
    for reason, count in report.left_out.items():
        print(f"left out: {count:,} rows of {reason}")
    for outcome in report.corrected:
        print(f"correction: {outcome.words}")
    _print_unread(report)
    print(f"site: {report.folder / 'site' / 'index.html'}")
    print(f"look at it: placedex serve {workspace}")


def _print_unread(report: "Report") -> None:
    """Say which files in the folder were not read, and why."""
    for why, count in Counter(why for _, why in report.explained).items():
        print(f"not read, since they are {why}: {count} {'file' if count == 1 else 'files'}")
    for name in report.unclaimed[:FEW]:
        print(f"not read, since no source knows it: {name}")
    if len(report.unclaimed) > FEW:
        print(f"not read, since no source knows them: {len(report.unclaimed) - FEW} files more")
