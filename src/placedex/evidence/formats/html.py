"""HTML: what a browser would show, as paragraphs; nothing of it is run or fetched."""

import re
from collections.abc import Mapping

from placedex.evidence.formats.content import Content
from placedex.evidence.formats.decode import decode

UNSEEN = frozenset((
    "script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe",
    "object", "audio", "video", "canvas", "select", "textarea", "datalist", "map",
))  # fmt: skip
# These stand apart by an empty line; the others begin a line.
PARAGRAPHS = frozenset((
    "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
))  # fmt: skip
LINES = frozenset((
    "caption", "dd", "dt", "legend", "li", "option", "summary", "tr", "thead", "tbody", "tfoot",
))  # fmt: skip
CELLS = frozenset(("td", "th"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LOOKED_FOR_IN = 1024
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(content: bytes, *, file: str) -> Content:
    """The visible text: a block is a paragraph, a row of a table a line with tabs between cells."""
    from lxml import etree

    declared = _CHARSET.search(content[:_LOOKED_FOR_IN])
    text = decode(content, file=file, declared=declared[1].decode("ascii") if declared else "")
    page = _Page()
    # Python's own parser takes the square of the length over a page of broken tags.
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    parser.feed(text.encode())
    parser.close()
    return Content(page.text(), title=" ".join("".join(page.title).split()))


class _Page:
    """Gathers what is seen, as the parser meets it."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self._parts: list[str] = []
        # How many elements are open since the first that hides what is in it; nought if none does.
        self._hidden = 0
        self._in_title = False
        self._cells = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._break(tag)
        self._in_title = tag == "title" and not self.title
        if self._hidden or _is_hidden(tag, attributes):
            self._hidden += 1

    def end(self, tag: str) -> None:
        """An element ends."""
        self._in_title = False
        self._hidden = max(self._hidden - 1, 0)
        self._break(tag, ends=True)

    def data(self, data: str) -> None:
        """Words within an element."""
        if self._in_title:
            self.title.append(data)
        elif not self._hidden:
            self._parts.append(_SPACE.sub(" ", data))

    def close(self) -> None:
        """The page ends."""

    def text(self) -> str:
        """What was gathered, with at most one empty line between paragraphs."""
        text = re.sub(r" {2,}", " ", "".join(self._parts))
        text = re.sub(r"[ \n]*\n *\n[ \n]*", "\n\n", text)
        return re.sub(r" *\n *", "\n", text).strip()

    def _break(self, tag: str, *, ends: bool = False) -> None:
        if self._hidden:
            return
        if tag in PARAGRAPHS:
            self._parts.append("\n\n")
        elif tag == "br" and not ends:
            self._parts.append("\n")
        elif tag in LINES:
            self._parts.append("" if self._parts and self._parts[-1].endswith("\n") else "\n")
            self._cells = 0
        elif tag in CELLS and not ends:
            self._parts.append("\t" if self._cells else "")
            self._cells += 1


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style") or ""
    return tag in UNSEEN or "hidden" in attributes or bool(_HIDDEN.search(style))
