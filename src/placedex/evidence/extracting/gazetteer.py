"""A gazetteer: the places that names in a text could mean, made from a register."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from placedex.places import COMBINED_AUTHORITY, DISTRICT, REGION, Place, Register

COUNTRY, NATION, COUNTY, CITY_REGION = "country", "nation", "county", "city region"
_KINDS = (
    COUNTRY,
    "country group",
    NATION,
    REGION,
    COMBINED_AUTHORITY,
    CITY_REGION,
    COUNTY,
    DISTRICT,
)
_COMBINED = ("Combined Authority", "Mayoral Combined Authority", "Combined County Authority")
_STRIPPED = re.compile(r",? (?:City|County) of$|^(?:City|County) of |^County | City$")
_SHORT_OF = re.compile(r"^(\w{4,})(?: upon |-upon-|-on-|-under-)")
_FIRST_WORD = re.compile(r"(?<![\w&@/-])[A-Z][A-Za-z]*")
_CODE = 5
_DEMONYMS = {"England": "English", "Wales": "Welsh", "Scotland": "Scottish"}
_SMALL_WORDS = {"of", "and", "the", "upon", "on"}


@dataclass(frozen=True, slots=True)
class Name:
    """What a name means: the places that bear it, and whether it names their body, not them."""

    places: tuple[Place, ...]
    body: bool = False


class Gazetteer:
    """Every name of a register's places as published, with what each could mean."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.names: dict[str, Name] = {}
        gathered: dict[str, list[Place]] = defaultdict(list)
        bodies: dict[str, list[Place]] = defaultdict(list)
        for place in register:
            if place.kind not in _KINDS:
                continue
            for name in _written(place):
                gathered[name].append(place)
            for name in _bodies(place):
                bodies[name].append(place)
        for name, places in gathered.items():
            self.names[name] = Name(self._living(places))
        for name, places in bodies.items():
            self.names.setdefault(name, Name(self._living(places), body=True))
        self._beginning: dict[str, re.Pattern[str]] = {}
        for first, listed in self._by_first_word().items():
            written = "|".join(
                re.escape(name).replace(r"\ ", r"[\s\u00a0-]+").replace("\\-", "[-\\s]")
                for name in sorted(listed, key=len, reverse=True)
            )
            self._beginning[first] = re.compile(rf"(?:{written})(?!\w)")
        self._holders: dict[str, frozenset[str]] = {}
        self._within: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, register: Register) -> "Gazetteer":
        """The gazetteer of a register."""
        return cls(register)

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Name]]:
        """Every name in a text, the longest at each place, with what it means."""
        end = 0
        for word in _FIRST_WORD.finditer(text):
            pattern = self._beginning.get(word[0])
            found = pattern.match(text, word.start()) if pattern and word.start() >= end else None
            if found is not None:
                end = found.end()
                yield found, self._meanings[_plain(found[0])]

    def _by_first_word(self) -> dict[str, list[str]]:
        """Names by the letters that they begin with, in capitals too, as in headings."""
        self._meanings = {_plain(name): meant for name, meant in self.names.items()}
        listed: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            for written in dict.fromkeys((name, name.upper() if len(name) > _CODE else name)):
                self._meanings.setdefault(_plain(written), self.names[name])
                first = _FIRST_WORD.match(written)
                if first:
                    listed[first[0]].append(written)
        return listed

    def districts(self, place: Place) -> frozenset[str]:
        """The codes of the live districts within a place."""
        if place.code not in self._within:
            self._within[place.code] = frozenset(
                one.code
                for one in self.register
                if one.kind == DISTRICT and place.code in one.parents and one.ended is None
            )
        return self._within[place.code]

    def holders(self, place: Place) -> frozenset[str]:
        """The codes of every place that holds a place, at whatever remove."""
        if place.code not in self._holders:
            above = [self.register[code] for code in place.parents if code in self.register]
            self._holders[place.code] = frozenset(place.parents).union(
                *(self.holders(one) for one in above)
            )
        return self._holders[place.code]

    def _living(self, places: list[Place]) -> tuple[Place, ...]:
        """The places of today that bear a name; those of former times if none does."""
        unique = tuple({place.code: place for place in places}.values())
        day = self.register.day
        return tuple(place for place in unique if place.live(day)) or unique


def _written(place: Place) -> list[str]:
    """The names by which a text may call a place."""
    names = [place.name, *(name for name in place.also if not _is_body(name))]
    names += [name.split(",")[0] for name in names]
    if place.kind in {DISTRICT, COUNTY}:
        names += [_STRIPPED.sub("", name) for name in names]
        names += [found[1] for name in names if (found := _SHORT_OF.match(name))]
        names += [name.replace(".", "") for name in names if "." in name]
    if place.kind == CITY_REGION:
        shorter = place.name.removesuffix(" City Region")
        names += [shorter] if " " in shorter else []
    if place.name in _DEMONYMS:
        names += [f"{_DEMONYMS[place.name]} {noun}" for noun in ("average", "mean", "median")]
    if place.kind in {COUNTRY}:
        initials = "".join(word[0] for word in place.name.split())
        names += [initials, ".".join(initials) + "."]
    names += [name.replace(" and The ", " and the ") for name in names if " and The " in name]
    names += [name.replace(" and ", " & ") for name in names if " and " in name]
    return [name for name in dict.fromkeys(names) if len(name) > 1]


def _is_body(name: str) -> bool:
    return name.endswith(("Council", "Authority", "CCA", "CC"))


def _bodies(place: Place) -> list[str]:
    """The names of the body that acts for a place, and their initials."""
    names = [name for name in place.also if _is_body(name)]
    if place.kind == COMBINED_AUTHORITY:
        names += [f"{place.name} {title}" for title in _COMBINED]
        names += [_initials(name) for name in names if name.endswith("Authority")]
    return list(dict.fromkeys(names))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word.lower() not in _SMALL_WORDS)


def _plain(name: str) -> str:
    """A name as it is looked up: blanks and hyphens alike."""
    return re.sub(r"[\s\u00a0-]+", " ", name)
