"""Ranks among a known number: `ranks 3rd of 10 districts, up from 5th`."""

import re
from dataclasses import dataclass

_ORDINAL = r"(?P<{0}>\d{{1,3}})(?:st|nd|rd|th)"
_RANK = re.compile(
    r"\brank(?:s|ed|ing)?\s+(?:joint[ -])?"
    + _ORDINAL.format("rank")
    + r"\s+(?:out )?of\s+(?:the\s+)?(?:all\s+)?(?P<of>\d{1,3})\b(?:\s+[a-z]+)?"
    + r"(?:,?\s+(?:up|down)\s+from\s+"
    + _ORDINAL.format("before")
    + r")?"
)


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank, where it stands, and among how many; whether it is an earlier one."""

    start: int
    end: int
    value: int
    among: int
    words: tuple[int, int]
    earlier: bool = False


def ranks(text: str) -> list[Rank]:
    """Every rank that says among how many, and the earlier one beside it."""
    found = []
    for one in _RANK.finditer(text):
        among = int(one["of"])
        stop = one.end("of")
        for name in ("rank", "before"):
            if one[name]:
                end = one.end(name) + 2
                words = (one.start(), stop) if name == "rank" else (one.start(name), end)
                value = int(one[name])
                found.append(Rank(one.start(name), end, value, among, words, name == "before"))
    return found
