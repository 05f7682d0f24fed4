"""A workspace's documents, as they lie on a desk to be reviewed."""

from placedex.evidence import Desk
from placedex.workspace.workspace import Workspace

FOLDER = "documents"


def document_desk(workspace: Workspace) -> Desk:
    """The desk of a workspace's documents and of what was said of their claims."""
    return Desk(workspace.folder / FOLDER)
