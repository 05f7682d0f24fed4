"""A text as paragraphs and sentences, each with where it stands."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_GAP = re.compile(r"\n[ \t\r\f]*(?:\n[ \t\r\f]*)+")
_LINE = re.compile(r"\n")
_BULLET = re.compile(r"[ \t]*(?:[-*•●▪‣◦–—o]\s|\(?\w{1,2}[.)]\s|#+\s|\|)")
_STOP = re.compile(r"[.!?]+[\"'”’)\]*_]*(?=\s|$)")
_BEGINS = re.compile(r"\s+[\"'“‘(\[*_#]*[A-Z0-9£$€]")
# A stop after these ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|Cllr|Rt|Hon|St|No|Nos|Ltd|Inc|Co|vs|cf|approx|est|c|ca|pp?|Fig"
    r"|Figs|e\.g|i\.e|al|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_CARRIED_ON = re.compile(r"[\s*_]*(?:[a-z]|£\d|\d[\d,.]*(?:%|\s?(?:million|billion|bn|m)\b))")
# A line this long is no heading, so that what stands under it may carry it on.
_LONG = 60
_HEADING = 45


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: where it begins and ends, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


class Layout:
    """A text with its sentences in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = tuple(_paragraphs(text))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(
            Sentence(start, end, number)
            for number, (begin, stop) in enumerate(self.paragraphs)
            for start, end in _sentences(self.text, begin, stop)
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def at(self, offset: int) -> int:
        """The number of the sentence in which a character stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs; one that breaks off in the middle of a sentence is carried on by the next."""
    found: list[tuple[int, int]] = []
    start = 0
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            if found and _broken_off(text, found[-1], start):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        start = gap.end() if gap else end
    return found


def _broken_off(text: str, before: tuple[int, int], start: int) -> bool:
    last = text[max(before[0], text.rfind("\n", before[0], before[1]) + 1) : before[1]].rstrip()
    if len(last) < _LONG or last[-1] in '.!?:;”"*|':
        return False
    return _CARRIED_ON.match(text, start) is not None


def _sentences(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    ends = sorted({*_stops(text, begin, stop), *_lines(text, begin, stop), stop})
    found, start = [], begin
    for end in ends:
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        if first < end:
            found.append((first, start + len(text[start:end].rstrip())))
        start = end
    return found


def _stops(text: str, begin: int, stop: int) -> list[int]:
    """Where a full stop ends a sentence."""
    return [
        one.end()
        for one in _STOP.finditer(text, begin, stop)
        if _BEGINS.match(text, one.end())
        and not (one[0] == "." and _SHORT.search(text, max(begin, one.start() - 8), one.end()))
    ]


def _lines(text: str, begin: int, stop: int) -> list[int]:
    """Where the end of a line ends a sentence: lists, headings, lines that are whole in themselves.

    In a text whose lines are broken at a width, a line that is as long as the others goes on.
    """
    breaks = [one.start() for one in _LINE.finditer(text, begin, stop)]
    if not breaks:
        return []
    edges = [begin - 1, *breaks, stop]
    widths = [later - earlier - 1 for earlier, later in pairwise(edges)]
    widest = max(widths)
    ends = []
    for place, offset in enumerate(breaks):
        line = text[edges[place] + 1 : offset].rstrip()
        after = text[offset + 1 : edges[place + 2]]
        # An empty line within a paragraph is a page's end in the middle of a sentence.
        if not line or not after.strip():
            continue
        whole = line.endswith((".", "!", "?", ":", ";", "”", "*"))
        short = widths[place] < max(_HEADING, widest * 0.6) and not after.lstrip()[:1].islower()
        if whole or short or _BULLET.match(after) or line.lstrip().startswith(("#", "|")):
            ends.append(offset)
    return ends
