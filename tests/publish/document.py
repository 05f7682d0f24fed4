"""A page read back: its elements as a tree, with the few questions that tests ask of one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    """One element with its attributes, its children and its own text."""

    name: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def all(self, *names: str) -> Iterator["Element"]:
        """Every element below that bears one of these names, or every one."""
        for child in self.children:
            if isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                yield from child.all(*names)

    @property
    def text(self) -> str:
        """The text in an element and below it, with single blanks."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(parts).split())

    def within(self, name: str) -> bool:
        """Whether an element of a name is above."""
        return self.parent is not None and (self.parent.name == name or self.parent.within(name))


class Reader(HTMLParser):
    """Reads markup strictly: an end tag that closes nothing is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.at = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element."""
        attributes = {name: value or "" for name, value in attrs}
        self.at.children.append(Element(tag, attributes, self.at))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        if self.at.name != tag or self.at.parent is None:
            raise ValueError(f"</{tag}> where <{self.at.name}> is open")
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.at.children.append(data)


def read(path: Path) -> Element:
    """A page as a tree."""
    return parse(path.read_text(encoding="utf-8"))


def parse(markup: str) -> Element:
    """Markup as a tree; ValueError if it is not well nested."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    if reader.at is not reader.root:
        raise ValueError(f"<{reader.at.name}> is not closed")
    return reader.root
