"""Passages made for the tests, and their claims."""

from datetime import date
from functools import cache

from placedex.evidence import Claim, Document, Gazetteer, Page, extract
from placedex.places import bundled_register


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.of(bundled_register())


def passage(text: str, *, published: date | None = None, place: str = "") -> Document:
    pages = (Page(1, 0, len(text)),)
    return Document("one", "", "", published, "", "one.txt", "", text, pages, place)


def claims(text: str, *, published: date | None = None, place: str = "") -> tuple[Claim, ...]:
    return extract(passage(text, published=published, place=place), gazetteer())


def only(text: str, *, published: date | None = None, place: str = "") -> Claim:
    (claim,) = claims(text, published=published, place=place)
    return claim
