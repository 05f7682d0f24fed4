"""Checks of a whole workspace: every fault at once, and nothing is built."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from placedex.errors import BadWorkspace, Faults, PlacedexError
from placedex.index import Spec, read_spec
from placedex.index.uncertainty import why_not_drawn
from placedex.ledger import MayBeOne, may_be_one
from placedex.observations import (
    MIGRATIONS,
    Corrected,
    Finding,
    Observations,
    Reading,
    find_oddities,
)
from placedex.observations.sources import Claims, Shelf
from placedex.places import bundled_neighbours
from placedex.store import connect_memory, migrate
from placedex.workspace.build import READINGS, Ranking, publish_spec, rankings, sum_left_out
from placedex.workspace.said import check_said, is_observed, read_said
from placedex.workspace.workspace import Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Notes:
    """What a reader should know of a workspace; none of it is a fault.

    Attributes:
        findings: what is odd in its figures.
        corrected: what became of each of its corrections.
        ranked: for each index and kind, what would come of it.
        not_drawn: for each index and kind whose ranks cannot be drawn, the reason why.
        left_out: rows of published files that are not taken, counted by the reason why.
        unclaimed: files in the folder of published files that no source reads.
        may_be_one: organisations of its ledger that may be one under two names.
        documents: a sentence for each claim that was moved or lost as its document changed.
    """

    findings: tuple[Finding, ...]
    corrected: tuple[Corrected, ...]
    ranked: Mapping[tuple[str, str], Ranking] = field(default_factory=dict)
    not_drawn: Mapping[tuple[str, str], str] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    unclaimed: tuple[str, ...] = ()
    may_be_one: tuple[MayBeOne, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Every fault of a workspace, each in a sentence or more; and notes if there is none."""

    faults: tuple[str, ...]
    notes: Notes | None = None


def examine_workspace(folder: Path, figures: Path | None = None) -> Checked:
    """Every fault that a build would meet, and what it would say besides; nothing is built.

    With `figures`, published files in that folder are read as a build with them would read them.
    What was read is kept, so that the build does not read it again.

    Settings come first, since without them nothing else can be read; then figures, specs, documents
    and ledger, each on its own; and if figures and specs are good, whether each index can be built.
    """
    try:
        workspace = open_workspace(folder)
    except PlacedexError as error:
        return Checked(_sentences(error))
    specs, spec_faults = _specs(workspace)
    try:
        claims = None if figures is None else workspace.claims(figures)
        with connect_memory() as connection:
            migrate(connection, MIGRATIONS)
            shelf = Shelf(workspace.folder / READINGS)
            readings = workspace.readings(
                figures, connection=connection, claims=claims, shelf=shelf
            )
            readings, corrected = workspace.correct(connection, readings)
            kept = workspace.keep(connection, readings)
            said = check_said(workspace, has_observation=partial(is_observed, kept))
            if spec_faults or said:
                return Checked((*spec_faults, *said))
            built = _indexes(workspace, specs, kept, every=figures is not None)
            if built.faults:
                return Checked(built.faults)
            notes = _notes(kept, readings, (corrected, built, claims))
            return Checked((), _with_said(notes, workspace))
    except PlacedexError as error:
        return Checked((*_sentences(error), *spec_faults, *check_said(workspace)))


def _with_said(notes: Notes, workspace: Workspace) -> Notes:
    """The notes with what is odd in documents and ledger."""
    said = read_said(workspace)
    lost = tuple(line for one in said.documents for line in one.lost)
    return replace(notes, may_be_one=may_be_one(said.ledger), documents=lost)


def check_workspace(folder: Path, figures: Path | None = None) -> tuple[str, ...]:
    """Every fault of a workspace, each in a sentence or more; empty if there is none.

    See `examine_workspace`.
    """
    return examine_workspace(folder, figures).faults


def note_workspace(folder: Path, figures: Path | None = None) -> Notes:
    """What is odd in a workspace's figures, and what became of its corrections.

    Errors: BadWorkspace if the workspace has a fault: see `check_workspace`.
    """
    checked = examine_workspace(folder, figures)
    if checked.notes is None:
        raise BadWorkspace("\n".join(checked.faults))
    return checked.notes


@dataclass(frozen=True, slots=True)
class _Built:
    """What would come of the indexes."""

    faults: tuple[str, ...]
    ranked: Mapping[tuple[str, str], Ranking]
    not_drawn: Mapping[tuple[str, str], str]


def _sentences(error: PlacedexError) -> tuple[str, ...]:
    if isinstance(error, Faults):
        return tuple(str(fault) for fault in error.faults)
    return tuple(str(error).splitlines())


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


def _indexes(
    workspace: Workspace, specs: tuple[Spec, ...], kept: Observations, *, every: bool
) -> _Built:
    faults: list[str] = []
    made = []
    not_drawn: dict[tuple[str, str], str] = {}
    for spec in specs:
        try:
            published = publish_spec(spec, workspace.places(every_district=every), kept)
            for kind, ranked in published.by_kind.items():
                # What cannot be drawn is no fault, and a build says so; a bad choice is one.
                if why := why_not_drawn(ranked.index):
                    not_drawn[spec.code, kind] = why
            made.append(published)
        except PlacedexError as error:
            faults += _sentences(error)
    return _Built(tuple(faults), rankings(made), not_drawn)


def _notes(
    kept: Observations,
    readings: tuple[Reading, ...],
    told: tuple[tuple[Corrected, ...], _Built, Claims | None],
) -> Notes:
    corrected, built, claims = told
    return Notes(
        findings=find_oddities(kept, neighbours=bundled_neighbours().pairs),
        corrected=corrected,
        ranked=built.ranked,
        not_drawn=built.not_drawn,
        left_out=sum_left_out(readings),
        unclaimed=() if claims is None else claims.unclaimed,
    )
