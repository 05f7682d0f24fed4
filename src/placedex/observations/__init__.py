"""What was published about a place."""

from placedex.observations.catalogue import Catalogue, bundled_catalogue, read_catalogue
from placedex.observations.comparison import (
    Comparison,
    comparable,
    comparable_panels,
    not_comparable,
    refuse_mixed,
)
from placedex.observations.corrections import (
    CORRECTION_MIGRATIONS,
    Corrected,
    correct,
    corrections_about,
    keep_corrections,
)
from placedex.observations.corrections_file import Correction, read_corrections
from placedex.observations.earlier import Earlier
from placedex.observations.figures import read_figures
from placedex.observations.indicator import HIGHER, LOWER, NEITHER, Indicator, Measure, Ratio
from placedex.observations.keep import (
    check_observations,
    keep_indicators,
    keep_observations,
    keep_places,
)
from placedex.observations.observations import Observation, Observations
from placedex.observations.origin import Origin
from placedex.observations.panel import Panel, make_panel
from placedex.observations.period import Period, parse_period, years_between
from placedex.observations.prices import Deflated, deflate
from placedex.observations.quality import (
    KINDS_OF_FINDING,
    Coverage,
    Finding,
    Limits,
    by_kind,
    coverage,
    find_oddities,
)
from placedex.observations.reading import (
    Reading,
    covered_by,
    indicators_of,
    with_days,
    without_covered,
)
from placedex.observations.revision import (
    Changed,
    LastChange,
    Revision,
    Revisions,
    day_before_last,
    known_between,
    last_change,
    revisions,
)
from placedex.observations.rounding import Rounding, bundled_roundings, rounded_bounds
from placedex.observations.status import EXPLAINED, Status
from placedex.observations.tables import MIGRATIONS

__all__ = [
    "CORRECTION_MIGRATIONS",
    "EXPLAINED",
    "HIGHER",
    "KINDS_OF_FINDING",
    "LOWER",
    "MIGRATIONS",
    "NEITHER",
    "Catalogue",
    "Changed",
    "Comparison",
    "Corrected",
    "Correction",
    "Coverage",
    "Deflated",
    "Earlier",
    "Finding",
    "Indicator",
    "LastChange",
    "Limits",
    "Measure",
    "Observation",
    "Observations",
    "Origin",
    "Panel",
    "Period",
    "Ratio",
    "Reading",
    "Revision",
    "Revisions",
    "Rounding",
    "Status",
    "bundled_catalogue",
    "bundled_roundings",
    "by_kind",
    "check_observations",
    "comparable",
    "comparable_panels",
    "correct",
    "corrections_about",
    "coverage",
    "covered_by",
    "day_before_last",
    "deflate",
    "find_oddities",
    "indicators_of",
    "keep_corrections",
    "keep_indicators",
    "keep_observations",
    "keep_places",
    "known_between",
    "last_change",
    "make_panel",
    "not_comparable",
    "parse_period",
    "read_catalogue",
    "read_corrections",
    "read_figures",
    "refuse_mixed",
    "revisions",
    "rounded_bounds",
    "with_days",
    "without_covered",
    "years_between",
]
