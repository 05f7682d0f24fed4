"""Means: the children of a node made into one number, place by place."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray


class Mean(Protocol):
    """A way to make children into one number, each place by itself."""

    @property
    def words(self) -> str:
        """The name of the mean."""
        ...

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis; the weight of a missing child is shared by the rest."""
        ...


@runtime_checkable
class MeanOfPlaces(Protocol):
    """A way to make children into one number that must see all places at once."""

    @property
    def words(self) -> str:
        """The name of the method."""
        ...

    def of_places(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """A number for each place; values are (..., places, children), weights (children,)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A number for each place, and the first and last position that it may as well have.

    Shape:  each (places,); a position is missing where the number is.
    """

    numbers: FloatArray
    best: FloatArray
    worst: FloatArray


@runtime_checkable
class MeanOfOrders(MeanOfPlaces, Protocol):
    """A way that puts places in order, of which several orders may be the best."""

    def place(self, values: FloatArray, weights: FloatArray) -> Placed:
        """As `of_places` for one table (places, children), with the range of positions."""
        ...


AnyMean = Mean | MeanOfPlaces


def combine(mean: AnyMean, values: FloatArray, weights: FloatArray) -> FloatArray:
    """What a mean of either kind makes of the children: (..., places, children) to places."""
    if isinstance(mean, MeanOfPlaces):
        return mean.of_places(values, weights)
    return mean.of(values, weights)


def arithmetic(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted arithmetic mean along the last axis: what one child lacks another can make up.

    Gaps:   a missing child's weight is shared by the rest; if all are missing so is the mean.
    """
    known = ~np.isnan(values) & (weights > 0)
    totals = np.where(known, weights, 0.0).sum(axis=-1)
    sums = np.where(known, values * weights, 0.0).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(totals > 0, sums / np.where(totals > 0, totals, 1.0), np.nan))


def geometric(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted geometric mean along the last axis: a low child cannot be wholly made up for.

    Gaps:   as in `arithmetic`.
    Errors: BadSpec if a value is nought or below.
    """
    _refuse_nought(values, "a geometric mean")
    return np.asarray(np.exp(arithmetic(np.log(values), weights)))


def harmonic(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted harmonic mean along the last axis: the low children count for most.

    Gaps:   as in `arithmetic`.
    Errors: BadSpec if a value is nought or below. COINr refuses nought alone, and answers -4 for
            children of which one is negative, a number that no mean of them can be.
    """
    _refuse_nought(values, "a harmonic mean")
    return np.asarray(1 / arithmetic(1 / values, weights))


def power(values: FloatArray, weights: FloatArray, *, exponent: float) -> FloatArray:
    """The weighted power mean along the last axis; the lower the exponent, the more the low count.

    An exponent of 1 is the arithmetic mean, 0 the geometric, -1 the harmonic; infinity takes the
    highest child and minus infinity the lowest.
    Gaps:   as in `arithmetic`. COINr (a_genmean) leaves a place missing if it lacks any child.
    Errors: BadSpec if a value is below nought, or is nought and the exponent is not above it.
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 7.
    """
    if np.isnan(exponent):
        raise BadSpec("The exponent of a power mean is no number. Wanted one, such as 0.5 or -1.")
    if exponent == 1:
        return arithmetic(values, weights)
    if abs(exponent) < 1e-15:
        return geometric(values, weights)
    if exponent < 0:
        _refuse_nought(values, f"a power mean with the exponent {exponent:g}")
    elif np.any(values < 0):
        raise BadSpec(
            f"a value is {np.nanmin(values):g}. Wanted none below nought for a power mean with "
            f"the exponent {exponent:g}. Normalise to a scale from nought upwards."
        )
    extreme = np.fmax if exponent > 0 else np.fmin
    scale = extreme.reduce(np.where(weights > 0, values, np.nan), axis=-1, keepdims=True)
    if np.isinf(exponent):
        return np.asarray(scale[..., 0])
    scale = np.where(scale > 0, scale, 1.0)
    with np.errstate(divide="ignore"):
        # Powers less 1, and 1 added after the mean: exact for an exponent however near to nought.
        logs = np.log(np.where(weights > 0, values / scale, np.nan))
        lifted = np.log1p(arithmetic(np.expm1(exponent * logs), weights))
    return np.asarray(scale[..., 0] * np.exp(lifted / exponent))


def owa(values: FloatArray, weights: FloatArray, *, order: FloatArray) -> FloatArray:
    """The ordered weighted average along the last axis: weights by place in the order, best first.

    Children that count alike give Yager's average. Children that do not give Torra's: the order's
    weights are read as a share of the whole (the best tenth, fifth, half) and each child takes up
    as much of it as its own weight.
    Shape:  values (..., children), weights broadcast to it, order (children,); returns (...).
    Gaps:   the children that are there take up the whole, so that "the better half" stays so.
    Errors: BadSpec if the order has not one weight for each child, one is below nought, or all
            are nought.
    Source: Yager (1988), IEEE Transactions on Systems, Man and Cybernetics 18; Torra (1997),
            International Journal of Intelligent Systems 12.
    """
    count = values.shape[-1]
    order = _order(order)
    if order.size != count:
        raise BadSpec(
            f"the order has {order.size} weights and the node {count} children. Wanted one weight "
            "for each place in the order. Give as many as there are children."
        )
    known = ~np.isnan(values) & (weights > 0)
    shares = np.where(known, weights, 0.0)
    best_first = np.argsort(np.where(known, -values, np.inf), axis=-1, kind="stable")
    ranked = np.take_along_axis(np.where(known, values, 0.0), best_first, axis=-1)
    reach = np.cumsum(np.take_along_axis(shares, best_first, axis=-1), axis=-1)
    totals = reach[..., -1:]
    reach = reach / np.where(totals > 0, totals, 1.0)
    taken = np.interp(reach, np.linspace(0, 1, count + 1), np.append(0.0, np.cumsum(order)))
    result = (np.diff(taken, axis=-1, prepend=0.0) * ranked).sum(axis=-1)
    return np.where(totals[..., 0] > 0, result, np.nan)


def orness(order: FloatArray) -> float:
    """How far an order's weights lean to the best: 1 takes the highest child, 0 the lowest.

    Errors: BadSpec as in `owa`, and for fewer than two weights.
    Source: Yager (1988).
    """
    order = _order(order)
    if order.size < 2:
        raise BadSpec("The order has one weight, which leans nowhere. Wanted at least two.")
    places = np.arange(order.size - 1, -1, -1)
    return float(places @ order / (order.size - 1))


def _order(order: FloatArray) -> FloatArray:
    order = np.asarray(order, dtype=np.float64)
    if order.ndim != 1 or not np.all(order >= 0) or not order.sum() > 0:
        raise BadSpec(
            f"the weights of the order are {order.tolist()}. Wanted a list of numbers that are "
            "nought or more, and one above. Give the weight of the best first."
        )
    return np.asarray(order / order.sum())


def _refuse_nought(values: FloatArray, what: str) -> None:
    if np.any(values <= 0):
        raise BadSpec(
            f"a value is {np.nanmin(values):g}. Wanted all above nought for {what}. "
            "Normalise to a scale that begins above nought, for example 1 to 100."
        )


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The weighted arithmetic mean."""

    words: str = "the weighted arithmetic mean"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return arithmetic(values, weights)


ARITHMETIC = Arithmetic()


@dataclass(frozen=True, slots=True)
class Geometric:
    """The weighted geometric mean."""

    words: str = "the weighted geometric mean"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return geometric(values, weights)


@dataclass(frozen=True, slots=True)
class Harmonic:
    """The weighted harmonic mean."""

    words: str = "the weighted harmonic mean"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return harmonic(values, weights)


@dataclass(frozen=True, slots=True)
class Power:
    """The weighted power mean with an exponent."""

    exponent: float

    @property
    def words(self) -> str:
        """The name of the mean."""
        return f"the weighted power mean with the exponent {self.exponent:g}"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return power(values, weights, exponent=self.exponent)


@dataclass(frozen=True, slots=True)
class Owa:
    """The ordered weighted average with a weight for each place in the order, the best first."""

    order: tuple[float, ...]

    @property
    def words(self) -> str:
        """The name of the mean."""
        listed = ", ".join(f"{weight:g}" for weight in self.order)
        lean = f" (orness {orness(np.array(self.order)):.2f})" if len(self.order) > 1 else ""
        return f"the ordered weighted average, with the weights {listed} from the best down{lean}"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return owa(values, weights, order=np.array(self.order))


@dataclass(frozen=True, slots=True)
class BestOf:
    """The mean of a place's best few children: at least so many should be good."""

    count: int

    @property
    def words(self) -> str:
        """The name of the mean."""
        return f"the mean of the best {self.count}"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        return owa(values, weights, order=_first(self.count, values.shape[-1], self.words))


@dataclass(frozen=True, slots=True)
class WorstOf:
    """The mean of a place's worst few children: no place is better than its weak sides."""

    count: int

    @property
    def words(self) -> str:
        """The name of the mean."""
        return f"the mean of the worst {self.count}"

    def of(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean along the last axis."""
        order = _first(self.count, values.shape[-1], self.words)
        return owa(values, weights, order=order[::-1])


def _first(count: int, children: int, words: str) -> FloatArray:
    if not 1 <= count <= children:
        raise BadSpec(
            f"{words} is asked of {children} children. Wanted a number from 1 to {children}. "
            "Ask for fewer, or for the arithmetic mean."
        )
    order = np.zeros(children)
    order[:count] = 1 / count
    return order
