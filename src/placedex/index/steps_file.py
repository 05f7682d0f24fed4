"""Steps read from YAML: each is a verb, alone or with its parameters."""

import dataclasses
import difflib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from placedex.errors import BadSpec
from placedex.index.aggregate import Aggregate, aggregations
from placedex.index.fillings import GroupMean, GroupMedian
from placedex.index.growth import Form, Growth
from placedex.index.impute import IMPUTATIONS, Impute
from placedex.index.means import ARITHMETIC
from placedex.index.methods_file import read_method
from placedex.index.normalise import NORMALISATIONS, MinMax, Normalise
from placedex.index.rank import MOST_DECIMALS, Rank
from placedex.index.scale import Scale
from placedex.index.screen import SATURATED, Screen
from placedex.index.step import Step
from placedex.index.treat import TREATMENTS, Limits, Logarithm, Treat
from placedex.index.weight import WEIGHTINGS, Equal, Given, Weights
from placedex.index.weighting import ToTarget
from placedex.observations import Indicator
from placedex.store import parse_settings

Share = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]
Limit = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]
FROM_OTHER_TIMES = ("last observation", "linear")
GROUPED: Mapping[str, type[GroupMean | GroupMedian]] = {
    "group mean": GroupMean,
    "group median": GroupMedian,
}


class _Parameters(BaseModel, ABC):
    """What a step may be told in a spec, and the step that comes of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        """The step with these parameters; `indicators` are those of the hierarchy."""


class _Growth(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    years: Annotated[int, Field(ge=1, strict=True)]
    form: Form = Form.COMPOUND


class _Scale(_Parameters):
    growth: dict[str, _Growth] = {}
    carry: Annotated[int, Field(ge=0, strict=True)] = 0

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        return Scale(
            indicators,
            growth={code: Growth(one.years, one.form) for code, one in self.growth.items()},
            carry=self.carry,
        )


class _Screen(_Parameters):
    places: Share = 0.0
    indicators: Share = 0.0
    saturated: Share = SATURATED
    drop_saturated: bool = False
    non_zero: Share = 0.0
    indicators_non_zero: Share = 0.0
    keep: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        return Screen(
            self.places,
            self.indicators,
            self.saturated,
            self.drop_saturated,
            non_zero=self.non_zero,
            indicators_non_zero=self.indicators_non_zero,
            keep=self.keep,
            leave_out=self.leave_out,
        )


class _Impute(_Parameters):
    method: Any
    groups: dict[str, str] = {}

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        if self.groups and isinstance(self.method, str) and self.method in GROUPED:
            return Impute(GROUPED[self.method](self.groups))
        if self.groups:
            raise BadSpec(
                f"{path}, step impute: 'groups' stands beside the method {self.method!r}. Wanted "
                "it beside 'group mean' or 'group median' alone. Take it out, or change the method."
            )
        return Impute(read_method(self._named(path), IMPUTATIONS, step="impute", path=path))

    def _named(self, path: Path) -> Any:
        """The method; BadSpec for one that differs from a known one in capital letters alone."""
        given = next(iter(self.method), None) if isinstance(self.method, dict) else self.method
        if given in FROM_OTHER_TIMES:
            raise BadSpec(
                f"{path}, step impute: '{given}' takes panels of other times, which a file cannot "
                "hold. Wanted another method. To let a place's last figure stand in, write "
                "- scale: {carry: 2}, or build the step in Python."
            )
        alike = [one for one in IMPUTATIONS if one.casefold() == str(self.method).casefold()]
        if alike and self.method not in IMPUTATIONS:
            raise BadSpec(
                f"{path}, step impute: the method '{self.method}' is not known. Wanted one of "
                f"{', '.join(IMPUTATIONS)}. Did you mean '{alike[0]}'?"
            )
        return self.method


class _Treat(_Parameters):
    winsorise: Annotated[int, Field(ge=0, strict=True)] | None = 5
    skewness: Limit = 2.0
    kurtosis: Limit = 3.5
    logarithm: tuple[str, ...] = ()
    second: Any = "log_CT"
    combined: bool = False
    individually: dict[str, Any] = {}

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        if self.logarithm:
            beside = sorted(self.model_fields_set - {"logarithm"})
            if beside:
                raise BadSpec(
                    f"{path}, step treat: '{beside[0]}' stands beside 'logarithm', which does "
                    "nothing else. Wanted a step treat of its own for it. Move it to one."
                )
            known = {one.code: one.name for one in indicators}
            for code in self.logarithm:
                if code not in known:
                    raise BadSpec(
                        f"{path}, step treat: '{code}' is no indicator of the index. Wanted one "
                        f"of {', '.join(known)}. Mend the code."
                    )
            return Logarithm(self.logarithm, tuple(known[code] for code in self.logarithm))

        def treatment(given: Any) -> Any:
            if given is None or given == "none":
                return None
            return read_method(given, TREATMENTS, step="treat", path=path)

        return Treat(
            self.winsorise,
            Limits(self.skewness, self.kurtosis),
            second=treatment(self.second),
            combined=self.combined,
            individually={code: treatment(one) for code, one in self.individually.items()},
        )


class _Normalise(_Parameters):
    model_config = ConfigDict(extra="allow", frozen=True)

    method: Any = "min-max"
    individually: dict[str, Any] = {}

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        given = _with_parameters(self.method, self.model_extra, verb="normalise", path=path)
        method = read_method(given, NORMALISATIONS, step="normalise", path=path)
        each = {
            code: read_method(one, NORMALISATIONS, step="normalise", path=path)
            for code, one in self.individually.items()
        }
        # Min-max alone is a step of its own.
        return Normalise(method, each) if each or not isinstance(method, MinMax) else method


class _Weight(_Parameters):
    model_config = ConfigDict(extra="allow", frozen=True)

    method: Any = "given"
    nodes: dict[str, Any] = {}
    mean: Any = "arithmetic"

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        given = _with_parameters(self.method, self.model_extra, verb="weight", path=path)
        mean = read_method(self.mean, aggregations(), step="weight", path=path)

        def weighing(one: Any) -> Any:
            """The method; one that aims at importance aims at it under the step's mean."""
            found = read_method(one, WEIGHTINGS, step="weight", path=path)
            own = isinstance(found, ToTarget) and found.mean == ARITHMETIC
            return dataclasses.replace(found, mean=mean) if own else found

        method = weighing(given)
        each = {code: weighing(one) for code, one in self.nodes.items()}
        plain = not each and isinstance(method, Given | Equal)
        return method if plain else Weights(method, each, mean)


