"""What leads up to a list: `Targets for 2026:` holds for every line under it."""

import re
from collections.abc import Sequence

from placedex.evidence.extracting.layout import Sentence

_BULLET = re.compile(r"[\s>]*(?:[-*+•●▪‣◦–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)")
_FURTHEST = 30
_LONGEST = 260


def lead_of(text: str, sentences: Sequence[Sentence], number: int) -> Sentence | None:
    """The sentence that leads up to the list in which a sentence stands; nothing if in none."""
    if not _is_item(text, sentences[number]):
        return None
    for at in range(number - 1, max(number - _FURTHEST, -1), -1):
        one = sentences[at]
        if _is_item(text, one):
            continue
        near = sentences[number].paragraph - one.paragraph <= number - at
        return one if near and one.end - one.start < _LONGEST else None
    return None


def _is_item(text: str, sentence: Sentence) -> bool:
    return _BULLET.match(text, sentence.start, sentence.end) is not None
