"""Names as they are compared: without capitals, accents, stops and hyphens."""

import unicodedata


def fold(name: str) -> str:
    """A name as it is compared with others: `Ynys Môn` and `ynys-mon` are the same."""
    parted = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    letters = "".join(sign for sign in parted if not unicodedata.combining(sign))
    joined = letters.replace("'", "").replace("\u2019", "").replace(".", "")
    kept = "".join(sign if sign.isalnum() else " " for sign in joined)
    return " ".join(kept.split())


def trigrams(folded: str) -> frozenset[str]:
    """Every three signs that stand side by side, with two blanks before a name and one after."""
    padded = f"  {folded} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice the shared trigrams over all of both, from 0 (nothing alike) to 1 (the same).

    Source: Dice (1945), Measures of the amount of ecologic association between species.
    """
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0
