"""A worked example: one figure followed to points, to its component and to the whole index."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from markupsafe import Markup

from placedex.index import Node
from placedex.places import Place
from placedex.publish.cells import figure_value, link, place_link
from placedex.publish.links import Links
from placedex.publish.material import Material
from placedex.publish.pages.ranking import key_of
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import number, ordinal, plural

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A place and three steps, with every number that is needed to reckon them again."""

    place: Markup
    kind: str
    figure: Markup
    to_points: str
    component: str
    component_table: Markup
    component_score: str
    index: str
    index_table: Markup
    index_score: str
    rank: str


def worked_example(
    standings: Sequence[Standings], material: Material, *, links: Links
) -> Example | None:
    """An example for the home place, or the first place within it, or the first of all."""
    for one, place in _candidates(standings, material):
        leaf = next(
            (
                leaf
                for leaf in one.hierarchy.leaves
                if not isnan(one.score(place.code, leaf.code)) and leaf.parent is not None
            ),
            None,
        )
        if leaf is not None and leaf.parent is not None:
            return _example(one, place, material=material, leaf=leaf, links=links)
    return None


def _candidates(
    standings: Sequence[Standings], material: Material
) -> list[tuple[Standings, Place]]:
    home = material.edition.home.code
    scored = [(one, place) for one in standings for place in one.order]
    return [
        *((one, place) for one, place in scored if place.code == home),
        *((one, place) for one, place in scored if place.code in material.within_home),
        *scored,
    ]


def _example(
    standings: Standings, place: Place, *, material: Material, leaf: Node, links: Links
) -> Example:
    parent = standings.hierarchy[leaf.parent or ""]
    root = standings.root
    panel = standings.figures
    period = panel.periods[panel.column(leaf.code)]
    figure = material.figures.at(place.code, leaf.code, period=period)
    return Example(
        place=place_link(place, links, known=material.places),
        kind=standings.kind,
        figure=Markup("{}, {}: {}").format(
            link(links.indicator(leaf.code), leaf.name),
            period.words if period else "",
            figure_value(figure, links),
        ),
        to_points=_to_points(standings, place, leaf=leaf),
        component=parent.name,
        component_table=_parts(standings, place, parent=parent),
        component_score=number(standings.score(place.code, parent.code), DIGITS),
        index=root.name,
        index_table=_parts(standings, place, parent=root),
        index_score=number(standings.score(place.code), DIGITS),
        rank=f"{ordinal(standings.rank(place.code))} of {len(standings.order):,} "
        f"{plural(standings.kind)}",
    )


def _to_points(standings: Standings, place: Place, *, leaf: Node) -> str:
    """The sum that turns the figure into points, with the numbers that were used."""
    stages = standings.ranked.index.stages
    at = next(number for number, stage in enumerate(stages) if stage.step.verb == "normalise")
    before = stages[at - 1].state.panel
    value = float(before.of(leaf.code)[before.row(place.code)])
    low, high = leaf.goalposts or (0.0, 1.0)
    worst, best = (low, high) if leaf.direction > 0 else (high, low)
    bottom, top = getattr(stages[at].step, "scale", (0.0, 100.0))
    score = number(standings.score(place.code, leaf.code), DIGITS)
    shift = f" + {bottom:g}" if bottom else ""
    return (
        f"({value:.10g} − {worst:.10g}) ÷ ({best:.10g} − {worst:.10g}) × {top - bottom:g}{shift} "
        f"= {score} points"
    )


def _parts(standings: Standings, place: Place, *, parent: Node) -> Markup:
    """The children of a node for a place: points, weight and the share of the weight counted."""
    children = standings.hierarchy.children(parent.code)
    scores = [standings.score(place.code, child.code) for child in children]
    total = sum(
        child.weight for child, score in zip(children, scores, strict=True) if not isnan(score)
    )
    rows = [
        [
            child.name,
            "no score" if isnan(score) else number(score, DIGITS),
            f"{child.weight:g}",
            "left out" if isnan(score) else f"{number(100 * child.weight / total, 2)}%",
        ]
        for child, score in zip(children, scores, strict=True)
    ]
    rows.append(
        [
            f"{parent.name} together",
            number(standings.score(place.code, parent.code), DIGITS),
            f"{total:g}",
            "100%",
        ]
    )
    key = f"{key_of(standings)}-example-{parent.code}"
    columns = [
        words("Part"),
        figures("Points"),
        figures("Weight"),
        figures("Share of the weight counted"),
    ]
    caption = f"{parent.name} of {place.name}"
    return draw_table(key, caption, columns=columns, rows=rows)
