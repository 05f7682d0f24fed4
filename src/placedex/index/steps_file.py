"""Steps read from YAML: each is a verb, alone or with its parameters."""

import difflib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from placedex.errors import BadSpec
from placedex.index.aggregate import Aggregate, Arithmetic, Geometric, Mean
from placedex.index.impute import Filling, GroupMean, Impute
from placedex.index.impute import Mean as MeanFilling
from placedex.index.impute import Median as MedianFilling
from placedex.index.normalise import MinMax
from placedex.index.rank import Rank
from placedex.index.scale import Scale
from placedex.index.screen import SATURATED, Screen
from placedex.index.step import Step
from placedex.index.treat import Limits, Logarithm, Treat
from placedex.index.weight import Equal, Given
from placedex.observations import Indicator
from placedex.store import parse_settings

MeanName = Literal["arithmetic", "geometric"]
MEANS: Mapping[str, Mean] = {"arithmetic": Arithmetic(), "geometric": Geometric()}


class _Parameters(BaseModel, ABC):
    """What a step may be told in a spec, and the step that comes of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        """The step with these parameters; `indicators` are those of the hierarchy."""


class _Scale(_Parameters):
    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        return Scale(indicators)


class _Screen(_Parameters):
    places: float = 0.0
    indicators: float = 0.0
    saturated: float = SATURATED
    drop_saturated: bool = False

    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        return Screen(self.places, self.indicators, self.saturated, self.drop_saturated)


class _Impute(_Parameters):
    method: Literal["mean", "median", "group mean"]
    groups: dict[str, str] = {}

    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        fillings: Mapping[str, Filling] = {
            "mean": MeanFilling(),
            "median": MedianFilling(),
            "group mean": GroupMean(self.groups),
        }
        return Impute(fillings[self.method])


class _Treat(_Parameters):
    winsorise: int = 5
    skewness: float = 2.0
    kurtosis: float = 3.5
    logarithm: tuple[str, ...] = ()

    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        if self.logarithm:
            return Logarithm(self.logarithm)
        return Treat(self.winsorise, Limits(self.skewness, self.kurtosis))


class _Normalise(_Parameters):
    method: Literal["min-max"] = "min-max"
    scale: tuple[float, float] = (0.0, 100.0)
    clip: bool = True
    floating: bool = False

    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        return MinMax(self.scale, self.clip, self.floating)


class _Weight(_Parameters):
    method: Literal["given", "equal"] = "given"

    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        return Given() if self.method == "given" else Equal()


class _Aggregate(_Parameters):
    mean: MeanName = "arithmetic"
    nodes: dict[str, MeanName] = {}
    at_least: float = 0.0
    complete: tuple[str, ...] = ()

    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        nodes = {code: MEANS[name] for code, name in self.nodes.items()}
        return Aggregate(MEANS[self.mean], nodes, self.at_least, self.complete)


class _Rank(_Parameters):
    def step(self, indicators: tuple[Indicator, ...]) -> Step:
        return Rank()


_VERBS: Mapping[str, type[_Parameters]] = {
    "scale": _Scale,
    "screen": _Screen,
    "impute": _Impute,
    "treat": _Treat,
    "normalise": _Normalise,
    "weight": _Weight,
    "aggregate": _Aggregate,
    "rank": _Rank,
}


def read_step(entry: Any, indicators: tuple[Indicator, ...], *, path: Path) -> Step:
    """The step that an entry of a spec's `steps` means.

    Errors: BadSpec for a verb that is not known, with the nearest one, or a wrong parameter.
    """
    verb, parameters = _verb_and_parameters(entry, path=path)
    if verb not in _VERBS:
        near = difflib.get_close_matches(verb, _VERBS, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise BadSpec(
            f"{path}: the step '{verb}' is not known. Wanted one of {', '.join(_VERBS)}.{hint}"
        )
    given = parse_settings(parameters, _VERBS[verb], path=path, error=BadSpec)
    return given.step(indicators)


def _verb_and_parameters(entry: Any, *, path: Path) -> tuple[str, Any]:
    if isinstance(entry, str):
        return entry, {}
    if isinstance(entry, Mapping) and len(entry) == 1:
        verb, parameters = next(iter(entry.items()))
        if parameters is None:
            return str(verb), {}
        if isinstance(parameters, str):
            return str(verb), {"method": parameters}
        return str(verb), parameters
    raise BadSpec(
        f"{path}: {entry!r} is no step. Wanted a verb alone, or a verb with its parameters "
        "(- screen: {places: 0.6})."
    )
