"""A spread: an indicator in all places of one kind, as a strip of dots and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from placedex.observations import Indicator, Status
from placedex.places import Place
from placedex.publish.cells import (
    figure_interval,
    figure_value,
    link,
    place_link,
    points_words,
    ranked,
    reckoned,
    source,
    status_words,
)
from placedex.publish.charts import Mark, Words, draw_strip
from placedex.publish.figures import Figure
from placedex.publish.links import Links, anchor, indicator_path
from placedex.publish.material import Material
from placedex.publish.pages.page import Chart, links_from
from placedex.publish.standings import Standings
from placedex.publish.tables import Cell, Column, draw_table, figures, words
from placedex.publish.words import (
    amount,
    capital,
    counted,
    listed,
    plural,
    round_amount,
    said,
    unit_words,
)

FEWEST_DRAWN = 3
FOLDED = 20
Row = tuple[Place, Figure | None]


@dataclass(frozen=True, slots=True)
class Spread:
    """An indicator in all places of one kind."""

    anchor: str
    heading: str
    period: str
    chart: Chart | None
    table: Markup
    folded: bool
    count: int
    statuses: frozenset[Status]


def spreads(indicator: Indicator, material: Material) -> list[Spread]:
    """A spread for each kind of place in which at least one place has the indicator."""
    found = (_spread(indicator, kind, material=material) for kind in material.kinds())
    return [one for one in found if one is not None]


def _spread(indicator: Indicator, kind: str, *, material: Material) -> Spread | None:
    links = links_from(indicator_path(indicator.code))
    period = material.periods.get((kind, indicator.code))
    rows: list[Row] = [
        (place, material.figures.at(place.code, indicator.code, period=period))
        for place in material.of_kind(kind)
    ]
    known = [(place, one) for place, one in rows if one is not None and one.value is not None]
    if not known or period is None:
        return None
    standings = next(
        (one for one in material.standings if one.kind == kind and indicator.code in one.placings),
        None,
    )
    chart = None
    if len(known) >= FEWEST_DRAWN:
        chart = _chart(indicator, known, material=material, kind=kind, links=links)
    return Spread(
        anchor=anchor(kind),
        heading=capital(plural(kind)),
        period=period.words,
        chart=chart,
        table=_table(indicator, rows, material=material, standings=standings, kind=kind),
        folded=len(rows) > FOLDED,
        count=len(rows),
        statuses=frozenset(
            Status.NOT_COLLECTED if figure is None else figure.status for _, figure in rows
        ),
    )


def _chart(
    indicator: Indicator,
    known: Sequence[tuple[Place, Figure]],
    *,
    material: Material,
    kind: str,
    links: Links,
) -> Chart:
    marks = _marks(known, material)
    headline = _headline(indicator, marks, kind=kind)
    places = counted(len(marks), kind)
    marked = listed(mark.name for mark in marks if mark.strong)
    squares = f" Squares below the line: {marked}." if marked else ""
    squares += _hollow(marks)
    shown = Words(
        key=f"{anchor(kind)}-spread",
        title=f"{indicator.name}: {headline[0].lower()}{headline[1:]}",
        shows=(
            f"A dot for each of {places}, alike ones piled up.{squares} The table below has every "
            "value."
        ),
        table=f"{anchor(kind)}-table",
    )
    unit, period = unit_words(indicator.unit), known[0][1].period.words
    return Chart(
        headline=headline,
        subtitle=f"{indicator.name}, {unit}, {places}, {period}.{squares}",
        drawing=draw_strip(
            marks,
            shown,
            label=lambda value: amount(value, indicator),
            tick=lambda value: round_amount(value, indicator),
        ),
        source=Markup("{}.").format(source(known[0][1], links)),
    )


def _marks(known: Sequence[tuple[Place, Figure]], material: Material) -> list[Mark]:
    strong = material.within_home | {material.edition.home.code}
    return [
        Mark(
            said(place.name),
            figure.value,
            place.code in strong,
            figure.status is Status.UNRELIABLE,
        )
        for place, figure in known
        if figure.value is not None
    ]


def _headline(indicator: Indicator, marks: Sequence[Mark], *, kind: str) -> str:
    """The two ends, each with its place or how many share it; unreliable figures are no ends."""
    sure = [mark for mark in marks if not mark.hollow] or list(marks)

    def end(found: Mark) -> str:
        printed = amount(found.value, indicator)
        alike = [mark for mark in sure if amount(mark.value, indicator) == printed]
        return f"{printed} in {found.name if len(alike) == 1 else counted(len(alike), kind)}"

    low, high = min(sure, key=_value), max(sure, key=_value)
    if amount(low.value, indicator) == amount(high.value, indicator):
        return capital(end(low))
    return f"From {end(low)} to {end(high)}"


def _hollow(marks: Sequence[Mark]) -> str:
    """What hollow marks mean, if there are any."""
    count = sum(mark.hollow for mark in marks)
    if not count:
        return ""
    return f" Hollow: unreliable, the sample is small ({count:,}); left out of the heading."


def _value(mark: Mark) -> tuple[float, str]:
    return mark.value, mark.name


def _table(
    indicator: Indicator,
    rows: Sequence[Row],
    *,
    material: Material,
    standings: Standings | None,
    kind: str,
) -> Markup:
    links = links_from(indicator_path(indicator.code))
    has_interval = any(figure and figure.low is not None for _, figure in rows)
    scored = standings is not None and indicator.code in standings.ranked.index.points.codes
    cells = []
    for place, figure in sorted(rows, key=lambda row: _order(row, standings, indicator=indicator)):
        cells.append(
            [
                place_link(place, links, known=material.places),
                figure_value(figure, links),
                *([figure_interval(figure, links)] if has_interval else []),
                *([_parts(figure, links, material=material)] if indicator.ratio else []),
                *([ranked(standings.placing(place.code, indicator.code))] if standings else []),
                *(
                    [points_words(standings.score(place.code, indicator.code), figure)]
                    if standings and scored
                    else []
                ),
                _status(figure),
            ]
        )
    columns = _columns(
        indicator, links, has_interval=has_interval, is_ranked=standings is not None, scored=scored
    )
    period = next(figure.period.words for _, figure in rows if figure is not None)
    caption = f"{indicator.name}, {unit_words(indicator.unit)}, {plural(kind)}, {period}"
    return draw_table(f"{anchor(kind)}-table", caption, columns=columns, rows=cells)


def _columns(
    indicator: Indicator, links: Links, *, has_interval: bool, is_ranked: bool, scored: bool
) -> list[Column]:
    return [
        words("Place"),
        figures("Value"),
        *([figures("95% interval")] if has_interval else []),
        *([words("Worked out as")] if indicator.ratio else []),
        *([figures("Rank")] if is_ranked else []),
        *([figures(link(links.method("normalise"), "Points"))] if scored else []),
        words("Status"),
    ]


def _order(
    row: Row, standings: Standings | None, *, indicator: Indicator
) -> tuple[float, str, str]:
    """The best first where one way is better, then those without a rank, by name."""
    place = row[0]
    placing = standings.placing(place.code, indicator.code) if standings else None
    return (placing.rank if placing else float("inf"), place.name, place.code)


def _parts(figure: Figure | None, links: Links, *, material: Material) -> Cell:
    if figure is None:
        return "no figure"
    return reckoned(figure, links, catalogue=material.figures.catalogue)


def _status(figure: Figure | None) -> str:
    return status_words(Status.NOT_COLLECTED if figure is None else figure.status)
