"""Lines of a printed page joined to paragraphs, with divided words mended."""

import re
from collections.abc import Iterator

# PDFium writes this where a word is divided at the end of a line.
DIVIDED = "\ufffe"
# These keep their hyphen: "self-employed" is no "selfemployed".
JOINED_BY_HYPHEN = frozenset((
    "above", "all", "best", "business", "cross", "e", "ever", "far", "fast", "first", "five",
    "four", "full", "fully", "half", "high", "higher", "home", "in", "large", "later", "lead",
    "less", "long", "low", "lower", "market", "medium", "mid", "multi", "net", "new", "next",
    "non", "off", "on", "one", "part", "place", "post", "pre", "private", "public", "quasi",
    "real", "sale", "self", "semi", "short", "single", "six", "small", "so", "state", "tech",
    "ten", "third", "three", "top", "two", "under", "up", "user", "well", "whole", "wide",
    "work", "world", "year", "young",
))  # fmt: skip
# A line at least this much of the longest usual one has run to its end.
FULL = 0.8
# A heading is as long as this at most; it does not go on.
SHORT = 30
# Where the hyphen is one of the text's own, the line ends with it.
_AT_END = re.compile("(?<=[A-Za-z])[-\u00ad\u2010] ?\n(?=[a-z])")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_DIVIDED = re.compile(rf"([\w'’-]*){DIVIDED}([\w'’-]*)")
# What a sentence, a heading or a list ends with.
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[•●▪◦‣–*-]|\(?(?:\d{1,2}|[a-z])[.)])\s")


def join_lines(pages: tuple[str, ...]) -> tuple[str, ...]:
    """Each page with its paragraphs on one line; a word divided between lines is whole again.

    A divided word loses its hyphen, unless it is written with one elsewhere in the document, its
    first part is a usual one before a hyphen, or a figure or a capital stands beside it.
    """
    written = frozenset(word.lower() for page in pages for word in _whole_words(page))
    return tuple(_join(page, written) for page in pages)


def _whole_words(page: str) -> Iterator[str]:
    for match in _WORD.finditer(page):
        if DIVIDED not in page[max(match.start() - 1, 0) : match.end() + 1]:
            yield match[0]


def _join(page: str, written: frozenset[str]) -> str:
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    page = _AT_END.sub(DIVIDED, page).replace("\u00ad", "")
    lines = [line.strip(" ") for line in page.replace(DIVIDED, f"{DIVIDED}\n").split("\n")]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    paragraphs: list[list[str]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line, usual=usual):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    text = "\n".join(" ".join(lines) for lines in paragraphs).replace(f"{DIVIDED} ", DIVIDED)
    return _DIVIDED.sub(lambda match: _mend(match[1], match[2], written), text)


def _goes_on(line: str, following: str, *, usual: int) -> bool:
    """Whether a paragraph goes on in the following line."""
    if line.endswith(DIVIDED):
        return True
    if not line or not following or _ITEM.match(following):
        return False
    if following[0].islower() and not _ENDED.search(line):
        return True
    return len(line) >= FULL * usual and len(line) > SHORT


def _mend(before: str, after: str, written: frozenset[str]) -> str:
    whole, hyphened = before + after, f"{before}-{after}"
    if not after or not before:
        return whole or "-"
    if not after[0].islower() or not before[-1].islower():
        return hyphened
    first = re.split("[-’']", before)[-1].lower()
    if _known(hyphened, written):
        return hyphened
    if _known(whole, written):
        return whole
    return hyphened if first in JOINED_BY_HYPHEN else whole


def _known(word: str, written: frozenset[str]) -> bool:
    return word.lower() in written
