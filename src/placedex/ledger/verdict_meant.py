"""What claims mean in their text: by their own words, or else by those around them."""

import re
from collections.abc import Sequence

from placedex.ledger.verdict import Told
from placedex.ledger.verdict_terms import Meaning, Terms, kind_of

# What is held against the figure before it is of the same measure.
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|against|than|versus|above|below)\b", re.IGNORECASE
)

Meanings = tuple[Meaning, ...]


def meanings_of(told: Sequence[Told], terms: Terms) -> list[Meanings]:
    """The measures that each claim could mean, in the order given.

    Its own words come first; then the words up to the claims beside it; then, for a figure that
    another is compared with, what that one means; then every measure that its sentence names.
    """
    found: list[Meanings] = []
    for number, one in enumerate(told):
        before = told[number - 1] if number else None
        earlier = found[number - 1] if before is not None and _together(before, one) else ()
        found.append(_meanings(one, earlier, terms))
    return found


def _meanings(told: Told, earlier: Meanings, terms: Terms) -> Meanings:
    own = terms.meanings(told.claim)
    if own or not told.near:
        return own
    if _COMPARED.search(f"{told.near} {told.claim.words}") and earlier:
        return earlier
    return terms.around(told.near, told.claim) or terms.around(told.sentence, told.claim)


def _together(one: Told, other: Told) -> bool:
    """Whether two claims stand in one sentence and have one kind of unit."""
    same = one.document == other.document and one.sentence == other.sentence != ""
    return same and kind_of(one.claim) == kind_of(other.claim)
