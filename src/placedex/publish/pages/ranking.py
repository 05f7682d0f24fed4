"""A ranking: the places of one kind in order, as bars and as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

from markupsafe import Markup

from placedex.places import Place
from placedex.publish.cells import link, place_link
from placedex.publish.charts import Bar, Words, draw_bars
from placedex.publish.links import Links, anchor
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import counted, listed, number, ordinal, plural, points, span

DRAWN = 60
NEAR = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking of one kind of place as the home page has it."""

    anchor: str
    heading: str
    chart: Chart | None
    table: Markup
    folded: bool
    cut: bool
    count: int
    unscored: tuple[Markup, ...]
    notes: tuple[str, ...]


def ranking(standings: Standings, material: Material, *, links: Links) -> Ranking:
    """The ranking of one kind of place."""
    key = key_of(standings)
    drawn = _drawn(standings, material)
    return Ranking(
        anchor=key,
        heading=plural(standings.kind).capitalize(),
        chart=_chart(standings, material, drawn=drawn, links=links) if drawn else None,
        table=ranking_table(standings, material, links=links),
        folded=len(standings.order) > 20,
        cut=len(drawn) < len(standings.order),
        count=len(standings.order),
        unscored=tuple(
            Markup("{}: {}").format(
                place_link(place, links, known=material.places), standings.why_not(place)
            )
            for place in standings.unscored
        ),
        notes=tuple(flag.words for flag in standings.flags_of[""]),
    )


def key_of(standings: Standings) -> str:
    """The id that the parts of a page about these standings begin with."""
    return anchor(f"{standings.spec.code}-{standings.kind}")


def range_words(standings: Standings, place: str) -> str:
    """The range of a place's rank across the scenarios, or that there are none to compare."""
    low, high = standings.span(place)
    if isnan(low):
        return "no rank"
    return span(low, high) if standings.ranked.scenario_ranks else "no scenarios"


def ranking_table(standings: Standings, material: Material, *, links: Links) -> Markup:
    """Every scored place with rank, range, score and components."""
    score = link(links.method("aggregate"), "Score")
    columns = [
        figures("Rank"),
        words("Place"),
        figures(score),
        words(link(links.method("scenarios"), "Rank across scenarios")),
        *(figures(node.name) for node in standings.components),
    ]
    rows = (
        [
            ordinal(standings.rank(place.code)),
            place_link(place, links, known=material.places),
            points(standings.score(place.code)),
            range_words(standings, place.code),
            *(points(standings.score(place.code, node.code)) for node in standings.components),
        ]
        for place in standings.order
    )
    caption = (
        f"{standings.spec.title}: {counted(len(standings.order), standings.kind)} by rank, "
        "points of 100"
    )
    return draw_table(f"{key_of(standings)}-table", caption, columns=columns, rows=rows)


def _drawn(standings: Standings, material: Material) -> tuple[Place, ...]:
    """The places in the chart: all, or where there are many the ends and those of home."""
    order = standings.order
    if len(order) <= DRAWN:
        return order
    ends = {place.code for place in (*order[:NEAR], *order[-NEAR:])}
    chosen = ends | material.within_home | {material.edition.home.code}
    return tuple(place for place in order if place.code in chosen)


def _chart(
    standings: Standings, material: Material, *, drawn: Iterable[Place], links: Links
) -> Chart:
    key = key_of(standings)
    first = standings.order[0]
    names = [node.name for node in standings.components]
    bars = [_bar(place, standings, material=material) for place in drawn]
    headline = f"{first.name} comes first of {counted(len(standings.order), standings.kind)}"
    drawing = draw_bars(
        bars,
        Words(
            key=f"{key}-bars",
            title=headline,
            shows=(
                f"A bar for each {standings.kind}, the highest score first, of 100 points. Each "
                f"is made of what {listed(names)} add to the score. The table below has the "
                "same figures."
            ),
            table=f"{key}-table",
        ),
    )
    return Chart(
        headline=headline,
        subtitle=(
            f"{standings.spec.title}, points of 100, by what each component adds; rank, and its "
            "range across scenarios"
        ),
        drawing=drawing,
        source=score_source(links),
        legend=tuple(names),
        mark="s",
    )


def _bar(place: Place, standings: Standings, *, material: Material) -> Bar:
    rank = ordinal(standings.rank(place.code))
    segments = tuple(
        (f"{place.name}: {node.name} adds {number(value, 1)}", value)
        for node, value in standings.contributions(place.code)
    )
    return Bar(
        name=place.name,
        end=f"{points(standings.score(place.code))}, {rank}",
        more=f"({range_words(standings, place.code)})" if standings.ranked.scenario_ranks else "",
        segments=segments,
        strong=place.code in material.within_home or place.code == material.edition.home.code,
    )


def score_source(links: Links) -> Markup:
    """The source line of a chart of scores."""
    return Markup("Scores by placedex from published figures: {} and {}.").format(
        link(links.method("steps"), "method"), link(links.to("sources.html"), "sources")
    )
