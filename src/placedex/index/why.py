"""Why: the exact account of a place's change of score and of rank between two builds."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from placedex.errors import BadSpec
from placedex.index.aggregate import Aggregate
from placedex.index.build import Index
from placedex.index.change import REASONS, Account, account_for_rank, account_for_score
from placedex.index.edition import Edition, StepsScoring
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.means import Arithmetic, Geometric, Harmonic, Power
from placedex.index.normalise import MinMax, Normalise
from placedex.index.shapley import additive
from placedex.index.step import NamesNodes, Step
from placedex.index.treat import Logarithm
from placedex.index.weight import Equal, Given
from placedex.observations import Indicator
from placedex.observations.panel import FloatArray
from placedex.places import Place
from placedex.stats.rounding import rounded_to_total

FIGURES, OTHERS = "figures", "other indicators"
CLOSE = 1e-9
# How many causes besides weights, method, rivals and membership are told apart, by whether places
# are scored alone: each cause more is twice the work.
MOST_PARTS = {True: 8, False: 6}


@dataclass(frozen=True, slots=True, eq=False)
class Why:
    """Why a place's score and rank are other in one build than in another.

    `notes` say what a reader must know of how causes were told apart.
    """

    place: Place
    score: Account
    rank: Account
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The change of score and the change of rank, a sentence each."""
        return self.score.words, self.rank.words


def told(account: Account, *, decimals: int = 2) -> tuple[tuple[str, float], ...]:
    """Each cause with what it adds, rounded so that they make the change as it is printed.

    A cause of the rank bears its reason as a name. Causes that add nothing are left out.
    """
    begin, end = round(account.before, decimals), round(account.after, decimals)
    amounts = account.causes.contributions
    shown = rounded_to_total(amounts, end - begin, decimals=decimals)
    return tuple(
        (capital_reason(cause), float(rounded))
        for cause, exact, rounded in zip(account.causes.players, amounts, shown, strict=True)
        if rounded or abs(exact) > CLOSE
    )


def capital_reason(cause: str) -> str:
    """A cause as it heads a row: `Its rivals' figures changed`, or the name of what changed."""
    reason = REASONS.get(cause)
    if cause == FIGURES:
        reason = "figures changed"
    return cause if reason is None else reason[:1].upper() + reason[1:]


def why(before: Index, after: Index, place: str) -> Why:
    """The exact account of a place's change between two builds, in causes that add up to it.

    Of the score: each indicator's figures where both builds are the same weighted sum, else each
    component's, with the weights, the method, and where places hang on each other rivals and
    membership. Of the rank: own figures, rivals' figures, weights, method and membership.
    An indicator that one build lacks has no weight there.
    Errors: BadSpec if the place is not scored in both, or a mixture of the two has no score.
    Source: Shapley (1953); Shorrocks (2013), Journal of Economic Inequality 11, 99.
    """
    one = _scored(before, after, place)
    editions, notes = _mixable(before, after, place)
    rank = account_for_rank(*editions, place)
    ranks = before.result(place)[1], after.result(place)[1]
    if (rank.before, rank.after) != ranks:
        notes = (*notes, "Places that are level share the middle rank here.")
    return Why(one, _score(before, after, place, editions), rank, notes)


def _scored(before: Index, after: Index, place: str) -> Place:
    for index in (before, after):
        scored = {one.code for one in index.scores.places}
        if place not in scored or np.isnan(index.result(place)[0]):
            raise BadSpec(
                f"{place} has no score on '{index.spec.code}' in both builds, so there is no "
                "change to account for. Wanted the code of a place that both score."
            )
    return after.scores.places[after.scores.row(place)]


def _score(before: Index, after: Index, place: str, editions: tuple[Edition, Edition]) -> Account:
    """The account of the score, by indicators if it is a sum of theirs, else by components."""
    name = after.scores.places[after.scores.row(place)].name
    first, last = (terms_of(index, place) for index in (before, after))
    if first and last and set(first) == set(last) and _only_figures_differ(before, after):
        names = _names(after, tuple(first))
        terms = ([found[code] for code in names] for found in (first, last))
        return Account(name, False, additive(tuple(names.values()), *terms))
    return account_for_score(*editions, place, groups=_groups(editions, after.hierarchy))


def _names(index: Index, codes: Sequence[str]) -> dict[str, str]:
    """The names of indicators, or their codes if two bear one name."""
    names = {code: index.hierarchy[code].name for code in codes}
    return names if len(set(names.values())) == len(names) else {code: code for code in codes}


