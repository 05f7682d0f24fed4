"""Published figures that claims are held against, read once for all of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from placedex.evidence import Claim
from placedex.ledger.verdict import Against
from placedex.ledger.verdict_terms import kind_of
from placedex.ledger.verdict_words import amount, place_words
from placedex.observations import Observation, Observations
from placedex.observations.catalogue import Catalogue
from placedex.observations.history import Stood, history
from placedex.observations.indicator import Indicator
from placedex.places import Register

_MONEY = {"£ million": 1e6, "£ billion": 1e9, "£": 1.0, "£ thousand": 1e3}


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some indicators for some places, as they stand now and as they stood."""

    register: Register
    catalogue: Catalogue
    stood: Mapping[tuple[str, str], tuple[Stood, ...]]

    def of(self, place: str, code: str, *, day: date | None = None) -> tuple[Observation, ...]:
        """The figures that stood on a day, or stand now, the oldest period first; no gaps."""
        ratio = self.catalogue[code].ratio
        if ratio is not None and (place, code) not in self.stood:
            above = self.of(place, ratio.numerator, day=day)
            below = {one.period: one for one in self.of(place, ratio.denominator, day=day)}
            return tuple(
                replace(one, indicator=code, value=ratio.times * one.value / under, low=None,
                        high=None)
                for one in above
                if one.value is not None
                and one.period in below
                and (under := below[one.period].value)
            )  # fmt: skip
        return tuple(
            one.observation
            for one in self.stood.get((place, code), ())
            if one.on(day) and one.observation.value is not None
        )

    def against(self, observation: Observation, claim: Claim) -> Against:
        """An observation as something that a claim was held against, in the claim's unit."""
        indicator = self.catalogue[observation.indicator]
        factor = factor_to(claim, indicator) or 1.0
        value = (observation.value or 0.0) * factor
        unit = claim.unit if factor_to(claim, indicator) else indicator.unit
        where = place_words(observation.place, self.register)
        origin = observation.origin
        return Against(
            citation=f"observation:{indicator.code}/{observation.place}/{observation.period}",
            words=f"{indicator.name}, {where}, {observation.period.words}: {amount(value, unit)}",
            value=value,
            source=f"{origin.publisher}, {origin.title}, {origin.edition}",
            address=origin.url,
        )


def published_figures(
    observations: Observations, *, places: Collection[str], codes: Iterable[str]
) -> Figures:
    """The figures of some indicators for some places, read at once; parts of ratios too."""
    catalogue = observations.catalogue
    wanted: set[str] = set()
    for code in codes:
        indicator = catalogue.get(code)
        if indicator is None:
            continue
        wanted.add(code)
        if indicator.ratio is not None:
            wanted |= {indicator.ratio.numerator, indicator.ratio.denominator}
    stood = history(observations, places=places, codes=wanted) if wanted and places else {}
    return Figures(observations.register, catalogue, stood)


def factor_to(claim: Claim, indicator: Indicator) -> float | None:
    """By how much a figure of an indicator is multiplied to be in a claim's unit; None if it
    cannot be.
    """
    kind = kind_of(claim)
    if kind == "percent":
        return 1.0 if indicator.unit.startswith("%") and claim.unit == "percent" else None
    if kind == "money":
        return _MONEY.get(indicator.unit) if claim.unit == "GBP" else None
    counted = not indicator.unit.startswith(("%", "£", "per ", "score", "index", "rank"))
    return 1.0 if counted else None
