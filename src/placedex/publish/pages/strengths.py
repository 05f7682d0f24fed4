"""Strengths and weaknesses: the components and indicators on which a place stands out."""

from dataclasses import dataclass

from markupsafe import Markup

from placedex.observations import Status
from placedex.places import Place
from placedex.publish.cells import figure_value, link, ranked
from placedex.publish.links import place_path
from placedex.publish.material import Material
from placedex.publish.pages.page import links_from
from placedex.publish.standings import Placing, Standings
from placedex.publish.words import counted, plural, points

SHOWN = 4
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Strengths:
    """Where a place stands out, best first, and where it lags, worst first, in ready phrases."""

    peers: str
    best: tuple[Markup, ...]
    worst: tuple[Markup, ...]
    few: bool


def strengths(standings: Standings, place: Place, *, material: Material) -> Strengths:
    """The best and worst ranks of a place: upper third and lower third only, four of each.

    An indicator that no longer tells places apart is left out: to be first there says nothing. So
    is one whose figure for the place is unreliable.
    """
    found = _candidates(standings, place, material=material)
    count = len(standings.order)
    best = [(share, words) for share, words in found if share < 1 / 3]
    worst = [(share, words) for share, words in found if share > 2 / 3]
    best.sort(key=lambda one: one[0])
    worst.sort(key=lambda one: -one[0])
    few = count < FEWEST
    return Strengths(
        peers=counted(count, standings.kind),
        best=() if few else tuple(words for _, words in best[:SHOWN]),
        worst=() if few else tuple(words for _, words in worst[:SHOWN]),
        few=few,
    )


def _candidates(
    standings: Standings, place: Place, *, material: Material
) -> list[tuple[float, Markup]]:
    links = links_from(place_path(place))
    dull = {flag.node for flag in standings.flags_of[""] if flag.kind == "saturated"}
    used = {leaf.code for leaf in standings.hierarchy.leaves}
    found = []
    for node in standings.components:
        placing = standings.placing(place.code, node.code)
        below = standings.hierarchy.children(node.code)
        if placing is not None and len(below) > 1:
            score = points(standings.score(place.code, node.code))
            words = Markup("<strong>{}</strong> (component): {} points, {}").format(
                node.name, link(links.method("aggregate"), score), _rank(placing, standings)
            )
            found.append((_share(placing), words))
    for indicator, period in zip(
        standings.figures.indicators, standings.figures.periods, strict=True
    ):
        placing = standings.placing(place.code, indicator.code)
        figure = material.figures.at(place.code, indicator.code, period=period)
        if placing is None or indicator.code in dull or indicator.code not in used:
            continue
        if figure is None or figure.status is Status.UNRELIABLE:
            continue
        per = f" {indicator.unit}" if indicator.unit.startswith("per ") else ""
        words = Markup("{}: {}{}, {}").format(
            link(links.indicator(indicator.code), indicator.name),
            figure_value(figure, links),
            per,
            _rank(placing, standings),
        )
        found.append((_share(placing), words))
    return found


def _share(placing: Placing) -> float:
    return (placing.rank - 1) / max(placing.count - 1, 1)


def _rank(placing: Placing, standings: Standings) -> str:
    return f"{ranked(placing)} {plural(standings.kind)}"
