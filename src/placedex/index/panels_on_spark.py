"""Panels on Spark: one index built for each of many tables that no one machine holds together."""

import itertools
from typing import TYPE_CHECKING

import numpy as np

from placedex.errors import BadSpec, BadUsage, PlacedexError
from placedex.index.build import Index, build
from placedex.index.scale import Scale
from placedex.index.spark import libraries, refuse_others
from placedex.index.spec import Spec
from placedex.observations import Indicator, Panel, make_panel
from placedex.places import Place
from placedex.store.engine_spark import want_spark

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

MADE = ("node", "score", "rank")


def build_on_spark(
    spec: Spec, table: "DataFrame", *, key: str, place: str = "place"
) -> "DataFrame":
    """Score and rank of every place and node, the index built apart for each value of a key column.

    Shape:  `table` has a row for each key and place, and a column for each indicator that the spec
            takes, under its code; returns a row for each key, place and node that `build` scores.
    Gaps:   a figure that is null or not a number is missing; a score or a rank that is missing is
            null. A table has no statuses: what its publisher calls unreliable must be null in it.
    Errors: MissingLibrary without pyspark; BadUsage naming columns that are lacking or hold no
            numbers. When Spark works it out: BadUsage for a place that is there twice or unnamed,
            and whatever `build` refuses, naming the key.
    """
    want_spark()
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    codes, here = figures_wanted(spec), libraries()
    _check_columns(table, (key, place), codes)
    shape = StructType(
        [
            StructField(key, table.schema[key].dataType),
            StructField(place, StringType()),
            StructField(MADE[0], StringType()),
            StructField(MADE[1], DoubleType()),
            StructField(MADE[2], DoubleType()),
        ]
    )

    def work(one: "pa.Table") -> "pa.Table":
        refuse_others(here)
        return build_one(spec, one, key=key, place=place)

    figures = [table[_quoted(code)].cast("double").alias(code) for code in codes]
    chosen = table.select(table[_quoted(key)], table[_quoted(place)], *figures)
    return chosen.groupBy(chosen[_quoted(key)]).applyInArrow(work, shape)


def figures_wanted(spec: Spec) -> tuple[str, ...]:
    """The codes of the figures that a spec takes; of a ratio its numerator and denominator."""
    wanted: dict[str, None] = {}
    for one in _scaled(spec):
        ratio = one.ratio
        parts = (one.code,) if ratio is None else (ratio.numerator, ratio.denominator)
        wanted.update(dict.fromkeys(parts))
    return tuple(wanted)


def build_one(spec: Spec, table: "pa.Table", *, key: str, place: str = "place") -> "pa.Table":
    """Score and rank of every place and node for the one value of the key that a table has.

    Errors: BadUsage and whatever `build` refuses, naming the key.
    """
    value = table.column(key)[0]
    if not value.is_valid:
        raise BadUsage(f"{table.num_rows} rows have no {key}. Wanted a value in each.")
    try:
        index = build(spec, _panel(spec, table, place))
    except PlacedexError as error:
        told = BadSpec if isinstance(error, BadSpec) else BadUsage
        raise told(f"{key} {value.as_py()}: {error}") from None
    return _rows(index, (key, value), place)


def _quoted(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"


def _scaled(spec: Spec) -> tuple[Indicator, ...]:
    leaves = {leaf.code for leaf in spec.hierarchy.leaves}
    listed = (step.indicators for step in spec.steps if isinstance(step, Scale))
    return tuple(one for indicators in listed for one in indicators if one.code in leaves)


def _check_columns(table: "DataFrame", named: tuple[str, str], codes: tuple[str, ...]) -> None:
    from pyspark.sql.types import NumericType

    given = (*named, *codes)
    if len({*given, *MADE}) < len(given) + len(MADE):
        raise BadUsage(
            f"The key is {named[0]} and the place {named[1]}. Wanted two columns that are neither "
            f"an indicator nor named {', '.join(MADE)}, as the result is. Rename them."
        )
    lacking = [code for code in given if code not in table.columns]
    if lacking:
        raise BadUsage(
            f"The table has no column {', '.join(lacking)}. Wanted one for the key, one for the "
            "place, and one for each indicator, under its code. Its columns are "
            f"{', '.join(table.columns)}."
        )
    wordy = [code for code in codes if not isinstance(table.schema[code].dataType, NumericType)]
    if wordy:
        raise BadUsage(
            f"The columns {', '.join(wordy)} of the table hold no numbers. Wanted numbers, and "
            "null where a figure is missing. Cast them."
        )


def _panel(spec: Spec, table: "pa.Table", place: str) -> Panel:
    """The panel of a table; places stand in the order of their codes, whatever Spark's order is."""
    found = table.column(place).to_pylist()
    if None in found:
        raise BadUsage(f"{found.count(None)} rows have no {place}. Wanted a code in each.")
    codes = [str(code) for code in found]
    order = sorted(range(len(codes)), key=codes.__getitem__)
    places = [Place(codes[row], codes[row], "", "") for row in order]
    for one, after in itertools.pairwise(places):
        if one.code == after.code:
            raise BadUsage(
                f"The place {one.code} is there more than once. Wanted a row for each place."
            )
    known = {one.code: one for one in _scaled(spec)}
    wanted = figures_wanted(spec)
    columns = [table.column(code).to_numpy().astype(np.float64) for code in wanted]
    indicators = [known.get(code, Indicator(code, code, "")) for code in wanted]
    return make_panel(places, indicators, np.stack(columns, axis=1)[order])


def _rows(index: Index, key: "tuple[str, pa.Scalar]", place: str) -> "pa.Table":
    import pyarrow as pa

    scores, ranks = index.scores, index.ranks
    count, nodes = len(scores.places), len(scores.codes)
    names = pa.array([one.code for one in scores.places for _ in range(nodes)], type=pa.string())
    told = [panel.values.ravel() for panel in (scores, ranks)]
    columns = [
        pa.repeat(key[1], count * nodes),
        names,
        pa.array(scores.codes * count, type=pa.string()),
        *(pa.array(values, mask=np.isnan(values)) for values in told),
    ]
    return pa.table(columns, names=[key[0], place, *MADE])
