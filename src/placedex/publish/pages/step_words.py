"""A step in words: what it does, with the names of indicators and places in place of codes."""

import re
from collections.abc import Mapping


def step_words(words: str, names: Mapping[str, str]) -> str:
    """The words of a step with names for codes, wherever it quotes or lists them.

    A code that is a plain word, such as `skills`, is taken for one only where it is quoted, stands
    in a list of codes or right after a colon.
    """
    if not names:
        return words
    code = "|".join(re.escape(one) for one in sorted(names, key=lambda one: (-len(one), one)))
    run = rf"(?<![\w'-])(?:{code})(?:, (?:{code}))*(?![\w'-])"

    def named(found: str) -> str:
        return ", ".join(names[one] for one in found.split(", "))

    def bare(match: re.Match[str]) -> str:
        found = match.group()
        marked = ", " in found or re.search(r"[\d_-]", found) is not None
        listed = match.string[: match.start()].endswith((": ", "taken of "))
        return named(found) if marked or listed else found

    pieces = re.split(rf"'((?:{code})(?:, (?:{code}))*)'", words)
    return "".join(
        named(piece) if number % 2 else re.sub(run, bare, piece)
        for number, piece in enumerate(pieces)
    )
