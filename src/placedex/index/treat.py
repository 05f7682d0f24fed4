"""Treat: outliers drawn in, so that one extreme place does not set the scale for all."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.step import Flag, State, refuse_strangers, without_strangers
from placedex.index.transform import Limits, shifted_log, winsorise
from placedex.index.treatments import (
    LOGARITHM,
    USUAL_LIMITS,
    AtPercentiles,
    BoxCox,
    InTurn,
    LogAboveLowest,
    LogBySkew,
    LogGII,
    ShiftedLog,
    Treated,
    Treatment,
    Winsorise,
)
from placedex.observations.panel import FloatArray

__all__ = ["TREATMENTS", "Limits", "Logarithm", "Treat", "shifted_log", "winsorise"]


@dataclass(frozen=True, slots=True)
class Treat:
    """Winsorise indicators with outliers; take the logarithm where that does not suffice.

    `second` is what is done where drawing in up to `most` values does not suffice: to the figures
    themselves, or, if `combined`, to the figures drawn in. An indicator named in `individually` has
    a treatment of its own, or None for none; only an `InTurn` looks at its limits first, any other
    is applied whatever the distribution.
    """

    most: int | None = 5
    limits: Limits = USUAL_LIMITS
    verb: str = "treat"
    _: KW_ONLY
    second: Treatment | None = LOGARITHM
    combined: bool = False
    individually: Mapping[str, Treatment | None] = field(default_factory=dict)

    @property
    def treatment(self) -> InTurn:
        """What is done to an indicator that has no treatment of its own."""
        first = Winsorise(self.most, self.limits)
        return InTurn(first, self.second, limits=self.limits, combined=self.combined)

    @property
    def words(self) -> str:
        """What the step does."""
        each = "".join(
            f" '{code}': {'no treatment' if one is None else one.words}."
            for code, one in self.individually.items()
        )
        return f"{self.treatment.words}.{each}"

    def check(self, hierarchy: Hierarchy) -> None:
        """Refuse a step that names what is no indicator of the hierarchy."""
        refuse_strangers(self.individually, hierarchy, verb=self.verb, what="treatment")

    def within(self, hierarchy: Hierarchy) -> "Treat":
        """The step without what it says of indicators that a smaller hierarchy no longer has."""
        kept = without_strangers(self.individually, hierarchy)
        return replace(self, individually=kept)

    def apply(self, state: State) -> State:
        """The state with treated values, and a flag for each indicator that was.

        Errors: BadSpec if a treatment has no answer for the figures of an indicator.
        """
        before = state.panel.values
        values = before.copy()
        flags = []
        for column, indicator in enumerate(state.panel.indicators):
            treatment = self.individually.get(indicator.code, self.treatment)
            if treatment is None:
                continue
            treated = treatment.treat(before[:, column])
            if treated.untouched:
                continue
            _refuse(indicator.code, before[:, column], treated, wants=treatment.wants)
            values[:, column] = treated.values
            said = f"{indicator.name}: {treated.said}."
            flags.append(Flag("treated", said, indicator.code))
        panel = state.panel.with_values(values)
        errors = np.where(values == before, state.panel.errors, np.nan)
        return state.with_panel(replace(panel, errors=errors)).flagged(*flags)


def _refuse(code: str, before: FloatArray, treated: Treated, *, wants: str) -> None:
    lost = np.isnan(treated.values) & ~np.isnan(before)
    if lost.any():
        known = before[~np.isnan(before)]
        raise BadSpec(
            f"Step treat, indicator '{code}': its figures run from {known.min():g} to "
            f"{known.max():g}. Wanted {wants}. Give it another treatment, or none."
        )


@dataclass(frozen=True, slots=True)
class Logarithm:
    """Take the natural logarithm of named indicators, and of their goalposts."""

    indicators: tuple[str, ...]
    names: tuple[str, ...] = ()
    verb: str = "treat"

    @property
    def words(self) -> str:
        """What the step does."""
        return (
            f"The logarithm is taken of {', '.join(self.names or self.indicators)}, whose figures "
            "spread over orders of magnitude; their goalposts are taken in logarithms too."
        )

    def apply(self, state: State) -> State:
        """The state with logarithms of the named indicators.

        Errors: BadSpec if a value or a goalpost of one is nought or below.
        """
        values = state.panel.values.copy()
        changed = {}
        present = {leaf.code: leaf for leaf in state.hierarchy.leaves}
        for code in self.indicators:
            leaf = present.get(code)
            if leaf is None:
                continue
            column = state.panel.column(code)
            posts = leaf.goalposts
            if np.any(values[:, column] <= 0) or (posts and min(posts) <= 0):
                raise BadSpec(
                    f"Step treat, indicator '{code}': a value or a goalpost is nought or below. "
                    "Wanted all above nought for a logarithm. Take the indicator out of the "
                    "step."
                )
            values[:, column] = np.log(values[:, column])
            changed[code] = _log_goalposts(leaf)
        treated = state.with_panel(state.panel.with_values(values))
        return State(treated.panel, state.hierarchy.replace(changed), state.flags)


def _log_goalposts(leaf: Node) -> Node:
    if leaf.goalposts is None:
        return leaf
    low, high = leaf.goalposts
    return replace(leaf, goalposts=(float(np.log(low)), float(np.log(high))))


TREATMENTS: Mapping[str, type[Treatment]] = {
    "winsorise": Winsorise,
    "percentiles": AtPercentiles,
    "log_CT": ShiftedLog,
    "log_CT_orig": LogAboveLowest,
    "log_CT_plus": LogBySkew,
    "log_GII": LogGII,
    "Box-Cox": BoxCox,
    "in turn": InTurn,
}
