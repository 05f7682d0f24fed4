"""What was published about a place."""

from placedex.observations.catalogue import Catalogue, bundled_catalogue, read_catalogue
from placedex.observations.earlier import Earlier
from placedex.observations.figures import read_figures
from placedex.observations.indicator import HIGHER, LOWER, NEITHER, Indicator, Measure, Ratio
from placedex.observations.keep import (
    MIGRATIONS,
    check_observations,
    keep_indicators,
    keep_observations,
    keep_places,
)
from placedex.observations.observations import Observation, Observations
from placedex.observations.origin import Origin
from placedex.observations.panel import Panel, make_panel
from placedex.observations.period import Period, parse_period, years_between
from placedex.observations.reading import Reading, without_indicators
from placedex.observations.status import EXPLAINED, Status

__all__ = [
    "EXPLAINED",
    "HIGHER",
    "LOWER",
    "MIGRATIONS",
    "NEITHER",
    "Catalogue",
    "Earlier",
    "Indicator",
    "Measure",
    "Observation",
    "Observations",
    "Origin",
    "Panel",
    "Period",
    "Ratio",
    "Reading",
    "Status",
    "bundled_catalogue",
    "check_observations",
    "keep_indicators",
    "keep_observations",
    "keep_places",
    "make_panel",
    "parse_period",
    "read_catalogue",
    "read_figures",
    "without_indicators",
    "years_between",
]
