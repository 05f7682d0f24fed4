"""Codes: the numbers that stand for steps, means, scales and faults in a program."""

# Fillings: of each indicator by itself, then those that look at several together.
NOTHING, FILL_MEAN, FILL_MEDIAN, FILL_GROUP_MEANS, FILL_GROUP_MEDIANS, FILL_GIVEN = range(6)
FILL_ROWS, FILL_REGRESSION, FILL_JOINT_NORMAL = range(6, 9)
KEEP = 9

# What is done to outliers: the usual two in turn, any one, any two in turn, a named logarithm.
TREAT, TRANSFORM, TREAT_IN_TURN, LOG = range(10, 14)
NO_SECOND, LOG_OF_FIGURES, LOG_OF_DRAWN_IN = range(3)
NO_WAY, DRAW_IN, AT_PERCENTILES, SHIFTED_LOG, LOG_ABOVE, LOG_BY_SKEW, LOG_GII, BOX_COX = range(8)

# Points; ranks are put as such, as places beaten, as a share of the others, or stretched.
MIN_MAX, Z_SCORE, RANKS, TURN, SHARE, TO_REFERENCE, TO_TARGET, GIVEN_RANKS, RATIO = range(20, 29)
AS_RANKS, AS_BEATEN, AS_SHARES, AS_EXPONENTIALS = range(4)
WORSE, AVERAGE, BETTER = range(3)

ARITHMETIC, GEOMETRIC, HARMONIC = range(3)
POWER, ORDERED, BEST, WORST, PENALISED, STANDARDISED, COPELAND = range(3, 10)
SUM, PRODUCT, QUOTIENT = range(10, 13)

PLAIN, LOGARITHMS, LOG_ODDS = range(3)

FINE, ALL_ALIKE, NOT_ABOVE_NOUGHT, NOTHING_LEFT = range(4)
BELOW_NOUGHT, OFF_THE_SCALE, NO_POINTS, NOT_TREATED, WRONG_ORDER, LEVEL, MEAN_AT_NOUGHT = range(
    4, 11
)
TOO_FEW, SINGULAR, UNSETTLED, NO_PREDICTOR, GAP_IN_PREDICTOR = range(11, 16)
# No kernel but a step itself refused: the draw keeps its words.
NOT_BUILT = 16
