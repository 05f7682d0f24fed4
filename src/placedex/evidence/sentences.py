"""Sentences: the words around a claim, so that a reader sees what it was said in."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from placedex.evidence.claim import Span
from placedex.evidence.document import Document

LONGEST = 1500
# A line that was broken to fit a page is about this long.
SHORTEST_BROKEN, LONGEST_BROKEN = 50, 120
_ABBREVIATIONS = frozenset((
    "e.g", "i.e", "eg", "ie", "dr", "mr", "mrs", "ms", "prof", "cllr", "rev", "hon", "st", "no",
    "nos", "vs", "v", "cf", "ca", "c", "approx", "est", "inc", "ltd", "co", "corp", "dept", "fig",
    "figs", "p", "pp", "para", "vol", "ed", "eds", "al", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec",
))  # fmt: skip
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s)")
_NEXT = re.compile(r"(\s+)[\"'“‘(\[*_]*[A-ZÀ-Þ0-9£$€]")
_BEFORE_DOT = re.compile(r"([\w.]+)$")
_NEW_LINE = re.compile(r"[ \t\r]*\n\s*")
_ITEM = re.compile(r"(?:[•●▪◦‣–*·-]|\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)]|#{1,6}|\|)\s")
_ENDED = re.compile(r"[.!?:;|][\"'”’)\]*_]*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence that a claim stands in.

    Attributes:
        words: of the document, from `start` on.
        claim: where the claim stands within the words.
    """

    words: str
    start: int
    claim: Span
    page: int


def passage(document: Document, span: Span) -> Passage:
    """The sentence, or the sentences, in which a span stands; at most 1,500 characters of them.

    Errors: ValueError if the span is not within the document.
    """
    if not 0 <= span.start < span.end <= len(document.text):
        raise ValueError(f"{span} is not within the {len(document.text):,} of {document.code}")
    found = sentences(document.text)
    starts = [one.start for one in found]
    first = found[max(bisect_right(starts, span.start) - 1, 0)]
    last = found[max(bisect_right(starts, span.end - 1) - 1, 0)]
    start = min(max(first.start, span.end - LONGEST), span.start)
    end = max(min(last.end, max(start + LONGEST, span.end)), span.end)
    claim = Span(span.start - start, span.end - start)
    return Passage(document.text[start:end], start, claim, document.page_of(span.start))


@lru_cache(maxsize=8)
def sentences(text: str) -> tuple[Span, ...]:
    """Every sentence, heading and item of a list, in order; the space between them is in none.

    "£1.3m.", "e.g." and "Dr." end none of them. A line ends one, unless it was broken to fit a
    page or goes on in small letters after an empty line.
    """
    return tuple(
        Span(start, end)
        for begin, finish in _lines(text)
        for start, end in _within(text, begin, finish)
    ) or (Span(0, len(text)),)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph or line that stands for itself begins and ends."""
    begin = len(text) - len(text.lstrip())
    line = begin
    for gap in _NEW_LINE.finditer(text, begin):
        if gap.end() < len(text) and _goes_on(text, line, gap):
            line = gap.end()
            continue
        yield begin, gap.start()
        begin = line = gap.end()
    if begin < len(text):
        yield begin, len(text.rstrip())


def _goes_on(text: str, line: int, gap: re.Match[str]) -> bool:
    before, after = text[line : gap.start()], text[gap.end() : gap.end() + 12]
    if _ITEM.match(after) or _ENDED.search(before) or before.startswith(("#", "|")):
        return False
    if gap[0].count("\n") > 1:
        return (after[0].islower() or after[0] in "£€$") and len(before) >= SHORTEST_BROKEN
    return after[0].islower() or SHORTEST_BROKEN <= len(before) <= LONGEST_BROKEN


def _within(text: str, begin: int, finish: int) -> Iterator[tuple[int, int]]:
    start = begin
    for end in _END.finditer(text, begin, finish):
        following = _NEXT.match(text, end.end(), finish)
        if following and not _abbreviated(text, start, end):
            yield start, end.end()
            start = following.end(1)
    if start < finish:
        yield start, finish


def _abbreviated(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether a full stop belongs to the word before it."""
    if end[0][0] != ".":
        return False
    word = _BEFORE_DOT.search(text, max(start, end.start() - 20), end.start())
    if word is None:
        return False
    bare = word[1].lower()
    initial = len(bare) == 1 and word[1].isupper()
    return bare in _ABBREVIATIONS or initial or bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word[1]))
