"""`placedex revisions`: what later editions changed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.observations import Revision

MOST = 20


def revisions(
    workspace: Path = Path(),
    *,
    since: Annotated[str | None, Parameter(name="--since")] = None,
) -> None:
    """Show what later editions changed in the figures of WORKSPACE: new, revised and gone.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    since
        The day (2025-04-30) from which on; without it, the day before the last edition came.
    """
    from placedex.workspace import revisions_of_build

    found = revisions_of_build(workspace, since=_day(since))
    print(f"Since {found.since.isoformat() if found.since else 'ever'}:")
    changes = found.changes
    print(
        f"{len(changes.new):,} figures are new, {len(changes.revised):,} were revised, and ", end=""
    )
    print(f"{len(changes.gone):,} are not in the later edition.")
    for title, some in (("Revised, the largest change first", changes.revised),
                        ("Not in the later edition", changes.gone)):  # fmt: skip
        if some:
            print(f"\n{title}:")
        for one in some[:MOST]:
            print(f"  {_words(one)}")
        if len(some) > MOST:
            print(f"  and {len(some) - MOST:,} more")


def _words(one: "Revision") -> str:
    what = f"{one.indicator}, {one.part}" if one.part else one.indicator
    before = "none" if one.before is None else f"{one.before:,.6g}"
    after = "none" if one.after is None else f"{one.after:,.6g}"
    share = "" if one.share is None else f" ({one.share:.1%})"
    return f"{one.place} {what}, {one.period}: {before} became {after}{share}"


def _day(text: str | None) -> date | None:
    from placedex.errors import BadUsage

    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise BadUsage(
            f"'{text}' is no day. Wanted one like 2025-04-30. Give --since so."
        ) from None
