"""What is said of a place: documents and their claims, figures from elsewhere, the ledger."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from placedex.errors import BadPeriod, BadWorkspace, Faults, PlacedexError
from placedex.evidence import Claim, Elsewhere, OnDesk, Reviewed, State, read_elsewhere
from placedex.evidence.elsewhere import FILE
from placedex.ledger import Known, Ledger, read_ledger
from placedex.observations import Observations, parse_period
from placedex.store import read_yaml
from placedex.workspace.documents import document_desk
from placedex.workspace.workspace import Workspace

LEDGER = "ledger"
HasObservation = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a workspace's place, and what its ledger makes of it."""

    documents: tuple[OnDesk, ...]
    elsewhere: tuple[Elsewhere, ...]
    ledger: Ledger

    @property
    def claims(self) -> Mapping[str, tuple[OnDesk, Reviewed]]:
        """Each claim that a person accepted or mended, with its document, by its code."""
        return MappingProxyType(_accepted(self.documents))

    @property
    def stated(self) -> Mapping[str, Claim]:
        """Each claim that was accepted, and each figure from elsewhere, by its code."""
        own = {code: reviewed.claim for code, (_, reviewed) in self.claims.items()}
        return MappingProxyType({**{one.code: one.claim for one in self.elsewhere}, **own})


def read_said(workspace: Workspace, *, has_observation: HasObservation | None = None) -> Said:
    """The documents, the figures from elsewhere and the ledger of a workspace; empty without them.

    Claims that were not accepted, or whose words are gone from a changed document, cannot be cited.
    Errors: BadWorkspace, UnreadableDocument or Faults for the first of the three that is wrong.
    """
    documents = read_documents(workspace)
    elsewhere = _read_elsewhere(workspace)
    known = _known(workspace, documents, elsewhere, has_observation)
    return Said(documents, elsewhere, read_ledger(workspace.folder / LEDGER, known))


def read_documents(workspace: Workspace) -> tuple[OnDesk, ...]:
    """Every document of a workspace with what was made of its claims.

    Errors: BadWorkspace or UnreadableDocument with every fault of every document.
    """
    documents, faults = _read_documents(workspace)
    if faults:
        raise faults[0]
    return documents


def check_said(
    workspace: Workspace, *, has_observation: HasObservation | None = None
) -> tuple[str, ...]:
    """Every fault of documents, figures from elsewhere and ledger, each in a sentence or more."""
    documents, wrong = _read_documents(workspace)
    faults = [line for error in wrong for line in _lines(error)]
    elsewhere: tuple[Elsewhere, ...] | None = None
    try:
        elsewhere = _read_elsewhere(workspace)
    except PlacedexError as error:
        faults += _lines(error)
    known = _known(workspace, None if wrong else documents, elsewhere, has_observation)
    try:
        read_ledger(workspace.folder / LEDGER, known)
    except PlacedexError as error:
        faults += _lines(error)
    return tuple(faults)


def is_observed(observations: Observations, cited: str) -> bool:
    """Whether a figure was published that is cited as INDICATOR/PLACE/PERIOD."""
    indicator, place, period = (*cited.split("/", 2), "", "")[:3]
    rows = observations.connection.execute(
        "SELECT count(*) FROM current_observation WHERE indicator = ? AND place = ? AND period = ? "
        "AND part = '' AND value IS NOT NULL",
        [indicator, place, period],
    ).fetchone()
    return bool(rows and rows[0])


def _read_documents(
    workspace: Workspace,
) -> tuple[tuple[OnDesk, ...], tuple[PlacedexError, ...]]:
    desk = document_desk(workspace)
    if not desk.folder.is_dir():
        return (), ()
    documents: list[OnDesk] = []
    wrong: list[PlacedexError] = []
    try:
        listed = desk.documents()
    except PlacedexError as error:
        return (), (error,)
    for about in listed:
        try:
            documents.append(desk.open(about.code))
        except PlacedexError as error:
            wrong.append(error)
    strange = tuple(_strange_claims(workspace, documents))
    if strange:
        wrong.append(BadWorkspace("\n".join(strange)))
    return tuple(documents), tuple(wrong)


def _strange_claims(workspace: Workspace, documents: list[OnDesk]) -> Iterator[str]:
    """A sentence for each claim with another's code, or a place or period that is none."""
    first: dict[str, str] = {}
    for one in documents:
        for reviewed in one.review.claims:
            code, claim = reviewed.code, reviewed.claim
            where = f"documents/claims/{one.about.code}.yaml, claim {code}"
            if code in first:
                yield (
                    f"{where}: {first[code]} has a claim of this code too. Wanted each code once "
                    "in the workspace. Give one of them another."
                )
            first.setdefault(code, one.about.code)
            named = (claim.place.code, *claim.place.candidates) if claim.place else ()
            for place in named:
                if place and workspace.register.get(place) is None:
                    yield f"{where}: '{place}' is no place. Wanted a code of one. Mend the code."
            if claim.period and not _is_period(claim.period):
                yield (
                    f"{where}: '{claim.period}' is no period. Wanted 2030, 2024-02, 2024-02-19 or "
                    "2023-04/P1Y. Mend it."
                )


def _read_elsewhere(workspace: Workspace) -> tuple[Elsewhere, ...]:
    path = document_desk(workspace).folder / FILE
    return read_elsewhere(path, register=workspace.register, is_period=_is_period)


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except BadPeriod:
        return False
    return True


def _known(
    workspace: Workspace,
    documents: tuple[OnDesk, ...] | None,
    elsewhere: tuple[Elsewhere, ...] | None,
    has_observation: HasObservation | None,
) -> Known:
    """What entries may name; of what could not be read, nothing is held against them."""
    return Known(
        places=frozenset(place.code for place in workspace.register),
        indicators=frozenset(workspace.catalogue),
        claims=None if documents is None else frozenset(_accepted(documents)),
        documents=None
        if documents is None
        else {
            one.about.code: 0 if one.document is None else len(one.document.text)
            for one in documents
        },
        sources=None
        if elsewhere is None
        else frozenset((*(one.code for one in elsewhere), *_imported(workspace))),
        has_observation=has_observation,
    )


def _imported(workspace: Workspace) -> Iterator[str]:
    """The codes of the files that grants were imported from.

    Errors: BadWorkspace for a file that cannot be read.
    """
    for path in sorted(document_desk(workspace).folder.glob("elsewhere-*.yaml")):
        for entry in read_yaml(path) or ():
            yield str(entry["code"])


def _accepted(documents: tuple[OnDesk, ...]) -> dict[str, tuple[OnDesk, Reviewed]]:
    return {
        reviewed.code: (one, reviewed)
        for one in documents
        for reviewed in one.review.claims
        if reviewed.state in (State.ACCEPTED, State.MENDED)
    }


def _lines(error: PlacedexError) -> list[str]:
    if isinstance(error, Faults):
        return [str(fault) for fault in error.faults]
    return str(error).splitlines()
