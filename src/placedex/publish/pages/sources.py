"""The page of sources: every origin, with what is needed to find it again and to check it."""

from typing import Any

from placedex.observations import Origin
from placedex.publish.links import slug
from placedex.publish.material import Material
from placedex.publish.pages.page import Page
from placedex.publish.words import counted, when_day

PATH = "sources.html"


def sources_page(material: Material) -> Page:
    """The page of sources, by publisher and title."""
    origins = sorted(
        material.edition.observations.origins,
        key=lambda one: (one.publisher, one.title, one.edition, one.code),
    )
    publishers = dict.fromkeys(one.publisher for one in origins)
    return Page(
        path=PATH,
        title="Sources",
        template="sources.html",
        section="sources",
        content={
            "publishers": [
                {
                    "name": name,
                    "origins": [_entry(one, material) for one in origins if one.publisher == name],
                }
                for name in publishers
            ],
            "count": counted(len(origins), "origin"),
            "left_out": sorted(material.edition.left_out.items()),
        },
    )


def _entry(origin: Origin, material: Material) -> dict[str, Any]:
    facts = [
        ("Edition", origin.edition),
        ("Licence", origin.licence),
        ("Published", when_day(origin.published)),
        ("Read", when_day(origin.accessed)),
        ("File", origin.file),
        ("SHA-256 of the file", origin.sha256),
        ("Note", origin.note),
        ("Used here for", counted(material.uses[origin.code], "figure")),
    ]
    return {
        "anchor": slug(origin.code),
        "title": origin.title,
        "address": origin.url if origin.url.startswith(("https://", "http://")) else "",
        "facts": [(name, words) for name, words in facts if words],
    }
