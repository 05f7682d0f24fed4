"""Point lines: how figures are put on one scale, as codes and numbers for the kernels."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import codes
from placedex.index.hierarchy import Goalposts, Node
from placedex.index.lines import Known, Lines, known, no_kernel, writer
from placedex.index.normalisations import (
    AscendingRank,
    Borda,
    DistanceToMaximum,
    DistanceToReference,
    DistanceToTarget,
    ExponentialRanks,
    FixedGoalposts,
    PercentileRank,
    Scaled,
    ShareOfMaximum,
    Unchanged,
    ZScore,
    ZThenMinMax,
)
from placedex.index.normalise import MinMax
from placedex.index.program import WIDTH, FloatArray
from placedex.index.stated_normalisations import (
    ExponentialOfGivenRanks,
    RatioToBest,
    StatedZScore,
)
from placedex.index.step import Step
from placedex.observations import Panel
from placedex.stats import Ties

FOUND: Goalposts = (np.nan, np.nan)
TIES: Mapping[Ties, int] = {
    Ties.WORSE: codes.WORSE,
    Ties.AVERAGE: codes.AVERAGE,
    Ties.BETTER: codes.BETTER,
}


@dataclass(frozen=True, slots=True)
class Put:
    """How one row is put on a scale; the ends are missing where they are to be found."""

    code: int
    numbers: tuple[float, ...] = ()
    ends: Goalposts = FOUND


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Of which node it is asked, for which places, and among which figures it stands, if others."""

    step: Step
    node: Node
    places: tuple[str, ...]
    among: FloatArray | None = None

    @property
    def extremes(self) -> Goalposts:
        """The lowest and highest figure among which the node stands, missing if it is its own."""
        if self.among is None:
            return FOUND
        there = self.among[~np.isnan(self.among)]
        if there.size == 0 or there.min() == there.max():
            raise BadSpec(
                f"Step {self.step.verb}, indicator '{self.node.code}': its figures in the "
                "reference edition are missing or all alike. Wanted two that differ. Give it "
                "goalposts, or take it out."
            )
        return float(there.min()), float(there.max())


def write_min_max(lines: Lines, step: Any) -> None:
    """Write down a step that puts every indicator between goalposts or extremes."""
    _write_each(lines, step, dict.fromkeys(lines.leaves, step), None)


def write_normalise(lines: Lines, step: Any) -> None:
    """Write down a step that normalises each indicator by the common method or by its own."""
    ways = {code: step.individually.get(code, step.method) for code in lines.leaves}
    _write_each(lines, step, ways, step.reference)


def _write_each(lines: Lines, step: Step, ways: Mapping[str, Any], reference: Panel | None) -> None:
    """A line for each way with its numbers, with the ends of each leaf that it applies to."""
    there = {leaf.code: leaf for leaf in lines.hierarchy.leaves}
    written = {}
    kept = tuple(code for code, one in zip(lines.places, lines.kept, strict=True) if one)
    for column, (code, way) in enumerate(ways.items()):
        if code not in there:
            continue
        among = None if reference is None else _among(reference, code, way, there[code])
        put = put_of(way, Asked(step, there[code], kept, among), lines)
        # Missing numbers are not equal to themselves; their text is.
        key = put.code, str(put.numbers)
        if key not in written:
            written[key] = lines.add(put.code, *put.numbers, only=())
        written[key].applies[column] = True
        written[key].ends[:, column] = put.ends


def _among(reference: Panel, code: str, way: Any, leaf: Node) -> FloatArray | None:
    """The figures of a reference edition, unless the leaf's goalposts serve."""
    if type(way) is FixedGoalposts:
        return None
    if type(way) is MinMax and leaf.goalposts is not None and not way.floating:
        return None
    if code not in reference.codes:
        raise BadSpec(
            f"Step normalise, indicator '{code}': the reference edition has no such figures. "
            "Wanted them there. Add them, or use goalposts."
        )
    return reference.of(code)


def put_of(way: Any, asked: Asked, lines: Lines) -> Put:
    """How a way to normalise puts one node.

    Errors: NotImplementedError naming the step if it has no kernel; BadSpec as the way itself.
    """
    write = writer(POINTS, way, step=asked.step, node=asked.node.code)
    put: Put = write(way, asked)
    if put.code == codes.TO_REFERENCE:
        return dataclasses.replace(put, numbers=(float(lines.places.index(way.place)),))
    return put


def write_anew(lines: Lines, number: int, node: Node, *, way: Any, step: Step) -> None:
    """Write down how a component is put on another scale before it counts in the one above."""
    kept = tuple(code for code, one in zip(lines.places, lines.kept, strict=True) if one)
    put = put_of(way, Asked(step, node, kept), lines)
    numbers = np.zeros(WIDTH + 3)
    numbers[: len(put.numbers)] = put.numbers
    numbers[WIDTH:] = *put.ends, 1.0 if node.direction > 0 else -1.0
    lines.anew[number] = put.code
    lines.anew_numbers[number] = numbers


def _min_max(way: MinMax, asked: Asked) -> Put:
    posts = None if way.floating else asked.node.goalposts
    if asked.among is not None:
        posts = asked.extremes
    return _between(way, asked, posts)


def _fixed(way: FixedGoalposts, asked: Asked) -> Put:
    return _between(MinMax(way.scale, way.clip), asked, (way.low, way.high))


