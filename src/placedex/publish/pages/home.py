"""The home page: where the home place stands, the map, and a ranking for each kind of place."""

from math import isnan

from markupsafe import Markup

from placedex.index import Node
from placedex.places import Place
from placedex.publish.cells import link, place_link, ranked
from placedex.publish.charts import HexMap, Words, draw_hexmap
from placedex.publish.charts.scale import class_of, classes
from placedex.publish.links import Links, anchor
from placedex.publish.material import Material
from placedex.publish.pages.made_of import absences, components_counted
from placedex.publish.pages.page import Chart, Page, links_from
from placedex.publish.pages.ranking import key_of, range_words, ranking, score_source
from placedex.publish.standings import Standings
from placedex.publish.words import (
    capital,
    counted,
    number,
    ordinal,
    plural,
    points,
    said,
    small,
    uncapital,
)

PATH = "index.html"


def home_page(material: Material) -> Page:
    """The home page."""
    links = links_from(PATH)
    edition = material.edition
    charts = [_map(one, material, links=links) for one in material.standings]
    return Page(
        path=PATH,
        title=edition.title,
        template="home.html",
        section="home",
        content={
            "headline": _headline(material, links),
            "members": _members(material, links),
            "map": next((chart for chart in charts if chart is not None), None),
            "rankings": [ranking(one, material, links=links) for one in material.standings],
            "figures": sum(material.uses.values()),
            "origins": len(material.uses),
            "near": _near(material, links),
        },
    )


def _headline(material: Material, links: Links) -> Markup:
    """Where the home place stands, on which parts, and on what it stands best and worst."""
    home = material.edition.home
    name = place_link(home, links, known=material.places, short=True)
    for standings in material.standings_of(home):
        if not standings.is_scored(home.code):
            return Markup("{} has no score: {}").format(name, standings.why_not(home))
        moves = ""
        if standings.ranked.scenario_ranks:
            moves = f" ({range_words(standings, home.code)} across scenarios)"
        without = absences(standings)
        sentence = Markup("{} stands {} {}{} in the {}, with {} points of 100, on {}{}.").format(
            name,
            link(links.to(f"#{key_of(standings)}"), ranked(standings.placing(home.code))),
            plural(standings.kind),
            moves,
            standings.spec.title,
            link(links.method("aggregate"), points(standings.score(home.code))),
            components_counted(standings),
            f"; {without}" if without else "",
        )
        return sentence + _best_and_worst(standings, home)
    return Markup("{} is not ranked itself: no index ranks {}.").format(name, plural(home.kind))


def _best_and_worst(standings: Standings, home: Place) -> Markup:
    def standing(node: Node) -> tuple[float, float]:
        placing = standings.placing(home.code, node.code)
        share = (placing.rank - 1) / max(placing.count - 1, 1) if placing else 1.0
        return share, -standings.score(home.code, node.code)

    known = sorted(
        (node for node in standings.components if not isnan(standings.score(home.code, node.code))),
        key=standing,
    )
    if len(known) < 2:
        return Markup("")
    best, worst = known[0], known[-1]
    return Markup(" Best on {} ({}) and lowest on {} ({}).").format(
        uncapital(best.name),
        ranked(standings.placing(home.code, best.code)),
        uncapital(worst.name),
        ranked(standings.placing(home.code, worst.code)),
    )


def _members(material: Material, links: Links) -> list[dict[str, object]]:
    """For each kind of place within home, how they stand among all places of that kind."""
    found: list[dict[str, object]] = []
    for standings in material.standings:
        within = [place for place in standings.order if place.code in material.within_home]
        if not within:
            continue
        found.append(
            {
                "heading": (
                    f"{capital(small(len(within)))} of the "
                    f"{counted(len(standings.order), standings.kind)} "
                    f"{'is' if len(within) == 1 else 'are'} in {material.edition.home.name}"
                ),
                "ranges": bool(standings.ranked.scenario_ranks),
                "places": [
                    {
                        "name": place_link(place, links, known=material.places, short=True),
                        "rank": ordinal(standings.rank(place.code)),
                        "range": range_words(standings, place.code)
                        if standings.ranked.scenario_ranks
                        else "",
                    }
                    for place in within
                ],
            }
        )
    return found


def _map(standings: Standings, material: Material, *, links: Links) -> Chart | None:
    """The map of a kind of place that has hexagons, or nothing."""
    placed = [place for place in standings.order if place.hexagon is not None]
    if not placed:
        return None
    register = material.edition.observations.register
    scores = {place.code: standings.score(place.code) for place in placed}
    groups = classes(list(scores.values()))
    shown = HexMap(
        places=[place for place in register.of_kind(standings.kind) if place.hexagon is not None],
        classes={code: class_of(score, groups) for code, score in scores.items()},
        names={
            place.code: f"{said(place.name)}: {points(scores[place.code])}, "
            f"{ordinal(standings.rank(place.code))}"
            for place in placed
        },
        links={place.code: links.place(place) for place in placed},
        outlined=material.within_home,
    )
    home = material.edition.home
    drawing = draw_hexmap(shown, _map_words(standings, home=home, count=len(placed)))
    legend = [f"{number(low, 1)} to {number(high, 1)}" for low, high in groups]
    return Chart(
        headline=f"{standings.spec.title} by {standings.kind}",
        subtitle=(
            f"Points of 100; one hexagon for each of {len(shown.places):,} "
            f"{plural(standings.kind)}. The line goes round {said(home.name)}."
        ),
        drawing=drawing,
        source=score_source(links),
        legend=(*legend, "not in this index"),
        mark="k",
    )


def _map_words(standings: Standings, *, home: Place, count: int) -> Words:
    key = key_of(standings)
    return Words(
        key=f"{key}-map",
        title=f"Map of {plural(standings.kind)} coloured by score",
        shows=(
            f"Hexagons of one size, north at the top, {count:,} of them coloured in classes by "
            f"score, darker or brighter for higher. A strong line goes round {said(home.name)}. "
            f"The table of {plural(standings.kind)} has every score and a link to every page."
        ),
        table=f"{key}-table",
    )


def _near(material: Material, links: Links) -> list[dict[str, object]]:
    """A short list of places to go to, by kind, for those who do not want the whole list."""
    return [
        {
            "kind": capital(plural(kind)),
            "count": len(material.of_kind(kind)),
            "address": links.to(f"places/index.html#{anchor(kind)}"),
        }
        for kind in material.kinds()
    ]
