"""Documents and claims made in a test, in the way that an extractor would find them."""

import re
from pathlib import Path

from placedex.evidence import Claim, Document, Modality, PlaceNamed, Span, read_document

TEXT = """The digital plan

Jane Doe, chief executive, said the sector is worth £15.3 billion, with 2,400 businesses
employing 144,000 people. Call 0121 496 0000.

A further £4 million buys devices for residents. Training in Walsall costs £4 million a year.
"""
_FIGURE = re.compile(r"£?\d[\d,.]*\d(?:%| [mb]illion)?|£\d+ [mb]illion")


def find(document: Document) -> tuple[Claim, ...]:
    """A claim for each figure of the test's documents; money and counts only."""
    found: list[Claim] = []
    for match in _FIGURE.finditer(document.text):
        words = match[0]
        if words.startswith("0") or "0121" in document.text[match.start() - 5 : match.end()]:
            continue
        value = float(re.sub(r"[^\d.]", "", words))
        value *= 1e9 if "billion" in words else 1e6 if "million" in words else 1
        span = Span(*match.span())
        unit = "GBP" if words.startswith("£") else "people"
        place = PlaceNamed("West Midlands", None, ("E12000005", "E47000007"))
        found.append(
            Claim(
                document.file, span, words, span, f"figure {len(found) + 1}", value, unit,
                Modality.ACTUAL, place=place,
            )
        )  # fmt: skip
    return tuple(found)


def on_disk(folder: Path, text: str = TEXT, *, name: str = "plan.txt") -> Document:
    """A document in a workspace's folder of documents."""
    path = folder / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return read_document(path)
