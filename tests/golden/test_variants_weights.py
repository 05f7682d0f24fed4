"""Other cases of where weights come from, with answers from numpy and scipy; wrong ones fail."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import linprog

from tests.golden.test_variants_steps import FIGURES, PLACES, table
from tests.golden.variants import hold, write_case


def test_two_parts_matter_alike_if_weights_are_one_over_their_spread(tmp_path: Path) -> None:
    inverse = 1 / FIGURES[:, :2].std(axis=0)
    weights = dict(zip("ab", (inverse / inverse.sum()).tolist(), strict=True))
    tables = {"in_x": table(FIGURES[:, :2], "ab")}
    hold(write_case(tmp_path, "A09_opt_weights_v2", {"expected": {"weights": weights}}, tables))


@pytest.mark.parametrize("limits", [{}, {"L": 0.2, "U": 0.6}])
def test_benefit_of_the_doubt_keeps_the_limits_of_the_case(
    tmp_path: Path, limits: dict[str, float]
) -> None:
    scores: list[dict[str, Any]] = []
    for own in FIGURES:
        bounds = [
            sign * (np.eye(3)[k] * own[k] - share * own)
            for k in range(3)
            for sign, share in ((1, limits.get("U", 1)), (-1, limits.get("L", 0)))
        ]
        above = np.vstack([FIGURES, bounds])
        best = linprog(-own, A_ub=above, b_ub=[1.0] * 9 + [0.0] * 6)
        scores.append({"code": PLACES[len(scores)], "score": -float(best.fun or 0)})
    tables = {"in_x": table(FIGURES), "exp_bod": scores}
    hold(write_case(tmp_path, "A12_bod_shares", {"params": limits, "tolerance": 1e-7}, tables))


def test_weights_from_data_are_of_any_table(tmp_path: Path) -> None:
    share = FIGURES / FIGURES.sum(axis=0)
    e = -(share * np.log(share)).sum(axis=0) / np.log(9)
    scaled = (FIGURES - FIGURES.min(axis=0)) / np.ptp(FIGURES, axis=0)
    scaled[:, 0] = 1 - scaled[:, 0]
    c = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled, rowvar=False)).sum(axis=0)
    expected = {
        "entropy_E": e.tolist(),
        "entropy_w": ((1 - e) / (1 - e).sum()).tolist(),
        "critic_C": c.tolist(),
        "critic_w": (c / c.sum()).tolist(),
    }
    case = {"params": {"polarity": [-1, 1, 1]}, "inputs": {"X": FIGURES.tolist()}}
    hold(write_case(tmp_path, "A13_entropy_critic_v2", {**case, "expected": expected}))

    values, vectors = np.linalg.eigh(np.corrcoef(FIGURES, rowvar=False))
    first = vectors[:, -1] * np.sign(vectors[:, -1].sum())
    expected = {
        "eigenvalues": values[::-1].tolist(),
        "pc1_eigenvector_signpos": first.tolist(),
        "weights_pc1_squared_loadings": (first**2).tolist(),
        "n_kaiser": int((values > 1).sum()),
    }
    tables = {"in_parts": table(FIGURES)}
    hold(write_case(tmp_path, "A14_three", {"expected": expected}, tables))


def test_comparisons_two_by_two_are_of_any_size(tmp_path: Path) -> None:
    a = np.array([[1, 2, 5, 7], [1 / 2, 1, 3, 9], [1 / 5, 1 / 3, 1, 2], [1 / 7, 1 / 9, 1 / 2, 1]])
    values, vectors = np.linalg.eig(a)
    lead = int(values.real.argmax())
    w = vectors[:, lead].real / vectors[:, lead].real.sum()
    geometric = stats.gmean(a, axis=1)
    index = (values[lead].real - 4) / 3
    expected = {
        "w_eigen": w.tolist(),
        "w_geomean": (geometric / geometric.sum()).tolist(),
        "lambda_max": values[lead].real,
        "CI": index,
        "CR": index / 0.90,
    }
    hold(write_case(tmp_path, "A15_four", {"inputs": {"A": a.tolist()}, "expected": expected}))
