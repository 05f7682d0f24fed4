"""The noun that a number counts: `26 R&D projects` counts projects."""

import re
from dataclasses import dataclass

from placedex.evidence.extracting.noun_lists import (
    IRREGULAR,
    NEVER,
    OUTCOMES,
    PEOPLE,
    PERSONS,
    STOP,
)

_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|ics)$")
_TOKEN = re.compile(r"[A-Za-z][\w&’'/+.-]*[\w+]|[A-Za-z]|&")
_GAP = re.compile(r"[ \t\u00a0*_\[\]\"“”‘(]*\n?[ \t*_\[\"“‘]*")
_AND = re.compile(r"\s*,?\s+and\s+|,\s+")
_MOST_WORDS = 7
_MORE = re.compile(r"\s+(?:more|additional|further|extra|other)\b")
_VERBS = re.compile(r"(?:ing|ed|ly)$")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: the noun as a unit, the words, and where they begin and end."""

    unit: str
    head: str
    start: int
    end: int


def plural(word: str) -> bool:
    """Whether a word is the plural of a noun, as far as its letters tell."""
    low = word.lower().replace("’", "'").removesuffix("'")
    if low in IRREGULAR or word in {"SMEs", "FTEs"}:
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and "'" not in low
        and low not in STOP
        and _NOT_PLURAL.search(low) is None
    )


def tokens(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """The words that follow each other from a place on, without a sign between them."""
    found: list[tuple[str, int, int]] = []
    at = start
    while len(found) < 2 * _MOST_WORDS:
        gap = _GAP.match(text, at, stop)
        begin = gap.end() if gap else at
        word = _TOKEN.match(text, begin, stop)
        if word is None or (begin == at and found):
            break
        found.append((word[0], word.start(), word.end()))
        at = word.end()
    return found


def counted(text: str, start: int, stop: int) -> Counted | None:
    """The noun that the number before `start` counts; nothing if no plural follows soon."""
    more = _MORE.match(text, start, stop)
    given = tokens(text, more.end() if more else start, stop)
    of_those = re.compile(r"\s+of\s+(?:those|them|whom|these)\b(?:\s+who\b)?").match(
        text, start, stop
    )
    if of_those:
        return Counted("people", "people", start, of_those.end())
    head = _head(given)
    if head is None:
        return None
    word, _, end = given[head]
    unit, end = _joined(text, word, end=end, stop=stop)
    return Counted(unit, word.lower(), given[0][1], end)


def _head(given: list[tuple[str, int, int]]) -> int | None:
    """The place of the last plural of the run of nouns that begins here."""
    head: int | None = None
    for place, (word, _, _) in enumerate(given):
        low = word.lower()
        if low in {"and", "&"} and head is None and 0 < place < 4:
            continue
        if low in STOP or low in {"and", "&"} or place >= _MOST_WORDS + 1:
            break
        if head is not None and place > head + 1:
            break
        if plural(word):
            head = place
        elif head is not None and (_VERBS.search(low) or place > head):
            following = given[place + 1][0] if place + 1 < len(given) else ""
            if _VERBS.search(low) or not plural(following) or following.lower() in STOP:
                break
    return head


def _joined(text: str, word: str, *, end: int, stop: int) -> tuple[str, int]:
    """The unit of a noun and of those that `and` joins to it."""
    names, heads = [word], [word.lower()]
    at = end
    while (link := _AND.match(text, at, stop)) and len(names) < 4:
        following = tokens(text, link.end(), stop)
        size = _joins(following, heads[-1])
        if not size:
            break
        names.append(following[size - 1][0])
        heads.append(following[size - 1][0].lower())
        at = following[size - 1][2]
        if "and" in link[0]:
            end = at
            break
    else:
        names, heads = names[:1], heads[:1]
    if end != at:
        names, heads = names[:1], heads[:1]
    if len(heads) == 1:
        return unit_of(word), end
    if all(head in PERSONS for head in heads):
        return "people", end
    return " and ".join(name.lower() for name in names), end


def _joins(following: list[tuple[str, int, int]], before: str) -> int:
    """How many words of what follows are a noun like the one before; 0 if it is something else."""
    most = 3 if before in PERSONS else 1
    for size, (word, _, _) in enumerate(following[:most], start=1):
        low = word.lower()
        if low in STOP or _VERBS.search(low):
            return 0
        if plural(word):
            after = following[size][0].lower() if size < len(following) else "of"
            person = low in PERSONS
            if person == (before in PERSONS) and (after in STOP or after == "and"):
                return size
            return 0
    return 0


def unit_of(word: str) -> str:
    """The unit that a noun is: residents, citizens and individuals are people."""
    low = word.lower().replace("’", "'").removesuffix("'")
    if low in PEOPLE:
        return "people"
    return word if word in {"SMEs", "FTEs", "PhDs"} else low


def counts(head: str, value: float, *, scale: float) -> bool:
    """Whether a number of such things is a figure, not a way of ordering a text."""
    if head in NEVER:
        return False
    return value >= 10 or scale > 1 or head in OUTCOMES
