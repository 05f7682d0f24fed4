"""How figures of parts become the figure of a whole: by sums, by weighted means, or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isnan
from typing import Protocol

from placedex.errors import BadUsage, CannotRecode


@dataclass(frozen=True, slots=True)
class Part:
    """A row that a recoded figure came from: the share of it that counted, and its weight."""

    code: str
    share: float
    weight: float


class Rule(Protocol):
    """How parts are put together; `words` says it, `weigh` gives each part's weight."""

    @property
    def words(self) -> str:
        """The rule in words, such as `sum`."""
        ...

    def weigh(self, new: str, codes: Sequence[str], shares: Sequence[float]) -> list[float]:
        """The weight of each part's figure in the figure of the whole."""
        ...


@dataclass(frozen=True, slots=True)
class Sums:
    """Parts add up: for counts and amounts, such as people, premises or pounds."""

    words: str = "sum"

    def weigh(self, new: str, codes: Sequence[str], shares: Sequence[float]) -> list[float]:
        """Each part counts by the share of it that went into the whole."""
        return list(shares)


@dataclass(frozen=True, slots=True)
class WeightedMeans:
    """Parts are averaged with a stated weight: for rates, by what they are a rate of.

    weights: the weight of each part by its code, such as its population.
    of:      what the weights are, in words, such as `population in mid-2018`.

    A part of a split counts as if its rate were that of the place it was cut from.
    """

    weights: Mapping[str, float]
    of: str

    def __post_init__(self) -> None:
        if not self.of.strip():
            raise BadUsage(
                "A weighted mean has weights of nothing. Wanted what they are, in words. "
                "Give `of`, such as of='population in mid-2018'."
            )

    @property
    def words(self) -> str:
        """The rule with its weight."""
        return f"mean weighted by {self.of}"

    def weigh(self, new: str, codes: Sequence[str], shares: Sequence[float]) -> list[float]:
        """Each part's share of the whole weight.

        Errors: CannotRecode for a part without a weight, a weight below 0, or weights all 0.
        """
        found = [self._weight(code, new) * share for code, share in zip(codes, shares, strict=True)]
        whole = fsum(found)
        if whole <= 0:
            raise CannotRecode(
                f"The weights ({self.of}) of {', '.join(codes)} add up to 0",
                f"a weight above 0 for a part of {new}",
                "Weigh by something that the parts have.",
            )
        return [weight / whole for weight in found]

    def _weight(self, code: str, new: str) -> float:
        weight = self.weights.get(code)
        if weight is None or isnan(weight) or weight < 0:
            met = "no weight" if weight is None else f"the weight {weight:g}"
            raise CannotRecode(
                f"{code}, a part of {new}, has {met} ({self.of})",
                "a number from 0 up for every part",
                "Give its weight.",
            )
        return float(weight)


@dataclass(frozen=True, slots=True)
class NotMerged:
    """Parts cannot be put together: for a median, a rank, a decile or a share of an unknown whole.

    measure: what it is, in words, such as `median weekly pay`.
    """

    measure: str

    @property
    def words(self) -> str:
        """The rule with its measure."""
        return self.measure

    def weigh(self, new: str, codes: Sequence[str], shares: Sequence[float]) -> list[float]:
        """Never a weight.

        Errors: CannotRecode, always.
        """
        raise CannotRecode(
            f"{new} came from {', '.join(codes)}, and {self.measure} of parts does not give that "
            "of the whole",
            "a place that only changed its number",
            "Take the figure of the whole from its publisher, or leave these rows out.",
        )
