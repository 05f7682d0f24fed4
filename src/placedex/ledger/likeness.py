"""Organisations that may be one under two spellings: proposed, and never merged silently."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from placedex.ledger.ledger import Ledger
from placedex.ledger.organisation import Organisation

# How alike two names are from which they are proposed as one.
ALIKE = 0.88
_LEGAL = re.compile(r"\b(the|ltd|limited|plc|llp|inc|group|company|co|uk|and|of)\b")
_SIGNS = re.compile(r"[^a-z0-9 ]+")


@dataclass(frozen=True, slots=True)
class MayBeOne:
    """Two organisations that may be one, and why."""

    one: str
    other: str
    why: str


def may_be_one(ledger: Ledger) -> tuple[MayBeOne, ...]:
    """Each two organisations that may be one: by an identifier, a name, or a spelling near it."""
    listed = sorted(ledger.organisations.values(), key=lambda one: one.code)
    return tuple(
        MayBeOne(one.code, other.code, why)
        for one, other in combinations(listed, 2)
        for why in _reasons(one, other)
    )


def why_one(one: Organisation, other: Organisation) -> str:
    """Why two organisations may be one; empty if nothing says so."""
    return next(_reasons(one, other), "")


def _reasons(one: Organisation, other: Organisation) -> Iterator[str]:
    """The first reason for which two may be one, if there is any."""
    for scheme, number in one.identifiers.items():
        if other.identifiers.get(scheme) == number:
            yield f"both have {scheme} {number}"
            return
    if other.code in (one.part_of,) or one.code in (other.part_of,):
        return
    mine, theirs = _names(one), _names(other)
    shared = sorted(mine & theirs)
    if shared:
        yield f"both are called '{shared[0]}'"
        return
    best = max(((_alike(a, b), a, b) for a in mine for b in theirs), default=(0.0, "", ""))
    if best[0] >= ALIKE:
        yield f"'{best[1]}' and '{best[2]}' are spelt nearly alike"


def _alike(one: str, other: str) -> float:
    """How alike two names are, whatever the order of their words: 1 if the same, 0 if not at all.

    Names that cannot be as alike as is wanted are not looked at letter by letter.
    """
    best = 0.0
    for pair in ((one, other), (_in_order(one), _in_order(other))):
        matcher = SequenceMatcher(None, *pair)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            best = max(best, matcher.ratio())
    return best


def _in_order(name: str) -> str:
    return " ".join(sorted(name.split()))


def _names(one: Organisation) -> set[str]:
    """What an organisation is called, without signs, accents and legal forms."""
    plain = (_without_accents(name).lower() for name in (one.name, *one.also))
    folded = (_SIGNS.sub(" ", name.replace("&", " and ")) for name in plain)
    return {" ".join(_LEGAL.sub(" ", name).split()) or name.strip() for name in folded}


def _without_accents(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
