"""The words that bound a figure: more than, up to, around, nearly, at least."""

import re

MORE_THAN, AT_LEAST, UP_TO = "more than", "at least", "up to"
LESS_THAN, AROUND, OVER, NEARLY = "less than", "around", "over", "nearly"
_WORDS = {
    MORE_THAN: r"more than|greater than|higher than|in excess of|upwards of|exceeding|above"
    r"|surpassing|exceeds|exceed|exceeded|topping|beyond",
    AT_LEAST: r"at least|a minimum of|minimum of|no fewer than|no less than|not less than",
    UP_TO: r"up to|as many as|as much as|a maximum of|maximum of|at most|no more than",
    LESS_THAN: r"less than|fewer than|lower than|under|below",
    AROUND: r"around|about|approximately|approx\.?|roughly|circa|c\.|ca\.|some|an? estimated"
    r"|estimated|in the region of|in the order of|or so|~|≈|c(?=\d|£)|somewhere around",
    OVER: r"(?<!turning )(?<!turned )(?<!turns )over|just over|well over",
    NEARLY: r"nearly|almost|close to|just under|just below|just short of|approaching|not quite",
}
_NAMES = {phrase: name for name, phrases in _WORDS.items() for phrase in (phrases,)}
_BEFORE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        f"(?P<{name.replace(' ', '_')}>{phrases})"
        for phrases, name in sorted(_NAMES.items(), key=lambda one: one[1] != NEARLY)
    )
    + r")[\s*_]*(?:an?(?:\s+(?:further|additional|extra|estimated))\s+|the\s+)?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s+or\s+(?:more|above|higher|over)\b")
_FEWER = re.compile(r"\s+or\s+(?:less|fewer|below|lower)\b")
_DECIMAL = re.compile(r"[£$€]?\d+\.\d+\s?(?:%|per)")
_FURTHEST = 34


def bound_before(text: str, start: int, *, floor: int) -> tuple[str, int] | None:
    """The bound that stands right before a figure, and where its words begin."""
    found = _BEFORE.search(text, max(floor, start - _FURTHEST), start)
    if found is None or found.lastgroup is None:
        return None
    # `Some 7.4%` is as exact as any; `some 300` is not.
    if found[0].strip().lower() == "some" and _DECIMAL.match(text, start):
        return None
    return found.lastgroup.replace("_", " "), found.start()


def bound_after(text: str, end: int, *, plus: bool) -> tuple[str, int] | None:
    """The bound that follows a figure: a plus, `or more`, `or less`."""
    if plus:
        return MORE_THAN, end
    if found := _MORE.match(text, end):
        return AT_LEAST, found.end()
    if found := _FEWER.match(text, end):
        return UP_TO, found.end()
    return None
