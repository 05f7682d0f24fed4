"""A verdict: what is true of a claim, with its working, its evidence, and what is safe to say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placedex.evidence import Claim


class Word(StrEnum):
    """What is true of a claim, in a word; where several hold, the first of them is said."""

    INCONSISTENT = "internally inconsistent"
    CONTRADICTED = "contradicted"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"
    CONFLICTS = "conflicts with another document"
    ROUNDED = "rounded otherwise"
    NOT_COMPARABLE = "not comparable"
    UNKNOWN = "unknown"


_WEIGHT: dict[Word | None, int] = {word: number for number, word in enumerate(Word)}
_REMARK = len(_WEIGHT)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what is known of the document that makes it.

    Attributes:
        document: the code of the document; an address for a figure from elsewhere.
        published: the day on which it was said; nothing for a text that is checked as of today.
        place: the code of the place that the document speaks of, if somebody wrote it down.
        page: where in the document it stands, if it has pages.
        near: the words between the claim before it and the one after it, if they are at hand.
        sentence: the sentence that it stands in, if it is at hand.
    """

    claim: Claim
    document: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    address: str = ""
    place: str = ""
    page: int | None = None
    near: str = ""
    sentence: str = ""

    @property
    def source(self) -> str:
        """Who says it, in words that can be printed."""
        named = ", ".join(one for one in (self.publisher, self.title) if one)
        day = f", {self.published.isoformat()}" if self.published else ""
        return f"{named or self.document}{day}"


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that a claim was held against.

    citation: observation:INDICATOR/PLACE/PERIOD, or document:CODE for a claim elsewhere.
    """

    citation: str
    words: str
    value: float
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found of a claim: the word, how it was reached, and against what.

    Without a word it is a remark: that parts add up says nothing of whether they are true.
    """

    word: Word | None
    working: str
    reasons: tuple[str, ...] = ()
    against: tuple[Against, ...] = ()


@dataclass(frozen=True, slots=True)
class Safe:
    """What can be said instead: the sentence, its source, its caveat, and until when it holds."""

    sentence: str
    source: str = ""
    caveat: str = ""
    until: str = ""

    def __str__(self) -> str:
        parts = (self.sentence, self.source and f"Source: {self.source}.", self.caveat, self.until)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of one claim: every finding, the weightiest first, and what is safe to say."""

    told: Told
    findings: tuple[Finding, ...]
    safe: Safe

    @property
    def claim(self) -> Claim:
        """The claim that is judged."""
        return self.told.claim

    @property
    def word(self) -> Word:
        """The verdict in a word."""
        return next((one.word for one in self.findings if one.word), Word.UNKNOWN)

    @property
    def working(self) -> str:
        """How the word was reached."""
        return self.findings[0].working

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it cannot be compared, or what else must be known, from every finding."""
        return tuple(dict.fromkeys(reason for one in self.findings for reason in one.reasons))

    @property
    def against(self) -> tuple[Against, ...]:
        """Everything that the claim was held against."""
        return tuple(dict.fromkeys(held for one in self.findings for held in one.against))


def weigh(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with the weightiest first; those of one word stay in their order."""
    return tuple(sorted(findings, key=lambda one: _WEIGHT.get(one.word, _REMARK)))
