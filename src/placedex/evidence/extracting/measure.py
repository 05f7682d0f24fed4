"""What a figure is of, in a few words of its sentence."""

import re

_NUMBER_OF = re.compile(
    r"(?:(?:total|overall)\s+)?(?:number|percentage|proportion|share|total|amount|rate|level"
    r"|value)\s+of\s+(?P<what>[^,;.]*?)"
    r"(?=\s+(?:is|was|are|were|being|stood|stands|reached|totalled|rose|fell|grew"
    r"|in (?:the )?[A-Z])\b|[,;]|$)",
    re.IGNORECASE,
)
_COPULA = re.compile(
    r"\s(?:is|was|are|were|being|stood at|stands at|reached|rose|fell|grew|increased|decreased"
    r"|totalled|totals|has|have|to be|of|by|from)\b"
)
_PLACE_TAIL = re.compile(r"\s+(?:in|for|across|within|at)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s*)+$")
_PLACE_HEAD = re.compile(
    r"^\W*(?:and\s+)?(?:in|for|across|within)\s+(?:the\s+)?(?:[A-Z][\w’'-]*\s*)+(?:the\s+)?"
)
_EDGE = re.compile(
    r"^(?:[\s,;:()*_\[\]\"“‘–-]|(?:and|the|a|an|with|of|in|its|their|our|this|these|that|which"
    r"|while|but|to|from|for|by|as|at)\b)+|[\s,;:()*_\[\]\"“”–-]+$",
    re.IGNORECASE,
)
_MOST = 12


def measure_of(
    text: str, *, figure: tuple[int, int], words: tuple[int, int], clause: tuple[int, int]
) -> str:
    """What a figure is of; empty if its clause does not tell."""
    ahead = text[clause[0] : figure[0]]
    if found := list(_NUMBER_OF.finditer(ahead)):
        return _clean(_PLACE_TAIL.sub("", " " + found[-1]["what"]))
    after = text[figure[1] : words[1]]
    before = text[words[0] : figure[0]]
    lead = _COPULA.split(before)[0] if before else ""
    lead = _clean(_PLACE_TAIL.sub("", " " + _PLACE_HEAD.sub("", lead).rstrip()))
    tail = _clean(after)
    if _COPULA.search(before) or not tail:
        return lead or tail
    return tail


def _clean(words: str) -> str:
    plain = re.sub(r"\]\([^)]*\)|[\[\]*_]", "", words)
    plain = _EDGE.sub("", " ".join(plain.split()))
    return " ".join(plain.split()[:_MOST])
