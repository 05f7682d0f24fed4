"""A document held against itself: parts that must add up, shares, and changes of numbers."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from placedex.evidence import Claim
from placedex.ledger.verdict import Finding, Told, Word
from placedex.ledger.verdict_places import same_place
from placedex.ledger.verdict_terms import Meaning
from placedex.ledger.verdict_words import amount, as_against
from placedex.ledger.verdict_written import rounds_otherwise, written_claim

_CHANGES = ("rise", "rose", "increase", "growth", "grew", "up by", "fall", "fell", "more than last")
_WHOLE = Decimal(100)


def parts_add_up(whole: Told, parts: Sequence[Told]) -> Finding:
    """Whether parts add up to a whole, every figure being as exact as it is written.

    Parts of another document that do not are a conflict of the two; parts of the same make it
    inconsistent.
    """
    unit = whole.claim.unit
    figures = [written_claim(one.claim) for one in parts]
    total = sum((one.value for one in figures), Decimal(0))
    low = sum((one.ends()[0] for one in figures), Decimal(0))
    high = sum((one.ends()[1] for one in figures), Decimal(0))
    number = written_claim(whole.claim)
    least, most = number.ends()
    told = amount(whole.claim.value, unit)
    listed = " + ".join(amount(one.claim.value, unit) for one in parts)
    added = f"{listed} = {amount(float(total), unit)}"
    against = tuple(as_against(one) for one in parts)
    if least <= total <= most:
        return Finding(None, f"{added}, which rounds to {told}: consistent.", against=against)
    possible = max(low, least) <= min(high, most)
    if possible or rounds_otherwise(number, float(total)):
        hidden = f"; it can be {told} only with what the rounding of the parts hides"
        words = f"{added}, which does not round to {told}{hidden if possible else ''}."
        return Finding(Word.ROUNDED, words, (f"the parts as printed: {added}",), against)
    off = amount(abs(float(total - number.value)), "points" if unit == "percent" else unit)
    same = all(one.document == whole.document for one in parts)
    word = Word.INCONSISTENT if same else Word.CONFLICTS
    return Finding(word, f"{added}, not {told}: {off} apart.", against=against)


def change_fits(percent: Claim, base: Claim, gain: Claim) -> Finding:
    """Whether a gain on a base is the change in per cent that is printed."""
    lowest, highest = _quotient(written_claim(gain).ends(), written_claim(base).ends())
    number = written_claim(percent)
    least, most = number.ends()
    exact = 100 * gain.value / base.value
    told = f"{amount(gain.value, gain.unit)} on {amount(base.value, base.unit)} is {exact:.1f}%"
    if max(lowest, least) <= min(highest, most):
        return Finding(None, f"{told}, which fits {amount(percent.value, 'percent')}.")
    fewer = rounds_otherwise(number, float(f"{exact:.3g}"))
    only = ", which it is only with fewer digits than are written" if fewer else ""
    return Finding(
        Word.INCONSISTENT,
        f"{told}; with what rounding hides {float(lowest):.1f} to {float(highest):.1f}%. "
        f"{amount(percent.value, 'percent')} is printed{only}.",
    )


def before_of(percent: Claim, after: Claim) -> Finding:
    """What the number before a rise must have been, and whether a whole number gives that rise."""
    least, most = written_claim(percent).ends()
    value = Decimal(repr(float(after.value)))
    low, high = value / (1 + most / _WHOLE), value / (1 + least / _WHOLE)
    exact = after.value / (1 + percent.value / 100)
    rise = amount(percent.value, "percent")
    told = f"{rise} up to {amount(after.value, after.unit)} means {exact:.1f} before"
    whole = [number for number in range(math.ceil(low), math.floor(high) + 1) if number > 0]
    if whole:
        listed = " or ".join(f"{number:,}" for number in whole[:3])
        back = 100 * (after.value / whole[0] - 1)
        some = "" if len(whole) <= 3 else f" and {len(whole) - 3} more"
        return Finding(
            None,
            f"{told}; consistent with {listed}{some}: from {whole[0]:,} it is {back:.1f}%, which "
            f"rounds to {rise}.",
        )
    return Finding(
        Word.INCONSISTENT,
        f"{told}, and no whole number gives a rise that rounds to {rise}.",
    )


def share_in_range(claim: Claim) -> Finding | None:
    """A finding if a share is above a hundred per cent or below nought; nothing if it is not."""
    words = f"{claim.measure} {claim.words} {claim.comparator}".lower()
    share = " of " in f" {words} " or "share" in words or "coverage" in words
    if claim.unit != "percent" or any(word in words for word in _CHANGES) or not share:
        return None
    if 0 <= claim.value <= 100:
        return None
    return Finding(
        Word.INCONSISTENT, f"A share of {amount(claim.value, 'percent')} is outside 0 to 100%."
    )


def inside(told: Sequence[Told], meant: Mapping[int, Meaning]) -> dict[int, list[Finding]]:
    """What claims find of each other by their measures, by the number of the claim.

    Parts add up to their whole and changes fit their numbers, where all are of one place. Parts of
    the claim's own document come first; without them those of another that has every part.
    """
    found: dict[int, list[Finding]] = {}
    for number, one in enumerate(told):
        findings = []
        if (broken := share_in_range(one.claim)) is not None:
            findings.append(broken)
        meaning = meant.get(number)
        if meaning is not None and meaning.parts:
            findings += _of_parts(number, meaning, told, meant)
        if meaning is not None and meaning.change_of:
            findings += _of_change(number, meaning, told, meant)
        if findings:
            found[number] = findings
    return found


def _of_parts(
    number: int, meaning: Meaning, told: Sequence[Told], meant: Mapping[int, Meaning]
) -> list[Finding]:
    whole = told[number]
    own = [whole.document]
    others = sorted({one.document for one in told} - {whole.document})
    for document in own + others:
        parts = []
        for code in meaning.parts:
            part = next(
                (
                    one
                    for place, one in enumerate(told)
                    if one.document == document
                    and place in meant
                    and meant[place].code == code
                    and one.claim.unit == whole.claim.unit
                    and same_place(whole, one) is not False
                ),
                None,
            )
            if part is not None:
                parts.append(part)
        if len(parts) == len(meaning.parts):
            return [parts_add_up(whole, parts)]
    return []


def _of_change(
    number: int, meaning: Meaning, told: Sequence[Told], meant: Mapping[int, Meaning]
) -> list[Finding]:
    one = told[number]
    after = next(
        (
            other
            for place, other in enumerate(told)
            if other.document == one.document
            and place in meant
            and meant[place].code == meaning.change_of
            and same_place(one, other) is not False
            and (one.claim.period or other.claim.period) == (other.claim.period or
                                                             one.claim.period)
        ),
        None,
    )  # fmt: skip
    return [] if after is None else [before_of(one.claim, after.claim)]


def _quotient(
    above: tuple[Decimal, Decimal], below: tuple[Decimal, Decimal]
) -> tuple[Decimal, Decimal]:
    """The least and the greatest share in per cent of what lies between two ends."""
    return _WHOLE * above[0] / below[1], _WHOLE * above[1] / below[0]
