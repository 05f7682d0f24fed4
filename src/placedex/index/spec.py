"""The specification of an index: its hierarchy, its steps and the reasons for them."""

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy
from placedex.index.step import MindsOrder, NamesNodes, Step

if TYPE_CHECKING:
    from placedex.index.left_open import LeftOpen

ORDER = ("scale", "normalise", "aggregate", "rank")
LAST = ("aggregate", "rank")


@dataclass(frozen=True, slots=True)
class Scenario:
    """The same index with one choice made otherwise, to show what hangs on that choice."""

    code: str
    name: str
    replaced: tuple[Step, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """An index: what it is made of, step by step. Built by `build`.

    Errors: BadSpec if a step that others need is missing or stands in the wrong place.
    """

    code: str
    title: str
    hierarchy: Hierarchy
    steps: tuple[Step, ...]
    kinds: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    about: str = ""
    references: tuple[str, ...] = ()
    uncertainty: "LeftOpen | None" = None

    def __post_init__(self) -> None:
        verbs = [step.verb for step in self.steps]
        for verb in ORDER:
            if verbs.count(verb) != 1:
                raise BadSpec(
                    f"The spec '{self.code}' has the step '{verb}' {verbs.count(verb)} times. "
                    "Wanted it once. Its steps are: " + ", ".join(verbs) + "."
                )
        places = [verbs.index(verb) for verb in ORDER]
        if places != sorted(places) or verbs[0] != "scale" or tuple(verbs[-2:]) != LAST:
            raise BadSpec(
                f"The spec '{self.code}' has its steps in the order {', '.join(verbs)}. Wanted "
                "scale first, aggregate and rank last, and the others between them. Move the step "
                "that is out of place."
            )
        for step in self.steps:
            if isinstance(step, NamesNodes):
                step.check(self.hierarchy)
        for number, step in enumerate(self.steps):
            if isinstance(step, MindsOrder):
                step.check_order(self.hierarchy, before=tuple(verbs[:number]))
        self._check_scenarios(verbs)
        if self.uncertainty is not None:
            self.uncertainty.check(self)

    def _check_scenarios(self, verbs: list[str]) -> None:
        codes = [scenario.code for scenario in self.scenarios]
        for scenario in self.scenarios:
            self._refuse_twofold(scenario, verbs)
            if codes.count(scenario.code) > 1:
                raise BadSpec(
                    f"The scenario '{scenario.code}' is there twice. Wanted each code once. Give "
                    "one of them another."
                )
            for step in scenario.replaced:
                if step.verb not in verbs:
                    raise BadSpec(
                        f"The scenario '{scenario.code}' replaces the step '{step.verb}', which "
                        f"the spec does not have. Wanted one of {', '.join(verbs)}. Add the step "
                        "to the spec, or take it out of the scenario."
                    )
            try:
                self.under(scenario)
            except BadSpec as error:
                raise BadSpec(f"The scenario '{scenario.code}': {error}") from None

    def _refuse_twofold(self, scenario: Scenario, verbs: list[str]) -> None:
        """Refuse a scenario whose step could stand for two, or that has two for one."""
        replaced = [step.verb for step in scenario.replaced]
        for verb in replaced:
            if verbs.count(verb) > 1 or replaced.count(verb) > 1:
                raise BadSpec(
                    f"The scenario '{scenario.code}' replaces the step '{verb}', which the spec "
                    f"has {verbs.count(verb)} times and the scenario {replaced.count(verb)} times. "
                    "Wanted it once in each, so that it is clear which is meant. Make it a spec of "
                    "its own, or take the step out of the scenario."
                )

    def with_hierarchy(self, hierarchy: Hierarchy) -> "Spec":
        """The spec with another hierarchy."""
        return dataclasses.replace(self, hierarchy=hierarchy)

    def under(self, scenario: Scenario) -> "Spec":
        """The spec as a scenario has it: some steps exchanged, some nodes left out."""
        by_verb = {step.verb: step for step in scenario.replaced}
        hierarchy = self.hierarchy.without(scenario.without)
        chosen = (by_verb.get(step.verb, step) for step in self.steps)
        steps = tuple(
            step.within(hierarchy) if isinstance(step, NamesNodes) else step for step in chosen
        )
        return dataclasses.replace(
            self, steps=steps, hierarchy=hierarchy, scenarios=(), uncertainty=None
        )
