"""Boundaries in three forms: the same shapes, mended, with every island."""

import gzip
import json
import sqlite3
import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from placedex.errors import UnknownPlace, UnreadableSource
from placedex.places import Boundaries, bundled_neighbours, bundled_register, read_boundaries

shapely = pytest.importorskip("shapely")

DAY = date(2025, 4, 1)
# Two unit squares side by side; the right one has an island of its own.
LEFT = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
RIGHT = [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]
ISLAND = [[[5, 5], [6, 5], [6, 6], [5, 6], [5, 5]]]
BOW_TIE = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]


def feature(code: str, kind: str, coordinates: Any, **more: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"LAD25CD": code, "LAD25NM": f"Place {code}", **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(path: Path, *features: dict[str, Any], **more: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}))
    return path


@pytest.fixture
def squares(tmp_path: Path) -> Boundaries:
    return read_boundaries(
        geojson(
            tmp_path / "squares.geojson",
            feature("L", "Polygon", LEFT),
            feature("R", "MultiPolygon", [RIGHT, ISLAND]),
        )
    )


def test_each_point_lies_in_its_place(squares: Boundaries) -> None:
    assert squares.codes_at([0.5, 1.5, 5.5, 3.5], [0.5, 0.5, 5.5, 3.5]) == ("L", "R", "R", "")


def test_a_point_just_off_the_coast_is_taken_in_and_one_far_out_is_not(squares: Boundaries) -> None:
    assert squares.codes_at([-0.04, -0.06], [0.5, 0.5]) == ("L", "")


def test_a_missing_point_lies_nowhere(squares: Boundaries) -> None:
    assert squares.codes_at([float("nan")], [0.5]) == ("",)


def test_a_point_on_a_shared_edge_lies_in_one_place_alone(squares: Boundaries) -> None:
    assert squares.codes_at([1.0], [0.5]) == ("L",)


def test_places_that_share_an_edge_touch_and_those_that_share_a_corner_do_not(
    tmp_path: Path,
) -> None:
    corner = [[[2, 1], [3, 1], [3, 2], [2, 2], [2, 1]]]
    found = read_boundaries(
        geojson(
            tmp_path / "a.json",
            feature("L", "Polygon", LEFT),
            feature("R", "Polygon", RIGHT),
            feature("C", "Polygon", corner),
        )
    )

    assert found.touching() == (("L", "R"),)


def test_islands_are_kept(squares: Boundaries) -> None:
    assert squares.shape("R").area == 2
    assert squares.names == ("Place L", "Place R")


def test_an_invalid_shape_is_mended_and_said_to_be(tmp_path: Path) -> None:
    """A bow tie of two triangles, each a quarter of the unit square."""
    found = read_boundaries(geojson(tmp_path / "a.json", feature("B", "Polygon", BOW_TIE)))

    assert found.mended == ("B",)
    assert found.shape("B").is_valid
    assert found.shape("B").area == pytest.approx(0.5)


def test_a_topology_gives_the_shapes_that_geojson_gives(
    tmp_path: Path, squares: Boundaries
) -> None:
    """The shared edge is one arc, run backwards by the square on its left; numbers are deltas."""
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
        "arcs": [
            [[2, 0], [0, 2]],
            [[2, 2], [-2, 0], [0, -2], [2, 0]],
            [[2, 0], [2, 0], [0, 2], [-2, 0]],
            [[10, 10], [2, 0], [0, 2], [-2, 0], [0, -2]],
        ],
        "objects": {
            "places": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"areacd": "L"}},
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[2, -1]], [[3]]],
                        "properties": {"areacd": "R", "areanm": "Right"},
                    },
                ],
            }
        },
    }
    path = tmp_path / "squares.json.gz"
    path.write_bytes(gzip.compress(json.dumps(topology).encode()))

    found = read_boundaries(path, layers=("places",))

    assert found.codes == squares.codes
    for one, other in zip(found.shapes, squares.shapes, strict=True):
        assert one.equals(other)
    with pytest.raises(UnreadableSource, match="has no layer 'lads'. Wanted one of places"):
        read_boundaries(path, layers=("lads",))


def test_a_geopackage_gives_the_shapes_that_geojson_gives(
    tmp_path: Path, squares: Boundaries
) -> None:
    path = tmp_path / "squares.gpkg"
    package(path, squares, number=4326)

    found = read_boundaries(path)

    assert (found.codes, found.names, found.system) == (squares.codes, squares.names, "EPSG:4326")
    for one, other in zip(found.shapes, squares.shapes, strict=True):
        assert one.equals(other)


