"""What later editions changed in the figures of a built workspace."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placedex.observations import Observations, Revisions, day_before_last, known_between
from placedex.workspace.built import open_build
from placedex.workspace.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class Revised:
    """The changes, and the day from which on; None if no origin has a day."""

    since: date | None
    changes: Revisions


def revisions_of_build(folder: Path, *, since: date | None = None) -> Revised:
    """What changed in the last build's figures since a day.

    Without a day it is the one before the last edition that superseded something, or came new.
    Errors: UnreadableStore if the workspace has not been built.
    """
    workspace = open_workspace(folder)
    with open_build(folder) as connection:
        observations = Observations(connection, workspace.register, workspace.catalogue, ())
        since = since or day_before_last(observations)
        if since is None:
            return Revised(None, Revisions((), (), ()))
        return Revised(since, known_between(observations, since))