def _groups(editions: tuple[Edition, Edition], hierarchy: Hierarchy) -> dict[str, list[str]]:
    """The indicators that are one cause: by themselves while few, else those of a component.

    Figures that are the same in both editions are one cause, since they are none.
    """
    before, after = editions
    codes = [one.code for one in after.indicators]
    most = MOST_PARTS[before.scoring.alone and after.scoring.alone]
    if before.places == after.places and np.array_equal(
        before.figures, after.figures, equal_nan=True
    ):
        return {FIGURES: codes}
    if len(codes) <= most:
        names = {one.code: one.name for one in after.indicators}
        unique = len(set(names.values())) == len(names)
        return {names[code] if unique else code: [code] for code in codes}
    groups: dict[str, list[str]] = {}
    for top in hierarchy.children(hierarchy.root.code):
        found = [leaf.code for leaf in hierarchy.leaves_under(top.code) if leaf.code in codes]
        groups[top.name] = [*groups.get(top.name, []), *found]
    grouped = {code for found in groups.values() for code in found}
    rest = [code for code in codes if code not in grouped]
    groups |= {OTHERS: rest} if rest else {}
    return groups if len(groups) <= most else {FIGURES: codes}


def terms_of(index: Index, place: str) -> dict[str, float] | None:
    """What each indicator adds to a place's score, or none if the score is no such sum.

    It is the indicator's points times its share of the whole, where the weight of what the place
    lacks is shared by the rest.
    """
    row = index.scores.row(place)
    hierarchy = index.stage("aggregate").hierarchy
    scores = dict(zip(index.scores.codes, index.scores.values[row].tolist(), strict=True))
    shares = {hierarchy.root.code: 1.0}
    for node in reversed(hierarchy.upwards()):
        children = [one for one in hierarchy.children(node.code) if not np.isnan(scores[one.code])]
        total = sum(one.weight for one in children)
        for one in children:
            share = shares.get(node.code, 0.0)
            shares[one.code] = share * one.weight / total if total > 0 else 0.0
    terms = {
        leaf.code: shares[leaf.code] * scores[leaf.code]
        for leaf in hierarchy.leaves
        if leaf.code in shares and not np.isnan(scores[leaf.code])
    }
    whole = scores[hierarchy.root.code]
    return terms if abs(sum(terms.values()) - whole) <= CLOSE * max(1.0, abs(whole)) else None


def _only_figures_differ(before: Index, after: Index) -> bool:
    """Whether each indicator's points are its own affair, in both builds alike."""
    return before.spec is after.spec and before.hierarchy == after.hierarchy and stands_alone(after)


def stands_alone(index: Index) -> bool:
    """Whether a place's score hangs on its own figures only."""
    return all(_step_alone(step, index.spec.hierarchy) for step in index.spec.steps)


