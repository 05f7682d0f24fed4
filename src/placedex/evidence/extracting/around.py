"""What stands beside a figure: price basis, population, what it is compared with."""

import re

_PRICES = re.compile(
    r"\bin\s+(?:(?:19|20)\d\d(?:[/–-]\d\d)?|current|constant|today['’]s|real|cash"
    r"|nominal)\s+(?:prices|terms)\b"
    r"|\b(?:19|20)\d\d prices\b|\b(?:real|nominal|cash)[- ]terms\b|\bat (?:current"
    r"|constant) prices\b"
    r"|\binflation-adjusted\b|\bafter inflation\b|\bnominal(?:ly)?\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:aged|ages?)\s+(?:between\s+)?\d{1,2}(?:\s?(?:-|–|to|and)\s?\d{1,2})?(?:\+|\s+(?:and"
    r"|or)\s+(?:over|under|above|older))?"
    r"|\b\d{1,2}(?:\s?(?:-|–|to)\s?\d{1,2})?[ -]years?[ -]olds?\b|\b(?:under|over)[- ]\d{2}s\b"
)
_OF_WHOM = re.compile(
    r"\s+of\s+(?P<whom>(?:(?!(?:being|who|which|that|have|has|had|are|is|were|was|in|use|used"
    r"|using|with|to|and|now|passed|said|can|do|did)\b)[\w’'-]+\s?){1,5})"
)
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with)|in comparison (?:to|with)|against|up from|down from|versus"
    r"|higher than|lower than|above|below|than)"
    r"\s+(?P<what>[^,;.]{3,80})",
    re.IGNORECASE,
)


def prices_of(text: str, *, clause: tuple[int, int]) -> str:
    """The price basis as the words have it; empty if none is told."""
    found = _PRICES.search(text, *clause)
    return " ".join(found[0].split()) if found else ""


def population_of(
    text: str, *, figure: tuple[int, int], clause: tuple[int, int], share: bool
) -> str:
    """Of whom a figure speaks: `aged 16-64`, `premises`; empty if that is not told."""
    if found := _AGED.search(text, figure[0], clause[1]):
        return " ".join(found[0].split())
    if share and (found := _OF_WHOM.match(text, figure[1], clause[1])):
        return " ".join(found["whom"].split())
    return ""


def comparator_of(text: str, *, figure: tuple[int, int], stop: int) -> str:
    """What a figure is compared with, right behind it; empty if with nothing."""
    found = _COMPARED.search(text, figure[1], min(stop, figure[1] + 120))
    return " ".join(found["what"].split()) if found else ""
