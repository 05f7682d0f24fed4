"""Finite verbs, as far as they can be told without a lexicon: where a new statement begins."""

import re

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|shall|should|must|does"
    r"|do|did|employs?|earns?|hosts?|trains?|takes?|gets?|pays?|costs?|needs?|runs?"
    r"|contributes?|generates?|supports?|accounts? for|covers?|rose|grew|fell|became|saw|won"
    r"|lacks?|remains?|stands?|stood|makes?|means?|shows?|receives?|attracts?|added|contributed"
    r"|earned|generated|attracted|created|supported|delivered|received|launched|announced"
    r"|reached|helped)\b"
)
_HARD = re.compile(r";|[.!?]\s|\s[–—]\s")


def separate(text: str, start: int, end: int) -> bool:
    """Whether a new statement begins between two places of a sentence."""
    between = text[start:end]
    return FINITE.search(between) is not None or _HARD.search(between) is not None


def hard_start(text: str, start: int, at: int) -> int:
    """Where the part of a sentence begins in which a place stands, parted by semicolons."""
    return text.rfind(";", start, at) + 1 or start
