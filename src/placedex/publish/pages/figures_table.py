"""A table of a place's figures: value, interval, comparison, points, rank and source."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from placedex.observations import Indicator, Period, Status
from placedex.places import REGION, Place
from placedex.publish.cells import (
    explained,
    figure_interval,
    figure_value,
    link,
    points_words,
    ranked,
    reckoned,
    source,
)
from placedex.publish.figures import Figure
from placedex.publish.links import Links, place_path
from placedex.publish.markup import trusted
from placedex.publish.material import Material
from placedex.publish.pages.page import links_from
from placedex.publish.standings import Standings
from placedex.publish.tables import Cell, Column, draw_table, figures, words
from placedex.publish.words import unit_words, when

COMPARED = (REGION, "nation", "country")


def figures_table(
    indicators: Sequence[Indicator],
    place: Place,
    *,
    material: Material,
    key: str,
    caption: str,
    standings: Standings | None = None,
) -> Markup | None:
    """The figures of a place for some indicators, or nothing if there are no indicators.

    With standings there are columns for points and rank.
    """
    if not indicators:
        return None
    links = links_from(place_path(place))
    found = [(one, *_shown(one, place, material=material)) for one in indicators]
    against = _against(place, material, shown=[(one, period) for one, period, _ in found])
    has_interval = any(figure and figure.low is not None for _, _, figure in found)

    def compared(code: str, period: Period | None) -> list[Cell]:
        figures_there = (material.figures.at(other.code, code, period=period) for other in against)
        return [figure_value(figure, links) for figure in figures_there]

    rows = [
        [
            _name(one, figure, links=links, material=material),
            when(period),
            figure_value(figure, links),
            *([figure_interval(figure, links)] if has_interval else []),
            *compared(one.code, period),
            *_standing(one, figure, place=place, material=material, standings=standings),
            source(figure, links),
        ]
        for one, period, figure in found
    ]
    columns = _columns(against, links, has_interval=has_interval, points=bool(standings))
    return draw_table(key, f"{caption} of {place.name}", columns=columns, rows=rows, quiet=True)


def statuses_met(place: Place, material: Material) -> list[tuple[str, str]]:
    """Every status but `published` that the figures of a place have, with what it means."""
    met = {Status.NOT_COLLECTED}
    for one in material.indicators:
        _, figure = _shown(one, place, material=material)
        if figure is not None:
            met |= {figure.status, *(part.status for part in figure.parts)}
    return explained(met)


def has_row(indicator: Indicator, place: Place, *, material: Material) -> bool:
    """Whether a place, or its region, nation or country, has a figure of an indicator to show."""
    period, figure = _shown(indicator, place, material=material)
    if figure is not None and figure.status is not Status.NOT_COLLECTED:
        return True
    there = _against(place, material, shown=[(indicator, period)])
    return any(
        found is not None and found.value is not None
        for found in (material.figures.at(one.code, indicator.code, period=period) for one in there)
    )


def _shown(
    indicator: Indicator, place: Place, *, material: Material
) -> tuple[Period | None, Figure | None]:
    """The period and the figure to show: those of the index, or the latest for a bare place.

    Where places of this kind have no figure at all, the period is the latest of the places that
    hold this one, so that theirs are not said to be unpublished.
    """
    period = material.periods.get((place.kind, indicator.code))
    figure = material.figures.at(place.code, indicator.code, period=period)
    if figure is None and not material.standings_of(place):
        figure = material.figures.latest(place.code, indicator.code)
        period = figure.period if figure else period
    if period is None:
        holders = (one for one in material.ancestors(place) if one.kind in COMPARED)
        latest = (material.figures.latest(one.code, indicator.code) for one in holders)
        period = max((one.period for one in latest if one is not None), default=None)
    return period, figure


def _against(
    place: Place, material: Material, *, shown: Sequence[tuple[Indicator, Period | None]]
) -> list[Place]:
    """The region, nation and country of a place that have at least one of the figures."""
    holders = sorted(
        (one for one in material.ancestors(place) if one.kind in COMPARED),
        key=lambda one: COMPARED.index(one.kind),
    )
    return [
        one
        for one in holders
        if any(material.figures.at(one.code, known.code, period=period) for known, period in shown)
    ]


def _columns(
    against: Sequence[Place], links: Links, *, has_interval: bool, points: bool
) -> list[Column]:
    return [
        words("Indicator"),
        words("Period"),
        figures("Value"),
        *([figures("95% interval")] if has_interval else []),
        *(figures(one.name if one.kind == "country" else _named(one)) for one in against),
        *([figures(link(links.method("normalise"), "Points"))] if points else []),
        figures("Rank"),
        words("Source"),
    ]


def _named(place: Place) -> str:
    return f"{place.name} ({place.kind})" if place.kind == REGION else place.name


def _name(one: Indicator, figure: Figure | None, *, links: Links, material: Material) -> Cell:
    name = link(links.indicator(one.code), one.name)
    unit = f"<small>{escape(unit_words(one.unit))}</small>"
    if figure is None or one.ratio is None:
        return trusted(f"{name} {unit}")
    parts = reckoned(figure, links, catalogue=material.figures.catalogue)
    return trusted(f"{name} {unit} <small>worked out as {parts}</small>")


def _rank_alone(one: Indicator, place: Place, *, material: Material) -> Cell:
    """The rank of a figure that is in no index."""
    placings = (each.placing(place.code, one.code) for each in material.standings_of(place))
    placing = next((found for found in placings if found is not None), None)
    return ranked(placing) if placing else "not ranked"


def _standing(
    one: Indicator,
    figure: Figure | None,
    *,
    place: Place,
    material: Material,
    standings: Standings | None,
) -> list[Cell]:
    """Points and rank in an index, or a rank alone for a figure that is in none."""
    if standings is None:
        return [_rank_alone(one, place, material=material)]
    if one.code not in standings.ranked.index.points.codes:
        return ["set aside", "not ranked"]
    placing = standings.placing(place.code, one.code)
    score = points_words(standings.score(place.code, one.code), figure)
    return [score, ranked(placing) if placing else "not ranked"]
