"""Left open: what a spec does not settle, how it is drawn, and the words for each part of it."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from placedex.errors import BadSpec
from placedex.index.choices import (
    Choice,
    Choices,
    DropOne,
    Experts,
    IncludeEach,
    NoisyWeights,
    Sampling,
)
from placedex.index.hierarchy import Hierarchy
from placedex.index.spec import Spec

DRAWS, SEED, TOP, POINTS = 10_000, 1, 10, 1_000
TITLES: Mapping[str, str] = {
    "weights": "Weights",
    "inclusion": "Which indicators are used",
    "sampling": "Errors of the figures",
}


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What is drawn together in each draw of an index, how often, and from which seed.

    `titles` are words for the name of each choice; `top` is how many places are called the top;
    `points` is how many points the shares of variance are worked out from. The first alternative
    of a choice is the index as its spec has it.
    Errors: BadSpec if nothing is left open, or a number is below 1.
    """

    choices: Choices
    draws: int = DRAWS
    seed: int = SEED
    top: int = TOP
    points: int = POINTS
    titles: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.choices.groups:
            raise BadSpec(
                "uncertainty: nothing is left open. Wanted choices, weights, inclusion or "
                "sampling. Add one, or take the section out."
            )
        for name, number, least in (
            ("draws", self.draws, 1),
            ("seed", self.seed, 0),
            ("top", self.top, 1),
            ("points", self.points, 2),
        ):
            if number < least:
                raise BadSpec(
                    f"uncertainty: {name} is {number}. Wanted a whole number of {least} or more."
                )

    def title(self, group: str) -> str:
        """The words for a choice, for weights, inclusion or sampling."""
        return self.titles.get(group) or TITLES.get(group, group)

    def words(self, group: str) -> str:
        """How a choice, weights, inclusion or sampling is drawn, in a sentence."""
        for choice in self.choices.methods:
            if choice.name == group:
                return _words_of_choice(choice)
        parts = {
            "weights": self.choices.weights,
            "inclusion": self.choices.inclusion,
            "sampling": self.choices.sampling,
        }
        return _words_of(parts[group])

    def check(self, spec: Spec) -> None:
        """Refuse what does not fit the spec: strange names, and a first alternative of its own."""
        bare = dataclasses.replace(spec, scenarios=(), uncertainty=None)
        for choice in self.choices.methods:
            for number, one in enumerate(choice.alternatives):
                try:
                    other = one.within(bare)
                except BadSpec as error:
                    raise BadSpec(f"uncertainty, the choice '{choice.name}': {error}") from None
                if number == 0 and other.steps != bare.steps:
                    raise BadSpec(
                        f"uncertainty, the choice '{choice.name}': its first alternative, "
                        f"'{one.name}', changes the index. Wanted the index as its spec has it "
                        "first. Put it there, with nothing under `replace`."
                    )
        nodes = [node.code for node in spec.hierarchy]
        leaves = [leaf.code for leaf in spec.hierarchy.leaves]
        for code in _weighed(self.choices):
            _refuse_stranger(code, nodes, "weights")
        if self.choices.inclusion is not None:
            for code in self.choices.inclusion.codes:
                _refuse_stranger(code, leaves, "inclusion")
        if self.choices.sampling is not None:
            for code in self.choices.sampling.scales:
                _refuse_stranger(code, leaves, "sampling")

    def within(self, used: Hierarchy, frame: Iterable[str]) -> "LeftOpen | None":
        """What is open for places whose index is made of less; nothing if nothing then is.

        `used` is the hierarchy that the index of these places ended with, `frame` the nodes that
        any alternative may use. An indicator is left out only from among those used.
        """
        there = set(frame)
        choices, kept = self.choices, {leaf.code for leaf in used.leaves}
        inclusion = choices.inclusion
        if inclusion is not None:
            codes = tuple(code for code in inclusion.codes or kept if code in kept)
            ordered = tuple(leaf.code for leaf in used.leaves if leaf.code in codes)
            narrowed = dataclasses.replace(inclusion, codes=ordered)
            inclusion = narrowed if len(kept) > 1 and ordered else None
        weights = choices.weights
        if isinstance(weights, NoisyWeights):
            nodes = {code: share for code, share in weights.nodes.items() if code in there}
            weights = dataclasses.replace(weights, nodes=nodes)
        elif isinstance(weights, Experts):
            sets = tuple({code: one[code] for code in one if code in there} for one in weights.sets)
            weights = dataclasses.replace(weights, sets=sets)
        sampling = choices.sampling
        if sampling is not None:
            scales = {code: scale for code, scale in sampling.scales.items() if code in there}
            sampling = dataclasses.replace(sampling, scales=scales)
        found = Choices(choices.methods, weights, inclusion, sampling)
        return dataclasses.replace(self, choices=found) if found.groups else None

    def without_sampling(self) -> "LeftOpen | None":
        """The same with the figures as they were published; nothing if nothing else is open."""
        choices = dataclasses.replace(self.choices, sampling=None)
        return dataclasses.replace(self, choices=choices) if choices.groups else None


