"""Writing: the steps of a spec written down line by line for the kernels."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index import codes
from placedex.index.aggregate import Aggregate
from placedex.index.fill_lines import write_impute
from placedex.index.impute import Impute
from placedex.index.lines import Known, Lines, known, no_kernel, writer
from placedex.index.mean_lines import write_aggregate
from placedex.index.normalise import MinMax, Normalise
from placedex.index.point_lines import write_min_max, write_normalise
from placedex.index.rank import Rank
from placedex.index.screen import Screen
from placedex.index.step import State, Step
from placedex.index.treat import Logarithm, Treat
from placedex.index.treat_lines import write_logarithm, write_treat
from placedex.index.weight import Equal, Given, Weights

TOGETHER = (codes.FILL_ROWS, codes.FILL_REGRESSION, codes.FILL_JOINT_NORMAL)


def write_lines(steps: tuple[Step, ...], state: State) -> Lines:
    """The steps that follow the head of a spec as lines; `state` is what the head gave.

    Errors: NotImplementedError naming a step that has no kernel, never another answer.
    """
    written = Lines.empty(state)
    screens = [number for number, step in enumerate(steps) if isinstance(step, Screen)]
    last = screens[-1] if screens else -1
    now = state
    for number, step in enumerate(steps):
        after = step.apply(now) if number <= last else now
        if type(step) is Screen:
            _write_screen(written, after)
        elif written.ended and type(step) is not Rank:
            raise no_kernel(step)
        else:
            writer(STEPS, step, step=step)(written, step)
        written.bounds.append(len(written.lines))
        now = after
    return written


def _write_screen(lines: Lines, after: State) -> None:
    """What a screen within the chain keeps; decided on the published figures."""
    still = {place.code for place in after.panel.places}
    kept = np.array([code in still for code in lines.places], dtype=np.bool_)
    if (kept != lines.kept).any():
        if not lines.kept.all():
            raise NotImplementedError(
                "Two screens within the chain drop places. Wanted one, or screens right after "
                "scale. Use `build`, which does every step."
            )
        lines.kept = kept
        lines.add(codes.KEEP)
    there = {node.code for node in after.hierarchy}
    gone = [node.code for node in lines.hierarchy.leaves if node.code not in there]
    if gone and lines.has(*TOGETHER):
        raise NotImplementedError(
            f"A screen drops {', '.join(gone)} after they have served to fill gaps of others. "
            "Wanted the screen before the step impute. Move it, or use `build`."
        )
    lines.hierarchy = lines.hierarchy.without(gone) if gone else lines.hierarchy


def _write_given(lines: Lines, step: Any) -> None:
    """The hierarchy carries the weights already."""


def _write_equal(lines: Lines, step: Any) -> None:
    lines.hierarchy = step.apply(State(lines.state.panel, lines.hierarchy)).hierarchy


def _write_weights(lines: Lines, step: Any) -> None:
    for node, way in (("", step.method), *step.nodes.items()):
        if way.looks:
            raise no_kernel(step, way, node=node)
    _write_equal(lines, step)


def _write_rank(lines: Lines, step: Any) -> None:
    """Every node is ranked at the end, in any case."""
    lines.decimals = -1 if step.decimals is None else step.decimals


STEPS: Mapping[type, Known] = {
    Impute: known(write_impute, "filling"),
    Treat: known(write_treat, "most", "limits", "second", "combined", "individually"),
    Logarithm: known(write_logarithm, "indicators", "names"),
    MinMax: known(write_min_max, "scale", "clip", "floating", "alike"),
    Normalise: known(write_normalise, "method", "individually", "reference"),
    Given: known(_write_given),
    Equal: known(_write_equal),
    Weights: known(_write_weights, "method", "nodes", "mean"),
    Aggregate: known(write_aggregate, "mean", "nodes", "at_least", "complete", "least", "then"),
    Rank: known(_write_rank, "decimals"),
}