class _Aggregate(_Parameters):
    mean: Any = "arithmetic"
    nodes: dict[str, Any] = {}
    at_least: Share = 0.0
    complete: tuple[str, ...] = ()
    least: dict[str, Share] = {}
    then: dict[str, Any] = {}

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        known = aggregations()

        def mean(given: Any) -> Any:
            return read_method(given, known, step="aggregate", path=path)

        return Aggregate(
            mean(self.mean),
            {code: mean(one) for code, one in self.nodes.items()},
            self.at_least,
            self.complete,
            least=self.least,
            then={
                code: read_method(one, NORMALISATIONS, step="aggregate", path=path)
                for code, one in self.then.items()
            },
        )


class _Rank(_Parameters):
    decimals: Annotated[int, Field(ge=0, le=MOST_DECIMALS, strict=True)] | None = None

    def step(self, indicators: tuple[Indicator, ...], path: Path) -> Step:
        return Rank(decimals=self.decimals)


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


def _with_parameters(
    method: Any, beside: Mapping[str, Any] | None, *, verb: str, path: Path
) -> Any:
    """A method with the parameters that stand beside its name.

    Errors: BadSpec if they stand beside a method that has its own with it already.
    """
    if not beside:
        return method
    if not isinstance(method, str):
        raise BadSpec(
            f"{path}, step {verb}: {', '.join(beside)} stands beside the method {method!r}. Wanted "
            "the parameters of a method in one place. Move them to the others."
        )
    return {method: dict(beside)}


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
    return given.step(indicators, path)


def _method_key(verb: str, given: str, *, path: Path) -> str:
    """The parameter that a single word after a verb means: the method, or for aggregate the mean.

    Errors: BadSpec for a verb that has neither.
    """
    known = _VERBS[verb].model_fields if verb in _VERBS else ("method",)
    for key in ("method", "mean"):
        if key in known:
            return key
    wanted = "no parameters" if not known else f"parameters by name, of {', '.join(known)}"
    raise BadSpec(
        f"{path}, step {verb}: '{given}' is no parameter of it. Wanted {wanted}. Name the "
        "parameter and its value."
    )


def _verb_and_parameters(entry: Any, *, path: Path) -> tuple[str, Any]:
    if isinstance(entry, str):
        return entry, {}
    if isinstance(entry, Mapping) and len(entry) == 1:
        verb, parameters = next(iter(entry.items()))
        if parameters is None:
            return str(verb), {}
        if isinstance(parameters, str):
            return str(verb), {_method_key(str(verb), parameters, path=path): parameters}
        return str(verb), parameters
    raise BadSpec(
        f"{path}: {entry!r} is no step. Wanted a verb alone, or a verb with its parameters "
        "(- screen: {places: 0.6})."
    )
