"""Codes of places in published tables: what looks like one, and which are of no register."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from placedex.places.registers import Registers

# Of nine signs, as the statistical offices of the United Kingdom write them.
NINE_SIGNS = r"[EWSNK]\d{8}"
CODE = (
    rf"{NINE_SIGNS}|TL[A-Z][0-9A-Z]{{0,2}}|UK[A-Z]?|UK[A-Z][0-9A-Z]|UK[A-Z][0-9A-Z]{{2}}"
    r"|95[A-Z]{2}\d{2}[SW]\d?"
)
# What a code of no register is, where that is known, by its beginning.
FAMILIES = {
    "E04": "parish", "W04": "community", "E14": "constituency", "W07": "constituency",
    "W09": "constituency of the Senedd", "W10": "electoral region of the Senedd",
    "S14": "constituency", "S16": "constituency of the Scottish Parliament",
    "S17": "electoral region of the Scottish Parliament", "N05": "constituency",
    "N06": "constituency", "E05": "ward that ended", "S13": "ward", "N08": "ward",
    "N10": "electoral area",
}  # fmt: skip
# Codes that a file has and of which too little is known for a register.
REASONS = {
    "S12000009": "East Dunbartonshire before it became S12000045; the day is in no table",
    "S12000043": "Glasgow City before it became S12000046; the day is in no table",
}


class Word(Protocol):
    """A word of a table, with its file and row."""

    @property
    def text(self) -> str:
        """The word."""
        ...


Found = TypeVar("Found", bound=Word)


@dataclass(frozen=True, slots=True)
class Codes(Generic[Found]):
    """Which words are codes of places in some register, and which are not."""

    known: int
    unknown: tuple[Found, ...]


def look_up_codes(words: Iterable[Found], registers: Registers) -> Codes[Found]:
    """How many different codes are places in some register, and every word that is none."""
    there = {place.code for register in registers for place in register}
    known: set[str] = set()
    unknown = []
    for word in words:
        if word.text in there:
            known.add(word.text)
        else:
            unknown.append(word)
    return Codes(len(known), tuple(unknown))


def code_reason(code: str) -> str:
    """Why a code is of no register, as far as that is known."""
    return REASONS.get(code) or FAMILIES.get(code[:3], "of no register")
