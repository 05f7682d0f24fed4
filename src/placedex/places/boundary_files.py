"""Files of boundaries: TopoJSON, GeoJSON and GeoPackage, read into shapes with their codes."""

import gzip
import json
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placedex.errors import UnreadableSource

DEGREES = "EPSG:4326"
CODE = re.compile(r"(areacd|area_?code|code|gss_?code|geo_?code|[a-z]{2,6}\d\dcd)", re.IGNORECASE)
NAME = re.compile(r"(areanm|area_?name|name|[a-z]{2,6}\d\dnm)", re.IGNORECASE)
SQLITE = b"SQLite format 3\x00"
GZIP = b"\x1f\x8b"
# Bytes of the envelope in a GeoPackage blob, by the kind that its flags name.
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


@dataclass(frozen=True, slots=True)
class Feature:
    """A shape with the code and the name that the file gives it.

    start, end: the first and the last year in which it is there, if the file says so.
    """

    code: str
    name: str
    shape: Any
    system: str = DEGREES
    start: int | None = None
    end: int | None = None


def read_features(path: Path, *, layers: tuple[str, ...], code: str | None) -> Iterator[Feature]:
    """The shapes in a file, layer by layer; its form is told by what it holds, not by its name.

    Errors: UnreadableSource, with what was found.
    """
    try:
        with path.open("rb") as file:
            begun = file.read(len(SQLITE))
        if begun == SQLITE:
            yield from _package(path, layers=layers, code=code)
            return
        content = path.read_bytes()
        if content.startswith(GZIP):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSource(
            f"{path.name} cannot be read ({error}). Wanted a file of boundaries. Fetch it again."
        ) from None
    if content.startswith(SQLITE):
        raise UnreadableSource(
            f"{path.name} is a GeoPackage that is packed. Wanted one that is not. Unpack it."
        )
    try:
        found = json.loads(content)
    except ValueError:
        raise UnreadableSource(
            f"{path.name} is neither JSON nor a GeoPackage. Wanted TopoJSON, GeoJSON or "
            "GeoPackage. "
            "Export the boundaries in one of these forms."
        ) from None
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "Topology":
        yield from _topology(found, path=path, layers=layers, code=code)
    elif kind == "FeatureCollection":
        yield from _collection(found, path=path, code=code)
    else:
        raise UnreadableSource(
            f"{path.name} is JSON of the type {kind}. Wanted Topology or FeatureCollection. "
            "Export the boundaries in one of these forms."
        )


def _topology(
    topology: dict[str, Any], *, path: Path, layers: tuple[str, ...], code: str | None
) -> Iterator[Feature]:
    import shapely

    arcs = list(_arc_points(topology["arcs"], topology.get("transform")))
    objects = topology["objects"]
    for layer in layers or tuple(objects):
        if layer not in objects:
            raise _no_layer(path, layer, tuple(objects))
        for item in objects[layer].get("geometries", ()):
            properties = item.get("properties") or {}
            polygons = {"Polygon": [item.get("arcs")], "MultiPolygon": item.get("arcs")}
            if item.get("type") not in polygons:
                continue
            try:
                drawn = [
                    [_ring(ring, arcs) for ring in polygon] for polygon in polygons[item["type"]]
                ]
                # A ring of fewer than four points was rounded away: it has no area.
                parts = [
                    shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) > 3])
                    for rings in drawn
                    if len(rings[0]) > 3
                ]
                shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
            except (IndexError, TypeError, ValueError) as error:
                raise _no_shape(path, properties, error) from None
            yield _feature(properties, shape, path=path, code=code)


def _arc_points(
    arcs: list[list[list[float]]], transform: dict[str, list[float]] | None
) -> Iterator[NDArray[np.float64]]:
    """The points of each arc of a topology, in the units of its map."""
    for arc in arcs:
        points = np.array(arc, dtype=float)[:, :2]
        if transform is not None:
            scale, shift = np.array(transform["scale"]), np.array(transform["translate"])
            points = points.cumsum(axis=0) * scale + shift
        yield points


