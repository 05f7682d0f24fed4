"""Editions over time: one index of several moments, on goalposts and sets that compare."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.build import Index, build, freeze
from placedex.index.matched import SHARE, match
from placedex.index.normalise import MinMax, Normalise, Policy
from placedex.index.scale import Scale
from placedex.index.spec import Spec
from placedex.index.step import State
from placedex.observations import Earlier, Panel, make_panel
from placedex.observations.panel import FloatArray

POLICY_WORDS = {
    Policy.FLOATING: (
        "Each edition is put between its own lowest and highest figures: points of two editions "
        "do not compare, and a place can fall with its own figures unchanged."
    ),
    Policy.POOLED: (
        "Extremes are found in all editions together: points compare, and a further edition would "
        "move them."
    ),
    Policy.FROZEN: "Goalposts are those of the spec, and else those found in the edition {base}.",
}
GIVEN = (
    "Goalposts that the spec gives hold under every policy: here for {count} of {all} indicators."
)
ALL_GIVEN = "The spec gives goalposts of its own to every indicator; they hold under every policy."


@dataclass(frozen=True, slots=True, eq=False)
class OverTime:
    """Several editions of one index on matched sets.

    Attributes:
        indexes: the editions by name, the oldest first; they have the same places and indicators.
        spec: what each was built by; goalposts are held in it where the policy holds them.
        left_out: what some edition lacks, in sentences.
    """

    spec: Spec
    indexes: Mapping[str, Index]
    policy: Policy
    base: str
    left_out: tuple[str, ...]

    @property
    def words(self) -> str:
        """By what the editions are made to compare."""
        leaves = self.spec.hierarchy.leaves
        loose = sum(leaf.goalposts is None for leaf in leaves)
        said = POLICY_WORDS[self.policy].format(base=self.base)
        if self.policy is Policy.FROZEN or loose == len(leaves):
            return said
        if not loose:
            return ALL_GIVEN
        return f"{said} {GIVEN.format(count=len(leaves) - loose, all=len(leaves))}"

    @property
    def moved(self) -> tuple[str, ...]:
        """The indicators whose figures are other in the last edition than in the first, by code."""
        first, *_, last = self.indexes.values()
        return tuple(
            code
            for code in last.figures.codes
            if not np.array_equal(first.figures.of(code), last.figures.of(code), equal_nan=True)
        )

    def scores(self) -> FloatArray:
        """The score of each place on the whole index, (editions, places)."""
        return self._all("scores")

    def ranks(self) -> FloatArray:
        """The rank of each place on the whole index, (editions, places)."""
        return self._all("ranks")

    def _all(self, name: str) -> FloatArray:
        return np.array(
            [getattr(one, name).of(one.hierarchy.root.code) for one in self.indexes.values()]
        )


def figures_of(spec: Spec) -> tuple[str | Earlier, ...]:
    """The figures that a spec scores: its indicators, as they were years before if need be."""
    scale = spec.steps[0]
    earlier = scale.earlier if isinstance(scale, Scale) else ()
    return (*(leaf.code for leaf in spec.hierarchy.leaves), *earlier)


def editions(
    spec: Spec,
    panels: Mapping[str, Panel],
    *,
    policy: Policy = Policy.FROZEN,
    base: str | None = None,
    share: float = SHARE,
) -> OverTime:
    """One index for several moments, on the places and indicators that all of them have.

    `panels` are the figures of each edition by its name, the oldest first; see `match` for what is
    left out. Under the frozen policy, goalposts that the spec does not give are those of `base`,
    the first edition if none is named; methods without goalposts look at its figures instead.
    Goalposts that the spec gives hold under every policy.
    Errors: BadSpec for a base that is no edition, if nothing is left to compare, or if goalposts
            cannot be held since a treatment hangs on the figures found (see `freeze`).
    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 5, on time.
    """
    named = next(iter(panels), "") if base is None else base
    if named not in panels:
        raise BadSpec(
            f"The base edition '{named}' is not there. Wanted one of {', '.join(panels)}."
        )
    matched = match(spec, panels, share=share)
    held = _held(matched.spec, matched.panels, policy=policy, base=named)
    built = {name: build(held, panel) for name, panel in matched.panels.items()}
    return OverTime(held, built, policy, named, matched.left_out)


def _held(spec: Spec, panels: Mapping[str, Panel], *, policy: Policy, base: str) -> Spec:
    """The spec with what normalising looks at held as the policy says."""
    step = next(step for step in spec.steps if step.verb == "normalise")
    if policy is Policy.FLOATING:
        return spec
    if policy is Policy.FROZEN and isinstance(step, MinMax) and not step.floating:
        return freeze(build(spec, panels[base]))
    if isinstance(step, Normalise) and step.reference is not None:
        return spec
    if not isinstance(step, MinMax | Normalise):
        raise BadSpec(
            f"Step normalise: {type(step).__name__} cannot be held from edition to edition. "
            "Wanted MinMax or Normalise. Use the floating policy, or another step."
        )
    among = [panels[base]] if policy is Policy.FROZEN else list(panels.values())
    reference = _stacked([_treated(spec, panel) for panel in among])
    whole = step if isinstance(step, Normalise) else Normalise(step)
    return with_step(spec, dataclasses.replace(whole, reference=reference))


def with_step(spec: Spec, step: Normalise) -> Spec:
    """The spec with its step of the same verb exchanged for this one."""
    steps = tuple(step if one.verb == step.verb else one for one in spec.steps)
    return dataclasses.replace(spec, steps=steps)


def _treated(spec: Spec, panel: Panel) -> Panel:
    """The figures of an edition as they are when they come to be normalised."""
    state = State(panel, spec.hierarchy)
    for step in spec.steps:
        if step.verb == "normalise":
            break
        state = step.apply(state)
    return state.panel


def _stacked(panels: list[Panel]) -> Panel:
    """All figures in one panel, a place once for each edition."""
    return make_panel(
        [place for panel in panels for place in panel.places],
        panels[0].indicators,
        np.concatenate([panel.values for panel in panels]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class BackCast:
    """An earlier edition as a new spec makes it, and what of the spec the old figures lack.

    `index` is none if they lack it all; its scores compare with the newest only so far as nothing
    is lacking, and `editions` compares what both have.
    """

    name: str
    index: Index | None
    lacking: tuple[str, ...]

    @property
    def words(self) -> str:
        """What could not be back-cast, in a sentence."""
        if self.index is None:
            return f"{self.name} cannot be back-cast: it has none of the figures."
        if not self.lacking:
            return f"{self.name} is back-cast whole."
        return f"{self.name} is back-cast without {', '.join(self.lacking)}."


def back_cast(spec: Spec, panels: Mapping[str, Panel]) -> tuple[BackCast, ...]:
    """A new spec on the figures of old editions, each by itself, on the newest's goalposts.

    `panels` are by name, the oldest first; the last is the edition that the spec was made for.
    An indicator of which an edition has no figure is named and left out there.
    Errors: BadSpec if the newest edition cannot be built.
    """
    *_, newest = panels
    whole = match(spec, {newest: panels[newest]})
    held = _held(whole.spec, whole.panels, policy=Policy.FROZEN, base=newest)
    found = []
    for name, panel in panels.items():
        try:
            one = match(spec, {name: panel})
        except BadSpec:
            found.append(BackCast(name, None, tuple(leaf.name for leaf in held.hierarchy.leaves)))
            continue
        there = {leaf.code for leaf in one.spec.hierarchy.leaves}
        gone = [leaf for leaf in held.hierarchy.leaves if leaf.code not in there]
        shared = [leaf.code for leaf in held.hierarchy.leaves if leaf.code in there]
        if not shared:
            found.append(BackCast(name, None, tuple(leaf.name for leaf in gone)))
            continue
        hierarchy = held.hierarchy.without([leaf.code for leaf in gone])
        smaller = match(held.with_hierarchy(hierarchy), {name: one.panels[name].select(shared)})
        index = build(smaller.spec, smaller.panels[name])
        found.append(BackCast(name, index, tuple(leaf.name for leaf in gone)))
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Two series made one: the old one times a factor before the link, the new one from there.

    Shape:  values (times, places); factors (places,), all alike if there is one for all.
    """

    values: FloatArray
    factors: FloatArray
    at: int


