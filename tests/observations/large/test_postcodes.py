"""Postcodes looked up, and the nearest centre to each."""

import math
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from benchmarks.postcodes import unpack_postcodes

from placedex.errors import UnreadableSource
from placedex.observations.large import (
    count_postcodes,
    nearest_places,
    read_directory,
    read_points,
)
from placedex.store import Engine
from tests.observations.large.tables import CODES, rows, write_directory


def test_postcodes_are_counted_by_the_place_that_their_district_is_now(
    engine: Engine, tmp_path: Path
) -> None:
    """A district that the register lacks is counted as of no place, and not left out."""
    directory = read_directory(engine, [write_directory(tmp_path / "ONSPD.csv")])

    counted = count_postcodes(engine, directory, codes=CODES)

    assert rows(engine, counted) == [(None, 1), ("E1", 1), ("E2", 1)]


@pytest.mark.parametrize("name", ["laua", "oslaua", "LAUA", "lad25cd", "lad21cd"])
def test_every_name_that_the_column_of_districts_bore_is_known(
    engine: Engine, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "NSPL.csv"
    path.write_text(f"pcd7,pcds,{name}\nAB12CD,AB1 2CD,E1\nAB12CE,AB1 2CE,\n", encoding="utf-8")

    assert rows(engine, read_directory(engine, [path])) == [("AB12CD", "E1")]


def test_a_file_that_is_no_directory_is_refused_with_its_columns(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "NSPL.csv"
    path.write_text("postcode,ward\nAB1 2CD,E05\n", encoding="utf-8")

    with pytest.raises(UnreadableSource, match="NSPL.csv, row 1: the columns are postcode, ward"):
        read_directory(engine, [path])


def test_the_nearest_centre_is_the_one_that_the_law_of_cosines_gives(engine: Engine) -> None:
    """Two hundred points and thirty centres over the islands, each pair tried."""
    chance = np.random.default_rng(7)
    points = np.column_stack([chance.uniform(50, 60, 200), chance.uniform(-7, 2, 200)])
    centres = np.column_stack([chance.uniform(50, 60, 30), chance.uniform(-7, 2, 30)])
    table = engine.lay_out(
        pa.table(
            {
                "postcode": [f"P{number:03d}" for number in range(200)],
                "latitude": points[:, 0],
                "longitude": points[:, 1],
            }
        )
    )
    places = pa.table(
        {
            "code": [f"C{number:02d}" for number in range(30)],
            "latitude": centres[:, 0],
            "longitude": centres[:, 1],
        }
    )

    found = rows(engine, nearest_places(engine, table, places))

    wanted = [
        (f"P{row:03d}", f"C{int(np.argmin([angle(point, one) for one in centres])):02d}")
        for row, point in enumerate(points)
    ]
    assert found == wanted


def angle(one: np.ndarray, other: np.ndarray) -> float:
    """The angle between two positions seen from the middle of the globe."""
    north, east = np.radians(one)
    to_north, to_east = np.radians(other)
    return math.acos(
        math.sin(north) * math.sin(to_north)
        + math.cos(north) * math.cos(to_north) * math.cos(east - to_east)
    )


def test_of_places_equally_near_the_first_by_code_is_taken(engine: Engine) -> None:
    points = pa.table({"postcode": ["P"], "latitude": [52.0], "longitude": [0.0]})
    places = pa.table({"code": ["B", "A"], "latitude": [53.0, 53.0], "longitude": [0.0, 0.0]})

    assert rows(engine, nearest_places(engine, engine.lay_out(points), places)) == [("P", "A")]


def test_a_postcode_without_a_position_is_left_out(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "AB.csv"
    path.write_text("Postcode,lat,long\nAB1 2CD,51.5,-0.1\nAB1 2CE,,\n", encoding="utf-8")

    assert rows(engine, read_points(engine, [path])) == [("AB12CD", 51.5, -0.1)]


TEXT = pa_csv.ConvertOptions(
    column_types={"lat": pa.string(), "long": pa.string()}, strings_can_be_null=True
)


def test_every_postcode_of_the_kingdom_is_read_with_its_position(
    engine: Engine, shared: Path, tmp_path: Path
) -> None:
    """In each postcode area as many as Arrow reads, with the same mean position to 1e-9.

    Those without a position are left out, as are all of the Channel Islands and the Isle of Man.
    """
    archive = shared / "data" / "geography" / "postcodes" / "Postcodes2LatLon_postcodes.tar.gz"
    files = unpack_postcodes(archive, tmp_path / "postcodes")

    points = read_points(engine, files)
    points = points.mutate(area=points.postcode.re_extract("^[A-Z]{1,2}", 0))
    means = points.group_by("area").agg(
        there=points.count(), north=points.latitude.mean(), east=points.longitude.mean()
    )
    found = {row[0]: row[1:] for row in rows(engine, means)}

    wanted = {}
    for path in files:
        table = pa_csv.read_csv(path, convert_options=TEXT).drop_null()
        columns = [table[name].cast("float64").to_numpy() for name in ("lat", "long")]
        if table.num_rows:
            wanted[path.stem] = (table.num_rows, *(float(one.mean()) for one in columns))
    assert sum(there for there, _, _ in found.values()) == 2_690_877
    assert found.keys() == wanted.keys()
    for area, (there, *position) in wanted.items():
        assert found[area][0] == there
        assert found[area][1:] == pytest.approx(position, rel=1e-9)
