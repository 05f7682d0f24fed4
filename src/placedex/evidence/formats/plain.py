"""Plain text and Markdown, character for character."""

import re

from placedex.evidence.formats.content import Content
from placedex.evidence.formats.decode import decode

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def read_text(content: bytes, *, file: str) -> Content:
    """The text exactly as decoded, its line ends untouched; a byte-order mark is no character."""
    return Content(decode(content, file=file))


def read_markdown(content: bytes, *, file: str) -> Content:
    """The text exactly as decoded, marks and addresses too; its title is the first heading.

    Whoever looks for figures must pass over the addresses of links.
    """
    text = decode(content, file=file)
    heading = _HEADING.search(text)
    return Content(text, title=heading[1].strip("*_ ") if heading else "")
