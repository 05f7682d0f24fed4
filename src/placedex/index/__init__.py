"""How a place does on many indicators at once."""

from placedex.index.aggregate import Aggregate, Arithmetic, Geometric, arithmetic, geometric
from placedex.index.build import (
    Index,
    Stage,
    beside,
    build,
    freeze,
    rank_under_scenarios,
)
from placedex.index.hierarchy import Hierarchy, Node
from placedex.index.impute import GroupMean, Impute, Mean, Median
from placedex.index.normalise import MinMax, min_max
from placedex.index.rank import Rank
from placedex.index.scale import Scale, in_proportion, reckon
from placedex.index.screen import Screen
from placedex.index.spec import Scenario, Spec
from placedex.index.spec_file import read_spec
from placedex.index.step import Flag, State, Step
from placedex.index.treat import Limits, Logarithm, Treat, shifted_log, winsorise
from placedex.index.weight import Equal, Given

__all__ = [
    "Aggregate",
    "Arithmetic",
    "Equal",
    "Flag",
    "Geometric",
    "Given",
    "GroupMean",
    "Hierarchy",
    "Impute",
    "Index",
    "Limits",
    "Logarithm",
    "Mean",
    "Median",
    "MinMax",
    "Node",
    "Rank",
    "Scale",
    "Scenario",
    "Screen",
    "Spec",
    "Stage",
    "State",
    "Step",
    "Treat",
    "arithmetic",
    "beside",
    "build",
    "freeze",
    "geometric",
    "in_proportion",
    "min_max",
    "rank_under_scenarios",
    "read_spec",
    "reckon",
    "shifted_log",
    "winsorise",
]
