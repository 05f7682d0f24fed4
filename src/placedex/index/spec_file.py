"""Specs read from YAML: an error names file, line and key."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field

from placedex.errors import BadSpec, PlacedexError
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.left_open import LeftOpen
from placedex.index.spec import Scenario, Spec
from placedex.index.step import Step
from placedex.index.steps_file import read_step
from placedex.index.uncertainty_file import UncertaintyEntry, read_uncertainty
from placedex.observations import Catalogue, Indicator
from placedex.store import parse_settings, read_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Component(_Strict):
    code: str
    name: str
    parent: str | None = None
    weight: Number = 1.0
    why: str = ""


class _Leaf(_Strict):
    indicator: str
    parent: str
    weight: Number = 1.0
    goalposts: tuple[Number, Number] | None = None
    why: str = ""
    against: str = ""


class _ScenarioEntry(_Strict):
    code: str
    name: str
    replace: tuple[Any, ...] = ()
    without: tuple[str, ...] = ()


class _Section(_Strict):
    """A spec as a file holds it; one that stands alone says which kinds of place it compares."""

    code: str
    title: str
    about: str = ""
    references: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    components: tuple[_Component, ...]
    indicators: tuple[_Leaf, ...]
    beside: tuple[str, ...] = ()
    steps: tuple[Any, ...]
    scenarios: tuple[_ScenarioEntry, ...] = ()
    uncertainty: UncertaintyEntry | None = None


class _File(_Section):
    kinds: Annotated[tuple[str, ...], Field(min_length=1)]


def read_spec(path: Path, catalogue: Catalogue) -> Spec:
    """The spec in a YAML file.

    Errors: BadSpec with file, line and key for what cannot be read, and with the node for a
            hierarchy that is none: a cycle, an empty component, a weight below nought. Faults of
            the hierarchy, of each step and of the scenarios are met together.
    """
    content = read_yaml(path, error=BadSpec)
    return _parsed(content, catalogue, path=path, model=_File)


def parse_spec(content: Any, catalogue: Catalogue, *, path: Path) -> Spec:
    """The spec that a part of a YAML file holds; it need not say which kinds it compares.

    Errors: as `read_spec`; `path` is the file to name in them.
    """
    return _parsed(content, catalogue, path=path, model=_Section)


def _parsed(content: Any, catalogue: Catalogue, *, path: Path, model: type[_Section]) -> Spec:
    file = parse_settings(content, model, path=path, error=BadSpec)
    indicators = tuple(
        catalogue[leaf.indicator] for leaf in file.indicators if leaf.indicator in catalogue
    )
    found: list[str] = []

    def tried(make: Callable[[], Any]) -> Any:
        """What is made, or nothing: then what is wrong with it is kept."""
        try:
            return make()
        except PlacedexError as error:
            words = str(error)
            found.append(words if words.startswith(str(path)) else f"{path}: {words}")
        return None

    described = "indicators.yaml" if model is _File else "a column of a file"
    hierarchy = tried(lambda: _hierarchy(file, catalogue, described=described))
    tried(lambda: _check_beside(file, catalogue))
    steps = [tried(partial(read_step, one, indicators, path=path)) for one in content["steps"]]
    scenarios = tried(lambda: _scenarios(file, content, indicators, path=path))
    left_open = tried(lambda: _left_open(file, content, indicators, path=path))

    def whole() -> Spec:
        spec = _spec(file, hierarchy, tuple(steps), scenarios)
        return dataclasses.replace(spec, uncertainty=left_open)

    spec = None if found else tried(whole)
    if found or spec is None:
        raise BadSpec("\n".join(dict.fromkeys(found)))
    return cast(Spec, spec)


def _left_open(
    file: _Section, content: Mapping[str, Any], indicators: tuple[Indicator, ...], *, path: Path
) -> LeftOpen | None:
    if file.uncertainty is None:
        return None
    return read_uncertainty(file.uncertainty, content["uncertainty"], indicators, path=path)


def _spec(
    file: _Section, hierarchy: Hierarchy, steps: tuple[Step, ...], scenarios: tuple[Scenario, ...]
) -> Spec:
    return Spec(
        code=file.code,
        title=file.title,
        hierarchy=hierarchy,
        steps=steps,
        kinds=file.kinds,
        beside=file.beside,
        scenarios=scenarios,
        about=_line(file.about),
        references=tuple(_line(reference) for reference in file.references),
    )


def _hierarchy(file: _Section, catalogue: Catalogue, *, described: str) -> Hierarchy:
    nodes = [
        Node(one.code, one.name, one.parent, one.weight, why=_line(one.why))
        for one in file.components
    ]
    for leaf in file.indicators:
        indicator = catalogue.get(leaf.indicator)
        if indicator is None:
            raise BadSpec(
                f"The indicator '{leaf.indicator}' is in no catalogue. Wanted the code of one "
                f"that is. Describe it in {described}, or mend the code."
            )
        nodes.append(_leaf(leaf, indicator))
    hierarchy = Hierarchy(tuple(nodes))
    for one in file.components:
        if not hierarchy.children(one.code):
            raise BadSpec(
                f"The component '{one.code}' is empty. Wanted at least one indicator or component "
                "under it. Add one, or take the component out."
            )
    return hierarchy


def _leaf(leaf: _Leaf, indicator: Indicator) -> Node:
    if leaf.goalposts is not None and leaf.goalposts[0] >= leaf.goalposts[1]:
        raise BadSpec(
            f"The goalposts of '{leaf.indicator}' are {leaf.goalposts[0]:g} and "
            f"{leaf.goalposts[1]:g}. Wanted the lower first and the higher after it; the "
            "indicator itself says which is better."
        )
    if indicator.better == 0:
        raise BadSpec(
            f"The indicator '{leaf.indicator}' is neither better high nor better low. Wanted one "
            "that is, for a score. Show it beside the index instead."
        )
    return Node(
        code=leaf.indicator,
        name=indicator.name,
        parent=leaf.parent,
        weight=leaf.weight,
        direction=indicator.better,
        goalposts=leaf.goalposts,
        why=_line(leaf.why),
        against=_line(leaf.against),
    )


def _check_beside(file: _Section, catalogue: Catalogue) -> None:
    scored = {leaf.indicator for leaf in file.indicators}
    for code in file.beside:
        if code in scored:
            raise BadSpec(
                f"The indicator '{code}' is scored and under 'beside' too. Wanted it in one of "
                "them. Take it out of the other."
            )
        if code not in catalogue:
            raise BadSpec(
                f"The indicator '{code}' under 'beside' is in no catalogue. Wanted the code of "
                "one that is. Describe it in indicators.yaml, or mend the code."
            )


def _steps(
    entries: list[Any], indicators: tuple[Indicator, ...], *, path: Path
) -> tuple[Step, ...]:
    return tuple(read_step(entry, indicators, path=path) for entry in entries)


def _scenarios(
    file: _Section, content: Mapping[str, Any], indicators: tuple[Indicator, ...], *, path: Path
) -> tuple[Scenario, ...]:
    return tuple(
        Scenario(
            one.code,
            _line(one.name),
            _steps(entry.get("replace", []), indicators, path=path),
            one.without,
        )
        for one, entry in zip(file.scenarios, content.get("scenarios", []), strict=True)
    )


def _line(text: str) -> str:
    return " ".join(text.split())
