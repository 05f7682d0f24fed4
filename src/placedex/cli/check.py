"""`placedex check`: every fault of a workspace at once, and what is odd in its figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.workspace import Notes

MOST = 5


def check(
    workspace: Path = Path(),
    *,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> None:
    """Print every fault in WORKSPACE: settings, figures, specs. Exit code 1 if there is one.

    What is odd in the figures follows as notes, each with the reason; a note is no fault.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    form
        The form: text shows some notes of each kind, json every one.
    """
    from placedex.errors import BadWorkspace
    from placedex.workspace import check_workspace, note_workspace

    faults = check_workspace(workspace)
    notes = None if faults else note_workspace(workspace)
    if form == "json":
        _print_json(faults, notes)
    else:
        for fault in faults:
            print(fault)
    if faults:
        raise BadWorkspace(
            f"{len(faults)} faults in {workspace}."
            if len(faults) > 1
            else f"1 fault in {workspace}."
        )
    if form == "text":
        if notes is not None:
            _print_notes(notes)
        print(f"{workspace}: no fault found")


def _print_notes(notes: "Notes") -> None:
    from placedex.observations import KINDS_OF_FINDING, by_kind

    for outcome in notes.corrected:
        print(f"correction: {outcome.words}")
    for kind, found in by_kind(notes.findings).items():
        print(f"note: {KINDS_OF_FINDING[kind]} ({len(found):,})")
        for one in found[:MOST]:
            print(f"  {one.indicator}: {one.words}")
        if len(found) > MOST:
            print(f"  and {len(found) - MOST:,} more: placedex check --format json")


def _print_json(faults: tuple[str, ...], notes: "Notes | None") -> None:
    import json

    print(json.dumps({"faults": list(faults), **_told(notes)}, ensure_ascii=False, indent=1))


def _told(notes: "Notes | None") -> dict[str, Any]:
    if notes is None:
        return {"notes": [], "corrections": []}
    return {
        "notes": [
            {
                "kind": one.kind,
                "indicator": one.indicator,
                "place": one.place or None,
                "period": str(one.period),
                "value": one.value,
                "words": one.words,
            }
            for one in notes.findings
        ],
        "corrections": [
            {
                "code": one.correction.code,
                "state": one.state,
                "figures": one.figures,
                "words": one.words,
            }
            for one in notes.corrected
        ],
    }
