"""How parts go together: A08 of the golden cases, and COINr's alpha and significance."""

import re
from collections.abc import Callable

import numpy as np

from placedex.index.alpha import Gaps, cronbach_alpha
from placedex.stats.correlation import Related, kendall, pearson, spearman
from tests.golden.case import Case, FloatArray, columns, difference
from tests.golden.coinr_calls import compared
from tests.golden.coinr_tables import CHAIN, Folder, Row, Table, differ
from tests.golden.composites import hierarchy_of
from tests.golden.kinds import Kind

GAPS = {"pairwise.complete.obs": Gaps.PAIRWISE, "complete.obs": Gaps.COMPLETE}
MEASURES: dict[str, Callable[[FloatArray], Related]] = {
    "pearson": pearson,
    "spearman": spearman,
    "kendall": kendall,
}


def cronbach(case: Case) -> float:
    """Cronbach's alpha of each group, named by the level of its parts: 1:Physical, 2:Conn."""
    about = case.table("in_iMeta")
    levels = {row["iCode"]: int(float(row["Level"])) for row in about if row["Level"]}
    tree = hierarchy_of(about)
    gaps = GAPS[case.params.get("use", "pairwise.complete.obs")]
    points = _points(case)
    found = {}
    for key in case.expected["alpha"]:
        level, _, group = key.partition(":")
        below = [node.code for node in tree.upwards(group) if levels[node.code] == int(level)]
        chosen = np.column_stack([points[code] for code in below])
        found[key] = cronbach_alpha(chosen, gaps=gaps).raw
    return difference({"alpha": found}, case.expected)


def _points(case: Case) -> dict[str, FloatArray]:
    """The points of every node, from all tables of points; their places in one order."""
    found: dict[str, FloatArray] = {}
    for name in sorted(case.tables, reverse=True):
        if name.startswith("in_") and name != "in_iMeta":
            rows = case.table(name)
            key = next(iter(rows[0]))
            names, values = columns(sorted(rows, key=lambda row: str(row[key])), without=(key,))
            for column, code in enumerate(names):
                found.setdefault(code, values[:, column])
    return found


def coinr_alphas(folder: Folder, row: Row) -> float:
    """Cronbach's alpha of every group, a column for each data set and level of its parts."""
    theirs = folder.table(row.file)
    gaps = GAPS[str(row.option("use", default="pairwise.complete.obs"))]
    made = []
    for name in theirs.names:
        match = re.fullmatch(r"alpha_(\w+)_level(\d+)", name)
        if match is None:
            raise NotImplementedError(f"a column that is not known here: {name}")
        given = folder.table(CHAIN[match[1].capitalize()])
        made.append([_alpha(folder, given, key, int(match[2]), gaps) for key in theirs.keys])
    return differ(Table(theirs.keys, theirs.names, np.array(made).T), theirs)


def _alpha(folder: Folder, given: Table, group: str, level: int, gaps: Gaps) -> float:
    nodes = folder.hierarchy.upwards(group)
    below = [node.code for node in nodes if folder.level(node.code) == level]
    return cronbach_alpha(given.of(*below), gaps=gaps).raw


def p_values(folder: Folder, row: Row) -> float:
    """The p-value of each correlation; COINr gives nought for a column with itself."""
    given = folder.chosen(row)
    if group := re.search(r"\[(\w+)\]", row.call):
        given = given.select(folder.group(group[1]))
    found = MEASURES[str(row.option("method", default="pearson"))](given.values).p_values
    return compared(Table(given.names, given.names, found), folder, row)


KINDS: tuple[Kind, ...] = (Kind("A08", cronbach, tables=("in_iMeta", "in_"), expected=("alpha",)),)