def package(path: Path, shapes: Boundaries, *, number: int) -> None:
    """A GeoPackage of one layer, its blobs with and without an envelope (OGC 12-128r18)."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)")
        file.execute(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id)"
        )
        file.execute("INSERT INTO gpkg_geometry_columns VALUES ('lad', 'geom', 1)")
        file.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (1, 'EPSG', ?)", [number])
        file.execute("CREATE TABLE lad (fid INTEGER, LAD25CD, LAD25NM, geom BLOB)")
        for row, (code, name, shape) in enumerate(
            zip(shapes.codes, shapes.names, shapes.shapes, strict=True)
        ):
            envelope = struct.pack("<4d", 0, 1, 0, 1) if row else b""
            flags = 0b011 if row else 0b001
            blob = b"GP" + struct.pack("<BBi", 0, flags, 1) + envelope + shapely.to_wkb(shape)
            file.execute("INSERT INTO lad VALUES (?, ?, ?, ?)", [row, code, name, blob])
    file.close()


def test_a_file_in_metres_of_the_national_grid_takes_degrees(tmp_path: Path) -> None:
    """The Greenwich Observatory, 51.4779 N 0.0015 W, is at TQ 389 773."""
    pytest.importorskip("pyproj")
    square = [[[538000, 177000], [540000, 177000], [540000, 178000], [538000, 178000],
               [538000, 177000]]]  # fmt: skip
    path = geojson(
        tmp_path / "a.json",
        feature("G", "Polygon", square),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
    )

    found = read_boundaries(path)

    assert found.system == "EPSG:27700"
    assert found.codes_at([-0.0015, -1.9], [51.4779, 52.5]) == ("G", "")


def test_a_shape_of_another_day_is_left_out(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.json",
        feature("OLD", "Polygon", LEFT, end=2022),
        feature("NEW", "Polygon", LEFT, start=2023),
    )

    assert read_boundaries(path, day=date(2023, 3, 31)).codes == ("OLD",)
    assert read_boundaries(path, day=date(2023, 4, 1)).codes == ("NEW",)
    with pytest.raises(UnknownPlace, match="OLD has no shape"):
        read_boundaries(path, day=date(2023, 4, 1)).shape("OLD")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html>", "is neither JSON nor a GeoPackage"),
        ('{"type": "Point"}', "is JSON of the type Point"),
        ("[]", "is JSON of the type None"),
        ('{"type": "FeatureCollection", "features": []}', "no shape is left"),
    ],
)
def test_what_is_no_file_of_boundaries_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)

    with pytest.raises(UnreadableSource, match=words):
        read_boundaries(path)


def test_a_shape_without_a_code_is_refused(tmp_path: Path) -> None:
    nameless = {**feature("L", "Polygon", LEFT), "properties": {"colour": "red"}}

    with pytest.raises(UnreadableSource, match="a shape has the properties colour"):
        read_boundaries(geojson(tmp_path / "a.json", nameless))


def test_a_broken_geopackage_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)

    with pytest.raises(UnreadableSource, match="is not a GeoPackage that can be read"):
        read_boundaries(path)


def published(shared: Path) -> Boundaries:
    path = shared / "data" / "geography" / "uk-topojson" / "topo.json.gz"
    # Glasgow and North Lanarkshire of 2019 lie among the combined authorities there.
    return read_boundaries(path, layers=("ltla", "cauth"), day=DAY)


def test_the_twelve_invalid_districts_of_the_published_file_are_mended(shared: Path) -> None:
    found = published(shared)

    assert len(found.mended) == 12
    assert all(shape.is_valid for shape in found.shapes)


def test_published_shapes_touch_as_the_kept_neighbours_do(shared: Path) -> None:
    districts = [place.code for place in bundled_register().of_kind("district")]

    found = published(shared).only(districts)

    assert len(found.codes) == 361
    assert found.touching() == bundled_neighbours().pairs


def test_the_middle_of_each_district_lies_in_it_or_beside_it(shared: Path) -> None:
    """The register's middles are those that the publisher gives, and they are of another file."""
    register = bundled_register()
    districts = register.of_kind("district")
    shapes = published(shared).only(place.code for place in districts)

    found = shapes.codes_at(
        [place.longitude or 0 for place in districts], [place.latitude or 0 for place in districts]
    )

    within = sum(one == place.code for one, place in zip(found, districts, strict=True))
    assert within >= 355
    assert set(shapes.middles()) == {place.code for place in districts}


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(Path(__file__).read_bytes())[:-100])

    with pytest.raises(UnreadableSource, match="a.json.gz cannot be read"):
        read_boundaries(path)


def test_a_shape_that_cannot_be_drawn_is_refused_with_its_place(tmp_path: Path) -> None:
    open_ring = [[[0, 0], [1, 0], [1, 1]]]

    with pytest.raises(UnreadableSource, match="the shape of LAD25CD L, .* cannot be drawn"):
        read_boundaries(geojson(tmp_path / "a.json", feature("L", "Polygon", open_ring)))
