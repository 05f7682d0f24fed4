"""The clause of a sentence in which a figure stands."""

import re

# Where one clause ends and the next begins; a comma between digits is none.
_BREAK = re.compile(
    r"[;:]\s|,(?!\d)[\s*_]+|\s[–—-]\s|\s\(|\)\s"
    r"|\s+(?=(?:and|but|or|while|whilst|whereas|although|though|which|who|with|where|when"
    r"|as well as|compared)\b)"
)


def breaks(text: str, start: int, end: int) -> list[int]:
    """Where clauses end between two offsets."""
    return [one.start() for one in _BREAK.finditer(text, start, end)]


def clause(marks: list[int], at: tuple[int, int], *, within: tuple[int, int]) -> tuple[int, int]:
    """The clause around a figure, of a sentence whose breaks are known."""
    begin = max((mark for mark in marks if mark < at[0]), default=within[0])
    stop = min((mark for mark in marks if mark >= at[1]), default=within[1])
    return begin, stop
