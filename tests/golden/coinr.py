"""What COINr 1.1.14 computes, call by call: the tables that its manifest lists.

A call is read as it stands: its functions and parameters choose what placedex does with the table
that the row names as input.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.golden import (
    coherence,
    coinr_calls,
    coinr_edges,
    coinr_imputed,
    coinr_normalised,
    coinr_results,
    coinr_sensitivity,
    growth,
)
from tests.golden.coinr_calls import Call, skipped
from tests.golden.coinr_tables import Folder, Row

Answered = tuple[str, Callable[[], float], float]
USUAL_TOLERANCE = 1e-10
# What the listing of the tables says of optimisers, loadings and EM.
TOLERANCES = {"opt_weights": 1e-3, "pca_": 1e-8, "em_": 1e-8}
INPUT = skipped("it is an input of other tables")

# The first pattern that is found in "file | call" tells what is done.
CALLS: tuple[tuple[str, Call], ...] = (
    (r"^eci_", skipped("it belongs to clusters, which have no complexity yet")),
    (r"\| COINr::ASEM|^asem_|^weights_|^em_input|^panel_holes|__draws|noisy|__design", INPUT),
    (r"^em_", coinr_imputed.joint_normal),
    (r"impute_panel\(", coinr_imputed.over_time),
    (r"get_trends\(", growth.coinr_trends),
    (r"get_cronbach\(", coherence.coinr_alphas),
    (r"get_pvals\(", coherence.p_values),
    (r"\$Data\$Raw$", coinr_calls.raw),
    (r"\$Meta\$Lineage", coinr_calls.lineage),
    (r"\| Denominate\(", coinr_calls.denominated),
    (r"\| Impute\(", coinr_imputed.impute),
    (r"get_data_avail\(|\| Screen\(", coinr_calls.available),
    (r"\$Data\$Screened$", coinr_calls.screened),
    (r"up_to='Treat'\),'Treated'\)$", coinr_calls.treat_years),
    (r"global=(TRUE|FALSE)", coinr_normalised.normalise_years),
    (r"get_eff_weights\(", coinr_results.effective),
    (r"change_ind\(|Impute disabled", coinr_calls.rebuilt),
    (r"^func_", coinr_calls.transformed),
    (r"skew\(", coinr_calls.moments),
    (r"get_stats\(", coinr_calls.statistics),
    (r"[| ]Treat\(", coinr_calls.treat),
    (r"\| Normalise\(", coinr_normalised.normalise),
    (r"\| Aggregate\(|from='Aggregate'", coinr_results.aggregate),
    (r"outrankMatrix\(", coinr_results.outranked),
    (r"a_copeland\(", coinr_results.copelands),
    (r"get_results\(", coinr_results.results),
    (r"get_unit_summary\(", coinr_results.of_one_place),
    (r"get_corr\(", coinr_results.correlate),
    (r"get_corr_flags\(", coinr_results.flagged),
    (r"get_denom_corr\(", coinr_results.with_denominators),
    (r"get_PCA\(", coinr_results.principal),
    (r"get_opt_weights\(", coinr_results.optimised),
    (r"^remove_", coinr_sensitivity.removed),
    (r"__scores.* get_sensitivity\(", coinr_sensitivity.replications),
    (r"__ranks\..* get_sensitivity\(", coinr_sensitivity.ranks_of_runs),
    (r"__rankstats", coinr_sensitivity.rank_statistics),
    (r"__y\.", coinr_sensitivity.shifts_of_runs),
    (r"__sobol|SA_estimate\(", coinr_sensitivity.sobol),
)


def answer_of(row: Row) -> Call:
    """What is done for a row; a call that no pattern knows is skipped."""
    text = f"{row.file} | {row.call}"
    for pattern, answer in CALLS:
        if re.search(pattern, text):
            return answer
    return skipped("a call that is not known here")


def tolerance_of(row: Row) -> float:
    """How far a table may be off."""
    return next(
        (value for start, value in TOLERANCES.items() if row.file.startswith(start)),
        USUAL_TOLERANCE,
    )


def cases(folder: Path) -> Iterator[Answered]:
    """Each table of the manifest with the function that makes it again, and its tolerance."""
    shelf = Folder(folder)
    before = Row("", "", "", "")
    for row in shelf.manifest:
        if row.call.startswith("..."):
            # Another part of what the call before gave.
            part = f"{before.call.partition('$')[0]}{row.call.removeprefix('...')}"
            row = replace(row, call=part, input=before.input)  # noqa: PLW2901
        before = row
        if row.stem == "edge_cases":
            yield from coinr_edges.cases(shelf.json(row.file))
            continue
        name = f"{row.file} {row.call}" if row.file == "(no file)" else row.file
        yield name, partial(answer_of(row), shelf, row), tolerance_of(row)
