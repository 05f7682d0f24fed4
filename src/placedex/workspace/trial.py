"""A trial: fetched files read by their source and checked, before anything is built on them."""

from collections.abc import Sequence
from pathlib import Path

from placedex.errors import Faults, PlacedexError
from placedex.observations import MIGRATIONS, correct, corrections_about, read_corrections
from placedex.observations.sources import Shelf, Source, open_desk
from placedex.store import connect_memory, migrate
from placedex.workspace.workspace import Workspace

FEW = 3


def why_refused(
    workspace: Workspace, source: Source, files: Sequence[Path], *, folder: Path, shelf: Shelf
) -> str:
    """Why some files of a source cannot be trusted; empty if they are read and pass every check.

    They are named from the folder. What is read stays on the shelf, so that a build does not read
    it again. The workspace's corrections of these files are applied, as in a build.
    """
    try:
        with connect_memory() as connection:
            migrate(connection, MIGRATIONS)
            desk = open_desk(
                connection,
                register=workspace.register,
                catalogue=workspace.catalogue,
                folder=folder,
                others=workspace.others,
            )
            reading = shelf.reading(source, files, desk)
            known = read_corrections(workspace.folder / "corrections")
            about = corrections_about(known, reading.origins)
            readings, _ = correct(connection, (reading,), corrections=about)
            workspace.keep(connection, readings)
    except Faults as error:
        words = [str(fault) for fault in error.faults[:FEW]]
        more = len(error.faults) - FEW
        return " ".join([*words, f"And {more:,} faults more."] if more > 0 else words)
    except PlacedexError as error:
        return str(error)
    return ""
