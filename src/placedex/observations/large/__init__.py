"""Tables too large to stand in memory, counted by place on any engine."""

from placedex.observations.large.accounts import read_accounts, value_added
from placedex.observations.large.companies import Counted, count_companies, read_companies
from placedex.observations.large.postcodes import (
    count_postcodes,
    nearest_places,
    read_directory,
    read_points,
)
from placedex.observations.large.premises import count_premises, read_premises
from placedex.observations.large.tabulate import Tabulated, codes_of, tabulate

__all__ = [
    "Counted",
    "Tabulated",
    "codes_of",
    "count_companies",
    "count_postcodes",
    "count_premises",
    "nearest_places",
    "read_accounts",
    "read_companies",
    "read_directory",
    "read_points",
    "read_premises",
    "tabulate",
    "value_added",
]
