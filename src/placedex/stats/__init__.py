"""Numbers without a subject: moments and ranks."""

from placedex.stats.moments import kurtosis, skewness
from placedex.stats.ranks import rank_descending

__all__ = ["kurtosis", "rank_descending", "skewness"]
