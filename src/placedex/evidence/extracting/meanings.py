"""Which of several places of one name a document means, and of which it speaks throughout."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from placedex.evidence.claim import PlaceNamed
from placedex.evidence.document import Document
from placedex.evidence.extracting.gazetteer import COUNTRY, COUNTY, NATION, Gazetteer
from placedex.evidence.extracting.places_named import ASIDE, BESIDE_A_NOUN, PLAIN, Mention
from placedex.places import COMBINED_AUTHORITY, DISTRICT, REGION, Place

_KIND_OF = {
    "city": {DISTRICT},
    "borough": {DISTRICT},
    "town": {DISTRICT},
    "district": {DISTRICT},
    "county": {COUNTY, DISTRICT},
}
_AGENCY = re.compile(
    r"\b(?:regional development agenc|government office for|regional assembl"
    r"|nine (?:english )?regions"
    r"|regions of england|english regions|ITL ?1|NUTS ?1|government's regional)",
    re.IGNORECASE,
)
_REGION_WORDS = re.compile(
    r"\b(?:the|our|this)\s+(?:\w+\s+)?region(?:['’]s)?\b|\bregional\b|\bin region\b", re.IGNORECASE
)

_SIDE_BY_SIDE = re.compile(r"\s*(?:,|&|and)\s+(?:the\s+)?")
_WIDE = {COUNTRY, "country group"}
_AT_THE_HEAD, _MAYOR = 6, 4
_MAYOR_OF = re.compile(r"\b[Mm]ayor (?:of|for) (?:the )?$")
_AHEAD = 1.2
# One that the head does not name must be named that much more often than any other.
_FAR_AHEAD, _TWICE = 1.6, 2.0
_HEAD = 220


class Meanings:
    """Which of several places of one name a document means, by what else it says."""

    def __init__(
        self,
        text: str,
        found: list[Mention],
        *,
        gazetteer: Gazetteer,
        document: Document,
        published: date | None,
    ) -> None:
        self._gazetteer = gazetteer
        self._text = text
        self._published = published
        self._head = _head_of(document.text)
        self._given = gazetteer.register.get(document.place) if document.place else None
        self._bodies = {one.code for mention in found if mention.body for one in mention.places}
        self._codes = {mention.places[0].code for mention in found if len(mention.places) == 1}
        self._known: dict[tuple[str, ...], Place | None] = {}
        self._region = _REGION_WORDS.search(text) is not None
        self._agency = _AGENCY.search(text) is not None
        self.subject = self._subject(found)

    def of(self, mention: Mention) -> PlaceNamed:
        """The place of a mention, or the choices."""
        words = " ".join(mention.words.split())
        one = self._one(mention.places)
        if one is not None:
            return PlaceNamed(words, one.code)
        return PlaceNamed(words, None, tuple(sorted(place.code for place in mention.places)))

    def this(self, mention: Mention, found: list[Mention], at: int) -> PlaceNamed | None:
        """What `the region` or `the city` means: the text's subject, or the last city named.

        A city that was named in the same paragraph comes before the text's subject.
        """
        wanted = _KIND_OF.get(mention.kind)
        if wanted is None:
            return self.subject
        subject = self._gazetteer.register.get(self.subject.code or "") if self.subject else None
        fits = subject is not None and subject.kind in wanted
        begin = self._text.rfind("\n\n", 0, at) if fits else 0
        for one in reversed(found):
            place = self._one(one.places) if one.places and begin <= one.start < at else None
            if place is not None and place.kind in wanted and one.firmness != ASIDE:
                return PlaceNamed(" ".join(one.words.split()), place.code)
        return self.subject

    def _one(self, places: tuple[Place, ...]) -> Place | None:
        if len(places) == 1:
            return places[0]
        key = tuple(place.code for place in places)
        if key not in self._known:
            self._known[key] = self._chosen(places)
        return self._known[key]

    def _chosen(self, places: tuple[Place, ...]) -> Place | None:
        if self._given is not None and self._given in places:
            return self._given
        names = {place.name for place in places}
        if len(names) > 1:
            return self._of_several_names(places)
        distinct = self._distinct(places)
        if len(distinct) == 1:
            return distinct[0]
        if self._published is not None:
            day = self._published
            distinct = [one for one in distinct if one.started is None or one.started <= day]
        return self._of_kinds(distinct)

    def _of_kinds(self, distinct: list[Place]) -> Place | None:
        """Of places of one name, the combined authority or the region, as the text tells."""
        combined = next((one for one in distinct if one.kind == COMBINED_AUTHORITY), None)
        region = next((one for one in distinct if one.kind == REGION), None)
        if combined is not None and self._speaks_of(combined):
            return combined
        if region is not None and (self._agency or self._beyond(region, combined) or self._region):
            return region
        return None

    def _distinct(self, places: tuple[Place, ...]) -> list[Place]:
        """The places without a county whose districts are exactly those of an authority."""
        authorities = [
            self._gazetteer.districts(one) for one in places if one.kind == COMBINED_AUTHORITY
        ]
        return [
            one
            for one in places
            if one.kind != COUNTY or self._gazetteer.districts(one) not in authorities
        ]

    def _speaks_of(self, combined: Place) -> bool:
        """Whether the text speaks of a combined authority: by its body, mayor or districts."""
        if combined.code in self._bodies:
            return True
        name = re.escape(combined.name)
        if re.search(
            rf"\bmayor (?:of|for) (?:the )?{name}|{name}(?:['’]s)? (?:\w+ )?mayor\b",
            self._text,
            re.I,
        ):
            return True
        districts = self._gazetteer.districts(combined)
        listed = self._codes & districts
        others = {
            one.code
            for parent in combined.parents
            if (held := self._gazetteer.register.get(parent)) is not None
            for one in self._gazetteer.register.within(held.code)
            if one.kind == DISTRICT and one.code not in districts
        }
        return len(listed) > len(districts) / 2 and not self._codes & others

    def _beyond(self, region: Place, combined: Place | None) -> bool:
        """Whether places of the region outside its combined authority are named."""
        inside = self._gazetteer.districts(combined) if combined else frozenset()
        return len(self._codes & (self._gazetteer.districts(region) - inside)) > 1

    def _of_several_names(self, places: tuple[Place, ...]) -> Place | None:
        """Of places that a short name could mean, the one that the text names in full."""
        named = [one for one in places if one.name in self._text]
        if len(named) == 1:
            return named[0]
        near = [one for one in places if set(one.parents) & (self._codes | self._bodies)]
        return near[0] if len(near) == 1 else None

    def _subject(self, found: list[Mention]) -> PlaceNamed | None:
        """The place that the whole text speaks of; nothing if it speaks of many.

        The one named most often, above all at the head of the text; the places within it count
        for half in its favour.
        """
        if self._given is not None:
            return PlaceNamed(self._given.name, self._given.code)
        own, first = self._counted(found)
        scores = {key: most + self._of_parts(key, own) / 2 for key, most in own.items()}
        ranked = sorted(scores, key=lambda key: (-scores[key], first[key].start))
        if not ranked:
            return None
        best, *others = ranked
        rivals = [key for key in others if not self._holds(best, key)]
        near = bool(rivals) and scores[best] < _TWICE * scores[rivals[0]]
        if near and self._together(first[best], first[rivals[0]]):
            return None
        ahead = _AHEAD if first[best].start < self._head else _FAR_AHEAD
        if rivals and scores[best] < ahead * scores[rivals[0]]:
            # Of two that are named as often, the one that holds the other.
            # Failing that, the one that is named before all others.
            holder = self._holds(rivals[0], best) and not self._is_country(rivals[0])
            if not holder and first[best].start > min(one.start for one in first.values()):
                return None
            best = rivals[0] if holder else best
        return self.of(first[best])

    def _counted(
        self, found: list[Mention]
    ) -> tuple[dict[tuple[str, ...], float], dict[tuple[str, ...], Mention]]:
        """How much each place is named, and where first."""
        own: defaultdict[tuple[str, ...], float] = defaultdict(float)
        first: dict[tuple[str, ...], Mention] = {}
        for mention in found:
            aside = mention.firmness == ASIDE or mention.words.lower().startswith("nation")
            if mention.kind or not mention.places or aside:
                continue
            one = self._one(mention.places)
            key = (one.code,) if one else tuple(place.code for place in mention.places)
            head = mention.start < self._head and key not in first
            first.setdefault(key, mention)
            own[key] += (2 if mention.firmness == PLAIN else 1) * 2
            own[key] += _AT_THE_HEAD * head * (1.0 if mention.firmness >= BESIDE_A_NOUN else 0.5)
            own[key] += _MAYOR * (
                _MAYOR_OF.search(self._text[max(0, mention.start - 20) : mention.start]) is not None
            )
        return own, first

    def _together(self, one: Mention, other: Mention) -> bool:
        """Whether the head of a text names two places side by side, as its subject together."""
        low, high = sorted((one, other), key=lambda mention: mention.start)
        between = self._text[low.end : high.start]
        return high.start < self._head and _SIDE_BY_SIDE.fullmatch(between) is not None

    def _of_parts(self, key: tuple[str, ...], own: Mapping[tuple[str, ...], float]) -> float:
        """How often the places within a place are named; a whole country's do not count."""
        place = self._gazetteer.register.get(key[0])
        if place is None or place.kind in {*_WIDE, NATION}:
            return 0
        return sum(most for other, most in own.items() if other != key and self._holds(key, other))

    def _is_country(self, key: tuple[str, ...]) -> bool:
        place = self._gazetteer.register.get(key[0])
        return place is not None and (place.kind in _WIDE or place.name == "England")

    def holds(self, code: str, place: Place) -> bool:
        """Whether a place lies within the one with a code."""
        return code in self._gazetteer.holders(place)

    def _holds(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether one of two places lies within the other, at whatever remove."""
        inner = self._gazetteer.register.get(other[0])
        return inner is not None and bool(set(one) & self._gazetteer.holders(inner))


def _head_of(text: str) -> int:
    """Where the head of a text ends: its title and the lines right under it."""
    begin = len(text) - len(text.lstrip())
    end = text.find("\n", begin + 60)
    return min(begin + _HEAD, end if end > 0 else len(text))
