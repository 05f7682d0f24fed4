"""The integer programme of a Kemeny order: which of each two places stands above the other."""

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placedex.errors import BadSpec
from placedex.observations.panel import FloatArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
# Margins are scaled to this, so that differences which count stand far above the solver's own
# tolerance of 1e-7, and what it calls equal is equal.
SCALE, SAME = 1e3, 1e-4


class Programme:
    """A variable for each pair, 1 if its first place stands above its second.

    Rules against circles of three are added only as they are broken, and kept for later questions.
    """

    def __init__(self, support: FloatArray) -> None:
        self.count = support.shape[0]
        self.first, self.second = np.triu_indices(self.count, 1)
        margins = (support - support.T)[self.first, self.second]
        self.margins = margins * (SCALE / max(float(np.abs(margins).max()), 1e-12))
        number = np.zeros((self.count, self.count), dtype=np.int64)
        number[self.first, self.second] = np.arange(margins.size)
        a, b, c = _triples(self.count)
        self.triples = np.stack([number[a, b], number[b, c], number[a, c]], axis=-1)
        # Row numbers in `triples`: two above one another need the third, both ways round.
        self.kept = np.zeros((2, len(self.triples)), dtype=np.bool_)

    def best(self) -> tuple[FloatArray, BoolArray]:
        """One best order, as pairs, and the pairs that another best order may turn round."""
        relaxed, reduced = self._relaxed()
        pairs = np.round(relaxed)
        if np.any(np.abs(relaxed - pairs) > 1e-6):
            found = self.solve(self.margins)
            if found is None:
                raise BadSpec(
                    f"no Kemeny order of {self.count} places was found. Wanted support that is a "
                    "number for every pair. Look for endless weights."
                )
            pairs = found
        gap = float(self.margins @ (relaxed - pairs))
        return pairs, np.abs(reduced) <= gap + SAME

    def ranges(
        self, pairs: FloatArray, free: BoolArray, block: IntArray
    ) -> tuple[IntArray, IntArray]:
        """The first and last position, in any best order, of the places of a block."""
        seen = [self.positions(pairs)]
        bounds = (np.where(free, 0.0, pairs), np.where(free, 1.0, pairs))
        as_good = float(self.margins @ pairs) - SAME
        for place, sign in itertools.product(block.tolist(), (1.0, -1.0)):
            above = sign * ((self.first == place) * 1.0 - (self.second == place))
            most = np.where(free, np.maximum(above, 0), above * pairs).sum()
            most += sign * np.sum(self.second == place)
            met = max(float(sign * (self.count - one[place])) for one in seen)
            if met < most - 0.5:
                found = self.solve(above, bounds=bounds, as_good=as_good)
                seen += [] if found is None else [self.positions(found)]
        every = np.stack(seen)[:, block]
        return every.min(axis=0), every.max(axis=0)

    def positions(self, pairs: FloatArray) -> IntArray:
        """The position of each place, 1 for the top."""
        below = np.bincount(self.first, pairs, self.count)
        below += np.bincount(self.second, 1 - pairs, self.count)
        return np.asarray(self.count - np.round(below).astype(np.int64))

    def solve(
        self,
        gains: FloatArray,
        *,
        bounds: tuple[FloatArray, FloatArray] | None = None,
        as_good: float | None = None,
    ) -> FloatArray | None:
        """The order that gains most, among those that score at least `as_good`; None if none."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array, vstack

        while True:
            matrix, most = self._rules()
            if as_good is not None:
                matrix = vstack([matrix, csr_array(-self.margins[np.newaxis])], format="csr")
                most = np.append(most, -as_good)
            found = milp(
                -gains,
                integrality=np.ones(gains.size, dtype=np.int64),
                bounds=Bounds(*(bounds or (0.0, 1.0))),
                constraints=LinearConstraint(matrix, ub=most) if most.size else None,
                options={"mip_rel_gap": 0.0},
            )
            if found.x is None:
                return None
            if not self._keep_broken(found.x):
                return np.asarray(np.round(found.x))

    def _relaxed(self) -> tuple[FloatArray, FloatArray]:
        """The best fractions of pairs, and what turning each one round would cost at least."""
        from scipy.optimize import linprog

        while True:
            matrix, most = self._rules()
            found = linprog(
                -self.margins,
                A_ub=matrix if most.size else None,
                b_ub=most if most.size else None,
                bounds=(0, 1),
                method="highs",
            )
            pairs = np.asarray(found.x)
            if not self._keep_broken(pairs):
                reduced = found.lower.marginals + found.upper.marginals
                return pairs, np.asarray(reduced)

    def _keep_broken(self, pairs: FloatArray) -> bool:
        """Whether circles were met; their rules are kept from now on."""
        ab, bc, ac = pairs[self.triples].T
        around = ab + bc - ac
        broken = np.stack([around > 1 + 1e-6, around < -1e-6]) & ~self.kept
        self.kept |= broken
        return bool(broken.any())

    def _rules(self) -> tuple[Any, FloatArray]:
        from scipy.sparse import csr_array

        over, under = (self.triples[kept] for kept in self.kept)
        columns = np.concatenate([over, under])
        signs = np.repeat([1.0, -1.0], [len(over), len(under)])[:, np.newaxis] * [1, 1, -1]
        ends = np.arange(0, columns.size + 1, 3)
        shape = (len(columns), self.first.size)
        matrix = csr_array((signs.ravel(), columns.ravel(), ends), shape=shape)
        return matrix, np.repeat([1.0, 0.0], [len(over), len(under)])


def _triples(count: int) -> tuple[IntArray, IntArray, IntArray]:
    every = itertools.chain.from_iterable(itertools.combinations(range(count), 3))
    found = np.fromiter(every, dtype=np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2]
