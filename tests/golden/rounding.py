"""What rounded counts may have been: D04 of the golden cases."""

from placedex.observations.rounding import Rounding, bundled_roundings
from placedex.stats.bounds import Bounds
from tests.golden.case import Case, difference
from tests.golden.kinds import Kind

COLUMNS = {"public": "bres-public", "eul": "bres-end-user-licence"}


def _sizes(text: str) -> tuple[float, float]:
    """The first and the last size of a band: 1-49, 5000+."""
    first, _, last = text.partition("-")
    return float(first.rstrip("+")), float(last or first.rstrip("+"))


def _rules_agree(case: Case, rules: dict[str, Rounding]) -> bool:
    """Whether every base of the published table is ours, at both ends of each band."""
    return all(
        rules[code].base(size, strict=strict) == float(row[f"{name}_{kind}"])
        for row in case.table("in_rules")
        for name, code in COLUMNS.items()
        for kind, strict in (("relaxed", False), ("strict", True))
        for size in _sizes(row["size_of_estimate"])
    )


def location_quotient_of_rounded(case: Case) -> float:
    """The table of rules, and a location quotient's interval when its four counts are rounded."""
    rules = bundled_roundings()
    if not _rules_agree(case, rules):
        return float("inf")
    rule = rules["bres-public"]
    counts = [float(case.inputs[name]) for name in ("x", "n", "X", "N")]
    if [rule.base(count) for count in counts] != case.inputs["bases"]:
        return float("inf")
    jobs, all_jobs, nation, all_nation = (rule.bounds(count) for count in counts)
    quotient = (jobs / all_jobs) / (nation / all_nation)
    exact = [Bounds(count, count) for count in counts]
    point = (exact[0] / exact[1]) / (exact[2] / exact[3])
    return difference(
        {"lq_point": point.low, "lq_interval": [quotient.low, quotient.high]}, case.expected
    )


KINDS: tuple[Kind, ...] = (
    Kind("D04", location_quotient_of_rounded, tables=("in_rules",), inputs=("x", "n", "X", "N")),
)
