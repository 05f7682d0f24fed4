"""The page of quality: what was corrected, what is odd in the figures, and who has which."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from placedex.observations import (
    KINDS_OF_FINDING,
    Corrected,
    Finding,
    by_kind,
    coverage,
    find_oddities,
)
from placedex.places import bundled_neighbours
from placedex.publish.links import Links, anchor
from placedex.publish.markup import trusted
from placedex.publish.material import Material
from placedex.publish.pages.page import Page, links_from
from placedex.publish.pages.revised import changed_lately
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import counted, when_day

PATH = "quality.html"
MOST = 25


def quality_page(material: Material) -> Page:
    """The page of quality; of each kind of oddity so many are shown, those of own places first."""
    kept = material.edition.observations
    found = by_kind(find_oddities(kept, neighbours=bundled_neighbours().pairs))
    links = links_from(PATH)
    return Page(
        path=PATH,
        title="Quality",
        template="quality.html",
        section="quality",
        content={
            "corrections": [_correction(one, links) for one in material.edition.corrected],
            "kinds": [
                {
                    "anchor": anchor(kind),
                    "title": KINDS_OF_FINDING[kind],
                    "count": counted(len(some), "note"),
                    "notes": [_note(one, material, links) for one in _first(some, material)],
                    "more": max(0, len(some) - MOST),
                }
                for kind, some in found.items()
            ],
            "changed": changed_lately(material, links),
            "coverage": _coverage(material, links),
        },
    )


def _first(found: Sequence[Finding], material: Material) -> list[Finding]:
    return sorted(found, key=lambda one: one.place not in material.within_home)[:MOST]


def _note(one: Finding, material: Material, links: Links) -> Markup:
    place = material.places.get(one.place)
    said = escape(one.words)
    if place is not None and one.words.startswith(place.name):
        link = Markup('<a href="{}">{}</a>').format(links.place(place), place.name)
        said = link + one.words.removeprefix(place.name)
    return trusted(f"{_name(one.indicator, material, links)}: {said}.")


def _name(code: str, material: Material, links: Links) -> Markup:
    """An indicator's name, leading to its page if it has one."""
    for indicator in material.indicators:
        if indicator.code == code:
            return Markup('<a href="{}">{}</a>').format(links.indicator(code), indicator.name)
    return escape(material.edition.observations.catalogue[code].name)


def _correction(one: Corrected, links: Links) -> dict[str, Any]:
    told = one.correction
    facts = [
        ("What was wrong", told.wrong),
        ("What stands instead", told.instead.words),
        ("Why", told.why),
        ("Source of the truth", told.truth),
        ("Dated", when_day(told.dated)),
        ("Figures put right", f"{one.figures:,}" if one.state == "applied" else ""),
        ("Not applied", one.reason),
    ]
    return {
        "anchor": anchor(f"correction-{told.code}"),
        "title": told.code,
        "state": one.state,
        "origin": links.origin(one.origin) if one.origin else "",
        "address": told.address if told.address.startswith(("https://", "http://")) else "",
        "facts": [(name, said) for name, said in facts if said],
    }


def _coverage(material: Material, links: Links) -> Markup:
    """How many places have each indicator, by kind, for the period for which it is shown."""
    rows = [
        (
            _name(one.indicator, material, links),
            one.kind,
            one.period.words,
            f"{one.have:,}",
            f"{one.places:,}",
        )
        for one in coverage(material.edition.observations)
        if material.periods.get((one.kind, one.indicator)) == one.period
    ]
    return draw_table(
        "coverage",
        "Places with a figure, of all places of the kind in this workspace's figures",
        columns=(
            words("Indicator"),
            words("Kind of place"),
            words("Period"),
            figures("With a figure"),
            figures("Places"),
        ),
        rows=rows,
    )
