"""COINr's small calls at the edges: constant columns, gaps, noughts, ties.

The table of answers does not hold what the calls were given. Where the answers tell, they stand
here: `log_CT` gives back 1, 2, 6 when it is undone, and three means agree on 1, a gap, 3 with the
weights 1, 1, 2. What cannot be told so is a skip. So is what placedex does otherwise on purpose;
docs/method.md says why.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from placedex.errors import BadSpec
from placedex.index import Node
from placedex.index.fillings import Mean, Median
from placedex.index.growth import growth
from placedex.index.means import arithmetic, geometric, harmonic
from placedex.index.normalisations import Figures, FixedGoalposts
from placedex.index.outranking import copeland
from placedex.index.points import (
    ascending_rank,
    between,
    borda,
    distance_to_reference,
    highest,
    lowest,
    percentile_rank,
    z_score,
)
from placedex.index.transform import Limits, box_cox, draw_in, shifted_log
from placedex.stats import kurtosis, quantile, skewness
from tests.golden.case import FloatArray, difference

Answered = tuple[str, Callable[[], float], float]
TOLERANCE = 1e-12
UNTOLD = "what the call was given is not told by its answer"
GAP = float("nan")
SAME = np.array([5.0, 5.0, 5.0])
TIED = np.array([2.0, 3.0, 3.0, 1.0, GAP])
TIED_AND_LAST = np.array([1.0, 2.0, 2.0, 3.0, GAP])
PART, WEIGHTS = np.array([1.0, GAP, 3.0]), np.array([1.0, 1.0, 2.0])
GROWING = np.array([1.0, 2.0, 6.0])
ONE_REACHES_FAR = np.array([*range(1, 11), 30.0, 100.0])
DOUBLING = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
EVEN = np.array([1.0, 2.0, 10.0, 20.0, GAP])
THREE = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 3.0]])
NOTHING = np.full(3, GAP)


def _min_max(values: FloatArray) -> FloatArray:
    return between(values, lowest(values), highest(values))


def _between_posts(values: list[float], *, direction: int = 1, clip: bool = True) -> FloatArray:
    leaf = Node("x", "x", "index", direction=direction)
    posts = FixedGoalposts(0.0, 10.0, (0.0, 1.0), clip)
    return posts.points(Figures(np.array(values), leaf))


def _drawn(values: FloatArray, *, most: int = 5) -> dict[str, Any]:
    drawn = draw_in(values, limits=Limits(), most=most)
    turned = ["winhi" if after < before else "winlo" if after > before else ""
              for before, after in zip(values, drawn.values, strict=True)]  # fmt: skip
    return {"x": drawn.values, "nwin": float(drawn.moved), "treated": turned}


def _refused(make: Callable[[FloatArray, FloatArray], FloatArray], values: FloatArray) -> str:
    try:
        return str(make(values, np.ones(values.size)))
    except BadSpec:
        return "ERROR"


KNOWN: dict[str, Callable[[], Any]] = {
    "minmax_constant": lambda: _min_max(SAME),
    "zscore_constant": lambda: z_score(SAME),
    "prank_one_value": lambda: percentile_rank(np.array([GAP, 5.0, GAP])),
    "prank_ties": lambda: percentile_rank(TIED_AND_LAST),
    "rank_ties": lambda: ascending_rank(TIED),
    "borda_ties": lambda: borda(TIED),
    "dist2ref_NA": lambda: distance_to_reference(GROWING, np.array([GAP])),
    "goalposts_dir_minus": lambda: _between_posts([-5.0, 0.0, 5.0, 10.0, 20.0], direction=-1),
    "goalposts_notrunc": lambda: _between_posts([-5.0, 0.0, 5.0, 10.0, 20.0], clip=False),
    "skew_2pts": lambda: skewness(np.array([1.0, 2.0])),
    "kurt_3pts": lambda: kurtosis(GROWING),
    "skew_3pts": lambda: skewness(np.array([1.0, 2.0, 10.0])),
    "kurt_4pts": lambda: kurtosis(np.array([1.0, 2.0, 3.0, 10.0])),
    "skew_const": lambda: skewness(SAME),
    "winsorise_vignette": lambda: _drawn(ONE_REACHES_FAR),
    "winsorise_low": lambda: _drawn(-ONE_REACHES_FAR),
    "winsorise_winmax0": lambda: _drawn(ONE_REACHES_FAR, most=0),
    "amean_NA": lambda: float(arithmetic(PART, WEIGHTS)),
    "amean_allNA": lambda: float(arithmetic(NOTHING, WEIGHTS)),
    "amean_zero_weights": lambda: float(arithmetic(GROWING, np.zeros(3))),
    "gmean_NA": lambda: float(geometric(PART, WEIGHTS)),
    "gmean_zero": lambda: _refused(geometric, np.array([0.0, 1.0, 2.0])),
    "hmean_NA": lambda: float(harmonic(PART, WEIGHTS)),
    "hmean_zero": lambda: _refused(harmonic, np.array([0.0, 1.0, 2.0])),
    "boxcox_l2": lambda: box_cox(GROWING, 2.0),
    "log_CT": lambda: shifted_log(GROWING),
    "copeland_small": lambda: copeland(THREE, np.ones(2)),
    "quantile7": lambda: [quantile(DOUBLING, share) for share in (0.05, 0.5, 0.95)],
    "winsorise_ties_passes": lambda: _drawn(np.array([*range(1, 21), 100.0, 100.0, 100.0])),
    "winsorise_ties_overshoot": lambda: _drawn(np.array([*range(1, 61), *[1000.0] * 3]), most=2),
    "winsorise_bothtails": lambda: _drawn(np.array([-400.0, *range(1, 31), 100.0, 500.0])),
    "imean_allNA": lambda: Mean().fill(np.full((2, 1), GAP), ("a", "b"))[:, 0],
    "imedian_even": lambda: Median().fill(EVEN[:, np.newaxis], tuple("abcde"))[:, 0],
    "cagr": lambda: growth(np.array(1.0), np.array(1.1), 1.0),
}
OTHERWISE: dict[str, str] = {
    "fracmax_neg": "placedex has no share of a highest figure that is not above nought",
    "fracmax_zero": "placedex has no share of a highest figure that is not above nought",
    "dist2ref_refmin": "placedex gives nothing where COINr gives infinity",
    "skew_NA": "placedex leaves gaps out; COINr asks to be told so",
    "winsorise_constant": "placedex leaves a constant as it is; COINr stops with an error",
    "winsorise_NA_narmFALSE": "placedex leaves gaps out; COINr stops with an error",
    "winsorise_force": "placedex draws in no more points than the rule asks for",
    "hmean_negative": "placedex refuses a harmonic mean of figures below nought",
    "genmean_NA": "all means of placedex treat a gap alike",
    "genmean_negbase": "placedex refuses a power mean of figures below nought",
    "outrank_NA": "COINr's answer hangs on the order of rows",
    "cagr_neg": "placedex has no rate from a figure below nought",
}


def cases(content: Mapping[str, Any]) -> Iterator[Answered]:
    """Each small call by its name, held against COINr's value; errors against errors."""
    for name, told in content.items():
        yield f"edge_cases.json {name}", partial(_held, name, told["value"]), TOLERANCE


def _held(name: str, wanted: Any) -> float:
    if name in OTHERWISE:
        raise NotImplementedError(OTHERWISE[name])
    if name not in KNOWN:
        raise NotImplementedError(UNTOLD)
    if isinstance(wanted, str) and wanted.startswith("ERROR"):
        wanted = "ERROR"
    return difference(KNOWN[name](), wanted)
