"""Matched sets: the places, indicators and figures that several editions of an index all have."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.hierarchy import Hierarchy
from placedex.index.scale import Scale
from placedex.index.spec import Spec
from placedex.index.step import NamesNodes, State
from placedex.observations import Earlier, Panel, refuse_mixed
from placedex.places import Place
from placedex.stats.resampling import BoolArray

SHARE = 0.75
FEW = 6


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """What all editions have: a spec for it, the figures of each edition, and what was left out.

    The spec takes figures as they are and screens no more, since both is done; the panels have the
    same places and indicators, and a figure that one of them lacks is missing in all.
    """

    spec: Spec
    panels: Mapping[str, Panel]
    left_out: tuple[str, ...]


def match(spec: Spec, panels: Mapping[str, Panel], *, share: float = SHARE) -> Matched:
    """The figures of several editions on the places and indicators that all of them have.

    An indicator of which an edition has no figure is left out; so is a place that has in one
    edition fewer than `share` of the figures that it has in any. Then the spec's own screen is held
    over each edition, and what it sets aside in one is left out of all.
    Errors: BadSpec if nothing is left; MixedMeasures if one code stands for different things.
    """
    if not panels:
        raise BadSpec(f"The index '{spec.code}' was given no edition. Wanted at least one.")
    refuse_mixed(panels.values())
    found = {name: _figures(spec, panel) for name, panel in panels.items()}
    places, said = _common(found)
    hierarchy = spec.hierarchy
    codes = [leaf.code for leaf in hierarchy.leaves]
    found = {name: _aligned(one, places, codes) for name, one in found.items()}
    while True:
        hierarchy, words = _indicators_of_all(hierarchy, found)
        found = {name: _select(one, hierarchy) for name, one in found.items()}
        kept, more = _places_of_all(found, share=share)
        words += more
        if not words:
            hierarchy, kept, words = _screened(spec, hierarchy, _blanked(found))
        if not kept.any():
            raise BadSpec(
                f"The index '{spec.code}' has no place that all of the editions "
                f"{', '.join(found)} have. Wanted one. Compare later editions, or ask for less: "
                f"a place must have {share:.0%} of its figures in each."
            )
        found = {name: one.keep(kept) for name, one in found.items()}
        said += words
        if not words:
            return Matched(_plain(spec, hierarchy, found), _blanked(found), tuple(said))


def _common(found: Mapping[str, Panel]) -> tuple[tuple[Place, ...], list[str]]:
    """The places that stand in all editions, and words on the others."""
    codes = [{place.code for place in one.places} for one in found.values()]
    every = set.intersection(*codes)
    names: dict[str, Place] = {}
    for one in found.values():
        names |= {place.code: place for place in one.places}
    gone = [names[code] for code in sorted(set(names) - every)]
    first = next(iter(found.values()))
    places = tuple(place for place in first.places if place.code in every)
    words = _places_words(gone, "not among the places of all of the editions")
    return places, [words] if words else []


def _figures(spec: Spec, panel: Panel) -> Panel:
    """The figures of an edition in proportion; a column of gaps for what its panel lacks."""
    lacking = [leaf.code for leaf in spec.hierarchy.leaves if _lacks(panel, spec, leaf.code)]
    whole = spec.hierarchy
    if len(lacking) == len(whole.leaves):
        raise BadSpec(
            f"The index '{spec.code}': an edition has no figure of any indicator. Wanted at least "
            "one. Compare later editions."
        )
    hierarchy = whole.without(lacking)
    scale = spec.steps[0]
    if isinstance(scale, NamesNodes):
        scale = scale.within(hierarchy)
    return scale.apply(State(panel, hierarchy)).panel


def _lacks(panel: Panel, spec: Spec, code: str) -> bool:
    """Whether a panel has no column of an indicator or of a part of it."""
    scale = spec.steps[0]
    if not isinstance(scale, Scale):
        return code not in panel.codes
    for one in scale.indicators:
        if one.code == code:
            ratio = one.ratio
            wanted = {code} if ratio is None else {ratio.numerator, ratio.denominator}
            if code in scale.growth:
                lent = Earlier(code, scale.growth[code].years)
                wanted |= {lent.column(part) for part in wanted}
            return not wanted <= set(panel.codes)
    return False


def _aligned(panel: Panel, places: tuple[Place, ...], codes: list[str]) -> Panel:
    """A panel with these places in this order, and those of these indicators that it has."""
    rows = {place.code: number for number, place in enumerate(panel.places)}
    order = [rows[place.code] for place in places]
    there = panel.select(code for code in codes if code in panel.codes)
    return dataclasses.replace(
        there,
        places=places,
        values=there.values[order],
        errors=there.errors[order],
        statuses=there.statuses[order],
        origins=there.origins[order],
    )


def _select(panel: Panel, hierarchy: Hierarchy) -> Panel:
    return panel.select(leaf.code for leaf in hierarchy.leaves)


def _indicators_of_all(
    hierarchy: Hierarchy, found: Mapping[str, Panel]
) -> tuple[Hierarchy, list[str]]:
    """The hierarchy without indicators of which some edition has no figure, and which they are."""
    gone: list[str] = []
    lacking: dict[str, list[str]] = {}
    for leaf in hierarchy.leaves:
        without = [
            name
            for name, panel in found.items()
            if leaf.code not in panel.codes or np.isnan(panel.of(leaf.code)).all()
        ]
        if without:
            gone.append(leaf.code)
            when = "any edition" if len(without) == len(found) else ", ".join(without)
            lacking.setdefault(when, []).append(leaf.name)
    if len(gone) == len(hierarchy.leaves):
        raise BadSpec(
            f"The editions {', '.join(found)} share no indicator. Wanted at least one that all of "
            "them have. Compare later editions."
        )
    words = [
        f"No figure for these places in {when}: {', '.join(names)}."
        for when, names in lacking.items()
    ]
    return hierarchy.without(gone), words


def _blanked(found: Mapping[str, Panel]) -> dict[str, Panel]:
    """The panels with a figure that one of them lacks missing in all."""
    lacking = np.any([np.isnan(panel.values) for panel in found.values()], axis=0)
    return {
        name: dataclasses.replace(
            panel,
            values=np.where(lacking, np.nan, panel.values),
            errors=np.where(lacking, np.nan, panel.errors),
        )
        for name, panel in found.items()
    }


def _places_of_all(found: Mapping[str, Panel], *, share: float) -> tuple[BoolArray, list[str]]:
    """Which places have figures enough in each edition, and words on those that have not."""
    known = [~np.isnan(panel.values) for panel in found.values()]
    in_all, in_any = np.all(known, axis=0).sum(axis=1), np.any(known, axis=0).sum(axis=1)
    kept = (in_all > 0) & (in_all >= share * in_any)
    gone = [
        place
        for place, there in zip(next(iter(found.values())).places, kept, strict=True)
        if not there
    ]
    words = _places_words(gone, "without figures enough in all of the editions")
    return np.asarray(kept), [words] if words else []


def _screened(
    spec: Spec, hierarchy: Hierarchy, found: Mapping[str, Panel]
) -> tuple[Hierarchy, BoolArray, list[str]]:
    """What the spec's own screen leaves of every edition, with its words on what it sets aside."""
    screens = [step for step in spec.steps if step.verb == "screen"]
    places = next(iter(found.values())).places
    kept = np.ones(len(places), dtype=bool)
    gone: set[str] = set()
    said: dict[str, list[str]] = {}
    for name, panel in found.items():
        state = State(panel, hierarchy)
        for step in screens:
            smaller = step.within(hierarchy) if isinstance(step, NamesNodes) else step
            state = smaller.apply(state)
        there = {place.code for place in state.panel.places}
        kept &= np.array([place.code in there for place in places])
        lost = {leaf.code for leaf in hierarchy.leaves} - set(state.panel.codes)
        leaves = {place.code for place in places} - there
        gone |= lost
        for flag in state.flags:
            if (flag.node in lost and flag.place is None) or flag.place in leaves:
                said.setdefault(flag.words, []).append(name)
    if not gone and kept.all():
        return hierarchy, kept, []
    words = [f"In {' and '.join(names)}: {told}" for told, names in said.items()]
    return hierarchy.without(gone), kept, words


def _plain(spec: Spec, hierarchy: Hierarchy, found: Mapping[str, Panel]) -> Spec:
    """The spec for figures that were put in proportion and screened already."""
    known = {one.code: one for one in next(iter(found.values())).indicators}
    leaves = tuple(dataclasses.replace(known[leaf.code], ratio=None) for leaf in hierarchy.leaves)
    rest = [step for step in spec.steps[1:] if step.verb != "screen"]
    steps = tuple(step.within(hierarchy) if isinstance(step, NamesNodes) else step for step in rest)
    # A new spec, so that scenarios and choices that name a screen do not come along.
    return Spec(spec.code, spec.title, hierarchy, (Scale(leaves), *steps), spec.kinds)


def _places_words(gone: list[Place], why: str) -> str:
    if not gone:
        return ""
    if len(gone) < FEW:
        return f"{', '.join(place.name for place in gone)}: {why}."
    return f"{len(gone)} places: {why}."
