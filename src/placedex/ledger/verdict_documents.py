"""Documents held against each other: what two of them tell of one thing, kept side by side."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from placedex.evidence import Claim
from placedex.ledger.verdict import Finding, Told, Word
from placedex.ledger.verdict_agreement import agreement
from placedex.ledger.verdict_places import bare_name, places_of, same_place
from placedex.ledger.verdict_published import PROMISES, period_of
from placedex.ledger.verdict_terms import Meaning, kind_of
from placedex.ledger.verdict_words import as_against
from placedex.ledger.verdict_written import Rounding, rounds, written_claim
from placedex.places.names import fold

# A figure without a period is of this many years up to the day on which it was said.
YEARS_APART = 1
# One word, such as "received", is no subject that two claims could share.
_FEWEST_WORDS = 2
_BY_BOUND = "by its bound"
_UPPER = frozenset({"more than", "over", "at least"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "it", "its", "of", "on", "or",
    "our", "per", "that", "the", "their", "this", "to", "was", "were", "with", "claim", "outcome",
    "target", "expected", "forecast", "number", "total", "over", "more", "than",
})  # fmt: skip


class Kind(StrEnum):
    """How two claims stand to each other."""

    CONFLICT = "conflict"
    CHANGED = "changed its meaning"
    ROUNDED = "the same but for rounding"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that tell of one thing, both kept, with how they stand and why."""

    kind: Kind
    one: Told
    other: Told
    words: str
    reasons: tuple[str, ...] = ()


def pairs(
    told: Sequence[Told], meant: Mapping[int, tuple[Meaning, ...]], *, judged: int | None = None
) -> tuple[Pair, ...]:
    """Every two claims that conflict, changed their meaning, differ by rounding, or are taken for
    each other though they cannot be compared.

    The order of the claims, and of their documents, is nothing. With `judged`, one of the two is
    among so many first claims.
    """
    most = len(told) if judged is None else judged
    numbers = sorted(range(len(told)), key=lambda number: _order(told[number]))
    by_subject: dict[tuple[str, ...], list[int]] = {}
    by_topic: dict[str, list[int]] = {}
    subject: dict[int, tuple[str, ...]] = {}
    for number in numbers:
        meanings = meant.get(number, ())
        key = _subject(told[number].claim, meanings)
        subject[number] = key
        if key:
            by_subject.setdefault(key, []).append(number)
        if (topic := _topic(meanings)) != "":
            by_topic.setdefault(topic, []).append(number)
    found = [
        pair
        for group in by_subject.values()
        for one, other in combinations(group, 2)
        if min(one, other) < most
        for pair in _of_one_measure(told[one], told[other], meant.get(one, ()))
    ]
    found += [
        pair
        for group in by_topic.values()
        for one, other in combinations(group, 2)
        if min(one, other) < most and subject[one] != subject[other]
        for pair in _of_one_topic(told[one], told[other], (meant[one], meant[other]))
    ]
    return tuple(sorted(found, key=lambda pair: (_order(pair.one), _order(pair.other), pair.kind)))


def findings_of(told: Told, found: Iterable[Pair]) -> list[Finding]:
    """What pairs find of one of their claims."""
    findings = []
    for pair in found:
        if told is not pair.one and told is not pair.other:
            continue
        other = pair.other if pair.one is told else pair.one
        word = _word(pair)
        if word is not None:
            reasons = (pair.kind.value, *pair.reasons)
            working = f"{pair.kind.value[0].upper()}{pair.kind.value[1:]}: {pair.words}."
            findings.append(Finding(word, working, reasons, (as_against(other),)))
    return findings


def _word(pair: Pair) -> Word | None:
    if pair.kind is Kind.CONFLICT:
        same = pair.one.document == pair.other.document
        return Word.INCONSISTENT if same else Word.CONFLICTS
    if pair.kind is Kind.ROUNDED:
        return Word.ROUNDED if "half" in pair.words else None
    return Word.NOT_COMPARABLE


def _of_one_measure(one: Told, other: Told, meanings: tuple[Meaning, ...]) -> Iterator[Pair]:
    """How two claims of one measure stand, if it is worth telling."""
    reasons = tuple(_reasons(one, other, meanings))
    agreed = _agreed(one.claim, other.claim)
    sides = f"{as_against(one).words} | {as_against(other).words}"
    if reasons:
        named = _place_name(one) == _place_name(other) or same_place(one, other) is not False
        older = any(reason.startswith("another period") for reason in reasons)
        other_place = any("another place" in reason for reason in reasons)
        # That a figure was another at another time is no news; that its place was, may be.
        told = named and not agreed and (other_place or not older)
        if told and one.document != other.document:
            yield Pair(Kind.NOT_COMPARABLE, one, other, sides, reasons)
    elif not agreed:
        if (one.claim.place is None) != (other.claim.place is None) and not same_place(one, other):
            return
        doubt = same_place(one, other) is None and len(places_of(one)) > 1
        unsure = f"if one '{_place_words(one)}' is meant by both"
        yield Pair(Kind.CONFLICT, one, other, sides, (unsure,) if doubt else ())
    elif one.claim.value != other.claim.value and agreed != _BY_BOUND:
        yield Pair(Kind.ROUNDED, one, other, f"{sides}: {agreed}")


