"""The section `uncertainty` of a spec, read from YAML: what is left open and how it is drawn."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from placedex.errors import BadSpec
from placedex.index.choices import (
    Alternative,
    Choice,
    Choices,
    DropOne,
    Experts,
    IncludeEach,
    NoisyWeights,
    Sampling,
)
from placedex.index.errors_from_intervals import Identity, IntervalScale, Log, Logit
from placedex.index.left_open import DRAWS, POINTS, SEED, TOP, LeftOpen
from placedex.index.steps_file import read_step
from placedex.observations import Indicator

Share = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=1, strict=True)]
SCALES = ("none", "logit", "log")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class _Alternative(_Strict):
    name: str
    share: Share | None = None
    replace: tuple[Any, ...] = ()
    without: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


class _Choice(_Strict):
    code: str
    name: str
    alternatives: Annotated[tuple[_Alternative, ...], Field(min_length=2)]


class _Expert(_Strict):
    name: str = ""
    share: Share | None = None
    weights: Annotated[dict[str, Weight], Field(min_length=1)]


class _Weights(_Strict):
    noise: Share | None = None
    levels: dict[int, Share] = {}
    nodes: dict[str, Share] = {}
    experts: tuple[_Expert, ...] = ()


class _Inclusion(_Strict):
    drop_one: Annotated[tuple[str, ...] | None, Field(alias="drop-one")] = None
    probability: Share | None = None
    indicators: tuple[str, ...] = ()


class _Sampling(_Strict):
    scale: dict[str, str] = {}
    imputed: bool = True


def _named(given: Any) -> Any:
    """`drop-one` alone means any indicator."""
    if isinstance(given, str) and given != "drop-one":
        raise ValueError("drop-one, or a table with `drop-one` or with `probability`")
    return {"drop-one": []} if given == "drop-one" else given


def _switched(given: Any) -> Any:
    """`true` alone means every figure on its own scale; `false` means none."""
    if given is True:
        return {}
    return None if given is False else given


class UncertaintyEntry(_Strict):
    """What the section `uncertainty` of a spec may say."""

    draws: Whole = DRAWS
    seed: Annotated[int, Field(ge=0, strict=True)] = SEED
    top: Whole = TOP
    points: Annotated[int, Field(ge=2, strict=True)] = POINTS
    choices: tuple[_Choice, ...] = ()
    weights: _Weights | None = None
    inclusion: Annotated[_Inclusion | None, BeforeValidator(_named)] = None
    sampling: Annotated[_Sampling | None, BeforeValidator(_switched)] = None


def read_uncertainty(
    entry: UncertaintyEntry,
    content: Mapping[str, Any],
    indicators: tuple[Indicator, ...],
    *,
    path: Path,
) -> LeftOpen:
    """What a spec leaves open.

    Errors: BadSpec for a step that cannot be read, two choices of one code, shares for some
            alternatives only, or weights and inclusion that say two things at once.
    """
    given = content.get("choices", [])
    _refuse_doubled([one.code for one in entry.choices], path=path)
    methods = tuple(
        _choice(one, two, indicators, path=path)
        for one, two in zip(entry.choices, given, strict=True)
    )
    choices = Choices(
        methods,
        None if entry.weights is None else _weights(entry.weights, path=path),
        None if entry.inclusion is None else _inclusion(entry.inclusion, path=path),
        None if entry.sampling is None else _sampling(entry.sampling, indicators, path=path),
    )
    return LeftOpen(
        choices,
        draws=entry.draws,
        seed=entry.seed,
        top=entry.top,
        points=entry.points,
        titles={one.code: " ".join(one.name.split()) for one in entry.choices},
    )


def _refuse_doubled(codes: Sequence[str], *, path: Path, what: str = "code") -> None:
    twice = [code for number, code in enumerate(codes) if code in codes[:number]]
    if twice:
        where = "weights, experts" if what == "name" else "choices"
        raise BadSpec(
            f"{path}, uncertainty, {where}: the {what} '{twice[0]}' is there twice. Wanted each "
            f"{what} once. Give one of the two another {what}."
        )


def _choice(
    entry: _Choice, content: Mapping[str, Any], indicators: tuple[Indicator, ...], *, path: Path
) -> Choice:
    where = f"{path}, uncertainty, choice '{entry.code}'"
    alternatives = tuple(
        Alternative(
            " ".join(one.name.split()),
            tuple(read_step(step, indicators, path=path) for step in given.get("replace", [])),
            one.without,
            one.order,
        )
        for one, given in zip(entry.alternatives, content["alternatives"], strict=True)
    )
    shares = _shares([one.share for one in entry.alternatives], where=where)
    return Choice(entry.code, alternatives, shares)


def _shares(given: list[float | None], *, where: str) -> tuple[float, ...]:
    """The shares of some alternatives: of all or of none."""
    known = tuple(share for share in given if share is not None)
    if known and len(known) < len(given):
        raise BadSpec(
            f"{where}: {len(known)} of {len(given)} have a share. Wanted one for each, together 1, "
            "or none, by which all are equally likely."
        )
    return known


def _weights(entry: _Weights, *, path: Path) -> NoisyWeights | Experts:
    noisy = entry.noise is not None or bool(entry.levels or entry.nodes)
    if noisy == bool(entry.experts):
        raise BadSpec(
            f"{path}, uncertainty, weights: wanted `noise` (with `levels` and `nodes` if some are "
            "to move by more), or `experts`, and not both. Take one out."
        )
    if entry.experts:
        where = f"{path}, uncertainty, weights: experts"
        shares = _shares([one.share for one in entry.experts], where=where)
        names = tuple(" ".join(one.name.split()) for one in entry.experts)
        _refuse_doubled([name for name in names if name], path=path, what="name")
        sets = tuple(dict(one.weights) for one in entry.experts)
        return Experts(sets, shares, names if any(names) else ())
    return NoisyWeights(entry.noise or 0.0, dict(entry.levels), dict(entry.nodes))


def _inclusion(entry: _Inclusion, *, path: Path) -> DropOne | IncludeEach:
    if (entry.drop_one is None) == (entry.probability is None):
        raise BadSpec(
            f"{path}, uncertainty, inclusion: wanted `drop-one`, or a `probability` with which "
            "each indicator is used, and not both. Take one out."
        )
    if entry.drop_one is not None:
        if entry.indicators:
            raise BadSpec(
                f"{path}, uncertainty, inclusion: `indicators` goes with `probability`. Wanted "
                "`drop-one: [codes]`. Move the codes there."
            )
        return DropOne(entry.drop_one)
    return IncludeEach(entry.probability or 0.0, entry.indicators)


def _sampling(entry: _Sampling, indicators: tuple[Indicator, ...], *, path: Path) -> Sampling:
    known = {one.code: one for one in indicators}
    scales: dict[str, IntervalScale] = {}
    for code, name in entry.scale.items():
        if code not in known:
            raise BadSpec(
                f"{path}, uncertainty, sampling: '{code}' is no indicator of the index. Wanted one "
                f"of {', '.join(known)}. Mend the code."
            )
        if name not in SCALES:
            raise BadSpec(
                f"{path}, uncertainty, sampling: the scale of '{code}' is '{name}'. Wanted one of "
                f"{', '.join(SCALES)}: logit for percentages, log for ratios, none for a figure as "
                "it is."
            )
        scales[code] = _scale(name, known[code])
    return Sampling(scales, imputed=entry.imputed)


def _scale(name: str, indicator: Indicator) -> IntervalScale:
    if name == "log":
        return Log()
    if name == "logit":
        return Logit(100.0 if indicator.unit.startswith("%") else 1.0)
    return Identity()