def _between(way: MinMax, asked: Asked, posts: Goalposts | None) -> Put:
    if posts is not None and posts[0] >= posts[1]:
        raise BadSpec(
            f"Step {asked.step.verb}, indicator '{asked.node.code}': the goalposts are "
            f"{posts[0]:g} and {posts[1]:g}. Wanted the lower first and the higher after it."
        )
    alike = np.nan if way.alike is None else way.alike
    return Put(codes.MIN_MAX, (*way.scale, float(way.clip), alike), posts or FOUND)


def _maximum(_way: DistanceToMaximum, asked: Asked) -> Put:
    return Put(codes.MIN_MAX, (0.0, 1.0, 0.0, np.nan), asked.extremes)


def _z_then_min_max(way: ZThenMinMax, asked: Asked) -> Put:
    """Of one indicator alone this is min-max."""
    return Put(codes.MIN_MAX, (*way.scale, 0.0, np.nan), asked.extremes)


def _scaled(way: Scaled, asked: Asked) -> Put:
    if way.low == way.high:
        raise BadSpec(
            f"Step {asked.step.verb}, indicator '{asked.node.code}': both ends are {way.low:g}. "
            f"Wanted {way.wants}. Give the indicator another method, or take it out."
        )
    worst = way.low if asked.node.direction > 0 else way.high
    return Put(codes.Z_SCORE, (0.0, way.factor), (worst, way.high - way.low))


def _z_score(way: ZScore, asked: Asked) -> Put:
    ends = FOUND
    if asked.among is not None:
        there = asked.among[~np.isnan(asked.among)]
        ends = (float(there.mean()), float(there.std(ddof=1))) if asked.extremes else ends
    return Put(codes.Z_SCORE, (way.mean, way.spread), ends)


def _stated_z_score(way: StatedZScore, _asked: Asked) -> Put:
    return Put(codes.Z_SCORE, (0.0, 1.0), (way.mean, way.deviation))


def _ranks(way: Any, asked: Asked) -> Put:
    if way.ties not in TIES or asked.among is not None:
        raise no_kernel(asked.step, way)
    kinds = {AscendingRank: codes.AS_RANKS, Borda: codes.AS_BEATEN, PercentileRank: codes.AS_SHARES}
    kind = kinds.get(type(way), codes.AS_EXPONENTIALS)
    stretched = _stretched(way) if kind == codes.AS_EXPONENTIALS else (0.0, 0.0)
    return Put(codes.RANKS, (kind, TIES[way.ties], *stretched))


def _given_ranks(way: ExponentialOfGivenRanks, asked: Asked) -> Put:
    if asked.among is not None:
        raise no_kernel(asked.step, way)
    return Put(codes.GIVEN_RANKS, (0.0, 0.0, *_stretched(way)))


def _stretched(way: Any) -> tuple[float, float]:
    return way.constant, 1.0 if way.counts_itself else 0.0


def _ratio(way: RatioToBest, _asked: Asked) -> Put:
    return Put(codes.RATIO, (way.best, np.nan if way.worst is None else way.worst))


def _share(_way: ShareOfMaximum, asked: Asked) -> Put:
    return Put(codes.SHARE, (), asked.extremes)


def _reference(way: DistanceToReference, asked: Asked) -> Put:
    if way.place not in asked.places:
        raise BadSpec(
            f"Step {asked.step.verb}, indicator '{asked.node.code}': the reference {way.place} is "
            "not among the places. Wanted the code of one of them. Change the reference, or look "
            "whether a step before set it aside."
        )
    return Put(codes.TO_REFERENCE, (), asked.extremes)


def _target(way: DistanceToTarget, asked: Asked) -> Put:
    if asked.node.code not in way.targets:
        raise BadSpec(
            f"Step {asked.step.verb}, indicator '{asked.node.code}': it has no target. Wanted one "
            "in its own unit. Add it to the targets, or give the indicator another method."
        )
    target = way.targets[asked.node.code]
    return Put(codes.TO_TARGET, (target, float(way.cap)), asked.extremes)


def _unchanged(_way: Unchanged, _asked: Asked) -> Put:
    return Put(codes.TURN)


POINTS: Mapping[type, Known] = {
    MinMax: known(_min_max, "scale", "clip", "floating", "alike"),
    FixedGoalposts: known(_fixed, "low", "high", "scale", "clip"),
    DistanceToMaximum: known(_maximum),
    ZThenMinMax: known(_z_then_min_max, "scale"),
    Scaled: known(_scaled, "low", "high", "factor"),
    ZScore: known(_z_score, "mean", "spread"),
    StatedZScore: known(_stated_z_score, "mean", "deviation"),
    AscendingRank: known(_ranks, "ties"),
    Borda: known(_ranks, "ties"),
    PercentileRank: known(_ranks, "ties"),
    ExponentialRanks: known(_ranks, "constant", "counts_itself", "ties"),
    ExponentialOfGivenRanks: known(_given_ranks, "constant", "counts_itself"),
    RatioToBest: known(_ratio, "best", "worst"),
    ShareOfMaximum: known(_share),
    DistanceToReference: known(_reference, "place"),
    DistanceToTarget: known(_target, "targets", "cap"),
    Unchanged: known(_unchanged),
}
