"""Premises: from a record for each to the coverage of places."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.observations.large.columns import NUMBER, TEXT, read_columns
from placedex.observations.large.postcodes import together
from placedex.store import Engine

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Column, Table

# The columns of a record of Ofcom's Connected Nations broadband interface that are asked for:
# the highest predicted speed in Mbit/s, down and up, of any network; below 0 there is none.
POSTCODE, DOWN, UP = "PostCode", "MaxPredictedDown", "MaxPredictedUp"
COLUMNS = {POSTCODE: TEXT, DOWN: NUMBER, UP: NUMBER}
SUPERFAST, ULTRAFAST, GIGABIT = 30.0, 300.0, 1000.0
# The Broadband (Universal Service) Order asks for 10 Mbit/s down and 1 Mbit/s up.
DECENT_DOWN, DECENT_UP = 10.0, 1.0


def read_premises(engine: Engine, files: Sequence[Path]) -> "Table":
    """The premises in Parquet files of Ofcom's records: postcode, and speed down and up.

    Errors: UnreadableSource if a file lacks a column; it names the file and the words found.
    """
    import ibis

    return ibis.union(*(read_columns(engine, path, wanted=COLUMNS) for path in files))


def count_premises(
    engine: Engine, premises: "Table", *, directory: "Table", codes: "pa.Table"
) -> "Table":
    """Each place's premises, and how many of them can have what speed.

    Shape:  premises as Ofcom writes them; directory (postcode, district); codes (published,
            place); returns place, premises, superfast, ultrafast, gigabit and below_decent.
    Units:  counts of premises. Superfast is 30 Mbit/s down or more, ultrafast 300, gigabit 1,000;
            below decent is less than 10 down or 1 up.
    Gaps:   premises whose speed is not told count as without; those whose postcode is not in the
            directory are counted under a null place.
    """
    known = engine.lay_out(codes)
    known = directory.left_join(known, directory.district == known.published)
    known = known.select("place", compared=known.postcode)
    small = premises.select(
        compared=together(premises[POSTCODE]),
        superfast=_can(premises[DOWN] >= SUPERFAST),
        ultrafast=_can(premises[DOWN] >= ULTRAFAST),
        gigabit=_can(premises[DOWN] >= GIGABIT),
        decent=_can((premises[DOWN] >= DECENT_DOWN) & (premises[UP] >= DECENT_UP)),
    )
    found = small.left_join(known, "compared")
    counted = found.group_by("place").agg(
        premises=found.count(),
        superfast=found.superfast.sum(),
        ultrafast=found.ultrafast.sum(),
        gigabit=found.gigabit.sum(),
        decent=found.decent.sum(),
    )
    return counted.mutate(below_decent=counted.premises - counted.decent).drop("decent")


def _can(told: "Column") -> "Column":
    return told.fill_null(False).cast("int64")
