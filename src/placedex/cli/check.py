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
    figures: Annotated[Path | None, Parameter(name="--figures")] = None,
    form: Annotated[Literal["text", "json"], Parameter(name="--format")] = "text",
) -> None:
    """Print every fault in WORKSPACE: settings, figures, specs, documents and ledger.

    The exit code is 1 if there is one. What is odd in the figures, and which organisations may be
    one under two names, follows as notes, each with the reason; a note is no fault.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    figures
        Check what a build would read with the published files in this folder and all below it.
    form
        The form: text shows some notes of each kind, json every one.
    """
    from placedex.errors import BadWorkspace
    from placedex.workspace import examine_workspace

    checked = examine_workspace(workspace, figures)
    faults, notes = checked.faults, checked.notes
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
            _print_notes(notes, read=figures is not None)
        print(f"{workspace}: no fault found")


def _print_notes(notes: "Notes", *, read: bool) -> None:
    from placedex.observations import KINDS_OF_FINDING, by_kind

    for outcome in notes.corrected:
        print(f"correction: {outcome.words}")
    for kind, found in by_kind(notes.findings).items():
        print(f"note: {KINDS_OF_FINDING[kind]} ({len(found):,})")
        for one in found[:MOST]:
            print(f"  {one.indicator}: {one.words}")
        if len(found) > MOST:
            print(f"  and {len(found) - MOST:,} more: placedex check --format json")
    if notes.may_be_one:
        print(f"note: organisations that may be one ({len(notes.may_be_one):,})")
        for pair in notes.may_be_one:
            print(f"  {pair.one} and {pair.other}: {pair.why}")
    if notes.documents:
        print(f"note: claims whose words are gone ({len(notes.documents):,})")
        for line in notes.documents:
            print(f"  {line}")
    if read:
        _print_read(notes)


def _print_read(notes: "Notes") -> None:
    """What a build with these published files would say of them and of the indexes."""
    for reason, count in notes.left_out.items():
        print(f"left out: {count:,} rows of {reason}")
    for name in notes.unclaimed[:MOST]:
        print(f"not read, since no source knows it: {name}")
    if len(notes.unclaimed) > MOST:
        more = len(notes.unclaimed) - MOST
        print(f"not read, since no source knows them: {more:,} files more")
    for (code, kind), ranking in notes.ranked.items():
        print(f"{code}, {kind}: {ranking.words}")
    for (code, kind), why in notes.not_drawn.items():
        print(f"{code}, {kind}: uncertainty not reckoned. {why}")


def _print_json(faults: tuple[str, ...], notes: "Notes | None") -> None:
    import json

    print(json.dumps({"faults": list(faults), **_told(notes)}, ensure_ascii=False, indent=1))


def _told(notes: "Notes | None") -> dict[str, Any]:
    if notes is None:
        empty = ("notes", "corrections", "not_read", "ranked", "may_be_one", "documents")
        return {"left_out": {}, **{name: [] for name in empty}}
    return {
        "left_out": dict(notes.left_out),
        "not_read": list(notes.unclaimed),
        "ranked": _ranked(notes),
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
        "may_be_one": [
            {"one": pair.one, "other": pair.other, "why": pair.why} for pair in notes.may_be_one
        ],
        "documents": list(notes.documents),
    }


def _ranked(notes: "Notes") -> list[dict[str, Any]]:
    """What would come of each index, for each kind of place."""
    return [
        {
            "index": code,
            "kind": kind,
            "ranked": one.ranked,
            "places": one.places,
            "components": one.made_of,
            "of_components": one.components,
            "not_drawn": notes.not_drawn.get((code, kind)),
        }
        for (code, kind), one in notes.ranked.items()
    ]
