"""The record: what was said and promised, with what came of it, as the pages show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from placedex.errors import BadWorkspace
from placedex.ledger import Citation, Cites, Ledger
from placedex.publish.evidence_rows import ClaimRow, ConflictRow, DocumentRow, Kind
from placedex.publish.ledger_rows import MoneyRow, NetworkRow, ProgressRow
from placedex.publish.links import claim_path, document_path, entry_path
from placedex.publish.words import capital

# Pages that stand among those of documents, claims and programmes.
OURS = {
    "evidence/index.html": "the page of evidence",
    "evidence/conflicts.html": "the page of conflicts",
    "evidence/elsewhere/index.html": "the page of figures from elsewhere",
    "programmes/index.html": "the page of programmes",
    "programmes/together.html": "the page of partnerships",
}


@dataclass(frozen=True, eq=False)
class Record:
    """Documents, their claims with verdicts, and a ledger with its progress, money and network.

    Attributes:
        claims: those of documents in their order, document by document, then from elsewhere.
        progress: how each target stands, by its code.
    """

    documents: tuple[DocumentRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    progress: Mapping[str, ProgressRow] = field(default_factory=dict)
    money: MoneyRow | None = None
    network: NetworkRow | None = None

    @cached_property
    def by_key(self) -> Mapping[tuple[Kind, str], ClaimRow]:
        """Every claim by its kind and its code."""
        return {one.key: one for one in self.claims}

    @cached_property
    def by_document(self) -> Mapping[str, DocumentRow]:
        """Every document by its code."""
        return {one.code: one for one in self.documents}

    @cached_property
    def cited_by(self) -> Mapping[tuple[Kind, str], tuple[tuple[str, str], ...]]:
        """The entries of the ledger that cite each claim: the kind of list and the code."""
        found: dict[tuple[Kind, str], dict[tuple[str, str], None]] = defaultdict(dict)
        for kind, code, cites in _every_cites(self.ledger):
            for citation in _citations(cites):
                if citation.kind in (Kind.CLAIM, Kind.SOURCE):
                    found[Kind(citation.kind), citation.code][kind, code] = None
        return {key: tuple(entries) for key, entries in found.items()}

    def of_document(self, code: str) -> tuple[ClaimRow, ...]:
        """The claims of a document in the order of its text."""
        return tuple(one for one in self.claims if one.document == code)

    @property
    def from_elsewhere(self) -> tuple[ClaimRow, ...]:
        """The figures of which the workspace has no document."""
        return tuple(one for one in self.claims if one.kind is Kind.SOURCE)

    @property
    def has_programmes(self) -> bool:
        """Whether there is a page of programmes, from which those that belong to it are reached."""
        ledger = self.ledger
        return bool(
            ledger.programmes
            or ledger.organisations
            or ledger.partnerships
            or ledger.sites
            or ledger.events
        )

    @property
    def has_evidence(self) -> bool:
        """Whether there is a document or a figure from elsewhere."""
        return bool(self.documents or self.claims)


NOTHING_SAID = Record()


def check_addresses(record: Record) -> None:
    """Nothing, if every document and claim of a record can have an address of its own.

    Errors: BadWorkspace if two would stand at one address.
    """
    taken = dict(OURS)
    for path, what in _addressed(record):
        if path in taken:
            raise BadWorkspace(
                f"{capital(what)} would have the address {path}, which {taken[path]} has. Wanted "
                "one address for each. Give one of them another code."
            )
        taken[path] = what


def _addressed(record: Record) -> Iterable[tuple[str, str]]:
    for document in record.documents:
        yield document_path(document.code), f"the document '{document.code}'"
    for claim in record.claims:
        what = "claim" if claim.kind is Kind.CLAIM else "figure from elsewhere"
        yield claim_path(claim.kind, claim.code), f"the {what} '{claim.code}'"
    for code in record.ledger.programmes:
        yield entry_path("programmes", code), f"the programme '{code}'"


def _citations(cites: Cites) -> Iterable[Citation]:
    return (one for listed in cites.by_field.values() for one in listed)


def _every_cites(ledger: Ledger) -> Iterable[tuple[str, str, Cites]]:
    """Every set of citations, with the list and the code of the entry that a page shows it in."""
    for kind in (
        "organisations", "programmes", "targets", "partnerships", "sites", "events", "support",
    ):  # fmt: skip
        for code, entry in getattr(ledger, kind).items():
            yield kind, code, entry.cites
    for code, programme in ledger.programmes.items():
        cites = [one.cites for one in programme.money] + [one.cites for one in programme.outputs]
        for each in cites:
            yield "programmes", code, each