def _of_one_topic(
    one: Told, other: Told, meanings: tuple[tuple[Meaning, ...], tuple[Meaning, ...]]
) -> Iterator[Pair]:
    """How two claims about one thing stand that are of different measures."""
    both_counts = kind_of(one.claim) == kind_of(other.claim) == "count"
    if one.claim.unit != other.claim.unit and not both_counts:
        return
    if _place_name(one) != _place_name(other) and same_place(one, other) is not True:
        return
    names = [" or ".join(meaning.name for meaning in several) for several in meanings]
    measures = f"another measure: {names[0]} in one, {names[1]} in the other"
    sides = f"{as_against(one).words} | {as_against(other).words}"
    promises = [told.claim.modality in PROMISES for told in (one, other)]
    if _one_figure(one.claim, other.claim) and promises[0] == promises[1]:
        words = f"One figure told as two measures: {sides}"
        yield Pair(Kind.CHANGED, one, other, words, (measures,))
    elif one.document != other.document:
        reasons = (measures, *_reasons(one, other, ()))
        yield Pair(Kind.NOT_COMPARABLE, one, other, sides, reasons)


def _agreed(one: Claim, other: Claim) -> str:
    """How two claims agree: in words, or by a bound; empty if they do not."""
    for mine, theirs in ((one, other), (other, one)):
        ends = (theirs.value, theirs.value if theirs.high is None else theirs.high)
        for end in ends:
            found = agreement(mine, end)
            if found:
                return _BY_BOUND if mine.bound or mine.high is not None else found.words
    return _BY_BOUND if one.bound in _UPPER and other.bound in _UPPER else ""


def _one_figure(one: Claim, other: Claim) -> bool:
    """Whether two claims give one number, whatever their bounds, one perhaps with fewer digits."""
    return any(
        rounds(written_claim(mine), theirs.value) is Rounding.ROUNDS
        for mine, theirs in ((one, other), (other, one))
    )


def _reasons(one: Told, other: Told, meanings: tuple[Meaning, ...]) -> Iterator[str]:
    """Why two claims of one measure cannot be compared."""
    timeless = any(meaning.timeless for meaning in meanings)
    if len(meanings) > 1:
        yield f"which measure: {' or '.join(meaning.name for meaning in meanings)}"
    same = same_place(one, other)
    alike = places_of(one) == places_of(other) and _place_name(one) == _place_name(other)
    if same is False or (same is None and not timeless and not alike and _both_placed(one, other)):
        which = "another place" if same is False else "perhaps another place"
        yield f"{which}: {_place_words(one)} in one, {_place_words(other)} in the other"
    if not timeless and (apart := _times_apart(one, other, meanings)):
        yield f"another period: {apart}"
    promises = [told.claim.modality in PROMISES for told in (one, other)]
    if promises[0] != promises[1]:
        said = [told.claim.modality.value for told in (one, other)]
        yield f"one is told as {said[0]}, the other as {said[1]}"
    if one.claim.prices and other.claim.prices and one.claim.prices != other.claim.prices:
        yield f"another price basis: {one.claim.prices} in one, {other.claim.prices} in the other"


def _both_placed(one: Told, other: Told) -> bool:
    return one.claim.place is not None and other.claim.place is not None


def _times_apart(one: Told, other: Told, meanings: tuple[Meaning, ...]) -> str:
    """How the times of two claims differ; empty if they overlap or one is not known.

    A claim without a period is of the years before the day on which it was said.
    """
    if any(meaning.flow for meaning in meanings):
        mine, theirs = (told.claim.period or "not said" for told in (one, other))
        known = "not said" not in (mine, theirs)
        return "" if known and mine == theirs else f"{mine} in one, {theirs} in the other"
    spans = [_span(told) for told in (one, other)]
    if spans[0] is None or spans[1] is None:
        return ""
    (first, last, words), (start, end, others) = spans[0], spans[1]
    return f"{words} in one, {others} in the other" if last < start or end < first else ""


def _span(told: Told) -> tuple[date, date, str] | None:
    """The first and the last day that a claim can be of, and its time in words."""
    period = period_of(told.claim)
    if period is not None:
        return period.start, period.end, period.words
    if told.claim.period and (years := [int(one) for one in _YEAR.findall(told.claim.period)]):
        return date(min(years), 1, 1), date(max(years), 12, 31), told.claim.period
    day = told.published
    if day is None:
        return None
    return day - timedelta(days=366 * YEARS_APART), day, f"said on {day.isoformat()}"


def _subject(claim: Claim, meanings: tuple[Meaning, ...]) -> tuple[str, ...]:
    """What a claim is about: its measure, or the words of it that tell something."""
    kind = kind_of(claim)
    if kind is None:
        return ()
    unit = kind if kind != "count" else claim.unit
    if len(meanings) == 1:
        return (kind, meanings[0].code)
    if meanings:
        return (kind, *(meaning.code for meaning in meanings))
    words = {word for word in fold(claim.measure).split() if word not in _SMALL} - {claim.unit}
    return ("words", unit, *sorted(words)) if len(words) >= _FEWEST_WORDS else ()


def _topic(meanings: tuple[Meaning, ...]) -> str:
    topics = {meaning.topic for meaning in meanings}
    return topics.pop() if len(topics) == 1 else ""


def _place_name(told: Told) -> str:
    return "" if told.claim.place is None else bare_name(told.claim.place.name)


def _place_words(told: Told) -> str:
    place = told.claim.place
    if place is None:
        return told.place or "none named"
    return f"{place.name} ({place.code})" if place.code else place.name


def _order(told: Told) -> tuple[str, int, int, str, float]:
    claim = told.claim
    return (told.document, claim.span.start, claim.span.end, claim.measure, claim.value)