def _weighed(choices: Choices) -> tuple[str, ...]:
    """The nodes that weights name."""
    if isinstance(choices.weights, NoisyWeights):
        return tuple(choices.weights.nodes)
    if isinstance(choices.weights, Experts):
        return tuple(code for one in choices.weights.sets for code in one)
    return ()


def _refuse_stranger(code: str, known: Iterable[str], where: str) -> None:
    listed = tuple(known)
    if code not in listed:
        raise BadSpec(
            f"uncertainty, {where}: '{code}' is not in the spec. Wanted one of "
            f"{', '.join(listed)}. Mend the name."
        )


def _words_of_choice(choice: Choice) -> str:
    """The alternatives in words, with how likely each is."""
    if choice.shares:
        named = "; ".join(
            f"{one.name} ({share:.0%})"
            for one, share in zip(choice.alternatives, choice.shares, strict=True)
        )
        return f"One of: {named}."
    named = "; ".join(one.name for one in choice.alternatives)
    return f"One of, equally likely: {named}."


def _words_of(part: NoisyWeights | Experts | DropOne | IncludeEach | Sampling | None) -> str:
    if isinstance(part, NoisyWeights):
        return _words_of_noise(part)
    if isinstance(part, Experts):
        return _words_of_experts(part)
    if isinstance(part, DropOne):
        return "One indicator is left out, each equally likely; its siblings take its weight."
    if isinstance(part, IncludeEach):
        return (
            f"Each indicator is used with a probability of {part.probability:.0%}, by itself; its "
            "siblings take its weight."
        )
    if isinstance(part, Sampling):
        return (
            "Each figure for which its publisher gives an interval is drawn about itself by its "
            "standard error, independently of all others; one without an interval stays as it is."
        )
    return "Nothing is drawn."


def _words_of_experts(experts: Experts) -> str:
    """How many sets of weights there are, whose they are and how likely each is."""
    likely = "by the given shares" if experts.shares else "equally likely"
    words = f"One of {len(experts.sets)} whole sets of weights, {likely}"
    if not any(experts.names):
        return f"{words}."
    shares = [f" ({share:.0%})" for share in experts.shares] or [""] * len(experts.sets)
    named = (
        f"{name or f'expert {number}'}{share}"
        for number, (name, share) in enumerate(zip(experts.names, shares, strict=True), 1)
    )
    return f"{words}: those of {'; '.join(named)}."


def _words_of_noise(noise: NoisyWeights) -> str:
    def moved(share: float) -> str:
        return f"from {1 - share:.4g} to {1 + share:.4g} times itself"

    if noise.levels:
        parts = [f"{moved(share)} on level {level}" for level, share in noise.levels.items()]
        words = f"Each weight is drawn evenly {', '.join(parts)} (level 1 are the indicators)"
    else:
        words = f"Each weight of an indicator or a component is drawn evenly {moved(noise.share)}"
    own = ", ".join(f"that of {code} {moved(share)}" for code, share in noise.nodes.items())
    return f"{words}{f'; {own}' if own else ''}."
