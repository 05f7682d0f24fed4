"""Value added by group of industries, by hand and against the published total."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placedex.errors import BadUsage, UnreadableSource
from placedex.observations.large import read_accounts, tabulate, value_added
from placedex.places import bundled_register
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


def test_every_share_of_all_regional_accounts_is_the_one_that_pandas_gives(
    engine: Engine, shared: Path
) -> None:
    """Both files, 3.7 million rows: 921,362 values at current prices, each place once a year."""
    pd = pytest.importorskip("pandas")
    folder = shared / "data" / "regional-accounts"
    files = [folder / f"{name}.parquet" for name in ("RGVA_LAD", "RGVA")]

    found = engine.rows(value_added(engine, read_accounts(engine, files))).to_pandas()

    raw = pd.concat([pq.read_table(path).to_pandas() for path in files])
    assert len(raw) == 1_839_656 + 1_845_792
    raw = raw[raw["variable.name"].isin(["GVA Current Prices £m", "Current prices"])]
    raw["year"] = pd.to_datetime(raw["dates.date"]).dt.year
    raw = raw.rename(columns={"geography.code": "place", "industry.code": "group"})
    key = ["place", "year", "group"]
    raw, found = (one.set_index(key).sort_index() for one in (raw, found))
    total = raw.xs("Total", level="group")["value"]
    share = raw["value"] / total.reindex(raw.index.droplevel("group")).to_numpy()
    assert len(found) == 921_362
    assert found.index.equals(raw.index)
    np.testing.assert_allclose(found["value"], raw["value"], rtol=1e-9)
    np.testing.assert_allclose(found["share"], share.where(np.isfinite(share)), rtol=1e-9)


def write(path: Path, **changed: Any) -> Path:
    """A file of the accounts' layout with one value."""
    columns: dict[str, Any] = {
        "geography.code": ["E06000001"],
        "dates.date": [date(2023, 1, 1)],
        "industry.code": ["Total"],
        "variable.name": ["Current prices"],
        "value": [20.0],
    }
    pq.write_table(pa.table(columns | changed), path)
    return path


def test_a_file_without_a_wanted_column_is_refused_with_the_columns_found(
    engine: Engine, shared: Path
) -> None:
    """The file of household income lies in the same folder and has no industries."""
    path = shared / "data" / "regional-accounts" / "RGDHI.parquet"

    with pytest.raises(UnreadableSource, match=r"RGDHI.parquet: .* Wanted also 'industry.code'"):
        tabulate("accounts", [path], engine=engine, register=bundled_register())


def test_a_column_of_another_kind_is_refused(engine: Engine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", value=["20.0"])

    with pytest.raises(UnreadableSource, match="a.parquet, column 'value': .*Wanted a number"):
        read_accounts(engine, [path])


def test_a_file_of_other_figures_beside_the_right_one_is_refused_with_their_names(
    engine: Engine, tmp_path: Path
) -> None:
    right = write(tmp_path / "right.parquet")
    wrong = write(tmp_path / "wrong.parquet", **{"variable.name": ["Holding gains"]})

    with pytest.raises(UnreadableSource, match=r"wrong.parquet, .* 'Holding gains'. Wanted 'GVA C"):
        read_accounts(engine, [right, wrong])


def test_a_place_that_two_files_hold_and_a_file_named_twice_are_refused(
    engine: Engine, tmp_path: Path
) -> None:
    """The second file is another edition: its value is another."""
    files = [write(tmp_path / "one.parquet"), write(tmp_path / "two.parquet", value=[21.0])]

    with pytest.raises(UnreadableSource, match="E06000001 has 2 values for the industry Total"):
        tabulate("accounts", files, engine=engine, register=bundled_register())
    with pytest.raises(BadUsage, match=r"one.parquet are the same file"):
        tabulate("accounts", [files[0]] * 2, engine=engine, register=bundled_register())
