"""What a person made of a document's claims, and how it outlives a change of the document."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from placedex.evidence.claim import Claim, Span
from placedex.evidence.document import Document

# So many words before and after a figure tell it from the same figure elsewhere.
AROUND = 8
LEAST_ALIKE = 0.25
# Shorter ones, such as "of the", stand everywhere.
_WORD = re.compile(r"\w{4,}")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


class State(StrEnum):
    """What a person said of a claim: nothing yet, that it is right, put right, or no claim."""

    OPEN = "open"
    ACCEPTED = "accepted"
    MENDED = "mended"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A claim with what was made of it.

    Attributes:
        code: by which the claim is cited; it stays when the document changes.
        figure: the words of the figure alone, as they were published.
        around: a short hash of each word beside the figure, by which it is found again; nobody's
            sentence is kept.
        by, on: who said so, and on what day.
    """

    code: str
    claim: Claim
    state: State
    figure: str
    page: int
    around: tuple[str, ...] = ()
    note: str = ""
    by: str = ""
    on: date | None = None

    @property
    def mark(self) -> str:
        """A short hash of everything, by which it is known whether somebody changed it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Review:
    """Every claim of a document with what was made of it, in the order of the text.

    Attributes:
        document, file, sha256: of the document in which the claims stand.
        lost: claims whose words are no longer in the document.
    """

    document: str
    file: str
    sha256: str
    claims: tuple[Reviewed, ...]
    lost: tuple[Reviewed, ...] = ()

    def find(self, code: str) -> Reviewed | None:
        """A claim by its code; nothing if it is not here."""
        return next((one for one in self.claims if one.code == code), None)

    def with_claim(self, reviewed: Reviewed) -> "Review":
        """The same, with one claim in the place of that of its code."""
        claims = tuple(reviewed if one.code == reviewed.code else one for one in self.claims)
        return replace(self, claims=claims)

    def count(self, state: State) -> int:
        """How many claims are in a state."""
        return sum(one.state is state for one in self.claims)


@dataclass(frozen=True, slots=True)
class Carried:
    """A review moved to a changed document: how many claims stand elsewhere, and which are lost."""

    review: Review
    moved: int
    lost: tuple[Reviewed, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """A sentence for each claim that was lost."""
        return tuple(
            f"{one.code}: the words '{one.figure}' are no longer in the document where they were "
            f"said (once at character {one.claim.figure.start:,}). Look whether it says otherwise "
            "now, and mend what cites the claim."
            for one in self.lost
        )


def begin_review(document: Document, claims: Iterable[Claim]) -> Review:
    """A review in which nothing has been said of any claim yet."""
    return add_claims(Review(document.code, document.file, document.sha256, ()), document, claims)


def add_claims(review: Review, document: Document, claims: Iterable[Claim]) -> Review:
    """The review with the claims that it does not have yet; what a person said of others stays."""
    by_figure = {one.claim.figure: one for one in review.claims}
    codes = {one.code for one in (*review.claims, *review.lost)}
    for claim in claims:
        there = by_figure.get(claim.figure)
        if there is None:
            made = _open(claim, document, taken=codes)
            codes.add(made.code)
            by_figure[claim.figure] = made
        elif there.state is State.OPEN and not there.note:
            by_figure[claim.figure] = replace(there, claim=claim)
    return replace(review, claims=_in_order(by_figure.values()))


def carry_over(review: Review, document: Document) -> Carried:
    """A review moved to the document as it is now: each claim by its words, or reported as lost.

    The figure's words are looked for as they were; then without regard to spaces, marks of
    quotation, dashes and capitals. Among several the one with the likest words around it is
    taken, and among those the nearest; none, if less than a quarter of the words around are left.
    """
    kept: list[Reviewed] = []
    lost: list[Reviewed] = []
    taken: set[int] = set()
    moved = 0
    # Those that were lost come last: their words may have come back.
    for one in (*review.claims, *review.lost):
        where = _where(one, document.text, taken)
        if where is None:
            lost.append(one)
            continue
        taken.add(where.start)
        moved += where != one.claim.figure
        kept.append(_moved(one, where, document))
    now = Review(document.code, document.file, document.sha256, _in_order(kept), tuple(lost))
    return Carried(now, moved, tuple(one for one in lost if one not in review.lost))


def misplaced(review: Review, document: Document) -> tuple[Reviewed, ...]:
    """The claims whose figure does not stand where the review of this very document says."""
    return tuple(
        one
        for one in review.claims
        if document.text[one.claim.figure.start : one.claim.figure.end] != one.figure
    )


def _open(claim: Claim, document: Document, *, taken: set[str]) -> Reviewed:
    figure = document.text[claim.figure.start : claim.figure.end]
    before = document.text.count(figure, 0, claim.figure.start)
    told = f"{' '.join(figure.split())}\n{before}"
    code = f"{document.code}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"
    number = 1
    while code in taken:
        number += 1
        code = f"{code.partition('.')[0]}.{number}"
    around = words_around(document.text, claim.figure)
    page = document.page_of(claim.figure.start)
    return Reviewed(code, claim, State.OPEN, figure, page, around)


def _in_order(claims: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    return tuple(sorted(claims, key=lambda one: (one.claim.figure, one.code)))


def words_around(text: str, figure: Span) -> tuple[str, ...]:
    """A short hash of each of the eight longer words before and after a figure; `-` for none."""
    before = _WORD.findall(text[max(0, figure.start - 40 * AROUND) : figure.start])[-AROUND:]
    after = _WORD.findall(text[figure.end : figure.end + 40 * AROUND])[:AROUND]
    padded = [""] * (AROUND - len(before)) + before + after + [""] * (AROUND - len(after))
    return tuple(_hash(word) for word in padded)


def _hash(word: str) -> str:
    return hashlib.sha256(word.lower().encode()).hexdigest()[:3] if word else "-"


def _where(one: Reviewed, text: str, taken: set[int]) -> Span | None:
    """Where a figure stands in a changed text, if it does."""
    found = [span for span in _exactly(one.figure, text) if span.start not in taken]
    best = _likest(one, text, found)
    if best is None:
        found = [span for span in _nearly(one.figure, text) if span.start not in taken]
        best = _likest(one, text, found)
    return best


def _likest(one: Reviewed, text: str, found: list[Span]) -> Span | None:
    scored = [
        (_alike(one.around, words_around(text, span)), -abs(span.start - one.claim.figure.start))
        for span in found
    ]
    if not scored:
        return None
    best = max(range(len(found)), key=lambda number: scored[number])
    return found[best] if scored[best][0] >= LEAST_ALIKE else None


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of the words around that are still there, on the same side of the figure."""
    if not one:
        return 1.0
    shares, total = 0, 0
    half = len(one) // 2
    for mine, theirs in ((one[:half], other[:AROUND]), (one[half:], other[AROUND:])):
        left = list(theirs)
        for word in mine:
            if word == "-":
                continue
            total += 1
            if word in left:
                left.remove(word)
                shares += 1
    return shares / total if total else 1.0


