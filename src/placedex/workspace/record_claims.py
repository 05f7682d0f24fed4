"""Documents, their claims with verdicts, and conflicts of a workspace, to be shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from placedex.evidence import (
    Document,
    Elsewhere,
    OnDesk,
    Reviewed,
    Span,
    State,
    mask,
    mask_passage,
    names_in,
    passage,
)
from placedex.ledger.verdict import Against, Told, Verdict
from placedex.ledger.verdict_documents import Pair
from placedex.ledger.verdict_judge import judge
from placedex.ledger.verdict_terms import Terms
from placedex.observations import Observations, parse_period
from placedex.publish import (
    ClaimRow,
    ConflictRow,
    DocumentRow,
    FindingRow,
    HeldRow,
    Kind,
    PassageRow,
    VerdictRow,
)
from placedex.workspace.said import Said

Key = tuple[Kind, str]
Shown = Callable[[str], str]
Rows = tuple[tuple[DocumentRow, ...], tuple[ClaimRow, ...], tuple[ConflictRow, ...]]
# Only these have pages; any other document is one.
PAGED = (".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A claim that is to be shown: as it was told, with what is known beside."""

    key: Key
    told: Told
    figure: str = ""
    note: str = ""
    published: str = ""
    document: Document | None = None


def claim_rows(said: Said, observations: Observations, *, terms: Terms) -> Rows:
    """Every document, every claim with its verdict, and every pair of claims side by side.

    Of a document whose text is at hand, names of persons and how to reach them are masked in
    whatever is shown.
    """
    spoken = [*_of_documents(said), *map(_of_elsewhere, said.elsewhere)]
    judged = judge([one.told for one in spoken], observations, terms=terms)
    keys = {id(one.told): one.key for one in spoken}
    shown = _masking(said.documents)
    claims = tuple(
        _row(one, _verdict(verdict, spoken, shown=shown), shown=shown)
        for one, verdict in zip(spoken, judged.verdicts, strict=True)
    )
    conflicts = tuple(_conflict(pair, keys, shown=shown) for pair in judged.pairs)
    return tuple(map(_document, said.documents)), claims, conflicts


def _masking(documents: Sequence[OnDesk]) -> Shown:
    """What makes words fit to be shown: they may be those of a document whose text is at hand."""
    texts = [one.document.text for one in documents if one.document is not None]
    if not texts:
        return lambda words: words
    known = frozenset().union(*map(names_in, texts))
    return lambda words: mask(words, known=known).text


def _document(one: OnDesk) -> DocumentRow:
    about = one.about
    return DocumentRow(
        code=about.code,
        title=one.title,
        publisher=about.publisher,
        published=_day(about.published),
        address=about.address,
        file=about.file,
        sha256=one.review.sha256 or about.sha256,
        has_text=one.document is not None,
        place=about.place,
        waiting=one.review.count(State.OPEN),
    )


def _of_documents(said: Said) -> Iterator[_Spoken]:
    for code, (one, reviewed) in said.claims.items():
        yield _Spoken(
            key=(Kind.CLAIM, code),
            told=_told(one, reviewed),
            figure=reviewed.figure,
            note=reviewed.note,
            published=_day(one.about.published),
            document=one.document,
        )


def _told(one: OnDesk, reviewed: Reviewed) -> Told:
    """A claim with no more words than its figure: no verdict may hang on a text being at hand."""
    about = one.about
    return Told(
        replace(reviewed.claim, words=reviewed.figure),
        document=about.code,
        title=one.title,
        publisher=about.publisher,
        published=about.published,
        address=about.address,
        place=about.place,
        page=reviewed.page if about.file.lower().endswith(PAGED) else None,
    )


def _of_elsewhere(one: Elsewhere) -> _Spoken:
    period = parse_period(one.published) if one.published else None
    told = Told(
        one.claim,
        document=f"elsewhere/{one.code}",
        title=one.title,
        publisher=one.publisher,
        published=period.start if period is not None and period.kind == "day" else None,
        address=one.address,
    )
    when = period.words if period is not None else ""
    return _Spoken((Kind.SOURCE, one.code), told, note=one.note, published=when)


def _row(one: _Spoken, verdict: VerdictRow, *, shown: Shown) -> ClaimRow:
    told, claim = one.told, one.told.claim
    named = claim.place
    return ClaimRow(
        kind=one.key[0],
        code=one.key[1],
        claim=replace(
            claim,
            words="",
            measure=shown(claim.measure),
            comparator=shown(claim.comparator),
            population=shown(claim.population),
        ),
        figure=shown(one.figure),
        place=shown(named.name) if named is not None else "",
        title=told.title or told.document,
        publisher=told.publisher,
        published=one.published,
        address=told.address,
        document=told.document if one.key[0] is Kind.CLAIM else "",
        page=told.page,
        note=shown(one.note),
        passage=_passage(one),
        verdict=verdict,
    )


def _passage(one: _Spoken) -> PassageRow | None:
    """The sentence of a claim with its figure told apart, masked; nothing without the text."""
    document, claim = one.document, one.told.claim
    if document is None:
        return None
    found = passage(document, claim.span)
    figure = Span(claim.figure.start - found.start, claim.figure.end - found.start)
    masked = mask_passage(replace(found, claim=figure), known=names_in(document.text))
    words, at = masked.words, masked.claim
    return PassageRow(
        before=words[: at.start],
        figure=words[at.start : at.end],
        after=words[at.end :],
        start=found.start,
        end=found.start + len(found.words),
    )


def _verdict(verdict: Verdict, spoken: Sequence[_Spoken], *, shown: Shown) -> VerdictRow:
    safe = verdict.safe
    return VerdictRow(
        word=verdict.word.value,
        findings=tuple(
            FindingRow(
                one.word.value if one.word is not None else "",
                shown(one.working),
                tuple(shown(reason) for reason in one.reasons),
            )
            for one in verdict.findings
        ),
        held=tuple(_held(one, spoken, shown=shown) for one in verdict.against),
        safe=shown(safe.sentence),
        source=shown(safe.source),
        caveat=shown(safe.caveat),
        until=safe.until,
    )


def _held(one: Against, spoken: Sequence[_Spoken], *, shown: Shown) -> HeldRow:
    kind, _, code = one.citation.partition(":")
    indicator = place = ""
    claim: Key | None = None
    if kind == "observation":
        indicator, place = (*code.split("/"), "", "")[:2]
    else:
        claim = _found(one, spoken)
    return HeldRow(shown(one.words), shown(one.source), one.address, indicator, place, claim)


def _found(one: Against, spoken: Sequence[_Spoken]) -> Key | None:
    """The claim that another was held against: the one of its document, value and measure."""
    kind, _, code = one.citation.partition(":")
    document = f"elsewhere/{code}" if kind == "source" else code
    found = [
        each.key
        for each in spoken
        if each.told.document == document
        and each.told.claim.value == one.value
        and one.words.startswith(each.told.claim.measure)
    ]
    return found[0] if len(found) == 1 else None


def _conflict(pair: Pair, keys: Mapping[int, Key], *, shown: Shown) -> ConflictRow:
    return ConflictRow(
        kind=pair.kind.value,
        one=keys[id(pair.one)],
        other=keys[id(pair.other)],
        words=shown(pair.words),
        reasons=tuple(shown(one) for one in pair.reasons),
    )


def _day(day: date | None) -> str:
    return "" if day is None else parse_period(day.isoformat()).words
