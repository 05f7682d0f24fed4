"""Boundaries of places, when a file of them is present: mended, and asked what lies where."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from placedex.errors import MissingLibrary, UnknownPlace, UnreadableSource
from placedex.places.boundary_files import DEGREES, Feature, read_features

# How far outside every shape a point may be, and how finely edges are compared, in degrees.
FARTHEST, GRAIN = 0.05, 1e-8
DEGREE_IN_METRES = 100_000


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The shapes of places, each valid, in the order of their codes.

    system: the system of coordinates, such as EPSG:4326 (degrees) or EPSG:27700 (metres).
    mended: the codes whose published shapes were not valid, and were mended.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[Any, ...]
    system: str = DEGREES
    mended: tuple[str, ...] = ()
    _tree: list[Any] = field(init=False, repr=False, compare=False, default_factory=list)

    def shape(self, code: str) -> Any:
        """The shape of a place.

        Errors: UnknownPlace if the file has none.
        """
        if code not in self.codes:
            raise UnknownPlace(
                f"{code} has no shape in these boundaries",
                f"one of their {len(self.codes)} places",
                "Take a boundary file of the same day as the code.",
            )
        return self.shapes[self.codes.index(code)]

    def codes_at(self, longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[str, ...]:
        """The place in which each point lies, or the nearest within some 5 km; else empty.

        Simplified boundaries cut corners of the coast, so a point just outside is taken in.

        Units: degrees.
        """
        shapely = _shapely()
        east, north = self._projected(longitudes, latitudes)
        points = shapely.points(east, north)
        found = np.full(len(points), -1)
        there = np.flatnonzero(np.isfinite(east) & np.isfinite(north))
        tree = self._index(shapely)
        at, shape = tree.query(points[there], predicate="intersects")
        # A point on a shared edge is given to the first of the two.
        found[there[at[::-1]]] = shape[::-1]
        loose = np.array([one for one in there if found[one] < 0], dtype=int)
        if len(loose):
            farthest = FARTHEST if self.system == DEGREES else FARTHEST * DEGREE_IN_METRES
            at, shape = tree.query_nearest(points[loose], max_distance=farthest, all_matches=False)
            found[loose[at]] = shape
        return tuple("" if one < 0 else self.codes[one] for one in found)

    def touching(self) -> tuple[tuple[str, str], ...]:
        """Every two places that share a piece of boundary, each pair once; islands have none."""
        shapely = _shapely()
        one, other = self._index(shapely).query(list(self.shapes), predicate="intersects")
        first = one < other
        return self._sharing(shapely, one[first], other[first])

    def beside(self, code: str) -> tuple[str, ...]:
        """The places that share a piece of boundary with one place; an island has none.

        Errors: UnknownPlace if the file has no shape of it.
        """
        shapely = _shapely()
        near = self._index(shapely).query(self.shape(code), predicate="intersects")
        row = self.codes.index(code)
        near = near[near != row]
        pairs = self._sharing(shapely, np.full(len(near), row), near)
        return tuple(sorted(other for _, other in pairs))

    def _sharing(
        self, shapely: Any, one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> tuple[tuple[str, str], ...]:
        """Of pairs of rows whose shapes meet, the codes of those that meet in more than points."""
        shapes = np.array(self.shapes, dtype=object)
        # Mending moves a corner by less than a grain, so that edges are compared grain by grain.
        grain = GRAIN if self.system == DEGREES else GRAIN * DEGREE_IN_METRES
        edges = (shapely.boundary(shapes[rows]) for rows in (one, other))
        shared = shapely.intersection(*edges, grid_size=grain)
        long = shapely.length(shared) > 0
        pairs = zip(one[long], other[long], strict=True)
        return tuple(sorted((self.codes[a], self.codes[b]) for a, b in pairs))

    def middles(self) -> dict[str, tuple[float, float]]:
        """A point within each place: its middle, or near it where that lies outside."""
        points = [shape.representative_point() for shape in self.shapes]
        return {code: (one.x, one.y) for code, one in zip(self.codes, points, strict=True)}

    def only(self, codes: Iterable[str]) -> "Boundaries":
        """The boundaries of some places.

        Errors: UnknownPlace for one that has none.
        """
        wanted = sorted(set(codes))
        row = {code: at for at, code in enumerate(self.codes)}
        for code in wanted:
            if code not in row:
                self.shape(code)
        rows = [row[code] for code in wanted]
        return replace(
            self,
            codes=tuple(wanted),
            names=tuple(self.names[at] for at in rows),
            shapes=tuple(self.shapes[at] for at in rows),
            mended=tuple(code for code in self.mended if code in wanted),
        )

    def _index(self, shapely: Any) -> Any:
        if not self._tree:
            self._tree.append(shapely.STRtree(list(self.shapes)))
        return self._tree[0]

    def _projected(
        self, longitudes: ArrayLike, latitudes: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        east = np.atleast_1d(np.asarray(longitudes, dtype=float))
        north = np.atleast_1d(np.asarray(latitudes, dtype=float))
        if self.system == DEGREES:
            return east, north
        try:
            from pyproj import Transformer
        except ImportError:
            raise MissingLibrary(
                f"These boundaries are in {self.system}, and turning degrees into it needs pyproj. "
                "Wanted boundaries in degrees, or that library. "
                "Install it with: pip install 'placedex[maps]'."
            ) from None
        turn = Transformer.from_crs(DEGREES, self.system, always_xy=True)
        x, y = turn.transform(east, north)
        return np.asarray(x, dtype=float), np.asarray(y, dtype=float)


def read_boundaries(
    path: Path, *, layers: tuple[str, ...] = (), code: str | None = None, day: date | None = None
) -> Boundaries:
    """The boundaries in a TopoJSON, GeoJSON or GeoPackage file, packed or not.

    layers: the layers to read, the first that has a place deciding; all unless told otherwise.
    code:   the property with the code; unless told, the one that is called like a code.
    day:    keeps only the shapes that were there then, if the file has years of start and end.

    Shape:  a place in several pieces, or an island, keeps every piece.
    Errors: UnreadableSource if the file is no such file, or has no codes; MissingLibrary without
            shapely.
    """
    shapely = _shapely()
    features = read_features(path, layers=layers, code=code)
    found: dict[str, Feature] = {}
    for feature in features:
        if day is None or _there(feature, day):
            found.setdefault(feature.code, feature)
    if not found:
        raise UnreadableSource(
            f"{path.name}: no shape is left. Wanted at least one place. Look at its layers and "
            "their days."
        )
    shapes, mended = [], []
    for one in sorted(found):
        shape = found[one].shape
        if not shapely.is_valid(shape):
            shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
            mended.append(one)
        shapes.append(shape)
    codes = tuple(sorted(found))
    names = tuple(found[one].name for one in codes)
    return Boundaries(codes, names, tuple(shapes), next(iter(found.values())).system, tuple(mended))


def _there(feature: Feature, day: date) -> bool:
    """Whether a shape was there on a day; years of change are taken to begin in April."""
    begun = feature.start is None or date(feature.start, 4, 1) <= day
    # The last year in which a shape is there ends on the next 31 March.
    return begun and (feature.end is None or day < date(feature.end + 1, 4, 1))


def _shapely() -> Any:
    try:
        import shapely
    except ImportError:
        raise MissingLibrary(
            "Boundaries need shapely. Wanted that library. "
            "Install it with: pip install 'placedex[maps]'."
        ) from None
    return shapely
