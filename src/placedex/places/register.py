"""A register: the places of a country, dated, with their parents and their changes of code."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from placedex.errors import AmbiguousPlace, UnknownPlace
from placedex.places.changes import Change, renumbered, successor
from placedex.places.names import fold
from placedex.places.place import Place


@dataclass(frozen=True, slots=True)
class Register:
    """Places by code, as they were on a day, and the changes that led there."""

    name: str
    day: date
    places: tuple[Place, ...]
    changes: tuple[Change, ...] = ()
    _by_code: dict[str, Place] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {place.code: place for place in self.places})

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Place:
        """The place that bears a code; UnknownPlace, with what it became, if none does."""
        place = self._by_code.get(code)
        if place is None:
            raise self.refusal(code)
        return place

    def refusal(self, code: str) -> UnknownPlace:
        """The error for a code that no place bears, with what it became or the nearest."""
        return UnknownPlace(
            f"{code or 'an empty code'} is not a place in '{self.name}'",
            "the code of a place there",
            self._nearest_code(code),
        )

    def get(self, code: str) -> Place | None:
        """The place that bears a code, or nothing."""
        return self._by_code.get(code)

    def of_kind(self, kind: str) -> tuple[Place, ...]:
        """The places of one kind that are there on the register's day, by code."""
        return tuple(place for place in self.places if place.kind == kind and place.live(self.day))

    def kinds(self) -> tuple[str, ...]:
        """Every kind of place, in the order of the register."""
        return tuple(dict.fromkeys(place.kind for place in self.places))

    def within(self, code: str) -> tuple[Place, ...]:
        """The live places that have a place as their parent."""
        self[code]
        return tuple(
            place for place in self.places if code in place.parents and place.live(self.day)
        )

    def parents(self, place: Place) -> tuple[Place, ...]:
        """The places that hold a place."""
        return tuple(self[code] for code in place.parents)

    def recodes(self) -> dict[str, str]:
        """Old code to new for places that only changed their number."""
        return renumbered(self.changes, self.day)

    def successor(self, code: str) -> str:
        """The code that a place bears on the register's day."""
        return successor(code, self.changes, self.day)

    def find(self, words: str, *, among: Iterable[Place] | None = None) -> Place:
        """The one place that a code or a name means.

        Errors: AmbiguousPlace with the choices if a name could be two places; UnknownPlace with
                the nearest names if none bears it.
        """
        wanted = words.strip()
        if wanted.upper() in self._by_code:
            return self._by_code[wanted.upper()]
        pool = tuple(self.places if among is None else among)
        folded = fold(wanted)
        found = [place for place in pool if fold(place.name) == folded]
        if not found:
            found = [place for place in pool if folded in _other_names(place)]
        found = [place for place in found if place.live(self.day)] or found
        if len(found) == 1:
            return found[0]
        if found:
            choices = "; ".join(f"{one.code} (the {one.kind} {one.name})" for one in found)
            raise AmbiguousPlace(
                f"'{wanted}' could be {len(found)} places: {choices}",
                "one of them",
                "Give its code instead of its name.",
            )
        raise UnknownPlace(
            f"'{wanted}' is not a place in '{self.name}'",
            "a code or a name",
            _nearest_name(wanted, pool),
        )

    def _nearest_code(self, code: str) -> str:
        news = [change.new for change in self.changes if change.old == code]
        if len(news) > 1:
            return f"It was split into {', '.join(news)}: use their figures."
        new = self.successor(code)
        if new in self._by_code and new != code:
            return f"It became {new} ({self._by_code[new].name}): use that code."
        near = difflib.get_close_matches(code, self._by_code, n=1, cutoff=0.8)
        if near:
            return f"The nearest code is {near[0]} ({self._by_code[near[0]].name})."
        return "Look it up with: placedex show NAME."


def _other_names(place: Place) -> tuple[str, ...]:
    """What else a place is called: its name up to a comma, and the names that it also bears."""
    return (fold(place.name.split(",")[0]), *(fold(name) for name in place.also))


def _nearest_name(words: str, pool: tuple[Place, ...]) -> str:
    names = {fold(place.name): place for place in pool}
    near = difflib.get_close_matches(fold(words), names, n=3, cutoff=0.6)
    if not near:
        return "No name is near it: check the spelling, or give the code."
    listed = "; ".join(f"{names[name].name} ({names[name].code})" for name in near)
    return f"Did you mean {listed}?"
