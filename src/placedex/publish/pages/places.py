"""The list of places, by kind and, where there are many, by the region or nation they are in."""

from markupsafe import Markup

from placedex.places import REGION, Place
from placedex.publish.cells import place_link
from placedex.publish.links import Links, anchor, slug
from placedex.publish.material import Material
from placedex.publish.pages.page import Page, links_from
from placedex.publish.words import capital, ordinal, plural

PATH = "places/index.html"
MANY = 20


def places_page(material: Material) -> Page:
    """The page on which every place can be found."""
    links = links_from(PATH)
    return Page(
        path=PATH,
        title="Places",
        template="places.html",
        section="places",
        content={
            "kinds": [
                {
                    "anchor": anchor(kind),
                    "heading": capital(plural(kind)),
                    "count": len(material.of_kind(kind)),
                    "groups": _groups(material, kind, links=links),
                }
                for kind in material.kinds()
            ],
        },
    )


def _groups(material: Material, kind: str, *, links: Links) -> list[dict[str, object]]:
    """The places of a kind in groups: one without a heading, or one for each region or nation."""
    places = material.of_kind(kind)
    groups: dict[Place | None, list[Place]] = {}
    for place in places:
        groups.setdefault(_within(place, material) if len(places) > MANY else None, []).append(
            place
        )
    ordered = sorted(groups.items(), key=lambda item: item[0].name if item[0] else "")
    return [
        {
            "anchor": f"in-{slug(holder.code)}" if holder else "",
            "heading": holder.name if holder else "",
            "places": [_entry(place, material, links=links) for place in inside],
        }
        for holder, inside in ordered
    ]


def _within(place: Place, material: Material) -> Place | None:
    """The region that a place is in, or else the nation."""
    holders = material.ancestors(place)
    regions = [one for one in holders if one.kind == REGION]
    nations = [one for one in holders if one.kind == "nation"]
    return next(iter((*regions, *nations)), None)


def _entry(place: Place, material: Material, *, links: Links) -> Markup:
    name = place_link(place, links, known=material.places)
    for standings in material.standings_of(place):
        if standings.is_scored(place.code):
            return Markup("{} <small>{}</small>").format(name, ordinal(standings.rank(place.code)))
        return Markup("{} <small>no score</small>").format(name)
    return name
