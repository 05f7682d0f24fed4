"""Recommendations of an audit: what each kind of flag gives to consider, by stated rules."""

from collections.abc import Iterable
from dataclasses import dataclass

from placedex.index.audit_checks import Check, Verdict
from placedex.index.rows import Row

# What to consider for a flag, by the test that raised it.
RULES: dict[str, str] = {
    "coverage of places": (
        "Consider asking for more coverage in the step screen, or saying beside their ranks that "
        "these places stand on fewer figures."
    ),
    "coverage of indicators": (
        "Consider another source, or taking the indicator out until more places have it."
    ),
    "outliers": "Consider drawing its ends in, or its logarithm, in the step treat.",
    "age": "Consider a newer figure, or another indicator of the same thing.",
    "correlation within components": (
        "Consider whether both belong together, and whether the direction of each is "
        "right; what pulls against its siblings is lost in their mean."
    ),
    "correlation with the component": (
        "Consider moving it, or weighing it otherwise: as it is, it hardly moves the component."
    ),
    "own component": "Consider whether it belongs in the other component.",
    "one dimension": (
        "Consider splitting the component into two that each hold together, or dropping the part "
        "that pulls the other way."
    ),
    "reliability": (
        "Consider whether its parts are meant to speak of one thing; if not, say so, and do not "
        "read the component as one."
    ),
    "importance against weight": (
        "Consider weights under which importance is as it was meant, or saying what it is."
    ),
    "redundancy": "Consider dropping one of the two, or halving the weight of each.",
    "ranks apart from a component": (
        "Consider whether the index is needed beside this component, which ranks places alike."
    ),
    "median rank": "Consider publishing the median rank beside the rank.",
    "width of intervals": "Consider publishing intervals of ranks, or groups in place of ranks.",
    "one choice rules": "Consider saying beside every rank what hangs on this choice.",
    "places at the frontier": (
        "Consider tighter limits on weights before distances to the frontier are read."
    ),
    "frontier and index agree": (
        "Consider saying that a place's own best weights would order places otherwise."
    ),
}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to consider about a node, and the finding that it comes from."""

    test: str
    node: str
    name: str
    finding: str
    consider: str

    @property
    def words(self) -> str:
        """The finding and what to consider, in two sentences."""
        return f"{self.finding} {self.consider}"

    def to_row(self) -> Row:
        """The recommendation as a row."""
        return {
            "test": self.test,
            "node": self.node,
            "name": self.name,
            "finding": self.finding,
            "consider": self.consider,
        }


def recommend(checks: Iterable[Check]) -> tuple[Recommendation, ...]:
    """A recommendation for each flag, in the order of the checks."""
    return tuple(
        Recommendation(one.test, one.node, one.name, one.words, RULES[one.test])
        for one in checks
        if one.verdict is Verdict.FLAG
    )
