"""Telephone numbers and e-mail addresses in a text."""

import re
from collections.abc import Iterator

from placedex.evidence.claim import Span

_AT = r"(?:@|\s?(?:\[at\]|\(at\)|\{at\})\s?)"
_DOT = r"(?:\.|\s?(?:\[dot\]|\(dot\))\s?)"
_EMAIL = re.compile(
    rf"[\w.+%'-]*[\w+%-]{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-z]{{2,}}\b", re.IGNORECASE
)
_GAP = r"[ \u00a0.–-]{0,2}"
_NUMBER = re.compile(
    rf"(?<![\d.,£$€+/-])(?:\+\d{{1,3}}{_GAP}(?:\(0\){_GAP})?|00\d{{2}}{_GAP}(?:\(0\){_GAP})?|\(?0)"
    rf"[1-9]\d{{0,4}}\)?(?:{_GAP}\(?\d\)?){{5,9}}(?![\d,]\d|\d)"
)
_LABELLED = re.compile(
    r"\b(?:t|tel|telephone|phone|mob|mobile|m|fax|f|call|ring|text|whatsapp)\b\.?"
    r"(?:\s+(?:us|on|him|her|them|me|number|no\.?))*\s*:?\s*"
    r"(\+?\(?\d[\d ()\u00a0.-]{5,}\d)",
    re.IGNORECASE,
)
FEWEST, MOST = 10, 15


def emails(text: str) -> Iterator[Span]:
    """Where each e-mail address stands."""
    return (Span(*match.span()) for match in _EMAIL.finditer(text))


def telephones(text: str) -> Iterator[Span]:
    """Where each telephone number stands, with its code and its gaps."""
    for match in _NUMBER.finditer(text):
        if FEWEST <= sum(letter.isdigit() for letter in match[0]) <= MOST:
            yield Span(*match.span())
    for match in _LABELLED.finditer(text):
        if sum(letter.isdigit() for letter in match[1]) >= 7:
            yield Span(*match.span(1))
