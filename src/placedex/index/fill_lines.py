"""Filling lines: how missing values are filled, as codes and numbers for the kernels."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import codes
from placedex.index.fillings import GroupMean, GroupMedian, Mean, Median, NoFilling, RowMean
from placedex.index.lines import Known, Lines, known, no_kernel, writer
from placedex.index.model_fillings import JointNormal, Regression
from placedex.index.program import IntArray
from placedex.index.step import Step
from placedex.index.time_fillings import CarriedForward, LinearInside

TREATED = (codes.TREAT, codes.TRANSFORM, codes.TREAT_IN_TURN, codes.LOG)


def write_impute(lines: Lines, step: Any) -> None:
    """Write down a step that fills missing values."""
    writer(FILLINGS, step.filling, step=step)(lines, step)


def _write_nothing(_lines: Lines, _step: Any) -> None:
    """Gaps stay."""


def _write_mean(lines: Lines, _step: Any) -> None:
    lines.add(codes.FILL_MEAN)


def _write_median(lines: Lines, _step: Any) -> None:
    lines.add(codes.FILL_MEDIAN)


def _write_groups(lines: Lines, step: Any) -> None:
    mean = type(step.filling) is GroupMean
    if not step.filling.groups:
        lines.add(codes.FILL_MEAN if mean else codes.FILL_MEDIAN)
        return
    lines.groups.append(_groups(step.filling.groups, lines.places))
    code = codes.FILL_GROUP_MEANS if mean else codes.FILL_GROUP_MEDIANS
    lines.add(code, len(lines.groups) - 1)


def _groups(groups: Mapping[str, str], places: tuple[str, ...]) -> IntArray:
    """The number of each place's group, -1 for none."""
    labels = [groups.get(code, "") for code in places]
    numbers = {label: number for number, label in enumerate(sorted({*labels} - {""}))}
    return np.array([numbers.get(label, -1) for label in labels], dtype=np.int64)


def _write_rows(lines: Lines, step: Any) -> None:
    lines.add(codes.FILL_ROWS, float(step.filling.by_component))


def _write_joint_normal(lines: Lines, step: Any) -> None:
    lines.add(codes.FILL_JOINT_NORMAL, float(step.filling.by_component))


def _write_regression(lines: Lines, step: Any) -> None:
    named = step.filling.on
    lacking = [code for code in named if code not in lines.leaves]
    if lacking:
        raise BadSpec(
            f"Step impute: there is no indicator {', '.join(lacking)} to fill others from. Wanted "
            f"one of {', '.join(lines.leaves)}. Mend `on`."
        )
    lines.add(codes.FILL_REGRESSION, float(bool(named)), only=named or None)


def _write_times(lines: Lines, step: Step) -> None:
    """Figures of other times are what they are, whatever is drawn; so is how sure they are."""
    if lines.has(*TREATED):
        raise no_kernel(step, step.filling)  # type: ignore[attr-defined]
    panel = lines.state.panel
    filling = step.filling.within(lines.hierarchy, panel.codes)  # type: ignore[attr-defined]
    filled, variances = filling.fill_with_variance(panel.values, lines.places)
    lines.tables.append(np.stack([filled.T, variances.T]))
    lines.add(codes.FILL_GIVEN, len(lines.tables) - 1)


# What the step itself fills in (blocks and codes) follows from the hierarchy.
FILLINGS: Mapping[type, Known] = {
    NoFilling: known(_write_nothing),
    Mean: known(_write_mean),
    Median: known(_write_median),
    GroupMean: known(_write_groups, "groups"),
    GroupMedian: known(_write_groups, "groups"),
    RowMean: known(_write_rows, "by_component", "block"),
    Regression: known(_write_regression, "on", "codes"),
    JointNormal: known(_write_joint_normal, "by_component", "block"),
    CarriedForward: known(_write_times, "now", "earlier", "most", "codes"),
    LinearInside: known(_write_times, "now", "others", "hold_ends", "codes"),
}
