"""Cells: a figure, a score or a rank in markup, each linked to where it comes from."""

from collections.abc import Container, Mapping

from markupsafe import Markup, escape

from placedex.observations import Indicator, Status
from placedex.places import Place
from placedex.publish.figures import Figure, as_published
from placedex.publish.links import Links
from placedex.publish.markup import trusted
from placedex.publish.standings import Placing
from placedex.publish.words import cell_amount, number, ordinal

NOT_PUBLISHED = "not published"


def link(address: str, words: str, *, kind: str = "") -> Markup:
    """Words that lead to an address."""
    mark = f' class="{kind}"' if kind else ""
    return trusted(f'<a{mark} href="{escape(address)}">{escape(words)}</a>')


def place_link(place: Place, links: Links, *, known: Container[str]) -> Markup:
    """A place's name, leading to its page if the site has one; `known` holds codes that have."""
    if place.code in known:
        return link(links.place(place), place.name)
    return escape(place.name)


def figure_value(figure: Figure | None, links: Links) -> Markup:
    """A figure as it is printed, leading to its origin; if it is missing, why in words."""
    if figure is None:
        return escape(NOT_PUBLISHED)
    if figure.value is None:
        words = NOT_PUBLISHED if figure.status is Status.NOT_COLLECTED else figure.status.words
        return link(links.origin(figure.parts[0].origin.code), words)
    if figure.indicator.ratio is not None:
        address = f"{links.indicator(figure.indicator.code)}#reckoned"
    else:
        address = links.origin(figure.parts[0].origin.code)
    mark = ""
    if figure.indicator.ratio is None and figure.status is not Status.PUBLISHED:
        mark = f" <small>{figure.status.words}</small>"
    text = escape(cell_amount(figure.value, figure.indicator))
    return trusted(f'<a class="v" href="{address}">{text}</a>{mark}')


def figure_interval(figure: Figure | None) -> str:
    """The interval of a figure, or a dash in words where none is published."""
    if figure is None or figure.low is None or figure.high is None:
        return "none given"
    decimals = figure.indicator.decimals
    return f"{number(figure.low, decimals)} to {number(figure.high, decimals)}"


def reckoned(figure: Figure, links: Links, *, catalogue: Mapping[str, Indicator]) -> Markup:
    """How a figure was worked out: its two parts, each leading to its own origin."""
    above, below = (
        figure_value(as_published(catalogue[part.indicator], part), links) for part in figure.parts
    )
    return trusted(f"{above} ÷ {below}")


def source(figure: Figure | None, links: Links) -> Markup:
    """The publishers of a figure, each leading to the origin."""
    if figure is None:
        return escape("no source")
    origins = {part.origin.code: part.origin for part in figure.parts}
    publishers = {one.publisher for one in origins.values()}
    found = [
        link(
            links.origin(code),
            one.publisher if len(publishers) == len(origins) else f"{one.publisher}, {one.title}",
        )
        for code, one in origins.items()
    ]
    return escape(" and ").join(found)


def ranked(placing: Placing | None) -> str:
    """A rank among a number of places: 3rd of 15, joint 1st of 41."""
    if placing is None:
        return "no rank"
    return f"{'joint ' if placing.tied else ''}{ordinal(placing.rank)} of {placing.count:,}"
