"""Mean lines: how children are made into one, as codes and numbers for the kernels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import codes
from placedex.index.lines import Known, Lines, known, writer
from placedex.index.means import (
    Arithmetic,
    BestOf,
    Geometric,
    Harmonic,
    Owa,
    Power,
    WorstOf,
    owa,
    power,
)
from placedex.index.outranking import Copeland
from placedex.index.penalty import AdjustedMazziottaPareto, MazziottaPareto
from placedex.index.point_lines import write_anew
from placedex.index.program import FloatArray
from placedex.index.step import Step
from placedex.index.sums import Quotient, WeightedProduct, WeightedSum

ALMOST_NOUGHT = 1e-15


@dataclass(frozen=True, slots=True, eq=False)
class Combined:
    """A way to make children into one: its code, its numbers, and the weights of an order.

    The weights are added up from the best on, with nought before the first.
    """

    code: int
    numbers: tuple[float, ...] = ()
    order: FloatArray = field(default_factory=lambda: np.zeros(1))


def write_aggregate(lines: Lines, step: Any) -> None:
    """Write down how each component is made from its children."""
    there = {node.code: node for node in lines.hierarchy}
    for number, code in enumerate(lines.nodes[len(lines.leaves) :]):
        if code not in there:
            continue
        mean = step.nodes.get(code, step.mean)
        made = _combined(code, mean, step)
        lines.means[number] = made.code
        lines.mean_numbers[number, : len(made.numbers)] = made.numbers
        lines.orders[number] = made.order
        least = step.least.get(code, step.at_least)
        lines.enough[number] = 1.0 if code in step.complete else least
        if code in step.then:
            write_anew(lines, number, there[code], way=step.then[code], step=step)
    lines.ended = True


def _combined(node: str, mean: Any, step: Step) -> Combined:
    write = writer(MEANS, mean, step=step, node=node)
    try:
        made: Combined = write(mean)
    except BadSpec as error:
        raise BadSpec(f"Step aggregate, node '{node}': {error}") from None
    return made


def _power(mean: Power) -> Combined:
    if mean.exponent == 1:
        return Combined(codes.ARITHMETIC)
    if abs(mean.exponent) < ALMOST_NOUGHT:
        return Combined(codes.GEOMETRIC)
    # It refuses an exponent that is no number.
    power(np.ones((1, 1)), np.ones(1), exponent=mean.exponent)
    return Combined(codes.POWER, (mean.exponent,))


def _ordered(mean: Owa) -> Combined:
    order = np.array(mean.order)
    # It refuses an order that is none.
    owa(np.ones((1, order.size)), np.ones(order.size), order=order)
    return Combined(codes.ORDERED, (order.size,), np.append(0.0, np.cumsum(order / order.sum())))


def _penalised(mean: MazziottaPareto | AdjustedMazziottaPareto) -> Combined:
    adjusted = type(mean) is AdjustedMazziottaPareto
    code = codes.PENALISED if adjusted else codes.STANDARDISED
    return Combined(code, (mean.penalty, mean.divisor))


MEANS: Mapping[type, Known] = {
    Arithmetic: known(lambda _: Combined(codes.ARITHMETIC)),
    Geometric: known(lambda _: Combined(codes.GEOMETRIC)),
    Harmonic: known(lambda _: Combined(codes.HARMONIC)),
    Power: known(_power, "exponent"),
    Owa: known(_ordered, "order"),
    BestOf: known(lambda mean: Combined(codes.BEST, (mean.count,)), "count"),
    WorstOf: known(lambda mean: Combined(codes.WORST, (mean.count,)), "count"),
    WeightedSum: known(lambda _: Combined(codes.SUM)),
    WeightedProduct: known(lambda _: Combined(codes.PRODUCT)),
    Quotient: known(lambda _: Combined(codes.QUOTIENT)),
    MazziottaPareto: known(_penalised, "penalty", "divisor"),
    AdjustedMazziottaPareto: known(_penalised, "penalty", "divisor"),
    Copeland: known(lambda _: Combined(codes.COPELAND)),
}
