"""A profile: a place's components and the whole index among its peers, as dots and as a table."""

from math import isnan

from markupsafe import Markup

from placedex.index import Node
from placedex.places import Place
from placedex.publish.cells import link, ranked
from placedex.publish.charts import DotRow, Words, draw_dots
from placedex.publish.links import Links
from placedex.publish.pages.page import Chart
from placedex.publish.pages.ranking import key_of, score_source
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import counted, number, plural, points, said


def profile_chart(standings: Standings, place: Place, *, links: Links) -> Chart:
    """The place's dot on each component, with its peers, their median and their range."""
    key = f"{key_of(standings)}-profile"
    nodes = _nodes(standings)
    above = sum(
        standings.score(place.code, node.code) > standings.medians[node.code]
        for node in standings.components
    )
    peers = plural(standings.kind)
    name = said(place.name)
    headline = (
        f"{name} is above the median of {peers} on {above} of "
        f"{counted(len(standings.components), 'component')}"
    )
    shown = Words(
        key=key,
        title=headline,
        shows=(
            f"A row for the whole and for each component. The large dot is {name}, small "
            f"dots are other {peers}, the bar across is their median. The table below has the "
            "same figures."
        ),
        table=f"{key}-table",
    )
    return Chart(
        headline=headline,
        subtitle=(
            f"{standings.spec.title}, points of 100. Large dot: {name}; small dots: other "
            f"{peers}; upright line: their median"
        ),
        drawing=draw_dots(
            [_row(standings, place, node=node) for node in nodes], shown, ends=(0, 100)
        ),
        source=score_source(links),
    )


def profile_table(standings: Standings, place: Place, *, links: Links) -> Markup:
    """The same figures: score, rank, and the peers' median, lowest and highest."""
    key = f"{key_of(standings)}-profile"
    columns = [
        words("Component"),
        figures(link(links.method("aggregate"), "Score")),
        figures("Rank"),
        figures("Median"),
        figures("Lowest"),
        figures("Highest"),
    ]
    rows = []
    for node in _nodes(standings):
        known = [value for value in standings.column(node.code) if not isnan(value)]
        rows.append(
            [
                node.name,
                points(standings.score(place.code, node.code)),
                ranked(standings.placing(place.code, node.code)),
                *(
                    number(value, 1)
                    for value in (standings.medians[node.code], min(known), max(known))
                ),
            ]
        )
    caption = f"{place.name} among {counted(len(standings.order), standings.kind)}, points of 100"
    return draw_table(f"{key}-table", caption, columns=columns, rows=rows)


def _nodes(standings: Standings) -> list[Node]:
    """The whole index and its components, those without any score left out."""
    nodes = [standings.root, *standings.components]
    return [node for node in nodes if not isnan(standings.medians[node.code])]


def _row(standings: Standings, place: Place, *, node: Node) -> DotRow:
    score = standings.score(place.code, node.code)
    peers = tuple(value for value in standings.column(node.code) if not isnan(value))
    return DotRow(
        name=node.name,
        end=(
            "no score"
            if isnan(score)
            else f"{points(score)}, {ranked(standings.placing(place.code, node.code))}"
        ),
        value=None if isnan(score) else score,
        peers=peers,
        median=standings.medians[node.code],
        strong=node is standings.root,
    )
