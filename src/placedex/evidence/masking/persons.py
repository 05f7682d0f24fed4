"""Names of persons in a text: by first names, by what stands before them, and by what follows."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from placedex.evidence.claim import Span
from placedex.evidence.masking.words import (
    BODIES,
    FIRMS,
    HONORIFICS,
    PARTICLES,
    SAID,
    STREETS,
    TITLES,
    doubtful_names,
    first_names,
    other_words,
    place_names,
    surnames,
)

_TOKEN = re.compile(r"[^\W\d_]\.(?=\s)|[^\W\d_](?:[^\W_]|[’'.&-](?=[^\W\d_]))*")
_OWNED = re.compile(r"[’']s?$")
# What may stand between the parts of a name; a line may be broken there.
_BETWEEN = re.compile(r"[ \u00a0]{1,2}|[ ]?\n[ ]?")
_JOINED = re.compile(r"\s*(?:,|,? and|&)\s+")
_APART = re.compile(r"\*{0,2}\s*[,(–-]\s*|\*{0,2}\s*\n\s*")
_FOLLOWING = re.compile(r"[\w’'/&-]+")
MOST_WORDS_OF_AN_OFFICE = 7
_FROM = re.compile(r"\s(?:from|of|at)\s[A-Z][\w-]+(?:\s[A-Z][\w-]+)?\s([a-z]+)")
_QUOTES = re.compile(r"[*_]*\s+([a-z]+)\b")
_SAYS = re.compile(r"\s+[a-z]+,?\s*:?\s*[*_]*[\"“‘']|[*_]*\s*:\s*[*_]*[\"“‘]")
_AGE = re.compile(r",\s\d{2}\b")
# After a comma these begin a clause, not an office.
_CLAUSE = frozenset((
    "it", "he", "she", "they", "we", "which", "who", "where", "when", "as", "with", "in", "by",
    "and", "but", "to", "while", "that", "this", "these", "there", "is", "are", "was", "has",
    "have", "will", "said",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a text and where it stands, without the title before it."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word and where it stands; `low` is it in small letters without accents."""

    start: int
    end: int
    text: str
    low: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def persons(text: str, *, known: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Every person named in a text, in order; `known` are names met elsewhere in the document.

    The rules, in short: a common first name with a surname; what follows Mr, Dr or Cllr; two
    capitals before an office or words that are quoted, or after an office; a list of names; a
    surname or first name alone where it speaks. Words of bodies and places are never a name.
    """
    words = _words(text)
    found = dict(_named(text, words, known))
    for _ in range(3):
        grown = found | dict(_listed(text, words, found))
        if grown == found:
            break
        found = grown
    whole = known | {_name(text, words, first, last) for first, last in found.items()}
    for number, last in _alone(text, words, whole):
        found.setdefault(number, last)
    return tuple(_persons(text, words, found))


def _words(text: str) -> list[_Word]:
    words = []
    for match in _TOKEN.finditer(text):
        bare = _OWNED.sub("", match[0]) or match[0]
        words.append(_Word(match.start(), match.start() + len(bare), bare, _low(bare)))
    return words


def _low(word: str) -> str:
    low = word.lower().rstrip(".")
    if low.isascii():
        return low
    bare = unicodedata.normalize("NFD", low.replace("’", "'"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _named(text: str, words: list[_Word], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where a name begins and ends, by the number of its first and last word."""
    after = -1
    small = frozenset(word.text for word in words if not word.capital)
    for first, word in enumerate(words):
        if first <= after or not (word.capital or word.low in PARTICLES):
            continue
        titled = first > 0 and words[first - 1].low in HONORIFICS and _near(text, words, first)
        if not (word.capital or titled):
            continue
        last = _last(text, words, first, titled=titled)
        if last is None:
            continue
        sure = titled or _name(text, words, first, last) in known
        if _is_name(text, words, (first, last), titled=titled, sure=sure, small=small):
            after = last
            yield first, last


def _last(text: str, words: list[_Word], first: int, *, titled: bool) -> int | None:
    """The number of a name's last word, if words that can be one follow the first."""
    if not _can_be_first(words[first]):
        return None
    last, surname = first, False
    while last + 1 < len(words) and last - first < 3 and _near(text, words, last + 1):
        following = words[last + 1]
        particle = following.low in PARTICLES and last + 2 < len(words)
        if not particle and not _can_be_surname(following):
            break
        broken = "\n" in text[words[last].end : following.start]
        if surname and (broken or following.low in STREETS | place_names()[1]):
            break
        last += 1
        surname = surname or not (particle or len(following.low) == 1)
    if words[last].low in PARTICLES or len(words[last].low) == 1:
        return None
    return last if surname or titled else None


def _can_be_first(word: _Word) -> bool:
    listed = word.low in first_names() or word.low in doubtful_names()
    return (
        listed or len(word.low) == 1 or (word.low not in other_words() and not word.text.isupper())
    )


def _can_be_surname(word: _Word) -> bool:
    if not word.capital or "&" in word.text:
        return False
    if word.low in STREETS or word.low in surnames():
        return True
    shape = not word.text.isupper() or len(word.low) == 1
    return shape and word.low not in other_words()


def _near(text: str, words: list[_Word], number: int) -> bool:
    """Whether only a space stands before a word; a full stop may end the title or initial."""
    before = words[number - 1]
    between = text[before.end : words[number].start]
    if before.low in HONORIFICS or len(before.low) == 1:
        between = between.removeprefix(".")
    return _BETWEEN.fullmatch(between) is not None


def _is_name(
    text: str,
    words: list[_Word],
    ends: tuple[int, int],
    *,
    titled: bool,
    sure: bool,
    small: frozenset[str],
) -> bool:
    """Whether words are a name; `sure` if a title or the document says so, `small` its words."""
    first, last = ends
    name = _name(text, words, first, last)
    low, begins = name.lower(), words[first].low
    if _of_a_body(text, words, last):
        return False
    follows = _office_follows(text, words[last].end) or _quoted(text, words[last].end)
    listed = begins in first_names() or begins in doubtful_names()
    if words[last].low in STREETS:
        return (sure and not titled) or (titled and first == last) or (follows and listed)
    if sure:
        return True
    if low in FIRMS or low in place_names()[0]:
        return False
    strong = follows or _in_office(text, words, first)
    if listed or len(begins) == 1:
        common = begins in first_names() or words[last].low.replace("'", "") in surnames()
        return common or strong
    return (
        strong
        and words[first].text.lower() not in small
        and begins not in place_names()[1]
        and last == first + 1
    )


def _of_a_body(text: str, words: list[_Word], last: int) -> bool:
    """Whether the word after a name makes it the name of a firm or a house."""
    if last + 1 >= len(words) or not words[last + 1].capital:
        return False
    between = text[words[last].end : words[last + 1].start]
    near = _near(text, words, last + 1) and "\n" not in between
    return (near and words[last + 1].low in BODIES) or between == " & "


def _in_office(text: str, words: list[_Word], first: int) -> bool:
    """Whether an office stands before a name: Chief Executive Jane Doe."""
    return (
        first > 0
        and words[first - 1].low in TITLES
        and _near(text, words, first)
        and "\n" not in text[words[first - 1].end : words[first].start]
    )


def _office_follows(text: str, at: int) -> bool:
    """Whether an office follows a name after a comma, and no other name after that."""
    apart = _APART.match(text, at)
    if apart is None:
        return False
    end, before = apart.end(), apart.end()
    for number in range(MOST_WORDS_OF_AN_OFFICE):
        word = _FOLLOWING.match(text, before)
        if word is None or (number == 0 and word[0].lower() in _CLAUSE):
            return False
        end, before = word.end(), word.end() + 1
        if word[0].lower() in TITLES:
            following = _FOLLOWING.match(text, before) if text[end : end + 1] == " " else None
            return not following or not following[0][0].isupper() or following[0].lower() in TITLES
        if text[end : end + 1] != " ":
            return False
    return False


def _quoted(text: str, at: int) -> bool:
    """Whether somebody's words follow: said: "..."."""
    match = _QUOTES.match(text, at)
    said = match is not None and match[1] in SAID
    return (said or match is None) and _SAYS.match(text, at) is not None


def _listed(text: str, words: list[_Word], found: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Two words beside a name in a list of names."""
    for first, last in found.items():
        following = last + 1 + _is_and(words, last + 1)
        if following + 1 < len(words):
            gap = text[words[last].end : words[following].start]
            if _JOINED.fullmatch(gap) and _pair(text, words, following):
                yield following, following + 1
        before = first - 2 - _is_and(words, first - 1)
        if before >= 0:
            gap = text[words[before + 1].end : words[first].start]
            if _JOINED.fullmatch(gap) and _pair(text, words, before):
                yield before, before + 1


def _is_and(words: list[_Word], number: int) -> bool:
    return 0 <= number < len(words) and words[number].text == "and"


def _pair(text: str, words: list[_Word], number: int) -> bool:
    """Whether two words may be a name, and no third capital stands beside them."""
    one, two = words[number : number + 2]
    if not one.capital or not _can_be_first(one) or not _can_be_surname(two):
        return False
    if not _near(text, words, number + 1) or two.low in STREETS:
        return False
    for beside in (number, number + 2):
        if 0 < beside < len(words) and _near(text, words, beside):
            other = words[beside - 1] if beside == number else words[beside]
            if other.capital and other.low not in HONORIFICS:
                return False
    names, firsts = place_names()
    return one.low not in firsts and f"{one.low} {two.low}" not in names


def _alone(text: str, words: list[_Word], whole: frozenset[str]) -> Iterator[tuple[int, int]]:
    """A first name or a known surname that speaks, is told with an age, or shares a surname."""
    parts = {part for name in whole for part in name.split() if len(part) > 2}
    for number, word in enumerate(words):
        first = word.low in first_names()
        if not word.capital or not (first or word.text in parts):
            continue
        aged = first and _AGE.match(text, word.end) is not None
        if aged or _speaks(text, words, number) or (first and _shares(text, words, number)):
            yield number, number


def _shares(text: str, words: list[_Word], number: int) -> bool:
    """Whether another first name follows: Joe and Anna Brown."""
    following = next((word for word in words[number + 1 :] if word.capital), None)
    if following is None or following.low not in first_names():
        return False
    return text[words[number].end : following.start] in (" and ", " & ")


def _speaks(text: str, words: list[_Word], number: int) -> bool:
    """Whether a verb of speaking stands beside a word."""
    at = words[number].end
    verbs = [match[1] for form in (_QUOTES, _FROM) if (match := form.match(text, at))]
    if SAID.intersection(verbs):
        return True
    return number > 0 and words[number - 1].low in SAID and _near(text, words, number)


def _name(text: str, words: list[_Word], first: int, last: int) -> str:
    return " ".join(text[words[first].start : words[last].end].split())


def _persons(text: str, words: list[_Word], found: dict[int, int]) -> Iterator[Person]:
    at = -1
    for first, last in sorted(found.items()):
        if words[first].start >= at:
            at = words[last].end
            yield Person(Span(words[first].start, at), _name(text, words, first, last))
