"""Which places touch: pairs of districts that share a piece of published boundary."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from placedex.places.place import Place
from placedex.places.read import BUNDLED, bundled_register
from placedex.places.register import Register
from placedex.store import read_rows


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs of places that touch, each pair once, and the register that they are of."""

    register: Register
    pairs: tuple[tuple[str, str], ...]
    _beside: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        beside: dict[str, set[str]] = {}
        for one, other in self.pairs:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
        listed = {code: tuple(sorted(others)) for code, others in beside.items()}
        object.__setattr__(self, "_beside", listed)

    def of(self, code: str) -> tuple[Place, ...]:
        """The places that touch a place: of its own kind, by code; none for an island.

        A district that ended has those of its successor. A larger place touches another of its
        kind if two of their districts touch, and does not if they overlap.

        Errors: UnknownPlace.
        """
        place = self.register[self.register.successor(code)]
        if place.code in self._beside:
            return tuple(self.register[one] for one in self._beside[place.code])
        own = self._members(place)
        around = {other for one in own for other in self._beside.get(one, ())} - own
        found = []
        for other in self.register.of_kind(place.kind):
            members = self._members(other)
            if other.code != place.code and members & around and not members & own:
                found.append(other)
        return tuple(sorted(found, key=lambda one: one.code))

    def islands(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of some districts that touch no other."""
        return tuple(code for code in codes if code not in self._beside)

    def _members(self, place: Place) -> set[str]:
        """The districts of the pairs that a place holds, itself if it is one."""
        if place.code in self._beside:
            return {place.code}
        held = {place.code}
        while True:
            more = {
                one.code
                for one in self.register
                if one.code not in held
                and one.live(self.register.day)
                and held.intersection(one.parents)
            }
            if not more:
                return held & self._beside.keys()
            held |= more


@cache
def bundled_neighbours() -> Neighbours:
    """The districts of April 2025 that share a piece of boundary, from the published boundaries.

    Source: Office for National Statistics, boundaries of UK areas, 2014 to 2025.
    """
    with resources.as_file(resources.files("placedex.places") / "registers") as folder:
        rows = read_rows(folder / f"{BUNDLED}-neighbours.csv", wanted=("one", "other"))
        pairs = tuple((row.cells["one"], row.cells["other"]) for row in rows)
    return Neighbours(bundled_register(), pairs)
