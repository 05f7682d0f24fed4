"""The tables to take away: scores, figures, indicators, origins and places, in plain columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isnan

from placedex.observations import Indicator
from placedex.places import Place
from placedex.publish.material import Material
from placedex.publish.standings import Standings

Value = str | float | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and whether that is text, number, integer or date."""

    name: str
    about: str
    type: str = "text"


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table to take away."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def data_tables(material: Material) -> tuple[DataTable, ...]:
    """Every table, in the order of the data page."""
    return (
        _scores(material),
        _figures(material),
        _indicators(material),
        _origins(material),
        _places(material),
    )


def _scores(material: Material) -> DataTable:
    columns = (
        Column("index", "code of the index"),
        Column("kind", "kind of place: ranks compare places of one kind only"),
        Column("place", "code of the place"),
        Column("name", "name of the place"),
        Column("node", "code of the indicator, the component or the whole index"),
        Column("node_name", "its name"),
        Column("score", "points of 100, before rounding", "number"),
        Column("rank", "1 for the highest score", "integer"),
        Column("scenario_rank_low", "best rank across the scenarios, index only", "integer"),
        Column("scenario_rank_high", "worst rank across the scenarios, index only", "integer"),
        Column("value", "the figure behind the score, indicators only, in its own unit", "number"),
        Column("period", "the period of that figure"),
    )
    rows = tuple(row for standings in material.standings for row in _score_rows(standings))
    return DataTable(
        "scores",
        "Scores and ranks",
        "One row for each scored place and each node of an index.",
        columns,
        rows,
    )


def _score_rows(standings: Standings) -> Iterator[Row]:
    panel = standings.figures
    columns = {code: number for number, code in enumerate(panel.codes)}
    places = {place.code: number for number, place in enumerate(panel.places)}
    root = standings.root.code
    for place in standings.ranked.index.scores.places:
        for node in standings.hierarchy:
            low, high = standings.span(place.code) if node.code == root else (float("nan"),) * 2
            value = float("nan")
            period = None
            if node.code in columns:
                value = float(panel.values[places[place.code], columns[node.code]])
                period = panel.periods[columns[node.code]]
            yield (
                standings.spec.code,
                standings.kind,
                place.code,
                place.name,
                node.code,
                node.name,
                _number(standings.score(place.code, node.code)),
                _whole(standings.rank(place.code, node.code)),
                _whole(low),
                _whole(high),
                _number(value),
                str(period) if period else None,
            )


def _figures(material: Material) -> DataTable:
    columns = (
        Column("place", "code of the place"),
        Column("name", "name of the place"),
        Column("indicator", "code of the indicator"),
        Column("period", "2023, 2026-01, 2025-04-30, or 2024-08/P1Y for a year from August 2024"),
        Column("value", "the figure as published, or as derived; empty if there is none", "number"),
        Column("low", "lower end of its 95% interval, where published", "number"),
        Column("high", "upper end of its 95% interval, where published", "number"),
        Column(
            "status", "published, estimated, derived, unreliable, suppressed, not collected ..."
        ),
        Column("origin", "code of the origin in the table of origins"),
    )
    register = material.edition.observations.register
    names = {place.code: place.name for place in register}
    rows = tuple(
        (
            one.place,
            names.get(one.place, ""),
            one.indicator,
            str(one.period),
            one.value,
            one.low,
            one.high,
            one.status.words,
            one.origin.code,
        )
        for series in material.figures.published.values()
        for one in series
    )
    return DataTable(
        "figures",
        "Figures",
        "One row for each figure, published or derived, for a place, an indicator and a period.",
        columns,
        rows,
    )


def _indicators(material: Material) -> DataTable:
    columns = (
        Column("indicator", "code of the indicator"),
        Column("name", "its name"),
        Column("unit", "the unit of its figures"),
        Column("better", "1 if higher is better, -1 if lower, 0 if neither", "integer"),
        Column("counted", "what is counted"),
        Column("of", "of what whole"),
        Column("where", "for whom or where"),
        Column("how", "how it is known"),
        Column("definition", "what it means"),
        Column("faults", "what is known to be wrong with it"),
        Column("numerator", "if it is reckoned: the indicator above the line"),
        Column("denominator", "if it is reckoned: the indicator below the line"),
        Column("times", "if it is reckoned: the number that the ratio is multiplied by", "number"),
    )
    rows = tuple(_indicator_row(one) for one in material.indicators)
    return DataTable("indicators", "Indicators", "One row for each indicator.", columns, rows)


def _indicator_row(one: Indicator) -> Row:
    measure, ratio = one.measure, one.ratio
    return (
        one.code,
        one.name,
        one.unit,
        one.better,
        measure.counted,
        measure.of,
        measure.where,
        measure.how,
        one.definition,
        " ".join(one.faults),
        ratio.numerator if ratio else None,
        ratio.denominator if ratio else None,
        float(ratio.times) if ratio else None,
    )


def _origins(material: Material) -> DataTable:
    columns = (
        Column("origin", "code of the origin"),
        Column("publisher", "who published it"),
        Column("title", "what it is called"),
        Column("edition", "which edition"),
        Column("address", "where it was published"),
        Column("licence", "on what terms it can be used"),
        Column("published", "day of publication", "date"),
        Column("accessed", "day on which it was read", "date"),
        Column("file", "the file that was read"),
        Column("sha256", "the SHA-256 of that file"),
        Column("note", "what else should be known"),
        Column("figures", "how many figures of the table of figures came from it", "integer"),
    )
    rows = tuple(
        (
            one.code,
            one.publisher,
            one.title,
            one.edition,
            one.url,
            one.licence,
            _day(one.published),
            _day(one.accessed),
            one.file,
            one.sha256,
            one.note,
            material.uses[one.code],
        )
        for one in sorted(material.edition.observations.origins, key=lambda one: one.code)
    )
    return DataTable("origins", "Origins", "One row for each origin of figures.", columns, rows)


def _places(material: Material) -> DataTable:
    columns = (
        Column("place", "code of the place"),
        Column("name", "its name"),
        Column("kind", "what kind of place it is"),
        Column("register", "the register that knows it by that code"),
        Column("parents", "codes of the places that hold it, parted by semicolons"),
        Column("longitude", "degrees east of Greenwich", "number"),
        Column("latitude", "degrees north of the equator", "number"),
        Column("column", "column of its hexagon in the map", "integer"),
        Column("row", "row of its hexagon in the map, from the north", "integer"),
    )
    rows = tuple(_place_row(one) for one in material.edition.places)
    return DataTable("places", "Places", "One row for each place.", columns, rows)


def _place_row(one: Place) -> Row:
    spot = one.hexagon
    return (
        one.code,
        one.name,
        one.kind,
        one.register,
        ";".join(one.parents),
        one.longitude,
        one.latitude,
        spot.column if spot else None,
        spot.row if spot else None,
    )


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _whole(value: float) -> int | None:
    return None if isnan(value) else int(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
