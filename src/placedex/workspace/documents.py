"""A workspace's documents, as they lie on a desk to be reviewed."""

from collections.abc import Callable
from functools import lru_cache

from placedex.evidence import Claim, Desk, Document, Gazetteer, extract
from placedex.places import Register
from placedex.workspace.workspace import Workspace

FOLDER = "documents"


def document_desk(workspace: Workspace) -> Desk:
    """The desk of a workspace's documents and of what was said of their claims.

    Claims that nobody has spoken of yet are read from the documents that are at hand.
    """
    return Desk(workspace.folder / FOLDER, _finder(workspace.register))


# One for a register, so that the desk knows a document again whose claims it has read.
@lru_cache(maxsize=4)
def _finder(register: Register) -> Callable[[Document], tuple[Claim, ...]]:
    gazetteer = Gazetteer.of(register)
    return lambda document: extract(document, gazetteer)
