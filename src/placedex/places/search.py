"""Places by what people type: names with typing errors, Welsh and old names, codes, postcodes."""

import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from placedex.errors import AmbiguousPlace, UnknownPlace
from placedex.places.names import fold, likeness, trigrams
from placedex.places.place import Place
from placedex.places.postcodes import parse_postcode
from placedex.places.read import bundled_register
from placedex.places.register import Register
from placedex.places.registers import Registers, all_registers

CODE = "code"
NAME = "name"
OTHER_NAME = "other name"
NEAR_NAME = "near name"
POSTCODE = "postcode"

# A name this like what was typed, and this much more so than any other, is taken to be meant.
CLEAR, AHEAD = 0.8, 0.06
# How alike a name is that holds every word that was typed, and others.
HOLDS = 0.85
WORTH_SHOWING = 0.55
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A place that was found, by what, and how alike that is to what was typed, from 0 to 1.

    now: the place that it became, if it ended.
    """

    place: Place
    by: str
    words: str
    likeness: float = 1.0
    now: Place | None = None

    def __str__(self) -> str:
        became = f", now {self.now.name} ({self.now.code})" if self.now else ""
        return f"{self.place.code} (the {self.place.kind} {self.place.name}{became})"


class PostcodeLook(Protocol):
    """Says in which district a postcode lies, as `PostcodeFinder` does."""

    def find(self, text: str) -> Match:
        """The district of a postcode."""
        ...


class Names:
    """Every name of every place of a register, laid out so that the nearest are found at once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._named: dict[str, list[tuple[Place, str, str]]] = defaultdict(list)
        for place in register:
            self._named[fold(place.name)].append((place, NAME, place.name))
            short = fold(place.name.split(",")[0])
            for name in (short, *map(fold, place.also)):
                if name not in (fold(place.name), ""):
                    self._named[name].append((place, OTHER_NAME, name))
        self._grams = {name: trigrams(name) for name in self._named}
        self._having: dict[str, list[str]] = defaultdict(list)
        self._with: dict[str, set[str]] = defaultdict(set)
        for name, grams in self._grams.items():
            for gram in grams:
                self._having[gram].append(name)
            for word in name.split():
                self._with[word].add(name)

    def search(self, words: str, *, most: int = 8) -> tuple[Match, ...]:
        """The places that a name could mean, the likeliest first; none if no name is near it.

        A place is there once, by the name nearest to the words; live places come before ended ones.
        """
        folded = fold(words)
        found: dict[str, Match] = {}
        for name, alike in self._nearest(folded):
            for place, by, told in self._named[name]:
                match = self.match(place, by if alike == 1 else NEAR_NAME, told, alike)
                best = found.get(place.code)
                if best is None or (match.likeness, match.by == NAME) > (best.likeness, False):
                    found[place.code] = match
        listed = sorted(found.values(), key=self._order)
        return tuple(listed[:most])

    def find(self, words: str) -> Match:
        """The one place that a name means, typing errors forgiven if no other name is as near.

        Errors: AmbiguousPlace with the choices; UnknownPlace with the nearest names.
        """
        found = self.search(words, most=len(self._named))
        if not found or found[0].likeness < CLEAR:
            raise UnknownPlace(
                f"'{words.strip()}' is not a place in '{self.register.name}'",
                "a code, a name or a postcode",
                _nearest(found),
            )
        best = [match for match in found if match.likeness > found[0].likeness - AHEAD]
        if found[0].likeness == 1:
            best = [match for match in found if match.likeness == 1]
            best = [match for match in best if match.by == NAME] or best
        best = [match for match in best if match.now is None and self._live(match.place)] or best
        ends = {(match.now or match.place).code for match in best}
        if len(ends) == 1:
            return best[0]
        more = f"; and {len(best) - SHOWN} more" if len(best) > SHOWN else ""
        raise AmbiguousPlace(
            f"'{words.strip()}' could be {len(best)} places: "
            f"{'; '.join(map(str, best[:SHOWN]))}{more}",
            "one of them",
            "Give its code instead of its name.",
        )

    def _nearest(self, folded: str) -> list[tuple[str, float]]:
        """Names that share enough with the words, and how alike they are."""
        exact = [(folded, 1.0)] if folded in self._named else []
        words = folded.split()
        holding = set.intersection(*(self._with.get(word, set()) for word in words or [""]))
        grams = trigrams(folded)
        shared = Counter(name for gram in grams for name in self._having.get(gram, ()))
        near = [(name, likeness(grams, self._grams[name])) for name, _ in shared.most_common(40)]
        near.sort(key=lambda one: (-one[1], one[0]))
        scored = {name: _alike(folded, name, dice) for name, dice in near[:20]}
        scored |= {name: max(scored.get(name, 0.0), HOLDS) for name in holding}
        scored.pop(folded, None)
        return exact + [one for one in scored.items() if one[1] >= WORTH_SHOWING]

    def match(self, place: Place, by: str, words: str, alike: float) -> Match:
        """A match with what its place became since."""
        new = self.register.successor(place.code)
        now = self.register.get(new) if new != place.code else None
        return Match(place, by, words, alike, now)

    def _live(self, place: Place) -> bool:
        return place.live(self.register.day)

    def _order(self, match: Match) -> tuple[float, bool, bool, str]:
        return (
            -round(match.likeness, 6),
            match.by != NAME,
            not self._live(match.place),
            match.place.code,
        )


@cache
def bundled_names() -> Names:
    """The names of the United Kingdom of April 2025, Welsh, former and official ones among them."""
    return Names(bundled_register())


def find_place(
    words: str,
    *,
    names: Names | None = None,
    registers: Registers | None = None,
    postcodes: PostcodeLook | None = None,
) -> Match:
    """The one place that a code of any register, a name or a postcode means.

    Errors: UnknownPlace with the nearest, or for a postcode without a file of postcodes;
            AmbiguousPlace with the choices.
    """
    names = bundled_names() if names is None else names
    registers = all_registers() if registers is None else registers
    code = words.strip().upper()
    if code in names.register:
        return names.match(names.register[code], CODE, code, 1.0)
    if code in registers:
        return Match(registers.find_code(code).place, CODE, code)
    try:
        return names.find(words)
    except UnknownPlace:
        postcode = parse_postcode(words)
        if postcode is None:
            raise
        if postcodes is not None:
            return postcodes.find(words)
        raise UnknownPlace(
            f"'{words.strip()}' is the postcode {postcode}, and there is no file of postcodes",
            "a code or a name, or a published list of postcodes",
            "Give the file: open_postcodes reads the published ones.",
        ) from None


def _alike(one: str, other: str, dice: float) -> float:
    """How alike two names are: the better of shared trigrams and of signs in the same order."""
    return min(max(dice, difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()), 0.999)


def _nearest(found: tuple[Match, ...]) -> str:
    if not found:
        return "No name is near it: check the spelling, or give the code."
    listed = "; ".join(f"{one.place.name} ({one.place.code})" for one in found[:3])
    return f"Did you mean {listed}?"
