"""Every register at once: a code of any geography leads to its place, and to its district."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from placedex.errors import UnknownPlace
from placedex.places.place import DISTRICT, Place
from placedex.places.read import BUNDLED, bundled_register, bundled_registers
from placedex.places.register import Register

# The large registers are read only for a code that one of them can hold.
SMALL = ("E01", "W01", "S01", "N20", "95")
MIDDLE = ("E02", "W02", "S02", "N21")
WARDS = ("E05", "W05")
BEGINNINGS = {
    "small-areas-2011": SMALL,
    "small-areas-2021": SMALL,
    "middle-areas-2011": MIDDLE,
    "middle-areas-2021": MIDDLE,
    "wards-2025": WARDS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a code means, and every register that has the code, the newest first.

    One code in two registers is one place: a place that changed got another code.
    """

    place: Place
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """Registers by their codes, each read when a code first asks for it."""

    codes: tuple[str, ...]
    read: Callable[[str], Register] = field(repr=False)
    main: str = BUNDLED

    def __getitem__(self, code: str) -> Register:
        """The register of a code; BadUsage with those there are if there is none."""
        return self.read(code)

    def __iter__(self) -> Iterator[Register]:
        return (self.read(code) for code in self.codes)

    def find_code(self, code: str, *, day: date | None = None) -> Found:
        """The place that bears a code in any register, and the registers that have it.

        With a day, the register that was the newest then comes first.

        Errors: UnknownPlace, with what the code became if a register knows that.
        """
        wanted = code.strip()
        holding = [one for one in self.codes if _may_hold(one, wanted)]
        found = [one for one in holding if wanted in self.read(one)]
        if found:
            found.sort(key=lambda one: self._order(one, day or date.max))
            return Found(self.read(found[0])[wanted], tuple(found))
        for one in holding:
            if any(change.old == wanted for change in self.read(one).changes):
                raise self.read(one).refusal(wanted)
        raise UnknownPlace(
            f"{wanted or 'an empty code'} is not a place in any of {len(self.codes)} registers",
            "the code of a place",
            "Look at the row that it stands in; a name is looked up with: placedex show NAME.",
        )

    def _order(self, register: str, day: date) -> tuple[bool, bool, int]:
        made = self.read(register).day
        return register != self.main, made > day, -made.toordinal()

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and any(
            code in self.read(one) for one in self.codes if _may_hold(one, code)
        )

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The places that hold a place, whichever registers they are in."""
        return tuple(self.find_code(code).place for code in place.parents)

    def district_of(self, code: str) -> Place:
        """The district that holds a place, as it is on the main register's day.

        Errors: UnknownPlace for an unknown code, and for a place that no one district holds.
        """
        main = self.read(self.main)
        place = self.find_code(code).place
        for one in (place.code, *place.parents):
            held = main.get(one)
            if held is not None and held.kind == DISTRICT:
                return main[main.successor(one)]
        raise UnknownPlace(
            f"{code} ({place.kind} {place.name}) lies in no one district that is known",
            "a place within one district, such as a small area or a ward",
            "Use the figures of the districts themselves.",
        )

    def districts(self, register: str) -> Mapping[str, str]:
        """For each place of a register that lies in one district, that district's code."""
        main = self.read(self.main)
        kinds = {place.code: place.kind for place in main}
        found = {}
        for place in self.read(register):
            for one in (place.code, *place.parents):
                if kinds.get(one) == DISTRICT:
                    found[place.code] = main.successor(one)
                    break
        return found


@cache
def all_registers() -> Registers:
    """Every register that comes with placedex."""
    return Registers(bundled_registers(), bundled_register)


def _may_hold(register: str, code: str) -> bool:
    beginnings = BEGINNINGS.get(register)
    return beginnings is None or code.startswith(beginnings)