def chain_link(
    old: FloatArray, new: FloatArray, *, at: int | None = None, per_place: bool = True
) -> Linked:
    """A series of an old method linked to one of a new method where both are known.

    The factor is the new figure over the old one in the overlap: of each place, which keeps each
    place's own growth, or of the sums over the places that have both, which keeps their shares of
    the old level. It takes the growth of the old series as that of the new; it cannot make up for
    a change of what is measured.
    Shape:  old and new (times, places) over the same times; `at` is the row of the overlap, else
            the latest in which some place has both.
    Gaps:   a place that lacks one of the two there has no factor of its own: it is missing before
            the link. Missing figures stay missing.
    Errors: BadSpec without an overlap, or for a figure of nought or below in it.
    """
    before, after = np.asarray(old, dtype=np.float64), np.asarray(new, dtype=np.float64)
    _refuse_unfit(before, after, at)
    both = ~np.isnan(before) & ~np.isnan(after)
    rows = np.flatnonzero(both.any(axis=1)) if at is None else np.array([at])
    if rows.size == 0 or not both[rows[-1]].any():
        raise BadSpec(
            f"Link: series of the shapes {before.shape} and {after.shape} have no time in which "
            "both are known. Wanted an overlap of at least one. Publish the old method once more "
            "beside the new one, or begin anew."
        )
    link = int(rows[-1])
    first, last = before[link], after[link]
    if np.any((np.minimum(first, last) <= 0) & both[link]):
        raise BadSpec(
            "Link: a figure in the overlap is nought or below. Wanted all above nought, for a "
            "factor. Link what the score is made of instead."
        )
    if per_place:
        factors = np.where(both[link], last, np.nan) / np.where(both[link], first, np.nan)
    else:
        factors = np.full(first.shape, last[both[link]].sum() / first[both[link]].sum())
    times = np.arange(len(before))[:, np.newaxis]
    return Linked(np.where(times < link, before * factors, after), factors, link)


def _refuse_unfit(before: FloatArray, after: FloatArray, at: int | None) -> None:
    """Refuse series of unlike shapes, and a row that is none of theirs."""
    if before.ndim != 2 or before.shape != after.shape:
        raise BadSpec(
            f"Link: series of the shapes {before.shape} and {after.shape} were given. Wanted two "
            "alike, with a row for each time and a column for each place."
        )
    if at is not None and not 0 <= at < len(before):
        raise BadSpec(
            f"Link: the row {at} is to be the overlap. Wanted one from 0 to {len(before) - 1}, as "
            f"there are {len(before)} times."
        )
