"""Value added by group of industries, by hand and against the published total."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placedex.observations.large import read_accounts, value_added
from placedex.store import Engine
from tests.observations.large.tables import rows


def accounts(engine: Engine, *cells: tuple[str, int, str, float | None]) -> Any:
    columns = list(zip(*cells, strict=True))
    return engine.lay_out(
        pa.table(
            {
                "place": columns[0],
                "year": columns[1],
                "industry": columns[2],
                "value": pa.array(columns[3], type=pa.float64()),
            }
        )
    )


def test_a_share_is_a_group_over_the_published_total(engine: Engine) -> None:
    """(3 + 5) / 20 is 0.4; the total is no sum of what is there."""
    table = accounts(
        engine, ("E1", 2020, "J", 3.0), ("E1", 2020, "M", 5.0), ("E1", 2020, "Total", 20.0)
    )

    found = rows(engine, value_added(engine, table, groups={"both": ("J", "M"), "j": ("J",)}))

    assert found == [("E1", 2020, "both", 8.0, 0.4), ("E1", 2020, "j", 3.0, 0.15)]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ((("E1", 2020, "J", 3.0), ("E1", 2020, "M", None)), (None, None)),
        ((("E1", 2020, "J", 3.0),), (None, None)),
    ],
)
def test_a_group_of_which_a_part_is_missing_is_missing(
    engine: Engine, cells: tuple[tuple[str, int, str, float | None], ...], wanted: tuple[None, None]
) -> None:
    """Reading the missing part as nought would understate the group."""
    table = accounts(engine, *cells, ("E1", 2020, "Total", 20.0))

    found = rows(engine, value_added(engine, table, groups={"both": ("J", "M")}))

    assert found == [("E1", 2020, "both", *wanted)]


def test_a_place_without_a_total_or_with_none_at_all_has_no_share(engine: Engine) -> None:
    table = accounts(
        engine, ("E1", 2020, "J", 3.0), ("E2", 2020, "J", 0.0), ("E2", 2020, "Total", 0.0)
    )

    found = rows(engine, value_added(engine, table, groups={"j": ("J",)}))

    assert found == [("E1", 2020, "j", 3.0, None), ("E2", 2020, "j", 0.0, None)]


def test_all_districts_have_the_shares_that_arrow_gives(engine: Engine, shared: Path) -> None:
    """Information and communication over the total in 2023; the smallest districts have none."""
    path = shared / "data" / "regional-accounts" / "RGVA_LAD.parquet"
    wanted = [
        ("variable.name", "=", "GVA Current Prices £m"),
        ("dates.date", "=", date(2023, 1, 1)),
    ]
    current = pq.read_table(path, filters=wanted).to_pylist()
    of = {(row["geography.code"], row["industry.code"]): row["value"] for row in current}

    shares = value_added(engine, read_accounts(engine, [path]), groups={"j": ("J (58-63)",)})

    found = {row[0]: row[4] for row in rows(engine, shares.filter(shares.year == 2023))}
    assert len(found) == 361
    missing = {place for place, share in found.items() if share is None}
    assert missing == {place for place in found if of[place, "J (58-63)"] is None}
    for place in found.keys() - missing:
        wanted_share = of[place, "J (58-63)"] / of[place, "Total"]
        assert found[place] == pytest.approx(wanted_share, rel=1e-9)
