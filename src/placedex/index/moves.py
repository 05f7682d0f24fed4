"""Moves: how drawn numbers stand for alternatives, move weights and leave indicators out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.choices import Choices, DropOne, Experts, IncludeEach, NoisyWeights, draw_one
from placedex.index.plan import Frame
from placedex.index.program import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """How drawn numbers change weights and which columns of numbers stand for what.

    Shape:  nodes and shares (moving,) of noisy weights; sets (experts, nodes), missing where a set
            names no weight; leaves (leaves,) that may be left out.
    """

    choices: Choices
    groups: Mapping[str, slice]
    nodes: IntArray
    shares: FloatArray
    sets: FloatArray
    leaves: IntArray

    @property
    def columns(self) -> int:
        """How many numbers stand for the method of one replicate."""
        return max((taken.stop for taken in self.groups.values()), default=0)

    def methods(self, numbers: FloatArray) -> IntArray:
        """Which combination of alternatives each row of numbers stands for."""
        methods = np.zeros(len(numbers), dtype=np.int64)
        for choice in self.choices.methods:
            count = len(choice.alternatives)
            column = numbers[:, self.groups[choice.name]][:, 0]
            methods = methods * count + draw_one(column, count, choice.shares)
        return methods

    def weigh(self, weights: FloatArray, numbers: FloatArray) -> None:
        """Move weights (runs, nodes) in place, as each row of numbers has it.

        Gaps:   a node that is not there stays missing.
        """
        given = self.choices.weights
        if given is None:
            return
        drawn = numbers[:, self.groups["weights"]]
        if isinstance(given, NoisyWeights):
            weights[:, self.nodes] *= 1 + self.shares * (2 * drawn - 1)
        elif isinstance(given, Experts):
            said = self.sets[draw_one(drawn[:, 0], len(given.sets), given.shares)]
            weights[:] = np.where(np.isnan(weights) | np.isnan(said), weights, said)

    def leave_out(self, weights: FloatArray, numbers: FloatArray) -> None:
        """Take the weights (runs, nodes) of indicators that are left out, in place."""
        inclusion = self.choices.inclusion
        if inclusion is None:
            return
        drawn = numbers[:, self.groups["inclusion"]]
        if isinstance(inclusion, DropOne):
            dropped = self.leaves[draw_one(drawn[:, 0], len(self.leaves))]
            weights[np.arange(len(weights)), dropped] = np.nan
        elif isinstance(inclusion, IncludeEach):
            rows, columns = np.nonzero(drawn >= inclusion.probability)
            weights[rows, self.leaves[columns]] = np.nan


def moves_of(choices: Choices, frame: Frame) -> Moves:
    """How numbers are read for the choices of an index.

    Errors: BadSpec for a name that the index has not.
    """
    _check_names(choices, frame)
    number = {code: at for at, code in enumerate(frame.nodes)}
    noisy, sets, codes = {}, [], frame.leaves
    if isinstance(choices.weights, NoisyWeights):
        noisy = choices.weights.of(frame.hierarchy)
    elif isinstance(choices.weights, Experts):
        sets = [[one.get(code, np.nan) for code in frame.nodes] for one in choices.weights.sets]
    if choices.inclusion is not None and choices.inclusion.codes:
        codes = choices.inclusion.codes
    each = isinstance(choices.inclusion, IncludeEach)
    widths = {"sampling": 0, "inclusion": len(codes) if each else 1}
    if noisy:
        widths["weights"] = len(noisy)
    groups, start = {}, 0
    for name in choices.groups:
        groups[name] = slice(start, start + widths.get(name, 1))
        start = groups[name].stop
    return Moves(
        choices,
        groups,
        np.array([number[code] for code in noisy], dtype=np.int64),
        np.array(list(noisy.values())),
        np.array(sets, dtype=np.float64).reshape(len(sets), len(frame.nodes)),
        np.array([number[code] for code in codes], dtype=np.int64),
    )


def _check_names(choices: Choices, frame: Frame) -> None:
    named: list[str] = []
    if isinstance(choices.weights, Experts):
        named += [code for one in choices.weights.sets for code in one]
    if isinstance(choices.weights, NoisyWeights):
        named += choices.weights.nodes
    dropped = () if choices.inclusion is None else choices.inclusion.codes
    scales = () if choices.sampling is None else tuple(choices.sampling.scales)
    for known, codes in ((frame.nodes, named), (frame.leaves, (*dropped, *scales))):
        lacking = sorted(set(codes) - set(known))
        if lacking:
            raise BadSpec(
                f"The choices name {', '.join(lacking)}, which the index has not, or has screened "
                f"out. Wanted codes from {', '.join(known)}."
            )
