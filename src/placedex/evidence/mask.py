"""Masks: sentences as they may be shown, without the names of persons and how to reach them."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from placedex.evidence.claim import Span
from placedex.evidence.masking import emails, persons, telephones
from placedex.evidence.sentences import Passage

NAME, TELEPHONE, EMAIL = "[name]", "[telephone number]", "[e-mail address]"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with masks, and where each of its characters came from.

    Attributes:
        hidden: the spans of the text as it was that are hidden, in order, with their masks.
    """

    text: str
    hidden: tuple[tuple[Span, str], ...]

    def moved(self, span: Span) -> Span:
        """Where a span of the text as it was stands now; a mask that it touches is in it whole."""
        return Span(self._moved(span.start, ends=False), self._moved(span.end, ends=True))

    def _moved(self, offset: int, *, ends: bool) -> int:
        starts = [hidden.start for hidden, _ in self.hidden]
        before = bisect_right(starts, offset - ends)
        shift = 0
        for hidden, mask in self.hidden[:before]:
            if offset < hidden.end or (ends and offset <= hidden.end):
                return hidden.start + shift + (len(mask) if ends else 0)
            shift += len(mask) - (hidden.end - hidden.start)
        return offset + shift


def mask(text: str, *, known: frozenset[str] = frozenset()) -> Masked:
    """A text in which names of persons, telephone numbers and e-mail addresses are masked.

    Offices, organisations and places stay. `known` are names met elsewhere in the document.
    """
    found = [(span, EMAIL) for span in emails(text)]
    found += [(span, TELEPHONE) for span in telephones(text)]
    found += [(person.span, NAME) for person in persons(text, known=known)]
    hidden: list[tuple[Span, str]] = []
    for span, words in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if not hidden or span.start >= hidden[-1][0].end:
            hidden.append((span, words))
    parts, at = [], 0
    for span, words in hidden:
        parts += [text[at : span.start], words]
        at = span.end
    return Masked("".join((*parts, text[at:])), tuple(hidden))


def mask_passage(passage: Passage, *, known: frozenset[str] = frozenset()) -> Passage:
    """A passage with masks, its claim still where it stands."""
    masked = mask(passage.words, known=known)
    return replace(passage, words=masked.text, claim=masked.moved(passage.claim))


@lru_cache(maxsize=8)
def names_in(text: str) -> frozenset[str]:
    """The names of all persons in a document's text, by which each is known in its sentences."""
    return frozenset(person.name for person in persons(text))
