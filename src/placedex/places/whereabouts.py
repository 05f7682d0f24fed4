"""The district of a point or a postcode: by boundaries, else by the nearest small area."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from placedex.errors import AmbiguousPlace, UnknownPlace
from placedex.places.place import Place
from placedex.places.postcodes import Located, Postcodes, parse_postcode
from placedex.places.registers import Registers, all_registers
from placedex.places.search import POSTCODE, Match

Floats = NDArray[np.float64]

# Small areas of which the district and the middle are known: of England and Wales those of 2021.
NEAREST_IN = (("small-areas-2021", ("E01", "W01")), ("small-areas-2011", ("S01", "95")))
EARTH = 6371.0088


class Locator(Protocol):
    """Says in which place each of many points lies; an empty text is in none."""

    def codes_at(self, longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[str, ...]:
        """The code of the place in which each point lies."""
        ...


class NearestAreas:
    """The district of the small area whose middle is nearest, for points on land.

    Good where no boundaries are at hand: a point near a district's edge can be put next door.
    """

    def __init__(self, registers: Registers, *, farthest: float = 25.0) -> None:
        from scipy.spatial import KDTree

        middles, codes = [], []
        for register, beginnings in NEAREST_IN:
            districts = registers.districts(register)
            for place in registers[register]:
                if place.longitude is None or place.latitude is None:
                    continue
                if place.code.startswith(beginnings) and place.code in districts:
                    middles.append((place.longitude, place.latitude))
                    codes.append(districts[place.code])
        self._codes = (*codes, "")
        self._tree = KDTree(_on_sphere(*np.array(middles).T))
        self._farthest = farthest / EARTH

    def codes_at(self, longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[str, ...]:
        """The district of each point; empty for one that is far from any small area, or nowhere."""
        points = _on_sphere(np.atleast_1d(longitudes), np.atleast_1d(latitudes))
        there = np.isfinite(points).all(axis=1)
        found = np.full(len(points), len(self._codes) - 1)
        if there.any():
            _, near = self._tree.query(points[there], distance_upper_bound=self._farthest)
            found[there] = near
        return tuple(self._codes[place] for place in found)


@cache
def bundled_nearest_areas() -> NearestAreas:
    """The small areas that come with placedex, laid out for finding the nearest."""
    return NearestAreas(all_registers())


@dataclass(frozen=True, slots=True)
class PostcodeFinder:
    """Finds the district of a postcode: as its file says, else by the locator."""

    postcodes: Postcodes
    locator: Locator
    registers: Registers

    def find(self, text: str) -> Match:
        """The district of a postcode, or of an outward code that lies in one district alone.

        Errors: UnknownPlace; AmbiguousPlace with the districts and their numbers of postcodes.
        """
        postcode = parse_postcode(text)
        if postcode is None or postcode.inward:
            located = self.postcodes.find(text)
            return Match(self._districts((located,))[0], POSTCODE, str(located.postcode))
        held = Counter(place.code for place in self._districts(self.postcodes.within(text)))
        places = [(self.registers.district_of(code), many) for code, many in held.most_common()]
        if len(places) == 1:
            return Match(places[0][0], POSTCODE, str(postcode))
        choices = "; ".join(f"{one.name} ({one.code}, {many} postcodes)" for one, many in places)
        raise AmbiguousPlace(
            f"{postcode} lies in {len(places)} districts: {choices}",
            "a whole postcode, or one of the districts",
            "Give both halves of the postcode.",
        )

    def _districts(self, listed: tuple[Located, ...]) -> tuple[Place, ...]:
        codes = [one.district or "" for one in listed]
        loose = [at for at, code in enumerate(codes) if not code]
        if loose:
            found = self.locator.codes_at(
                [listed[at].longitude for at in loose], [listed[at].latitude for at in loose]
            )
            for at, code in zip(loose, found, strict=True):
                codes[at] = code
        for one, code in zip(listed, codes, strict=True):
            if not code:
                raise UnknownPlace(
                    f"{one.postcode} ({one.latitude:.4f}, {one.longitude:.4f}) lies in no district",
                    "a point in the United Kingdom",
                    "Check the file of postcodes.",
                )
        return tuple(self.registers.district_of(code) for code in codes)


def _on_sphere(longitudes: ArrayLike, latitudes: ArrayLike) -> Floats:
    """Points in degrees as points of a sphere of radius 1."""
    east, north = (
        np.radians(np.asarray(longitudes, float)),
        np.radians(np.asarray(latitudes, float)),
    )
    found: Floats = np.column_stack(
        (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    )
    return found
