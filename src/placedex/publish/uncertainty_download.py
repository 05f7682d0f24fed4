"""The tables of uncertainty to take away: how sure each rank is, and what that hangs on."""

from placedex.publish.download_tables import Column, DataTable
from placedex.publish.material import Material

COLUMNS = (
    Column("index", "code of the index"),
    Column("kind", "kind of place: ranks compare places of one kind only"),
    Column("place", "code of the place"),
    Column("name", "name of the place"),
    Column("rank", "the rank as published", "integer"),
    Column("median_rank", "median rank over all draws", "number"),
    Column("rank_5_percent", "5th percentile of its ranks, rounded down", "number"),
    Column("rank_95_percent", "95th percentile of its ranks, rounded up", "number"),
    Column("mean_rank", "mean rank over all draws", "number"),
    Column("share_in_top", "share of draws in which it is among the first `top_of`", "number"),
    Column("draws_without_rank", "draws that ranked others and not this place", "integer"),
    Column("beats_next", "share of draws in which it stands before the next place", "number"),
    Column("score", "points of 100, before rounding", "number"),
    Column("score_error", "standard error of the score, of errors of figures alone", "number"),
    Column("survey_best_rank", "best rank that errors of figures allow, 95% for all", "integer"),
    Column("survey_worst_rank", "worst rank that errors of figures allow, 95% for all", "integer"),
    Column("survey_best_boundary", "1 if more simulation could move that bound", "integer"),
    Column("survey_worst_boundary", "1 if more simulation could move that bound", "integer"),
    Column("survey_beats_next", "how likely it is truly above the next, errors alone", "number"),
    Column("robustness_over_next", "share of all weight that may move before the next", "number"),
    Column("attainable_best_rank", "best rank with components' weights within 25%", "integer"),
    Column("attainable_worst_rank", "worst rank with components' weights within 25%", "integer"),
    Column("next_place", "code of the place ranked next"),
    Column("top_of", "how many places the top is", "integer"),
    Column("draws", "how many draws there were", "integer"),
)
SHARES = (
    Column("index", "code of the index"),
    Column("kind", "kind of place"),
    Column("choice", "code of the choice, or weights, inclusion, sampling"),
    Column("title", "its name"),
    Column("words", "how it is drawn"),
    Column("first", "share of the variance of the mean shift that it explains alone", "number"),
    Column("first_low", "lower end of the 90% interval", "number"),
    Column("first_high", "upper end of the 90% interval", "number"),
    Column("total", "share that it explains alone and together with others", "number"),
    Column("total_low", "lower end of the 90% interval", "number"),
    Column("total_high", "upper end of the 90% interval", "number"),
    Column("points_used", "points of the design that could be worked out", "integer"),
    Column("points_failed", "points that could not", "integer"),
)


def uncertainty_tables(material: Material) -> tuple[DataTable, ...]:
    """The two tables; none if nothing was drawn."""
    drawn = [one for one in material.standings if one.ranked.uncertainty is not None]
    if not drawn:
        return ()
    rows = tuple(
        (
            one.spec.code,
            one.kind,
            place.code,
            place.name,
            *(_plain(one.drawn[place.code][column.name]) for column in COLUMNS[4:]),
        )
        for one in drawn
        for place in one.order
        if place.code in one.drawn
    )
    shares = tuple(
        (one.spec.code, one.kind, *(row[column.name] for column in SHARES[2:]))
        for one in drawn
        if one.ranked.uncertainty is not None
        for row in one.ranked.uncertainty.share_rows()
    )
    return (
        DataTable(
            "uncertainty",
            "Uncertainty of ranks",
            "One row for each ranked place of an index: how sure its rank is.",
            COLUMNS,
            rows,
        ),
        DataTable(
            "uncertainty-shares",
            "What the ranks hang on",
            "One row for each choice that is left open, for each index and kind of place.",
            SHARES,
            shares,
        ),
    )


def _plain(value: str | float | int | bool | None) -> str | float | int | None:
    return int(value) if isinstance(value, bool) else value
