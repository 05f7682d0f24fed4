"""Material: everything that the pages are made from, worked out once for the whole site."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from placedex.observations import Indicator, Origin, Period
from placedex.places import DISTRICT, Place
from placedex.publish.edition import Edition
from placedex.publish.figures import Figures
from placedex.publish.record import Record
from placedex.publish.standings import Standings


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What every page may ask for.

    Attributes:
        standings: one for each index and each kind of place, districts first.
        places: the places of the edition by code.
        within_home: the codes of the places within the home place.
        indicators: every indicator that is used or was observed: the index's first.
        periods: for each kind of place and each indicator the period for which it is shown.
        uses: how many figures came from each origin, by its code.
        origins: the origins of each indicator's figures, by the indicator's code.
        namesakes: the names that more than one place of the register bears.
        record: what was said and promised; empty if the edition has nothing of it.
    """

    edition: Edition
    figures: Figures
    standings: tuple[Standings, ...]
    places: dict[str, Place]
    within_home: frozenset[str]
    indicators: tuple[Indicator, ...]
    periods: Mapping[tuple[str, str], Period | None]
    uses: Counter[str]
    origins: Mapping[str, tuple[Origin, ...]]
    namesakes: frozenset[str]
    record: Record

    def standings_of(self, place: Place) -> tuple[Standings, ...]:
        """The standings in which a place takes part."""
        return tuple(one for one in self.standings if one.kind == place.kind)

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """The places that hold a place, the nearest first, up to the country."""
        return ancestors(place, self.edition)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of the edition's places: those that are ranked first."""
        ranked = [one.kind for one in self.standings]
        return tuple(dict.fromkeys([*ranked, *(one.kind for one in self.edition.places)]))

    def of_kind(self, kind: str) -> tuple[Place, ...]:
        """The edition's places of one kind, by name."""
        found = [place for place in self.edition.places if place.kind == kind]
        return tuple(sorted(found, key=lambda place: (place.name, place.code)))


def gather(edition: Edition) -> Material:
    """The material of an edition."""
    figures = Figures(edition.observations)
    catalogue = edition.observations.catalogue
    standings = [
        Standings(published, ranked, catalogue=catalogue)
        for published in edition.indexes
        for ranked in published.by_kind.values()
    ]
    standings.sort(key=lambda one: one.kind != DISTRICT)
    home = edition.home.code
    indicators = _indicators(edition, figures)
    return Material(
        edition=edition,
        figures=figures,
        standings=tuple(standings),
        places={place.code: place for place in edition.places},
        within_home=frozenset(
            place.code
            for place in edition.places
            if home in {one.code for one in ancestors(place, edition)}
        ),
        indicators=indicators,
        periods=_periods(edition, figures, standings=standings, indicators=indicators),
        uses=Counter(one.origin.code for series in figures.published.values() for one in series),
        origins=_origins(figures),
        namesakes=_namesakes(edition),
        record=edition.record,
    )


def _namesakes(edition: Edition) -> frozenset[str]:
    count = Counter(place.name for place in edition.observations.register)
    return frozenset(name for name, number in count.items() if number > 1)


def ancestors(place: Place, edition: Edition) -> tuple[Place, ...]:
    """The places that hold a place, each once, parents before theirs."""
    register = edition.observations.register
    found: dict[str, Place] = {}
    waiting = list(place.parents)
    while waiting:
        code = waiting.pop(0)
        parent = register.get(code)
        if parent is not None and code not in found:
            found[code] = parent
            waiting += parent.parents
    return tuple(found.values())


def _periods(
    edition: Edition,
    figures: Figures,
    *,
    standings: Iterable[Standings],
    indicators: Iterable[Indicator],
) -> dict[tuple[str, str], Period | None]:
    """The period for which each indicator is shown, for each kind of place.

    It is that of the index where the index has one, else the latest that at least half as many
    places have as have the best covered.
    """
    covered: dict[tuple[str, str], Counter[Period]] = {}
    for place in edition.places:
        for one in indicators:
            counter = covered.setdefault((place.kind, one.code), Counter())
            counter.update(figures.periods(place.code, one.code))
    found = {key: _latest(counter) for key, counter in covered.items()}
    for table in standings:
        for panel in (table.ranked.beside, table.figures):
            for code, period in zip(panel.codes, panel.periods, strict=True):
                found[table.kind, code] = period
    return found


def _origins(figures: Figures) -> dict[str, tuple[Origin, ...]]:
    found: dict[str, dict[str, Origin]] = {}
    for (_, code), series in figures.published.items():
        found.setdefault(code, {}).update((one.origin.code, one.origin) for one in series)
    return {
        code: tuple(origin for _, origin in sorted(origins.items()))
        for code, origins in found.items()
    }


def _latest(covered: Counter[Period]) -> Period | None:
    most = max(covered.values(), default=0)
    return max((period for period, count in covered.items() if 2 * count >= most), default=None)


def _indicators(edition: Edition, figures: Figures) -> tuple[Indicator, ...]:
    codes: list[str] = []
    for published in edition.indexes:
        codes += [leaf.code for leaf in published.spec.hierarchy.leaves]
        codes += published.spec.beside
    catalogue = edition.observations.catalogue
    codes += [part for code in tuple(codes) for part in _parts(catalogue[code])]
    codes += sorted(figures.observed)
    return tuple(catalogue[code] for code in dict.fromkeys(codes))


def _parts(indicator: Indicator) -> Iterable[str]:
    ratio = indicator.ratio
    return () if ratio is None else (ratio.numerator, ratio.denominator)
