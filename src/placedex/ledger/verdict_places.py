"""Places of a claim: the codes that it can mean, other places of the name, and places around it."""

import re

from placedex.evidence import Claim, PlaceNamed
from placedex.ledger.verdict import Told
from placedex.places import COMBINED_AUTHORITY, Place, Register
from placedex.places.names import fold

_CODE = re.compile(r"\b[EWSNK]\d{8}\b")
_SMALL = {"of", "and", "the", "upon", "on"}
_BRACKETS = re.compile(r"\([^)]*\)")
_KIND_AFTER = re.compile(r"\s+(?P<kind>region|combined authority)$")


def places_of(told: Told) -> tuple[str, ...]:
    """The codes that a claim's place can mean: one, several if its name tells no more, or none.

    A claim that names no place speaks of the place of its document.
    """
    place = told.claim.place
    if place is None:
        return (told.place,) if told.place else ()
    if place.code is not None:
        return (place.code,)
    return place.candidates


def namesakes(code: str, register: Register) -> tuple[str, ...]:
    """The other places of today that bear the name of a place."""
    place = register.get(code)
    if place is None:
        return ()
    name = fold(place.name)
    return tuple(
        one.code
        for one in register
        if one.code != code and fold(one.name) == name and one.live(register.day)
    )


def around(code: str, register: Register) -> tuple[str, ...]:
    """Other places whose figures may be taken for those of a place: its parents and namesakes."""
    place = register.get(code)
    parents = () if place is None else tuple(one for one in place.parents if one in register)
    return tuple(dict.fromkeys((*namesakes(code, register), *parents)))


def place_named(words: str, register: Register) -> PlaceNamed:
    """A place as a table of figures writes it: with a code, with its kind, or as a name alone.

    A name that several places bear keeps every one of them.
    """
    name = words.strip()
    code = _CODE.search(name)
    if code is not None and code[0] in register:
        return PlaceNamed(register[code[0]].name, code[0])
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    kind = _KIND_AFTER.search(bare)
    found = _bearing(_KIND_AFTER.sub("", bare), register)
    if kind is not None:
        found = tuple(one for one in found if one.kind == kind["kind"])
    codes = tuple(one.code for one in found)
    # What stands in brackets may narrow the name to an area that no code has.
    if len(codes) == 1 and bare == name:
        return PlaceNamed(found[0].name, codes[0])
    return PlaceNamed(name, None, codes if len(codes) > 1 else ())


def _bearing(name: str, register: Register) -> tuple[Place, ...]:
    wanted = fold(name)
    return tuple(
        place
        for place in register
        if place.live(register.day)
        and wanted in {fold(place.name), fold(place.name.split(",")[0]), fold(_initials(place))}
    )


def _initials(place: Place) -> str:
    """What the body of a combined authority is called for short: WMCA."""
    if place.kind != COMBINED_AUTHORITY:
        return place.name
    words = (word for word in place.name.split() if word.lower() not in _SMALL)
    return "".join(word[0] for word in words) + "CA"


def bare_name(name: str) -> str:
    """A place's name folded, without what stands in brackets and without its kind."""
    return fold(_KIND_AFTER.sub("", " ".join(_BRACKETS.sub(" ", name).split())))


def same_place(one: Told, other: Told) -> bool | None:
    """Whether two claims speak of one place; nothing if it is not certain.

    A claim that names none speaks of its document's place, perhaps: it is certain only that one.
    """
    mine, theirs = places_of(one), places_of(other)
    if one.claim.place is None or other.claim.place is None:
        return True if len(mine) == 1 and mine == theirs else None
    if not mine or not theirs:
        names = [_name(told.claim) for told in (one, other)]
        return None if names[0] == names[1] else False
    if not set(mine) & set(theirs):
        return False
    return True if len(mine) == len(theirs) == 1 else None


def _name(claim: Claim) -> str:
    return "" if claim.place is None else bare_name(claim.place.name)
