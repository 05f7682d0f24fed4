"""A sentence held against itself: a total with its parts, a change in per cent with its ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from placedex.ledger.verdict import Finding, Told
from placedex.ledger.verdict_inside import change_fits, parts_add_up

_TOTAL = re.compile(r"\b(?:total|totals|totalling|altogether|in all|overall)\b", re.IGNORECASE)
_NOT_ALL = re.compile(r"\b(?:includ\w+|of which|among|such as|more than|up from)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:rise|rose|rises|increase[sd]?|growth|grew|grow|up|gain(?:ed)?)\b", re.IGNORECASE
)
_ON = re.compile(r"^\W*(?:up )?on(?: top of)?\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_TO = re.compile(r"^\W*to\W+(?:\w+\W+){0,2}$", re.IGNORECASE)


def within_sentences(told: Sequence[Told]) -> dict[int, list[Finding]]:
    """What claims of one sentence find of each other, by the number of the claim.

    Only what the sentence itself ties together counts: a total that is called one, with at least
    two figures of its unit after it; a per cent of change with "from A to B" or "A on B".
    """
    found: dict[int, list[Finding]] = {}
    numbered = enumerate(told)
    for key, group in groupby(numbered, key=lambda one: (one[1].document, one[1].sentence)):
        if not key[1]:
            continue
        together = list(group)
        for number, finding in (*_totals(together), *_changes(together)):
            found.setdefault(number, []).append(finding)
    return found


def _totals(together: list[tuple[int, Told]]) -> Iterator[tuple[int, Finding]]:
    for place, (number, whole) in enumerate(together):
        # Of percentages a total is not the sum.
        if whole.claim.unit == "percent" or not _TOTAL.search(_lead(whole) + whole.claim.words):
            continue
        parts = [one for _, one in together[place + 1 :] if one.claim.unit == whole.claim.unit]
        if len(parts) >= 2 and not any(_NOT_ALL.search(one.near) for one in (whole, *parts)):
            yield number, parts_add_up(whole, parts)


def _changes(together: list[tuple[int, Told]]) -> Iterator[tuple[int, Finding]]:
    percents = [
        (number, one)
        for number, one in together
        if one.claim.unit == "percent" and _CHANGE.search(f"{one.near} {one.claim.measure}")
    ]
    if len(percents) != 1:
        return
    number, percent = percents[0]
    for (_, one), (_, other) in pairwise(together):
        if one.claim.unit != other.claim.unit or one.claim.unit == "percent":
            continue
        between = _lead(other)
        if _ON.search(between) and other.claim.value:
            yield number, change_fits(percent.claim, other.claim, one.claim)
        elif _TO.search(between) and _FROM.search(_lead(one)) and one.claim.value:
            gain = replace(other.claim, value=other.claim.value - one.claim.value, words="")
            yield number, change_fits(percent.claim, one.claim, gain)


def _lead(told: Told) -> str:
    """The words between the claim before and this one."""
    return told.near.partition(told.claim.words)[0]
