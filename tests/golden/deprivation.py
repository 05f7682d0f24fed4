"""Indices of deprivation made again from published ranks: C01 to C05 of the golden cases."""

import re
from dataclasses import dataclass

import numpy as np

from placedex.index.points import DEPRIVATION_CONSTANT, exponential_of_ranks
from placedex.index.sums import weighted_sum
from placedex.stats.ties import Ties, rank_with_ties
from tests.golden.case import Case, FloatArray, Rows, number
from tests.golden.kinds import Kind
from tests.golden.published import INFINITE, aligned, column, worst_of

GROUPS = {"quintile": 5, "decile": 10, "tenth": 10, "vigintile": 20, "percentile": 100}


@dataclass(frozen=True, slots=True)
class Rule:
    """How published ranks become points; ties as they are published, or by their average."""

    constant: float
    counts_itself: bool
    averaged: bool

    def points(self, published: FloatArray) -> FloatArray:
        """The points of published ranks, 1 the most deprived."""
        ranks = rank_with_ties(-published, Ties.AVERAGE) if self.averaged else published
        return exponential_of_ranks(ranks, constant=self.constant, counts_itself=self.counts_itself)


def rule_of(case: Case) -> Rule:
    """The rule as the case says it, or that of the country whose index it names.

    England counts a place among those that it is not below and averages ties that it publishes as
    minima; Wales uses the minima; Scotland uses the ranks as published and counts the others only.
    """
    params = case.params
    formula = re.sub(r"\s", "", str(params.get("R", case.said)).lower())
    scottish = "(n-rank)/n" in formula or "simd" in case.said
    if (ties := params.get("ties")) is not None:
        averaged = str(ties).lower().startswith("av")
    else:
        averaged = not (scottish or "wimd" in case.said) and not _minima(case.said)
    constant = float(params.get("c", params.get("constant", DEPRIVATION_CONSTANT)))
    return Rule(constant, not scottish, averaged)


def _minima(said: str) -> bool:
    return "average" not in said and re.search(r"\bties?\b[^.;]*\bminim", said) is not None


def rank_column(rows: Rows, domain: str) -> str:
    """The column of a domain's ranks: its name, or its name with a word for ranks."""
    plain = _plain(domain)
    found = [name for name in rows[0] if _plain(name) == plain]
    found = found or [name for name in rows[0] if plain in _plain(name)]
    if not found:
        raise NotImplementedError(f"no column of ranks is named after {domain}")
    return found[0]


def _plain(name: str) -> str:
    return re.sub(r"(domain|rank)|[^a-z]", "", name.lower())


def _named(rows: Rows, word: str, *, key: str) -> str | None:
    return next((name for name in rows[0] if word in name.lower() and name != key), None)


def deprivation(case: Case) -> float:
    """Ranks of domains to a score, and its rank and groups of tenths, all of them exact."""
    rows, expected, key = aligned(case)
    rule, weights = rule_of(case), case.params["weights"]
    points = [rule.points(column(rows, rank_column(rows, name))) for name in weights]
    # Published weights need not add up to one, and are used as they are.
    score = weighted_sum(np.column_stack(points), np.array(list(weights.values()), dtype=float))
    rank, named = _named(expected, "rank", key=key), _named(expected, "score", key=key)
    if rank is None and named is None:
        raise NotImplementedError("the expected table has neither a score nor a rank")
    if rank is not None:
        apart = np.abs(rank_with_ties(score) - column(expected, rank))
        # The index of 2019 was ranked from scores held in fewer digits: 30 ranks differ by one.
        allowed = int(number(case.expected.get("rank_mismatches", 0)))
        most = int(number(case.expected.get("max_rank_diff", 1)))
        if np.count_nonzero(apart) > allowed or np.max(apart) > most:
            return INFINITE
        if not _groups_agree(expected, column(expected, rank)):
            return INFINITE
    return 0.0 if named is None else worst_of(score, column(expected, named))


def _groups_agree(expected: Rows, ranks: FloatArray) -> bool:
    """Whether published tenths, fifths and so on are those of the published ranks."""
    for word, count in GROUPS.items():
        name = next((one for one in expected[0] if one.lower().endswith(word)), None)
        if name is not None and np.any(
            np.ceil(count * ranks / len(ranks)) != column(expected, name)
        ):
            return False
    return True


def deprivation_subdomains(case: Case) -> float:
    """Domains from the ranks of their sub-domains, which stand in the order of the domains."""
    rows, expected, key = aligned(case)
    rule = rule_of(case)
    parts = [name for name in rows[0] if name != key]
    domains = [name for name in expected[0] if name != key]
    worst, first = 0.0, 0
    for domain, weights in zip(domains, case.params["weights"].values(), strict=True):
        if isinstance(weights, dict):
            names = [rank_column(rows, one) for one in weights]
            shares = list(weights.values())
        else:
            names, shares = parts[first : first + len(weights)], weights
            first += len(weights)
        points = np.column_stack([rule.points(column(rows, name)) for name in names])
        score = weighted_sum(points, np.array(shares, dtype=float))
        worst = max(worst, worst_of(score, column(expected, domain)))
    return worst


KINDS: tuple[Kind, ...] = (
    *(
        Kind(number_of, deprivation, tables=("in_", "exp_"), params=("weights",))
        for number_of in ("C01", "C03", "C04", "C05")
    ),
    Kind("C02", deprivation_subdomains, tables=("in_", "exp_"), params=("weights",)),
)
