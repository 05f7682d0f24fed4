"""Choices: what might have been done otherwise in an index, and how likely each way is."""

import dataclasses
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from placedex.errors import BadSpec
from placedex.index.errors_from_intervals import Identity, IntervalScale
from placedex.index.hierarchy import Hierarchy
from placedex.index.program import FloatArray, IntArray
from placedex.index.spec import Spec
from placedex.index.step import Step

IDENTITY = Identity()
MOST_METHODS = 20_000


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to do a part of an index: steps exchanged by verb, taken out, or in another order.

    `order` names verbs of the spec, which then stand in that order in the places they have.
    """

    name: str
    steps: tuple[Step, ...] = ()
    without: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def within(self, spec: Spec) -> Spec:
        """The spec as this alternative has it.

        Errors: BadSpec if it names a step that the spec has not.
        """
        verbs = [step.verb for step in spec.steps]
        for verb in (*(step.verb for step in self.steps), *self.without, *self.order):
            if verb not in verbs:
                raise BadSpec(
                    f"The alternative '{self.name}' changes the step '{verb}', which the spec "
                    f"'{spec.code}' has not. Wanted one of {', '.join(verbs)}."
                )
        exchanged = {step.verb: step for step in self.steps}
        steps = [exchanged.get(step.verb, step) for step in spec.steps]
        spots = sorted(verbs.index(verb) for verb in self.order)
        moved = [steps[verbs.index(verb)] for verb in self.order]
        for spot, step in zip(spots, moved, strict=True):
            steps[spot] = step
        kept = tuple(step for step in steps if step.verb not in self.without)
        return dataclasses.replace(spec, steps=kept)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of method: a name and the alternatives, equally likely unless shares are given."""

    name: str
    alternatives: tuple[Alternative, ...]
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        _check_shares(self.name, self.shares, len(self.alternatives))


@dataclass(frozen=True, slots=True)
class NoisyWeights:
    """Each weight times a number drawn evenly from 1 - share to 1 + share.

    `share` holds for every node but the root; `levels` gives a share for each level instead, where
    1 are the indicators and a component is one above the highest of its parts; `nodes` gives one
    for some nodes and comes first.
    Source: Saisana, Saltelli and Tarantola (2005), JRSS A 168, 307.
    """

    share: float = 0.25
    levels: Mapping[int, float] = field(default_factory=dict)
    nodes: Mapping[str, float] = field(default_factory=dict)

    def of(self, hierarchy: Hierarchy) -> dict[str, float]:
        """The share of each node whose weight moves."""
        heights: dict[str, int] = {}
        found = {}
        for node in hierarchy.upwards():
            below = [heights[child.code] for child in hierarchy.children(node.code)]
            heights[node.code] = 1 + max(below, default=0)
            by_level = self.levels.get(heights[node.code], 0.0) if self.levels else self.share
            share = self.nodes.get(node.code, by_level)
            if not 0 <= share <= 1:
                raise BadSpec(
                    f"The weight of '{node.code}' is to move by {share:g} of itself. Wanted a "
                    "share from 0 to 1."
                )
            if share > 0 and node.parent is not None:
                found[node.code] = share
        return found


@dataclass(frozen=True, slots=True)
class Experts:
    """Whole sets of weights, one of which is drawn; a node that a set does not name keeps its own.

    Equally likely unless shares are given. `names` says whose each set is, empty for nobody's.
    Errors: BadSpec for shares that do not fit, or names for some sets alone.
    """

    sets: tuple[Mapping[str, float], ...]
    shares: tuple[float, ...] = ()
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_shares("experts", self.shares, len(self.sets))
        if self.names and len(self.names) != len(self.sets):
            raise BadSpec(
                f"There are {len(self.sets)} sets of weights and {len(self.names)} names of "
                "experts. Wanted a name for each, empty for nobody's, or none at all."
            )


@dataclass(frozen=True, slots=True)
class DropOne:
    """One indicator is left out, drawn evenly from all or from those that are named."""

    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncludeEach:
    """Each indicator, or each that is named, is used with a probability, by itself."""

    probability: float = 0.9
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise BadSpec(
                f"An indicator is to be used with the probability {self.probability:g}. Wanted a "
                "number from 0 to 1."
            )


@dataclass(frozen=True, slots=True)
class Sampling:
    """Each figure drawn about itself by its standard error; one without an error stays as it is.

    `scales` names the indicators that are drawn on log odds or logarithms rather than on their own
    scale. The panel's errors are on the figures' own scale; they are taken over to the first order.
    A missing figure that a step fills is drawn too, about what it is filled with and by the
    variance that the filling gives it; with a joint normal, those of one place together. Where the
    filling gives none, and without `imputed`, it stays at what it is filled with.
    Source: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, of which this is the
            improper kind: the means and slopes of a filling are those of the draw's own figures.
    """

    scales: Mapping[str, IntervalScale] = field(default_factory=dict)
    imputed: bool = True

    def scale(self, code: str) -> IntervalScale:
        """The scale on which an indicator is drawn."""
        return self.scales.get(code, IDENTITY)


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that is left open, all of it drawn together in each replicate.

    With `sampling` the figures are drawn as well, and run through the whole chain.
    """

    methods: tuple[Choice, ...] = ()
    weights: NoisyWeights | Experts | None = None
    inclusion: DropOne | IncludeEach | None = None
    sampling: Sampling | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of what is left open: each choice, weights, inclusion, sampling."""
        names = [choice.name for choice in self.methods]
        given = {
            "weights": self.weights,
            "inclusion": self.inclusion,
            "sampling": self.sampling,
        }
        return (*names, *(name for name, what in given.items() if what is not None))

    def specs(self, spec: Spec) -> Iterator[Spec]:
        """The spec under every combination of alternatives, the last choice changing fastest.

        Errors: BadSpec if a group is there twice, or there are too many combinations.
        """
        groups = self.groups
        if len(set(groups)) < len(groups):
            raise BadSpec(
                f"The choices are {', '.join(groups)}. Wanted a name of its own for each; weights, "
                "inclusion and sampling are taken."
            )
        sizes = [len(choice.alternatives) for choice in self.methods]
        if np.prod(sizes) > MOST_METHODS:
            raise BadSpec(
                f"The choices have {np.prod(sizes):.0f} combinations. Wanted at most "
                f"{MOST_METHODS}. Leave fewer open."
            )
        for chosen in itertools.product(*(choice.alternatives for choice in self.methods)):
            other = spec
            for alternative in chosen:
                other = alternative.within(other)
            yield other


def draw_one(numbers: FloatArray, count: int, shares: tuple[float, ...] = ()) -> IntArray:
    """Which of some alternatives each number from 0 up to 1 stands for."""
    if not shares:
        return np.minimum((numbers * count).astype(np.int64), count - 1)
    edges = np.cumsum(shares)[:-1]
    return np.searchsorted(edges, numbers, side="right").astype(np.int64)


def _check_shares(name: str, shares: tuple[float, ...], count: int) -> None:
    if count == 0:
        raise BadSpec(f"The choice '{name}' has no alternative. Wanted at least one.")
    if not shares:
        return
    if len(shares) != count or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9:
        raise BadSpec(
            f"The choice '{name}' has {count} alternatives and the shares {shares}. Wanted one for "
            "each, nought or more, that add to 1."
        )
