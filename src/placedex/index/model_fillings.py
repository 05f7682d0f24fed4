"""Fillings from a model: a missing value filled from what the place's other figures lead to."""

from dataclasses import dataclass, field, replace

import numpy as np

from placedex.errors import BadSpec
from placedex.index.fillings import ALL_TOGETHER, Block, Filled, block_of
from placedex.index.hierarchy import Hierarchy
from placedex.index.multivariate import (
    conditional_means,
    conditional_moves,
    draw_imputations,
    fit_normal,
    regress_gaps,
)
from placedex.index.parameters import FOUND_BY_STEP
from placedex.observations.panel import FloatArray


@dataclass(frozen=True, slots=True)
class Regression:
    """Least squares on indicators that every place has: those named in `on`, or all that do."""

    on: tuple[str, ...] = ()
    codes: tuple[str, ...] = field(default=(), metadata=FOUND_BY_STEP)

    @property
    def words(self) -> str:
        """What the missing values are filled with."""
        which = ", ".join(self.on) if self.on else "the indicators that every place has"
        return f"a regression on {which}"

    def within(self, hierarchy: Hierarchy, codes: tuple[str, ...]) -> "Regression":
        """The filling for columns of these codes."""
        return replace(self, codes=codes)

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled from the complete indicators."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and the variance of a prediction; see `regress_gaps`.

        Errors: BadSpec as in `regress_gaps`, or if `on` names what is not there.
        """
        lacking = [code for code in self.on if code not in self.codes]
        if lacking:
            raise BadSpec(
                f"Step impute: there is no indicator {', '.join(lacking)} to fill others from. "
                f"Wanted one of {', '.join(self.codes)}. Mend `on`."
            )
        complete = ~np.isnan(values).any(axis=0)
        named = np.array([code in self.on for code in self.codes], dtype=np.bool_)
        predictors = named if self.on else np.asarray(complete)
        try:
            return regress_gaps(values, predictors, names=self.codes)
        except BadSpec as error:
            raise BadSpec(f"Step impute: {error}") from None


@dataclass(frozen=True, slots=True)
class JointNormal:
    """What the place's other figures lead to, if all are jointly normal; found by EM.

    With `by_component`, the indicators of each component by themselves, which needs fewer places.
    """

    by_component: bool = False
    block: Block = field(default=ALL_TOGETHER, metadata=FOUND_BY_STEP)

    @property
    def words(self) -> str:
        """What the missing values are filled with."""
        which = "other figures of its component" if self.by_component else "other figures"
        return f"what the place's {which} lead to under a joint normal distribution (EM)"

    def within(self, hierarchy: Hierarchy, codes: tuple[str, ...]) -> "JointNormal":
        """The filling for columns of these codes."""
        return replace(self, block=block_of(hierarchy, codes, by_component=self.by_component))

    def fill(self, values: FloatArray, places: tuple[str, ...]) -> FloatArray:
        """The values with each gap filled by its conditional mean."""
        return self.fill_with_variance(values, places)[0]

    def fill_with_variance(self, values: FloatArray, places: tuple[str, ...]) -> Filled:
        """The values filled, and their conditional variances.

        Errors: BadSpec as in `fit_normal`.
        """
        filled, variances = values.copy(), np.full(values.shape, np.nan)
        for columns, names in self._wanting(values):
            part = values[:, columns]
            try:
                normal = fit_normal(part, names=names)
            except BadSpec as error:
                raise BadSpec(f"Step impute: {error}") from None
            filled[:, columns], variances[:, columns] = conditional_means(part, normal)
        return filled, variances

    def fill_and_move(self, values: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The values filled, and how far each gap moves under standard normal noise.

        Shape:  (places, indicators) in twice and out twice.
        Errors: BadSpec as in `fit_normal`.
        """
        filled, by = values.copy(), np.zeros(values.shape)
        for columns, names in self._wanting(values):
            part = values[:, columns]
            try:
                normal = fit_normal(part, names=names)
            except BadSpec as error:
                raise BadSpec(f"Step impute: {error}") from None
            filled[:, columns], _ = conditional_means(part, normal)
            by[:, columns] = conditional_moves(part, normal, noise[:, columns])
        return filled, by

    def draws(
        self,
        values: FloatArray,
        places: tuple[str, ...],
        *,
        generator: np.random.Generator,
        count: int,
        rounds: int = 50,
    ) -> FloatArray:
        """Multiple imputations: the values with gaps drawn from their posterior predictive.

        They are drawn in the order of the places' codes, so that the order of rows is nothing.
        Shape:  (places, indicators) in, (count, places, indicators) out.
        Errors: BadSpec as in `fit_normal`.
        """
        order = np.argsort(np.array(places))
        ordered = values[order]
        drawn = np.broadcast_to(ordered, (count, *values.shape)).copy()
        for columns, names in self._wanting(values):
            part = ordered[:, columns]
            try:
                filled = draw_imputations(part, generator, draws=count, rounds=rounds, names=names)
            except BadSpec as error:
                raise BadSpec(f"Step impute: {error}") from None
            drawn[:, :, columns] = filled
        return np.asarray(drawn[:, np.argsort(order)])

    def _wanting(self, values: FloatArray) -> list[tuple[list[int], tuple[str, ...]]]:
        """The columns of each block that has gaps, and their codes."""
        codes = self.block.codes or tuple(str(one + 1) for one in range(values.shape[1]))
        return [
            (columns, tuple(codes[column] for column in columns))
            for columns in self.block.columns(values.shape[1])
            if np.isnan(values[:, columns]).any()
        ]