def _step_alone(step: Step, hierarchy: Hierarchy) -> bool:
    if step.verb in {"scale", "screen", "rank"}:
        return True
    if isinstance(step, MinMax):
        return not step.floating and all(leaf.goalposts for leaf in hierarchy.leaves)
    if isinstance(step, Normalise):
        return step.reference is not None
    if isinstance(step, Aggregate):
        kinds = (Arithmetic, Geometric, Harmonic, Power)
        means = (step.mean, *step.nodes.values())
        return all(isinstance(mean, kinds) for mean in means) and not step.then
    return isinstance(step, Logarithm | Given | Equal)


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """A spec that cannot be mixed with another: its weights are part of its method."""

    scoring: StepsScoring
    columns: tuple[int, ...]
    weights: FloatArray
    alone: bool = False

    def scores(
        self, places: Sequence[Place], figures: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """The score of each place by the spec's own weights."""
        return self.scoring.scores(places, figures[:, list(self.columns)], self.weights)


def _mixable(
    before: Index, after: Index, place: str
) -> tuple[tuple[Edition, Edition], tuple[str, ...]]:
    """The two builds as editions over the same indicators and, if possible, the same nodes."""
    pair = before, after
    used = [_used(index) for index in pair]
    merged = _merged(used[0], used[1])
    if merged is not None:
        known = not any(_lacks_any(index, place) for index in pair)
        alone = known and all(stands_alone(index) for index in pair)
        first, last = (
            _edition(pair, number, hierarchy=merged[number], alone=alone) for number in (0, 1)
        )
        if _agrees(first, before) and _agrees(last, after):
            return (first, last), ()
    note = (
        "The two are built too differently for a change of weights to be told from one of method: "
        "both are under the method."
    )
    return (_whole(pair, 0), _whole(pair, 1)), (note,)


def _used(index: Index) -> Hierarchy:
    """The hierarchy as the spec gives it, without what was set aside."""
    there = {leaf.code for leaf in index.hierarchy.leaves}
    whole = index.spec.hierarchy
    return whole.without(leaf.code for leaf in whole.leaves if leaf.code not in there)


def _lacks_any(index: Index, place: str) -> bool:
    figures = index.figures.select(leaf.code for leaf in index.hierarchy.leaves)
    return bool(np.isnan(figures.values[figures.row(place)]).any())


def _merged(before: Hierarchy, after: Hierarchy) -> tuple[Hierarchy, Hierarchy] | None:
    """Both hierarchies over the nodes of both, or none if a node has two parents or two natures.

    A node that one lacks has no weight there; below it weights are those of the other.
    """
    mine, theirs = ({node.code: node for node in one} for one in (before, after))
    for code in set(mine) & set(theirs):
        leaf = bool(before.children(code)) != bool(after.children(code))
        if leaf or mine[code].parent != theirs[code].parent:
            return None
    if before.root.code != after.root.code:
        return None
    codes = dict.fromkeys([*theirs, *mine])
    return (
        Hierarchy(tuple(_node(code, mine, theirs) for code in codes)),
        Hierarchy(tuple(_node(code, theirs, mine) for code in codes)),
    )


def _node(code: str, own: Mapping[str, Node], other: Mapping[str, Node]) -> Node:
    if code in own:
        return own[code]
    node = other[code]
    return dataclasses.replace(node, weight=0.0) if node.parent in own else node


def _edition(
    pair: tuple[Index, Index], number: int, *, hierarchy: Hierarchy, alone: bool
) -> Edition:
    """A build as an edition over the leaves of a merged hierarchy, already screened."""
    index = pair[number]
    codes = tuple(leaf.code for leaf in hierarchy.leaves)
    indicators = tuple(_indicator(code, pair) for code in codes)
    places = index.scores.places
    steps = _steps(index, hierarchy, without={"screen", "rank"})
    return Edition(
        places,
        indicators,
        _figures(pair, number, codes=codes, places=places),
        np.array([node.weight for node in hierarchy]),
        StepsScoring(indicators, hierarchy, steps, alone),
        tuple(node.code for node in hierarchy),
    )


def _whole(pair: tuple[Index, Index], number: int) -> Edition:
    """A build as an edition over the leaves of both specs, screened anew each time."""
    index = pair[number]
    codes = tuple(
        dict.fromkeys(leaf.code for one in pair[::-1] for leaf in one.spec.hierarchy.leaves)
    )
    hierarchy = index.spec.hierarchy
    own = tuple(leaf.code for leaf in hierarchy.leaves)
    indicators = tuple(_indicator(code, pair) for code in codes)
    scoring = StepsScoring(
        tuple(_indicator(code, pair) for code in own),
        hierarchy,
        _steps(index, hierarchy, without={"rank"}),
    )
    weights = np.array([node.weight for node in hierarchy])
    places = index.figures.places
    return Edition(
        places,
        indicators,
        _figures(pair, number, codes=codes, places=places),
        np.ones(len(codes)),
        _Whole(scoring, tuple(codes.index(code) for code in own), weights),
    )


def _steps(index: Index, hierarchy: Hierarchy, *, without: set[str]) -> tuple[Step, ...]:
    """The steps after the first, without some, as they are for a hierarchy."""
    steps = (step for step in index.spec.steps[1:] if step.verb not in without)
    return tuple(step.within(hierarchy) if isinstance(step, NamesNodes) else step for step in steps)


def _indicator(code: str, pair: tuple[Index, Index]) -> Indicator:
    panel = next(one.figures for one in pair[::-1] if code in one.figures.codes)
    return panel.indicators[panel.column(code)]


def _figures(
    pair: tuple[Index, Index], number: int, *, codes: Sequence[str], places: Sequence[Place]
) -> FloatArray:
    """The figures of a build; those of the other for an indicator that it has not at all."""
    found = np.full((len(places), len(codes)), np.nan)
    for column, code in enumerate(codes):
        own = pair[number].figures
        panel = own if code in own.codes else pair[1 - number].figures
        values = dict(zip((one.code for one in panel.places), panel.of(code).tolist(), strict=True))
        found[:, column] = [values.get(place.code, np.nan) for place in places]
    return found


def _agrees(edition: Edition, index: Index) -> bool:
    """Whether an edition gives the scores of the build that it was made from."""
    ours = edition.scoring.scores(edition.places, edition.figures, edition.weights)
    theirs = index.scores.of(index.hierarchy.root.code)
    gaps = np.array_equal(np.isnan(ours), np.isnan(theirs))
    scale = np.maximum(1.0, np.abs(np.nan_to_num(theirs)))
    return gaps and bool(np.all(np.nan_to_num(np.abs(ours - theirs)) <= CLOSE * scale))
