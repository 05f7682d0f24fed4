"""The record of a workspace: what it says and promises, held against its figures, to be shown."""

from datetime import date

from placedex.ledger.verdict_folder import terms_in
from placedex.observations import Observations
from placedex.publish import Record
from placedex.workspace.documents import FOLDER
from placedex.workspace.record_claims import claim_rows
from placedex.workspace.record_money import money_row
from placedex.workspace.record_network import network_row
from placedex.workspace.record_progress import progress_rows
from placedex.workspace.said import Said
from placedex.workspace.workspace import Workspace


def make_record(workspace: Workspace, said: Said, observations: Observations) -> Record:
    """What a workspace's pages show of its documents and its ledger; empty without them.

    Targets are judged as of the day of the newest published file, so that a build of the same files
    says the same.
    """
    ledger = said.ledger
    terms = terms_in(workspace.folder / FOLDER, workspace.catalogue)
    documents, claims, conflicts = claim_rows(said, observations, terms=terms)
    return Record(
        documents=documents,
        claims=claims,
        conflicts=conflicts,
        ledger=ledger,
        progress=progress_rows(ledger, observations, claims=said.stated, day=_newest(observations)),
        money=money_row(ledger, workspace, observations),
        network=network_row(ledger, workspace),
    )


def _newest(observations: Observations) -> date | None:
    """The day of the newest published file; nothing if none tells its day."""
    days = (one.published or one.accessed for one in observations.origins)
    return max((day for day in days if day is not None), default=None)
