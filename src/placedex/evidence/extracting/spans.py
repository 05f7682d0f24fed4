"""The words of a claim: its figure with the noun, the verb and the bound that belong to it."""

import re

_WORD_BEFORE = re.compile(r"(?<![\w’'-])(?P<word>[A-Za-z][\w’'-]*)\s+(?:an?\s+|the\s+)?$")
_VERB = re.compile(
    r"(?:ing|ed|ploys?|orth|eate|eates|pport|pports|iver|ain|ost|osts|saw|won)$", re.IGNORECASE
)
_NOT_VERB = re.compile(
    r"^(?:is|was|are|were|be|been|being|including|during|following|regarding|than|with|and|the"
    r"|need|based|used|related|according)$",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(
    r"(?<![\w’'-])(?P<noun>(?:(?!(?:the|an?|with|and|has|have|its|their|our|of|in|to|by|for|from"
    r"|is|was|at)\s)[A-Za-z][\w’'-]*\s+){0,2}?"
    r"(?!(?:consist|consists|consisting|made|comprised|some|more|one|out|range|choice|each|part"
    r"|that)\s)[A-Za-z][\w’'-]*)\s+(?:of|at|to|by)\s+(?:an?\s+|the\s+)?$"
)
_COPULA = re.compile(
    r"(?<![\w’'&/%-])(?P<subject>(?:[\w’'&/%-]+\s+){1,6}?)(?:is|was|are|were|being|stood at"
    r"|stands at|reached|totalled|totals)(?:\s+(?:now|currently|just|only|at))?\s+$"
)
_RISE_BY = re.compile(r"(?<![\w’'-])(?:[\w’'-]+\s+){1,3}by\s+(?:an?\s+)?$")
_AFTER = re.compile(
    r"(?:\s+(?:of|in|for|with|from|being|on|at)\s+(?:(?!(?:to|and|or|but|by|who|which|that|is|are"
    r"|was|were|will|has|have|while|compared|of|in|for|with|from|being|on"
    r"|at)\b)[\w&’'/+-]+\s?){1,6}(?<!\s)){1,3}"
)
_DANGLING = re.compile(r"(?:\s+(?:with|an?|the|of|in|for|from|on|at|its|their|our))+\s*$")
_IDLE = re.compile(r"(?:(?:and|but|or|while|the|an?|that|with|of)\s+)+", re.IGNORECASE)


def widened_left(text: str, start: int, *, floor: int) -> int:
    """Where the words of a claim begin: at the noun or verb that leads up to its figure."""
    begin = _lead(text, start, floor=max(floor, start - 90))
    idle = _IDLE.match(text, begin, start)
    return idle.end() if idle else begin


def _lead(text: str, start: int, *, floor: int) -> int:
    for form in (_RISE_BY, _NOUN_OF):
        if found := form.search(text, floor, start):
            return found.start()
    if found := _COPULA.search(text, floor, start):
        return found.start("subject")
    word = _WORD_BEFORE.search(text, floor, start)
    if word and _VERB.search(word["word"]) and not _NOT_VERB.match(word["word"]):
        return word.start("word")
    return start


def widened_right(text: str, end: int, *, stop: int) -> int:
    """Where the words of a claim end: after `of the population`, `for gigabit broadband`."""
    found = _AFTER.match(text, end, stop)
    if found is None:
        return end
    words = _DANGLING.sub("", text[end : found.end()]).rstrip(" \n\u00a0")
    return end + len(words)
