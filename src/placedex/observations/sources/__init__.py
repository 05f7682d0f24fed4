"""Sources: publishers whose files placedex reads as they stand."""

from placedex.observations.sources.ons_els import OnsExploreLocalStatistics
from placedex.observations.sources.source import Source

__all__ = ["OnsExploreLocalStatistics", "Source"]
