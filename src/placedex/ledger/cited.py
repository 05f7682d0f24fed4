"""Cited: what each fact of an entry rests on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["claim", "document", "observation", "source"]
ALL = "all"
KINDS: tuple[str, ...] = get_args(Kind)
_FORM = re.compile(r"(?P<kind>[a-z]+):(?P<code>[^@\s]+)(@(?P<start>\d+)-(?P<end>\d+))?")


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing that a fact rests on.

    A claim or a source by its code; a document by its code and the characters that say so; an
    observation as INDICATOR/PLACE/PERIOD.
    """

    kind: Kind
    code: str
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        where = f"@{self.start}-{self.end}" if self.start is not None else ""
        return f"{self.kind}:{self.code}{where}"


@dataclass(frozen=True, slots=True)
class Cites:
    """What an entry rests on: for each field its citations; those of `all` are for every field."""

    by_field: Mapping[str, tuple[Citation, ...]]

    def of(self, field: str) -> tuple[Citation, ...]:
        """What one field rests on, its own citations first."""
        return (*self.by_field.get(field, ()), *self.by_field.get(ALL, ()))

    def uncited(self, fields: Iterable[str]) -> tuple[str, ...]:
        """The fields, of some, that rest on nothing."""
        return tuple(field for field in fields if not self.of(field))


def parse_citation(text: str) -> Citation:
    """The citation that a text means.

    Errors: ValueError, with what was wanted, for any other text.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None or match["kind"] not in KINDS:
        raise ValueError(
            "claim:CODE, document:CODE@START-END, observation:INDICATOR/PLACE/PERIOD or source:CODE"
        )
    start, end = (None if match[one] is None else int(match[one]) for one in ("start", "end"))
    kind: Kind = match["kind"]  # type: ignore[assignment]
    if start is not None and end is not None and end <= start:
        raise ValueError("characters of which the last comes after the first")
    return Citation(kind, match["code"], start, end)
