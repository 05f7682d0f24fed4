"""Rows of evidence: documents, their claims with verdicts, and conflicts, ready to be shown."""

from dataclasses import dataclass
from enum import StrEnum

from placedex.evidence import Claim


class Kind(StrEnum):
    """Where a claim stands: in a document of the workspace, or elsewhere."""

    CLAIM = "claim"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a page tells of it.

    Attributes:
        published: the day, or nothing, in words that can be printed.
        has_text: whether its words are in the workspace, so that sentences can be shown.
        waiting: how many of its figures nobody has reviewed yet; they are not shown.
    """

    code: str
    title: str
    publisher: str
    published: str
    address: str
    file: str
    sha256: str
    has_text: bool
    place: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A sentence of a document with persons masked: what is before the figure, it, what is after.

    start, end: where the sentence stands in the document's text.
    """

    before: str
    figure: str
    after: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A figure that a claim was held against.

    Attributes:
        indicator, place: of an observation; nothing for a figure of another document.
        claim: the kind and the code of the claim that it is, if it is one.
    """

    words: str
    source: str
    address: str = ""
    indicator: str = ""
    place: str = ""
    claim: tuple[Kind, str] | None = None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One thing that was found of a claim: in a word, how it was reached, and what else to know.

    Without a word it is a remark.
    """

    word: str
    working: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """What is true of a claim, how that was reached, and what can be said instead.

    Attributes:
        word: confirmed, superseded, rounded otherwise, contradicted, not comparable, conflicts
            with another document, internally inconsistent, unknown.
        findings: each thing that was found; the weightiest first.
        safe: the sentence that can be said, with its source, its caveat and until when it holds.
    """

    word: str
    findings: tuple[FindingRow, ...]
    held: tuple[HeldRow, ...] = ()
    safe: str = ""
    source: str = ""
    caveat: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with where it stands and what is true of it.

    Attributes:
        document: the code of its document; empty for a figure from elsewhere.
        figure: the figure's words as published.
        place: the name of its place; `ambiguous` if nothing tells which of several it is.
        title, publisher, published, address: of the document, or of the place elsewhere.
        passage: its sentence, if the document's text is in the workspace.
    """

    kind: Kind
    code: str
    claim: Claim
    figure: str
    place: str
    title: str
    publisher: str
    published: str
    address: str
    document: str = ""
    page: int | None = None
    note: str = ""
    passage: PassageRow | None = None
    verdict: VerdictRow | None = None

    @property
    def working(self) -> str:
        """How the verdict was reached; empty if there is none."""
        found = self.verdict.findings if self.verdict is not None else ()
        return found[0].working if found else ""

    @property
    def key(self) -> tuple[Kind, str]:
        """Its kind and its code, by which the ledger cites it."""
        return self.kind, self.code

    @property
    def word(self) -> str:
        """The verdict in a word."""
        return "not judged" if self.verdict is None else self.verdict.word


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two claims side by side: how they stand, in a word and in a sentence, and why they differ."""

    kind: str
    one: tuple[Kind, str]
    other: tuple[Kind, str]
    words: str
    reasons: tuple[str, ...] = ()
