"""The ledger of a workspace, held against its places and indicators."""

from placedex.ledger import Known, Ledger, read_ledger
from placedex.workspace.workspace import Workspace

FOLDER = "ledger"


def workspace_ledger(workspace: Workspace) -> Ledger:
    """The ledger in a workspace's folder `ledger/`; an empty one if there is none.

    Errors: BadWorkspace for a file that cannot be read; Faults for entries that name what is not
            there.
    """
    return read_ledger(workspace.folder / FOLDER, known_of(workspace))


def known_of(workspace: Workspace) -> Known:
    """What entries of a workspace's ledger may name."""
    return Known(
        places=frozenset(place.code for place in workspace.register),
        indicators=frozenset(workspace.catalogue),
    )
