"""Effect: whether a place came to differ from places like it after something began there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadUsage
from placedex.observations import Observation, Period
from placedex.places import Register
from placedex.stats.did import TwoWay, two_by_two, two_way
from placedex.stats.placebo import Placebos, placebos

FloatArray = NDArray[np.float64]
PeriodsOf = tuple[Period, ...]

LEAST_BEFORE, LEAST_DONORS = 4, 4
WORST_FIT = 0.5
ODD = 0.05


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which place and indicator, and from which period on.

    indexed: whether each place's figures are taken as shares of its own mean before, times 100, so
        that places of unlike size can be held against each other.
    """

    place: str
    indicator: str
    begins: Period
    indexed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """How a place moved apart from others, and how odd that is among them.

    Attributes:
        donors: the other places; left_out: those without a figure for every period.
        names: of the place and the donors.
        values: the place first and then the donors, by period: (periods, places).
        difference: in differences, by means before and from the beginning on.
        tested: the synthetic control with its placebo test.
        fit: the root of the mean squared gap before, over the standard deviation of the place's own
            figures before; more than 0.5 is too poor to conclude from.
        together: the effect on the place and those where it began too, with effects of places and
            periods taken out; nothing if it is one place alone.
    """

    question: Question
    periods: tuple[Period, ...]
    donors: tuple[str, ...]
    left_out: tuple[str, ...]
    names: tuple[str, ...]
    values: FloatArray
    difference: float
    tested: Placebos
    fit: float
    together: TwoWay | None = None

    @property
    def begins(self) -> int:
        """The number of the first period that is after."""
        return sum(period < self.question.begins for period in self.periods)

    @property
    def mean_gap(self) -> float:
        """By how much the place is above its mix from the beginning on, on average."""
        return float(self.tested.own.gap[self.begins :].mean())

    @property
    def fits(self) -> bool:
        """Whether the mix was near the place before."""
        return self.fit <= WORST_FIT

    @property
    def concludes(self) -> bool:
        """Whether the gap is odd among the placebos, and the mix was near before."""
        return self.fits and self.tested.chance <= ODD

    @property
    def words(self) -> tuple[str, ...]:
        """What was found and what cannot be concluded, in plain sentences."""
        from placedex.ledger.effect_words import sentences

        return sentences(self)

    def to_rows(self) -> list[dict[str, object]]:
        """A row for each period: the place, its mix and the gap between them."""
        own, gap = self.values[:, 0], self.tested.own.gap
        return [
            {
                "place": self.question.place,
                "indicator": self.question.indicator,
                "period": str(period),
                "after": row >= self.begins,
                "value": float(own[row]),
                "mix": float(own[row] - gap[row]),
                "gap": float(gap[row]),
            }
            for row, period in enumerate(self.periods)
        ]

    def donor_rows(self) -> list[dict[str, object]]:
        """A row for the place and each donor: its weight and its own placebo test."""
        weights = [None, *(float(one) for one in self.tested.own.weights)]
        return [
            {
                "place": code,
                "name": self.names[at],
                "weight": weights[at],
                "before": float(self.tested.befores[at]) ** 0.5,
                "ratio": float(self.tested.ratios[at]),
            }
            for at, code in enumerate((self.question.place, *self.donors))
        ]


def effect(
    question: Question,
    series: Sequence[Sequence[Observation]],
    register: Register,
    *,
    also: Collection[str] = (),
) -> Effect:
    """How a place moved apart from others after something began there.

    The figures are those of the periods that the place has and at least four others have too; a
    place that lacks one of them is left out, and named.
    series: of each place one, of the place itself among them.
    also: places where it began too at the same time; they are no donors, and those that have every
        figure are treated too where effects of places and periods are taken out.
    Errors: BadUsage if a donor holds the place or lies in it; for fewer than four periods before,
            none after, or fewer than four donors.
    """
    by_place = {one[0].place: _known(one) for one in series if one}
    others = [code for code in by_place if code != question.place and code not in also]
    refuse_kin(question.place, others, register)
    periods = _shared(by_place.get(question.place, {}), [by_place[code] for code in others])
    _refuse_few(question, periods)
    donors = tuple(sorted(code for code in others if set(periods) <= set(by_place[code])))
    if len(donors) < LEAST_DONORS:
        raise BadUsage(
            f"{len(donors)} of {len(others)} other places have every figure of "
            f"'{question.indicator}' that {question.place} has. Wanted {LEAST_DONORS} or more. "
            "Choose another indicator, or more places."
        )
    values = np.array(
        [[by_place[code][period] for code in (question.place, *donors)] for period in periods]
    )
    found = _found(question, periods, values, donors=donors)
    names = tuple(register[code].name for code in (question.place, *donors))
    left_out = tuple(sorted(set(by_place) - {question.place, *donors, *also}))
    treated = [question.place, *sorted(set(also) & set(by_place) - {question.place})]
    whole = [code for code in treated if set(periods) <= set(by_place[code])]
    together = _together(found, [[by_place[code][x] for x in periods] for code in whole])
    return replace(found, names=names, left_out=left_out, together=together)


