"""Cells: a figure, a score or a rank in markup, each linked to where it comes from."""

from collections.abc import Container, Iterable, Mapping

from markupsafe import Markup, escape

from placedex.observations import EXPLAINED, Indicator, Status
from placedex.places import Place
from placedex.publish.figures import Figure, as_published
from placedex.publish.links import Links
from placedex.publish.markup import trusted
from placedex.publish.standings import Placing
from placedex.publish.words import cell_amount, number, ordinal, points, said

NOT_PUBLISHED = "not published"


def link(address: str, words: str, *, kind: str = "") -> Markup:
    """Words that lead to an address."""
    mark = f' class="{kind}"' if kind else ""
    return trusted(f'<a{mark} href="{escape(address)}">{escape(words)}</a>')


def place_link(
    place: Place, links: Links, *, known: Container[str], part: str = "", short: bool = False
) -> Markup:
    """A place's name, leading to its page if the site has one; `known` holds codes that have.

    It leads to the part of the page with that id, if one is given; a short name is as people say
    it, for sentences.
    """
    name = said(place.name) if short else place.name
    if place.code in known:
        return link(links.place(place) + (f"#{part}" if part else ""), name)
    return escape(name)


def status_words(status: Status) -> str:
    """A status as it stands beside a figure or in a column."""
    if status is Status.UNRELIABLE:
        return "unreliable: small sample"
    return NOT_PUBLISHED if status is Status.NOT_COLLECTED else status.words


def explained(statuses: Iterable[Status]) -> list[tuple[str, str]]:
    """Statuses as words with what each means; `published` needs no explanation."""
    return [
        (status_words(status), EXPLAINED[status])
        for status in sorted(set(statuses) - {Status.PUBLISHED})
    ]


def figure_value(figure: Figure | None, links: Links) -> Markup:
    """A figure as it is printed, leading to its origin; if it is missing, why in words."""
    if figure is None:
        return escape(NOT_PUBLISHED)
    if figure.value is None:
        return link(links.origin(figure.parts[0].origin.code), status_words(figure.status))
    mark = ""
    plain = {Status.PUBLISHED, Status.DERIVED} if figure.indicator.ratio else {Status.PUBLISHED}
    if figure.status not in plain:
        mark = f" <small>{status_words(figure.status)}</small>"
    text = cell_amount(figure.value, figure.indicator)
    return link(_origin(figure, links), text, kind="v") + trusted(mark)


def figure_interval(figure: Figure | None, links: Links) -> Markup:
    """The interval of a figure, leading to where it comes from, or words where none is given."""
    if figure is None or figure.low is None or figure.high is None:
        return escape("none given")
    decimals = figure.indicator.decimals
    words = f"{number(figure.low, decimals)} to {number(figure.high, decimals)}"
    return link(_origin(figure, links), words, kind="v")


def _origin(figure: Figure, links: Links) -> str:
    """The address of a figure's origin, or of how it is worked out."""
    if figure.indicator.ratio is not None:
        return f"{links.indicator(figure.indicator.code)}#reckoned"
    return links.origin(figure.parts[0].origin.code)


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


def points_words(score: float, figure: Figure | None) -> str:
    """The points of a figure, or why it has none."""
    if figure is not None and figure.status is Status.UNRELIABLE:
        return "not scored: unreliable"
    return points(score)


def ranked(placing: Placing | None) -> str:
    """A rank among a number of places: 3rd of 15, joint 1st of 41."""
    if placing is None:
        return "no rank"
    return f"{'joint ' if placing.tied else ''}{ordinal(placing.rank)} of {placing.count:,}"
