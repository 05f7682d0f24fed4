"""The course of a target for its picture: taken from its progress."""

from placedex.ledger import Progress
from placedex.ledger.progress_words import coming, within
from placedex.observations import parse_period
from placedex.publish.charts.history import Moment
from placedex.publish.charts.target import Course

METHOD = "drift"


def course_of(progress: Progress) -> Course | None:
    """What the picture of a target shows; nothing if it has no number or no date.

    The forecast is that by the mean change so far, from which the class comes. The path needed
    begins at the baseline, or at the last figure if there is none.
    """
    goal, by = progress.goal, progress.target.by
    if goal is None or not by:
        return None
    figures = tuple(
        Moment(one.period, one.value, one.low, one.high)
        for one in (progress.series.figures if progress.series is not None else ())
    )
    end = Moment(parse_period(by), goal.level)
    base = progress.target.baseline
    path = None
    if base is not None:
        path = (Moment(parse_period(base.period), base.value), end)
    elif figures and progress.remaining is not None:
        path = (figures[-1], end)
    return Course(figures, path, _expected(progress), end, goal.far)


def _expected(progress: Progress) -> tuple[Moment, ...]:
    """The forecast by the mean change so far, at each period still to come."""
    if progress.outlook is None:
        return ()
    found = next(one for one in progress.outlook.ahead if one.method == METHOD)
    return tuple(
        Moment(
            period,
            within(progress, found.middle[at]),
            within(progress, found.low[at]),
            within(progress, found.high[at]),
        )
        for at, period in enumerate(coming(progress))
    )
