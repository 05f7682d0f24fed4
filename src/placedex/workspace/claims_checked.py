"""Claims checked: a workspace's documents, or a text, held against all that the workspace knows."""

from collections.abc import Iterator
from contextlib import contextmanager

from placedex.ledger.verdict_folder import FOLDER, terms_in, told_in
from placedex.ledger.verdict_judge import Judged, judge
from placedex.observations import Observations
from placedex.observations.kept import kept_observations
from placedex.store import Builds
from placedex.workspace.built import open_build
from placedex.workspace.workspace import Workspace


@contextmanager
def observations_at_hand(workspace: Workspace) -> Iterator[Observations]:
    """The figures of the last build, or of the workspace's files if it has not been built."""
    if Builds(workspace.folder).present() is None:
        with workspace.observations() as observations:
            yield observations
        return
    with open_build(workspace.folder) as connection:
        yield kept_observations(connection, workspace.register, workspace.catalogue)


def judge_documents(workspace: Workspace, observations: Observations) -> Judged:
    """The verdict of every claim that a workspace holds, each against all others.

    Those of its reviewed documents come first, then the figures from elsewhere.
    """
    folder = workspace.folder / FOLDER
    told = told_in(folder, workspace.register)
    return judge(told, observations, terms=terms_in(folder, workspace.catalogue))
