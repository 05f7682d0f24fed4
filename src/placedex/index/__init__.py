"""How a place does on many indicators at once."""

from placedex.index.acceptability import acceptability
from placedex.index.aggregate import AGGREGATIONS, Aggregate, aggregations
from placedex.index.attainable import WeightRegion, attainable_ranks
from placedex.index.build import (
    Index,
    Stage,
    beside,
    build,
    freeze,
    rank_under_scenarios,
)
from placedex.index.change import account_for_rank, account_for_score
from placedex.index.errors_from_intervals import errors_from_intervals
from placedex.index.growth import Growth
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.impute import IMPUTATIONS, GroupMean, Impute, Mean, Median
from placedex.index.left_open import LeftOpen
from placedex.index.means import Arithmetic, Geometric, arithmetic, geometric
from placedex.index.normalise import NORMALISATIONS, MinMax, Normalise, min_max
from placedex.index.over_time import back_cast, chain_link, editions
from placedex.index.rank import Rank
from placedex.index.rank_probabilities import rank_probabilities
from placedex.index.rank_sets import joint_interval_sets, rank_sets
from placedex.index.reproduction import (
    Compared,
    Publication,
    PublishedFile,
    PublishedScores,
    Reproduction,
    compare_published,
)
from placedex.index.reproduction_file import read_reproduction
from placedex.index.robustness import leave_one_out_of_tree, pair_robustness, rank_shift
from placedex.index.scale import Scale, in_proportion, reckon
from placedex.index.screen import Screen
from placedex.index.shapley import shapley
from placedex.index.sobol import sobol_indices
from placedex.index.spec import Scenario, Spec
from placedex.index.spec_file import read_spec
from placedex.index.step import Flag, NamesNodes, State, Step
from placedex.index.treat import TREATMENTS, Limits, Logarithm, Treat, shifted_log, winsorise
from placedex.index.uncertainty import Uncertainty, find_uncertainty
from placedex.index.weight import WEIGHTINGS, Equal, Given, Weights
from placedex.index.what_if import what_if

__all__ = [
    "AGGREGATIONS",
    "IMPUTATIONS",
    "NORMALISATIONS",
    "TREATMENTS",
    "WEIGHTINGS",
    "Aggregate",
    "Arithmetic",
    "Compared",
    "Equal",
    "Flag",
    "Geometric",
    "Given",
    "GroupMean",
    "Growth",
    "Hierarchy",
    "Impute",
    "Index",
    "LeftOpen",
    "Limits",
    "Logarithm",
    "Mean",
    "Median",
    "MinMax",
    "NamesNodes",
    "Node",
    "Normalise",
    "Publication",
    "PublishedFile",
    "PublishedScores",
    "Rank",
    "Reproduction",
    "Scale",
    "Scenario",
    "Screen",
    "Spec",
    "Stage",
    "State",
    "Step",
    "Treat",
    "Uncertainty",
    "WeightRegion",
    "Weights",
    "acceptability",
    "account_for_rank",
    "account_for_score",
    "aggregations",
    "arithmetic",
    "attainable_ranks",
    "back_cast",
    "beside",
    "build",
    "chain_link",
    "compare_published",
    "editions",
    "errors_from_intervals",
    "find_uncertainty",
    "freeze",
    "geometric",
    "in_proportion",
    "joint_interval_sets",
    "leave_one_out_of_tree",
    "min_max",
    "pair_robustness",
    "rank_probabilities",
    "rank_sets",
    "rank_shift",
    "rank_under_scenarios",
    "read_reproduction",
    "read_spec",
    "reckon",
    "shapley",
    "shifted_log",
    "sobol_indices",
    "what_if",
    "winsorise",
]