def _ring(numbers: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The points of a ring; an arc whose number is negative is run backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _collection(collection: dict[str, Any], *, path: Path, code: str | None) -> Iterator[Feature]:
    import shapely

    system = _named_system(collection)
    for item in collection.get("features", ()):
        if not item.get("geometry"):
            continue
        properties = item.get("properties") or {}
        try:
            shape = shapely.from_geojson(json.dumps(item["geometry"]))
        except shapely.errors.GEOSException as error:
            raise _no_shape(path, properties, error) from None
        yield _feature(properties, shape, path=path, code=code, system=system)


def _named_system(collection: dict[str, Any]) -> str:
    """The system that an old GeoJSON names; a present-day one is in degrees."""
    named = str(((collection.get("crs") or {}).get("properties") or {}).get("name", ""))
    found = re.search(r"EPSG:{1,2}(\d+)", named)
    return f"EPSG:{found[1]}" if found else DEGREES


def _package(path: Path, *, layers: tuple[str, ...], code: str | None) -> Iterator[Feature]:
    """The shapes of a GeoPackage, which is a SQLite file."""
    import sqlite3

    import shapely

    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as package:
            package.row_factory = sqlite3.Row
            held = package.execute(
                "SELECT table_name, column_name, organization, organization_coordsys_id "
                "FROM gpkg_geometry_columns JOIN gpkg_spatial_ref_sys USING (srs_id)"
            ).fetchall()
            there = {row["table_name"]: row for row in held}
            for layer in layers or tuple(there):
                if layer not in there:
                    raise _no_layer(path, layer, tuple(there))
                _, column, issuer, number = tuple(there[layer])
                table = layer.replace('"', '""')
                for row in package.execute(f'SELECT * FROM "{table}"'):
                    properties = {key: row[key] for key in tuple(row.keys()) if key != column}
                    if row[column] is None:
                        continue
                    shape = shapely.from_wkb(_without_header(row[column], path))
                    yield _feature(
                        properties, shape, path=path, code=code, system=f"{issuer}:{number}".upper()
                    )
    except sqlite3.DatabaseError as error:
        raise UnreadableSource(
            f"{path.name} is not a GeoPackage that can be read ({error}). Wanted one with its "
            "tables of layers and systems. Export the boundaries again."
        ) from None


def _without_header(blob: bytes, path: Path) -> bytes:
    """The well-known binary in a GeoPackage blob, after its header and envelope."""
    if blob[:2] != b"GP":
        raise UnreadableSource(
            f"{path.name}: a shape does not begin with GP. Wanted GeoPackage shapes. "
            "Export the boundaries again."
        )
    (flags,) = struct.unpack_from("B", blob, 3)
    return blob[8 + ENVELOPES[(flags >> 1) & 7] :]


def _feature(
    properties: dict[str, Any],
    shape: Any,
    *,
    path: Path,
    code: str | None,
    system: str = DEGREES,
) -> Feature:
    key = code or next((one for one in properties if CODE.fullmatch(one)), None)
    if key is None or properties.get(key) in (None, ""):
        raise UnreadableSource(
            f"{path.name}: a shape has the properties {', '.join(properties) or 'none'}. Wanted "
            f"{code or 'one that is called like a code, such as LAD25CD'}. Say which it is."
        )
    name = next((one for one in properties if NAME.fullmatch(one)), key)
    return Feature(
        str(properties[key]),
        str(properties[name]),
        shape,
        system,
        _year(properties.get("start")),
        _year(properties.get("end")),
    )


def _year(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _no_shape(path: Path, properties: dict[str, Any], error: Exception) -> UnreadableSource:
    told = ", ".join(f"{key} {value}" for key, value in list(properties.items())[:2])
    return UnreadableSource(
        f"{path.name}: the shape of {told or 'a place without properties'} cannot be drawn "
        f"({error}). Wanted a polygon. Export the boundaries again."
    )


def _no_layer(path: Path, layer: str, there: tuple[str, ...]) -> UnreadableSource:
    return UnreadableSource(
        f"{path.name} has no layer '{layer}'. Wanted one of {', '.join(there)}. Name one of them."
    )