def _together(found: Effect, treated: Sequence[Sequence[float]]) -> TwoWay | None:
    """The effect on several treated places at once; nothing if it is one alone."""
    if len(treated) < 2:
        return None
    own = np.array(treated).T
    if found.question.indexed:
        own = _indexed(own, found.begins)
    values = np.column_stack([own, found.values[:, 1:]])
    dose = np.zeros_like(values)
    dose[found.begins :, : len(treated)] = 1
    return two_way(values.T, dose.T)


def _refuse_few(question: Question, periods: PeriodsOf) -> None:
    before = sum(period < question.begins for period in periods)
    if before < LEAST_BEFORE or before == len(periods):
        raise BadUsage(
            f"'{question.indicator}' of {question.place} has {before} figures before "
            f"{question.begins.words} and {len(periods) - before} from then on that other places "
            f"have too. Wanted {LEAST_BEFORE} before, or more, and one after. Choose another "
            "beginning or indicator."
        )


def _shared(own: Mapping[Period, float], others: Sequence[Mapping[Period, float]]) -> PeriodsOf:
    """The periods of a place that enough others have too."""
    return tuple(
        sorted(
            period
            for period in own
            if sum(period in one for one in others) >= min(LEAST_DONORS, len(others))
        )
    )


def _found(
    question: Question, periods: PeriodsOf, values: FloatArray, *, donors: tuple[str, ...]
) -> Effect:
    begins = sum(period < question.begins for period in periods)
    if question.indexed:
        values = _indexed(values, begins)
    tested = placebos(values, begins=begins)
    means = values[:begins].mean(axis=0), values[begins:].mean(axis=0)
    difference = two_by_two(
        (float(means[0][0]), float(means[1][0])),
        (float(means[0][1:].mean()), float(means[1][1:].mean())),
    )
    spread = float(values[:begins, 0].std(ddof=1))
    off = float(tested.own.before) ** 0.5
    fit = off / spread if spread > 0 else (0.0 if off == 0 else float("inf"))
    return Effect(question, periods, donors, (), (), values, difference, tested=tested, fit=fit)


def _indexed(values: FloatArray, begins: int) -> FloatArray:
    """Each place's figures over its own mean before, times 100."""
    start = values[:begins].mean(axis=0)
    if not (start > 0).all():
        raise BadUsage(
            "A place has a mean of 0 or below before, which can be no 100. Wanted figures above 0. "
            "Leave the figures as they are."
        )
    return np.asarray(100 * values / start)


def _known(series: Sequence[Observation]) -> dict[Period, float]:
    """The values that are there, by period, all of the kind of the last."""
    found = {one.period: one.value for one in series if one.value is not None}
    kind = max(found).kind if found else ""
    return {period: value for period, value in found.items() if period.kind == kind}


def refuse_kin(place: str, donors: Collection[str], register: Register) -> None:
    """Nothing, if no donor holds the place or lies in it.

    What happened to the place is in the figures of a nation or region that holds it.
    Errors: BadUsage with the donors that are kin.
    """
    above = _holders(place, register)
    kin = [code for code in donors if code in above or place in _holders(code, register)]
    if kin:
        named = ", ".join(f"{register[code].name} ({code})" for code in sorted(kin))
        raise BadUsage(
            f"{named}: holds {register[place].name} or lies in it, so what happened there is in "
            "its figures too. Wanted donors apart from it. Take these out, or choose donors of the "
            "same kind."
        )


def _holders(code: str, register: Register) -> set[str]:
    """Every place that holds a place, however far above."""
    found: set[str] = set()
    wait = [code]
    while wait:
        one = register.get(wait.pop())
        fresh = set(one.parents if one is not None else ()) - found
        found |= fresh
        wait += fresh
    return found
