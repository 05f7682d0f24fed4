"""A ranking: the places of one kind in order, as bars and as a table."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from markupsafe import Markup

from placedex.places import Place
from placedex.publish.cells import link, place_link
from placedex.publish.charts import Bar, Words, draw_bars
from placedex.publish.links import Links, anchor
from placedex.publish.material import Material
from placedex.publish.pages.made_of import made_of
from placedex.publish.pages.page import Chart
from placedex.publish.standings import Standings
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import (
    capital,
    counted,
    named,
    number,
    ordinal,
    plural,
    points,
    said,
    small,
    span,
)

DRAWN = 60
HALVED = 12
MARK = " †"
NEAR = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking of one kind of place as the home page has it."""

    anchor: str
    heading: str
    made_of: str
    chart: Chart | None
    table: Markup
    folded: bool
    cut: bool
    narrow: bool
    count: int
    marked: bool
    unscored: tuple[Markup, ...]
    notes: tuple[str, ...]


def ranking(standings: Standings, material: Material, *, links: Links) -> Ranking:
    """The ranking of one kind of place."""
    key = key_of(standings)
    drawn = drawn_places(standings, material)
    return Ranking(
        anchor=key,
        heading=plural(standings.kind).capitalize(),
        made_of=made_of(standings, others=_differs(standings, material)),
        chart=_chart(standings, material, drawn=drawn, links=links) if drawn else None,
        table=ranking_table(standings, material, links=links),
        folded=len(standings.order) > 20,
        narrow=len(drawn) <= HALVED,
        cut=len(drawn) < len(standings.order),
        count=len(standings.order),
        marked=any(standings.lacks_part(place.code) for place in standings.order),
        unscored=tuple(
            Markup("{}: {}").format(
                place_link(place, links, known=material.places, short=True),
                standings.why_not(place),
            )
            for place in standings.unscored
        ),
        notes=tuple(flag.words for flag in standings.flags_of[""]),
    )


def _differs(standings: Standings, material: Material) -> bool:
    """Whether the index of another kind of place is made of other parts."""
    parts = {
        frozenset(leaf.code for leaf in one.hierarchy.leaves)
        for one in material.standings
        if one.spec is standings.spec
    }
    return len(parts) > 1


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
    key = key_of(standings)
    moves = bool(standings.ranked.scenario_ranks)
    columns = [
        figures("Rank"),
        words("Place"),
        figures(score),
        *([words(link(links.method("scenarios"), "Rank across scenarios"))] if moves else []),
        *(figures(node.name) for node in standings.components),
    ]
    rows = (
        [
            ordinal(standings.rank(place.code)),
            place_link(place, links, known=material.places, part=key)
            + (MARK if standings.lacks_part(place.code) else ""),
            points(standings.score(place.code)),
            *([range_words(standings, place.code)] if moves else []),
            *(points(standings.score(place.code, node.code)) for node in standings.components),
        ]
        for place in standings.order
    )
    caption = (
        f"{standings.spec.title}: {counted(len(standings.order), standings.kind)} by rank, "
        "points of 100"
    )
    return draw_table(f"{key}-table", caption, columns=columns, rows=rows)


def drawn_places(standings: Standings, material: Material) -> tuple[Place, ...]:
    """The places in the chart: all, or where there are many the ends and those of home."""
    order = standings.order
    if len(order) <= DRAWN:
        return order
    ends = {place.code for place in (*order[:NEAR], *order[-NEAR:])}
    chosen = ends | material.within_home | {material.edition.home.code}
    return tuple(place for place in order if place.code in chosen)


def _chart(
    standings: Standings, material: Material, *, drawn: Sequence[Place], links: Links
) -> Chart:
    key = key_of(standings)
    names = [node.name for node in standings.components]
    bars = [_bar(place, standings, material=material) for place in drawn]
    headline = _headline(standings)
    drawing = _halved(
        bars,
        Words(
            key=f"{key}-bars",
            title=headline,
            shows=(
                f"A bar for each {standings.kind}, the highest score first, of 100 points. Each "
                f"is made of what {named(names)} add to the score. The table below has the "
                "same figures."
            ),
            table=f"{key}-table",
        ),
    )
    moves = "; rank, and its range across scenarios" if standings.ranked.scenario_ranks else ""
    return Chart(
        headline=headline,
        subtitle=(
            f"{standings.spec.title}, points of 100, by what each component adds{moves or '; rank'}"
        ),
        drawing=drawing,
        source=score_source(links),
        legend=tuple(names),
        mark="s",
    )


def _headline(standings: Standings) -> str:
    """Who comes first, or how many share the first rank."""
    first = [place for place in standings.order if standings.rank(place.code) == 1]
    among = counted(len(standings.order), standings.kind)
    if len(first) == 1:
        return f"{said(first[0].name)} comes first of {among}"
    return f"{capital(small(len(first)))} of {among} share the first rank"


def _halved(bars: Sequence[Bar], words: Words) -> Markup:
    """The bars, in two drawings side by side where there are many of them."""
    if len(bars) <= HALVED:
        return draw_bars(bars, words)
    middle = (len(bars) + 1) // 2
    later = dataclasses.replace(
        words, key=f"{words.key}-2", title=f"{words.title}: those further down"
    )
    return Markup('<div class="pair halves"><div>{}</div><div>{}</div></div>').format(
        draw_bars(bars[:middle], words), draw_bars(bars[middle:], later)
    )


def _bar(place: Place, standings: Standings, *, material: Material) -> Bar:
    rank = ordinal(standings.rank(place.code))
    name = said(place.name)
    segments = tuple(
        (f"{name}: {node.name} adds {number(value, 1)}", value)
        for node, value in standings.contributions(place.code)
    )
    return Bar(
        name=name + (MARK if standings.lacks_part(place.code) else ""),
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
