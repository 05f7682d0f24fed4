"""Numbers without a subject: moments, quantiles and ranks."""

from placedex.stats.moments import kurtosis, skewness
from placedex.stats.multiple_imputation import Pooled, pool_imputations
from placedex.stats.quantiles import Quantiles, percentile, quantile
from placedex.stats.ranks import rank_descending
from placedex.stats.ties import Ties, rank_with_ties

__all__ = [
    "Pooled",
    "Quantiles",
    "Ties",
    "kurtosis",
    "percentile",
    "pool_imputations",
    "quantile",
    "rank_descending",
    "rank_with_ties",
    "skewness",
]
