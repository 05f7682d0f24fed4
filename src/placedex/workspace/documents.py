"""A workspace's documents, as they lie on a desk to be reviewed."""

from placedex.evidence import Claim, Desk, Document, Gazetteer, extract
from placedex.workspace.workspace import Workspace

FOLDER = "documents"


def document_desk(workspace: Workspace) -> Desk:
    """The desk of a workspace's documents and of what was said of their claims.

    Claims that nobody has spoken of yet are read from the documents that are at hand.
    """

    def find(document: Document) -> tuple[Claim, ...]:
        return extract(document, Gazetteer.of(workspace.register))

    return Desk(workspace.folder / FOLDER, find)
