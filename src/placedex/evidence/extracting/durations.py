"""When a length of time is a figure: a life expectancy is one, `over the next three years` none."""

import re

_CUE = re.compile(
    r"\b(?:average|typical|mean|median|life expectancy|expectancy|journeys?|commut\w+|travel"
    r"|wait\w*|save[sd]?|saving|reduc\w+|cut\w*"
    r"|latency|healthy life|delay|response time|volunteer\w*|training)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:next|last|past|previous|coming|over|within|for|every|after|in|first|during|following"
    r"|than|the|ago|least|another|of)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\s+(?:ago|later|earlier|old|of age|from now|plan|strategy|programme|lease|period|to come"
    r"|after|before)\b"
)


def is_figure(
    text: str, figure: tuple[int, int], *, clause: tuple[int, int], decimal: bool
) -> bool:
    """Whether a length of time tells an outcome, not merely when or how long something is done."""
    if _AGO.match(text, figure[1]):
        return False
    told = _CUE.search(text, clause[0], figure[0])
    if told is None:
        return False
    return (
        decimal
        or _SPAN.search(text, max(clause[0], figure[0] - 24), figure[0]) is None
        or (
            re.search(
                r"\b(?:expectancy|average|mean|median)\b[^,;]*\bof\s+$", text[clause[0] : figure[0]]
            )
            is not None
        )
    )
