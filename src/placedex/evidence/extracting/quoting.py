"""Speech that is set apart from the text, as a paragraph of its own in quotation marks."""

import re

_OPENS = re.compile(r"[\s*_>]*[\"“]")
_CLOSES = re.compile(r"[\"”][\s*_.]*$")


def set_apart(text: str, paragraph: tuple[int, int]) -> bool:
    """Whether a paragraph is nothing but somebody's speech, its speaker named outside it."""
    words = text[paragraph[0] : paragraph[1]]
    opened = _OPENS.match(words)
    closed = _CLOSES.search(words)
    if opened is None or closed is None or closed.start() < opened.end():
        return False
    inner = words[opened.end() : closed.start()]
    return not re.search(r"[\"“”]", inner)
