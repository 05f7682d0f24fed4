"""Audit: what the JRC's statistical audits ask of an index, each question with a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from placedex.index.audit_checks import Check, Thresholds, Verdict, summarised
from placedex.index.audit_coherence import Coherence, audit_coherence
from placedex.index.audit_data import DataQuality, audit_data
from placedex.index.audit_importance import (
    AddedValue,
    Importance,
    audit_added_value,
    audit_importance,
)
from placedex.index.audit_recommendations import Recommendation, recommend
from placedex.index.audit_robustness import (
    Frontier,
    Robustness,
    Simulated,
    audit_frontier,
    audit_robustness,
)
from placedex.index.build import Index
from placedex.index.rows import Row

__all__ = ["Audit", "Check", "Drawn", "Thresholds", "Verdict", "audit"]

USUAL = Thresholds()


class Drawn(Protocol):
    """What is known of how sure ranks are: a simulation, and shares of variance if reckoned."""

    @property
    def simulation(self) -> Simulated | None:
        """Ranks over many draws."""
        ...


@dataclass(frozen=True, slots=True)
class Audit:
    """An index under audit, in the order of the JRC's reports; `to_rows` gives every check.

    `places` is how many places have a rank.
    """

    index: str
    title: str
    places: int
    thresholds: Thresholds
    data: DataQuality
    coherence: Coherence
    importance: Importance
    added_value: AddedValue
    robustness: Robustness
    frontier: Frontier
    recommendations: tuple[Recommendation, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check, part by part."""
        return (
            *self.data.checks,
            *self.coherence.checks,
            *self.importance.checks,
            *self.added_value.checks,
            *self.robustness.checks,
            *self.frontier.checks,
        )

    @property
    def words(self) -> str:
        """How many checks passed, raised a flag, or could not be said."""
        verdicts = [one.verdict for one in self.checks]
        passed, flagged, unsaid = (verdicts.count(one) for one in Verdict)
        return (
            f"Of {len(verdicts)} checks on {self.places} places, {passed} passed, {flagged} raised "
            f"a flag, and {unsaid} could not be said."
        )

    def summary(self) -> tuple[Row, ...]:
        """A row for each test with its verdict and counts."""
        return summarised(self.checks)

    def to_rows(self) -> tuple[Row, ...]:
        """A row for each check."""
        return tuple(one.to_row() for one in self.checks)

    def tables(self) -> Mapping[str, tuple[Row, ...]]:
        """Every table of the audit by its name."""
        return {
            "summary": self.summary(),
            "checks": self.to_rows(),
            "coverage": self.data.coverage_rows(),
            "indicators": self.data.to_rows(),
            "correlations": self.coherence.correlations.to_rows(),
            "components": self.coherence.to_rows(),
            "importance": self.importance.to_rows(),
            "added_value": self.added_value.to_rows(),
            "robustness": self.robustness.to_rows(),
            "sensitivity": self.robustness.sensitivity_rows(),
            "frontier": self.frontier.to_rows(),
            "recommendations": tuple(one.to_row() for one in self.recommendations),
            "thresholds": self.thresholds.to_rows(),
            "notes": (
                {"part": "audit", "words": self.words},
                {"part": "robustness", "words": self.robustness.words},
                {"part": "frontier", "words": self.frontier.words},
            ),
        }


def audit(
    index: Index, *, uncertainty: Drawn | None = None, thresholds: Thresholds = USUAL
) -> Audit:
    """The audit of an index for the places that it compares.

    Where there are too few places, or something is the same everywhere, a check says that it
    cannot be said, and why. Without `uncertainty` that holds for robustness too.
    Source: the order and the questions of the JRC's audits of the Global Innovation Index, 2011 to
            2024; OECD and JRC (2008), Handbook on Constructing Composite Indicators. Each limit
            says where it is from: `Thresholds.to_rows`.
    """
    data = audit_data(index, thresholds)
    coherence = audit_coherence(index, thresholds)
    importance = audit_importance(index, coherence.correlations, thresholds)
    added_value = audit_added_value(index, thresholds)
    simulation = None if uncertainty is None else uncertainty.simulation
    robustness = audit_robustness(
        index, thresholds, simulation=simulation, shares=_shares(uncertainty)
    )
    frontier = audit_frontier(index, thresholds)
    parts = (data, coherence, importance, added_value, robustness, frontier)
    checks = [check for part in parts for check in part.checks]
    return Audit(
        index.spec.code,
        index.spec.title,
        index.count_ranked(),
        thresholds,
        data,
        coherence,
        importance,
        added_value,
        robustness,
        frontier,
        recommend(checks),
    )


def _shares(uncertainty: Any) -> dict[str, tuple[float, float]]:
    """The first-order and total Sobol index of each choice, if they were reckoned."""
    shares = getattr(uncertainty, "shares", None)
    if shares is None:
        return {}
    first, total = shares.overall.first, shares.overall.total
    return {
        name: (float(one), float(other))
        for name, one, other in zip(shares.groups, first, total, strict=True)
    }
