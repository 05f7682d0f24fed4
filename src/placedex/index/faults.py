"""Faults: what a kernel found wrong, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from placedex.index import codes


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a replicate failed, and what an error says: where, what was met, wanted, and to do."""

    why: str
    where: str
    wanted: str


FAULTS: Mapping[int, Fault] = {
    codes.ALL_ALIKE: Fault(
        "an indicator is the same in every place",
        "Step normalise, indicator '{}': it is the same in every place, or has no value.",
        "Wanted two places that differ. Give it goalposts in the spec, or take it out.",
    ),
    codes.NOT_ABOVE_NOUGHT: Fault(
        "a value is not above nought where a logarithm or such a mean wants it",
        "Step aggregate or treat, node '{}': a value is nought or below.",
        "Wanted all above nought for a logarithm, a geometric or a harmonic mean, or a part to "
        "divide by. Normalise to a scale that begins above nought, for example 1 to 100.",
    ),
    codes.NOTHING_LEFT: Fault(
        "no place has a score",
        "Step aggregate, node '{}': no place has a score.",
        "Wanted at least one. Look at the gaps in the figures.",
    ),
    codes.BELOW_NOUGHT: Fault(
        "a value is below nought where a power or a product wants none",
        "Step aggregate, node '{}': a value is below nought.",
        "Wanted none for a power mean or a product. Normalise to a scale from nought upwards.",
    ),
    codes.OFF_THE_SCALE: Fault(
        "a filled value lies where the scale on which it is drawn has none",
        "Step impute, indicator '{}': a filled value lies where the scale on which it is drawn has "
        "none.",
        "Wanted it above nought, or within the whole. Draw it on its own scale.",
    ),
    codes.NO_POINTS: Fault(
        "an indicator has no points by its method of normalising",
        "Step normalise, indicator '{}': its figures cannot be put into points by its method.",
        "Wanted figures that the method suffers; `build` says which. Give it another method.",
    ),
    codes.NOT_TREATED: Fault(
        "an indicator has no answer to its treatment",
        "Step treat, indicator '{}': its treatment has no answer for its figures.",
        "Wanted figures that differ, above nought where it is a logarithm. Give it another "
        "treatment, or none.",
    ),
    codes.WRONG_ORDER: Fault(
        "a node has another number of parts than its mean wants",
        "Step aggregate, node '{}': it has another number of parts than its mean wants.",
        "Wanted as many as the order has weights, at least as many as are counted, or two for a "
        "quotient. Mend the mean.",
    ),
    codes.LEVEL: Fault(
        "a part of a node is the same in every place",
        "Step aggregate, node '{}': a part is the same in every place, or known in one alone.",
        "Wanted two places that differ. Take it out, or use the adjusted index.",
    ),
    codes.MEAN_AT_NOUGHT: Fault(
        "a mean is nought or below, which a penalty in proportion to it wants above",
        "Step aggregate, node '{}': the mean of its parts is nought or below.",
        "Wanted one above nought. Normalise to a scale above nought, such as 70 to 130.",
    ),
    codes.TOO_FEW: Fault(
        "too few places have the figures from which others are to be filled",
        "Step impute, indicator '{}': too few places have the figures from which it is to be "
        "filled.",
        "Wanted more places than indicators. Fill by component, or by another method.",
    ),
    codes.SINGULAR: Fault(
        "indicators from which others are to be filled determine one another",
        "Step impute, indicator '{}': the indicators that it is filled with or from determine one "
        "another.",
        "Wanted none that follows from the others. Take one out, or fill by another method.",
    ),
    codes.UNSETTLED: Fault(
        "the joint normal from which gaps are filled has not settled",
        "Step impute, indicator '{}': the joint normal has not settled.",
        "Wanted fewer gaps. Take out the indicators with most, or fill by another method.",
    ),
    codes.NO_PREDICTOR: Fault(
        "no indicator is complete and differs, to fill others from",
        "Step impute, indicator '{}': no indicator is complete and differs between places.",
        "Wanted one to fill the others from. Fill by another method.",
    ),
    codes.NOT_BUILT: Fault(
        "a step has no answer for the drawn figures",
        "Step of node '{}': it has no answer for the drawn figures.",
        "Wanted figures that it suffers; `build` says which. Exchange the step.",
    ),
    codes.GAP_IN_PREDICTOR: Fault(
        "an indicator from which others are to be filled has gaps itself",
        "Step impute, indicator '{}': it has gaps itself, and others are to be filled from it.",
        "Wanted complete indicators to fill others from. Take it out of those that serve.",
    ),
}
# A number by itself, not one in a code such as i2.
NUMBER = re.compile(r"(?<![\w'])[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)")
REASONS: Mapping[int, str] = {number: fault.why for number, fault in FAULTS.items()}


def fault_words(fault: int, code: str) -> str:
    """What a kernel found wrong with a node, in words."""
    found = FAULTS[fault]
    return f"{found.where.format(code)} {found.wanted}"


def reason_of(error: Exception) -> str:
    """Why a step refused drawn figures: where, and what its error says was met.

    What it then lists part by part is left out: it is another list in each draw.
    """
    met = ": ".join(str(error).split(" Wanted ")[0].split(": ")[:2]).rstrip(".")
    return met[:1].lower() + met[1:]


def reason_apart_from_numbers(words: str) -> str:
    """A reason with its numbers masked, by which those of many draws are counted together."""
    return NUMBER.sub("#", words)
