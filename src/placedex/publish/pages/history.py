"""Histories: a small line for each indicator that was published more than once for a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.observations import Indicator, Status
from placedex.places import Place
from placedex.publish.cells import figure_interval, figure_value, link, source
from placedex.publish.charts import Words, draw_history
from placedex.publish.charts.history import Moment
from placedex.publish.figures import Figure
from placedex.publish.links import Links, anchor, place_path
from placedex.publish.markup import trusted
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart, links_from
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import amount, said, unit_words


@dataclass(frozen=True, slots=True)
class History:
    """A line and the table with the same figures."""

    chart: Chart
    table: Markup


def histories(
    indicators: Sequence[Indicator], place: Place, *, material: Material
) -> list[History]:
    """A history for each indicator that has at least two values."""
    links = links_from(place_path(place))
    found = [
        _history(one, material.figures.series(place.code, one.code), place=place, links=links)
        for one in indicators
    ]
    return [one for one in found if one is not None]


def _history(
    indicator: Indicator, series: tuple[Figure, ...], *, place: Place, links: Links
) -> History | None:
    known = [figure for figure in series if figure.value is not None]
    if len(known) < 2:
        return None
    key = f"history-{anchor(indicator.code)}"
    first, last = known[0].period.words, known[-1].period.words
    shown = Words(
        key=key,
        title=f"{indicator.name}, {first} to {last}",
        shows=_shows(indicator, known, place=place),
        table=f"{key}-table",
    )
    moments = [
        Moment(one.period, one.value, one.low, one.high, one.status is Status.UNRELIABLE)
        for one in series
    ]
    drawing = draw_history(moments, shown, label=lambda value: amount(value, indicator))
    chart = Chart(
        headline=indicator.name,
        subtitle=(
            f"{unit_words(indicator.unit)}, {said(place.name)}, {first} to {last}{_hollow(known)}"
        ),
        drawing=drawing,
        source=trusted(
            f"{source(known[-1], links)}; {link(links.indicator(indicator.code), 'definition')}."
        ),
    )
    return History(chart, _table(key, indicator, series=series, place=place, links=links))


def _shows(indicator: Indicator, known: list[Figure], *, place: Place) -> str:
    values = [figure.value for figure in known if figure.value is not None]
    name = said(place.name)
    return (
        f"{name}: from {amount(values[0], indicator)} to {amount(values[-1], indicator)}; "
        f"lowest {amount(min(values), indicator)}, highest {amount(max(values), indicator)}. "
        f"The table below has every value{_hollow(known)}."
    )


def _hollow(known: list[Figure]) -> str:
    """What hollow dots mean, if there are any."""
    shaky = any(figure.status is Status.UNRELIABLE for figure in known)
    return "; hollow: unreliable, the sample is small" if shaky else ""


def _table(
    key: str, indicator: Indicator, *, series: tuple[Figure, ...], place: Place, links: Links
) -> Markup:
    has_interval = any(figure.low is not None for figure in series)
    columns = [words("Period"), figures("Value")]
    if has_interval:
        columns.append(figures("95% interval"))
    rows = [
        [
            figure.period.words,
            figure_value(figure, links),
            *([figure_interval(figure, links)] if has_interval else []),
        ]
        for figure in series
    ]
    caption = f"{indicator.name}, {unit_words(indicator.unit)}, {place.name}"
    return draw_table(f"{key}-table", caption, columns=columns, rows=rows)
