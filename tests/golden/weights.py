"""Where weights come from: A09 and A12 to A15 of the golden cases."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from placedex.index.frontier import benefit_of_the_doubt
from placedex.index.judgement import compare_pairs
from placedex.index.optimised_weights import optimised_weights
from placedex.index.principal_components import principal_components
from placedex.index.weighting import critic, critic_weights, entropy, entropy_weights
from tests.golden.case import (
    Case,
    answers,
    by_key,
    columns,
    difference,
    matrix,
    of_columns,
)
from tests.golden.kinds import Kind

# Saaty's limit, above which comparisons contradict each other too much.
LEAST_CONSISTENT = 0.10


def weights_to_target(case: Case) -> float:
    """Weights under which components matter as much as was meant."""
    names, values = matrix(case)
    targets = case.params.get("targets")
    found = optimised_weights(values, None if targets is None else of_columns(targets, names))
    parts = {"weights": found.weights, "importance": found.given, "targets": found.wanted}
    ours: dict[str, Any] = {
        name: dict(zip(names, parts[name], strict=True))
        if isinstance(wanted, Mapping)
        else parts[name]
        for name, wanted in case.expected.items()
        if name in parts
    }
    return difference(ours, case.expected)


def doubt(case: Case) -> float:
    """Scores under the benefit of the doubt, with limits on shares if the case has them."""
    rows, params = case.table("in_"), case.params
    names, values = columns(rows, without=(next(iter(rows[0])),))
    low = _limit(params, ("low", "lower", "L", "share_min"), names)
    high = _limit(params, ("high", "upper", "U", "share_max"), names)
    found = benefit_of_the_doubt(
        values, low=0.0 if low is None else low, high=1.0 if high is None else high
    )
    # Scores are unique and weights are not, so that scores alone are held against the answers.
    theirs = by_key(case.table("exp_"))
    name = next(iter(next(iter(theirs.values()))))
    wanted = {key: {name: cells[name]} for key, cells in theirs.items()}
    return difference(answers(rows, **{name: found.scores}), wanted)


def _limit(params: Mapping[str, Any], called: tuple[str, ...], names: list[str]) -> Any:
    given = next((params[name] for name in called if name in params), None)
    return given if given is None or isinstance(given, int | float) else of_columns(given, names)


def weights_from_data(case: Case) -> float:
    """Entropy and CRITIC weights with their parts; also with every indicator a benefit."""
    names, values = matrix(case)
    polarity = of_columns(case.params.get("polarity"), names)
    spread, says = critic(values, polarity=polarity)
    found: dict[str, Any] = {
        "critic_sd": spread,
        "critic_C": says,
        "critic_w": critic_weights(values, polarity=polarity),
        "critic_w_pymcdm_all_benefit": critic_weights(values),
    }
    if any(name.startswith("entropy") for name in case.expected):
        # Figures below nought have no entropy; a case of CRITIC alone may have some.
        found |= {
            "entropy_E": entropy(values),
            "entropy_d": 1 - entropy(values),
            "entropy_w": entropy_weights(values),
        }
    return difference(found, case.expected)


def components(case: Case) -> float:
    """Principal components, the sign such that the loadings add up to more than nought."""
    _, values = matrix(case)
    found = principal_components(values)
    ours = {
        "eigenvalues": found.eigenvalues,
        "explained": found.explained,
        "pc1_eigenvector_signpos": found.first,
        "weights_pc1_squared_loadings": found.squared,
        "n_kaiser": found.above_one,
        "any_negative_loading": bool(np.any(found.first < 0)),
    }
    return difference(ours, case.expected)


def hierarchy_process(case: Case) -> float:
    """Weights from comparisons two by two, and their consistency."""
    found = compare_pairs(np.array(case.inputs["A"], dtype=np.float64))
    ours = {
        "w_eigen": found.weights,
        "w_geomean": found.geometric,
        "lambda_max": found.largest_eigenvalue,
        "CI": found.consistency_index,
        "CR": found.consistency_ratio,
        "flag": bool(found.consistency_ratio > LEAST_CONSISTENT),
        "consistent": bool(found.consistency_ratio <= LEAST_CONSISTENT),
    }
    return difference(ours, case.expected)


KINDS: tuple[Kind, ...] = (
    Kind("A09", weights_to_target, expected=("weights",)),
    Kind("A12", doubt, tables=("in_", "exp_")),
    Kind("A13", weights_from_data, expected=("entropy_*|critic_*",)),
    Kind("A14", components, expected=("eigenvalues|pc1_*|weights_pc1_*|explained",)),
    Kind("A15", hierarchy_process, inputs=("A",)),
)
