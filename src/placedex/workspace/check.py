"""Checks of a whole workspace: every fault at once, and nothing is built."""

from dataclasses import dataclass
from pathlib import Path

from placedex.errors import Faults, PlacedexError
from placedex.index import Spec, read_spec
from placedex.index.uncertainty import why_not_drawn
from placedex.observations import (
    MIGRATIONS,
    Corrected,
    Finding,
    check_observations,
    find_oddities,
)
from placedex.places import bundled_neighbours
from placedex.store import connect_memory, migrate
from placedex.workspace.build import publish_spec
from placedex.workspace.workspace import Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Notes:
    """What a reader should know of a workspace's figures; none of it is a fault."""

    findings: tuple[Finding, ...]
    corrected: tuple[Corrected, ...]


def note_workspace(folder: Path) -> Notes:
    """What is odd in a workspace's figures, and what became of its corrections.

    Errors: whatever is wrong with settings, figures or corrections: see `check_workspace`.
    """
    workspace = open_workspace(folder)
    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        readings, corrected = workspace.correct(connection, workspace.readings())
        kept = workspace.keep(connection, readings)
        return Notes(find_oddities(kept, neighbours=bundled_neighbours().pairs), corrected)


def check_workspace(folder: Path) -> tuple[str, ...]:
    """Every fault of a workspace, each in a sentence or more; empty if there is none.

    Settings come first, since without them nothing else can be read; then figures and specs, each
    on its own; and if those are good, whether each index can be built.
    """
    try:
        workspace = open_workspace(folder)
    except PlacedexError as error:
        return tuple(str(error).splitlines())
    faults = _figures(workspace)
    specs, spec_faults = _specs(workspace)
    if faults or spec_faults:
        return (*faults, *spec_faults)
    return _indexes(workspace, specs)


def _figures(workspace: Workspace) -> tuple[str, ...]:
    try:
        readings = workspace.readings()
    except PlacedexError as error:
        return tuple(str(error).splitlines())
    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)
        try:
            readings, _ = workspace.correct(connection, readings)
        except Faults as error:
            return tuple(str(fault) for fault in error.faults)
        except PlacedexError as error:
            return tuple(str(error).splitlines())
        faults = check_observations(
            connection, readings, register=workspace.register, catalogue=workspace.catalogue
        )
    return tuple(str(fault) for fault in faults)


def _specs(workspace: Workspace) -> tuple[tuple[Spec, ...], tuple[str, ...]]:
    specs: list[Spec] = []
    faults: list[str] = []
    try:
        paths = workspace.spec_paths()
    except PlacedexError as error:
        return (), (str(error),)
    for path in paths:
        try:
            specs.append(read_spec(path, workspace.catalogue))
        except PlacedexError as error:
            faults += str(error).splitlines()
    return tuple(specs), tuple(faults)


def _indexes(workspace: Workspace, specs: tuple[Spec, ...]) -> tuple[str, ...]:
    faults: list[str] = []
    with workspace.observations() as observations:
        for spec in specs:
            try:
                made = publish_spec(spec, workspace.places(), observations)
                for ranked in made.by_kind.values():
                    # What cannot be drawn is no fault, and a build says so; a bad choice is one.
                    why_not_drawn(ranked.index)
            except Faults as error:
                faults += [str(fault) for fault in error.faults]
            except PlacedexError as error:
                faults += str(error).splitlines()
    return tuple(faults)