def _exactly(words: str, text: str) -> Iterator[Span]:
    return (Span(*one.span()) for one in re.finditer(_alone(re.escape(words), words), text))


def _nearly(words: str, text: str) -> Iterator[Span]:
    """The same words, whatever spaces, quotation marks, dashes and capitals they have."""
    parts = re.findall(r"\d+|[^\W\d]+|[^\w\s]", words.translate(_SAME).lower())
    form = _alone(r"\s*".join(map(re.escape, parts)), words)
    plain = text.translate(_SAME)
    return (Span(*one.span()) for one in re.finditer(form, plain, re.IGNORECASE))


def _alone(form: str, words: str) -> str:
    """A form of words that is no part of a longer number or word: £4 is not in £45 or £4.9."""
    before = r"(?<!\d)(?<!\d[.,])" if words[0].isdigit() else r"(?<![^\W\d_])"
    after = r"(?!\d|[.,]\d)" if words[-1].isdigit() else r"(?![^\W\d_])"
    return f"{before if words[0].isalnum() else ''}{form}{after if words[-1].isalnum() else ''}"


def _moved(one: Reviewed, figure: Span, document: Document) -> Reviewed:
    """The claim with its figure here; the span of its words keeps its reach as far as it can."""
    old = one.claim
    start = max(0, figure.start - (old.figure.start - old.span.start))
    end = min(len(document.text), figure.end + (old.span.end - old.figure.end))
    if document.text[start:end] != old.words:
        found = _near(old.words, document.text, Span(start, end), figure)
        start, end = (found.start, found.end) if found else (figure.start, figure.end)
    claim = replace(
        old,
        document=document.file,
        span=Span(start, end),
        words=document.text[start:end],
        figure=figure,
    )
    return replace(
        one,
        claim=claim,
        figure=document.text[figure.start : figure.end],
        page=document.page_of(figure.start),
        around=words_around(document.text, figure),
    )


def _near(words: str, text: str, around: Span, figure: Span) -> Span | None:
    """The words of a claim as they stand now about its figure."""
    for span in _nearly(words, text[max(0, around.start - 40) : around.end + 40]):
        moved = Span(span.start + max(0, around.start - 40), span.end + max(0, around.start - 40))
        if moved.start <= figure.start and figure.end <= moved.end:
            return moved
    return None
