"""An indicator at constant prices: one place's figures, deflated where a deflator is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.errors import BadUsage
from placedex.observations import Deflated, Indicator, Observation, deflate
from placedex.places import Place
from placedex.publish.cells import figure_value, link, source
from placedex.publish.charts import Words, draw_history
from placedex.publish.charts.history import Moment
from placedex.publish.figures import as_published
from placedex.publish.links import Links, anchor, indicator_path
from placedex.publish.markup import trusted
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart, links_from
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import amount, cell_amount, said, unit_words

FEWEST = 2


@dataclass(frozen=True, slots=True)
class ConstantPrices:
    """The line of a place at the prices of one year, and a table of what it was made from."""

    chart: Chart
    table: Markup


@dataclass(frozen=True, slots=True)
class _Found:
    """A place's figures at the prices of their years, their deflator, and what came of these."""

    place: Place
    current: Sequence[Observation]
    deflator: Sequence[Observation]
    deflated: Deflated

    @property
    def year(self) -> str:
        return self.deflated.prices.partition(" ")[2]


def constant_prices(indicator: Indicator, material: Material) -> ConstantPrices | None:
    """The indicator at constant prices for home, or else for the first place that can be deflated.

    Nothing for an indicator that states no deflator, or if none is kept for the same place.
    """
    found = _find(indicator, material)
    if found is None:
        return None
    links = links_from(indicator_path(indicator.code))
    key = f"{anchor(indicator.code)}-deflated"
    known = [one for one in found.deflated.series if one.value is not None]
    first, last = known[0], known[-1]
    title = f"{indicator.name} at the prices of {found.year}"
    span = f"{first.period.words} to {last.period.words}"
    deflator = material.figures.catalogue[found.deflated.deflator]
    shown = Words(
        key=key,
        title=f"{title}, {span}",
        shows=(
            f"{said(found.place.name)}: from {amount(first.value or 0.0, indicator)} to "
            f"{amount(last.value or 0.0, indicator)}. The table has every value."
        ),
        table=f"{key}-table",
    )
    drawing = draw_history(
        [Moment(one.period, one.value, one.low, one.high) for one in found.deflated.series],
        shown,
        label=lambda value: amount(value, indicator),
    )
    chart = Chart(
        headline=title,
        subtitle=f"{unit_words(indicator.unit)}, {said(found.place.name)}, {span}",
        drawing=drawing,
        source=trusted(
            f"{source(as_published(indicator, found.current[-1]), links)}; deflated here by "
            f"{link(links.indicator(deflator.code), deflator.name)}."
        ),
    )
    return ConstantPrices(chart, _table(f"{key}-table", indicator, found, deflator, links=links))


def _find(indicator: Indicator, material: Material) -> _Found | None:
    deflator = indicator.measure.deflator
    kept = material.figures
    if indicator.measure.prices != "current" or deflator not in kept.observed:
        return None
    home = material.edition.home
    inside = [one for one in material.edition.places if one.code in material.within_home]
    for place in (home, *inside, *material.ancestors(home), *material.edition.places):
        current = kept.published.get((place.code, indicator.code), ())
        by = kept.published.get((place.code, deflator), ())
        if not current or not by:
            continue
        try:
            deflated = deflate(current, by, catalogue=material.edition.observations.catalogue)
        except BadUsage:
            # Of this place the deflator has no clear base or no period in common.
            continue
        if sum(one.value is not None for one in deflated.series) >= FEWEST:
            return _Found(place, current, by, deflated)
    return None


def _table(
    key: str, indicator: Indicator, found: _Found, deflator: Indicator, *, links: Links
) -> Markup:
    by = {one.period: one for one in found.deflator}
    rows = [
        [
            current.period.words,
            figure_value(as_published(indicator, current), links),
            figure_value(
                as_published(deflator, by[current.period]) if current.period in by else None, links
            ),
            "not known" if then.value is None else cell_amount(then.value, indicator),
        ]
        for current, then in zip(found.current, found.deflated.series, strict=True)
    ]
    columns = [
        words("Period"),
        figures("At the prices of the period"),
        figures(f"Deflator, {found.year} being 100"),
        figures(f"At the prices of {found.year}"),
    ]
    caption = f"{indicator.name}, {unit_words(indicator.unit)}, {found.place.name}"
    return draw_table(key, caption, columns=columns, rows=rows)
