"""Growth: how fast a figure changed over a span of years, and how sure that is."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from placedex.errors import BadSpec
from placedex.index.carry import fill_linearly
from placedex.observations.panel import FloatArray
from placedex.stats.resampling import BoolArray, IntArray


class Form(Enum):
    """What is meant by growth.

    `COMPOUND`: the steady rate a year that leads from the first figure to the last; `LOG`: the same
    in logarithms, which add up and treat a rise and a fall alike; `RELATIVE`: the change over the
    whole span as a share of the first figure; `ABSOLUTE`: the change over the span in the
    indicator's own unit, the only one that figures of nought and below have.
    """

    COMPOUND = "compound"
    LOG = "log"
    RELATIVE = "relative"
    ABSOLUTE = "absolute"


def growth(
    first: FloatArray, last: FloatArray, years: float, *, form: Form = Form.COMPOUND
) -> FloatArray:
    """The growth from a first to a last figure; 0.05 is 5 per cent.

    Shape:  first and last alike; returns the same.
    Units:  shares (compound and log: a year; relative: over the span), or the figures' own unit.
    Gaps:   missing where an end is, and, but for the absolute change, where the first figure is
            nought or below or the last below (for a logarithm: at) nought, since no rate leads
            there. Two equal figures are a growth of nought, whatever they are.
    Errors: BadSpec for a span of nought years or fewer.
    Source: compound growth as `CAGR` of COINr 1.1.14, which gives a rate below nought too.
    """
    _refuse_span(years)
    begin, end = np.asarray(first, dtype=np.float64), np.asarray(last, dtype=np.float64)
    if form is Form.ABSOLUTE:
        return end - begin
    sound = (begin > 0) & ((end > 0) if form is Form.LOG else (end >= 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(sound, end, np.nan) / np.where(sound, begin, np.nan)
        found = {
            Form.COMPOUND: ratio ** (1 / years) - 1,
            Form.LOG: np.log(ratio) / years,
            Form.RELATIVE: (end - begin) / np.where(sound, begin, np.nan),
        }[form]
    return np.where(begin == end, 0.0, found)


def growth_errors(
    ends: tuple[FloatArray, FloatArray],
    errors: tuple[FloatArray, FloatArray],
    years: float,
    *,
    form: Form = Form.COMPOUND,
) -> FloatArray:
    """The standard error of a growth, to the first order, from those of its two ends.

    Shape:  ends and errors are (first, last), all alike; returns the same.
    Gaps:   an end without an error adds none; missing where neither has one, or there is no growth.
            Samples of two years are taken as independent: where they overlap it is too large.
    """
    (begin, end), (before, after) = ends, errors
    known = ~np.isnan(before) | ~np.isnan(after)
    first, last = np.nan_to_num(before), np.nan_to_num(after)
    rate = growth(begin, end, years, form=form)
    if form is Form.ABSOLUTE:
        return np.where(known & ~np.isnan(rate), np.hypot(first, last), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Written so that a last figure of nought has an error too, where the rate has a slope.
        ratio = end / begin
        relative = np.hypot(last / begin, ratio * first / begin)
        found = {
            Form.COMPOUND: relative * ratio ** (1 / years - 1) / years,
            Form.LOG: relative / ratio / years,
            Form.RELATIVE: relative,
        }[form]
    return np.where(known & ~np.isnan(rate) & (begin > 0) & np.isfinite(found), found, np.nan)


@dataclass(frozen=True, slots=True)
class Growth:
    """An indicator counts by its growth over so many years up to its latest period."""

    years: int
    form: Form = Form.COMPOUND

    def __post_init__(self) -> None:
        if self.years < 1:
            raise BadSpec(
                f"Step scale: the growth is over {self.years} years. Wanted a whole number of at "
                "least 1. Mend the years."
            )

    @property
    def times(self) -> float:
        """By what a growth is multiplied: rates are given in per cent."""
        return 1.0 if self.form is Form.ABSOLUTE else 100.0

    def unit(self, own: str) -> str:
        """The unit of the growth of an indicator with a unit of its own."""
        return {Form.ABSOLUTE: own, Form.RELATIVE: "%"}.get(self.form, "% a year")

    @property
    def words(self) -> str:
        """What is reckoned, in words."""
        span = "a year" if self.years == 1 else f"{self.years} years"
        return {
            Form.COMPOUND: f"compound growth a year over {span}, in per cent",
            Form.LOG: f"growth a year over {span} in logarithms, in per cent",
            Form.RELATIVE: f"change over {span}, in per cent of the first figure",
            Form.ABSOLUTE: f"change over {span}, in its own unit",
        }[self.form]


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """How each place's series runs.

    Shape:  all (places,). `available` is the share of the times with a figure; `first` and `last`
            are the times of the first and the last figure, missing where there are not two.
    """

    growth: FloatArray
    available: FloatArray
    first: FloatArray
    last: FloatArray


def trend(
    values: FloatArray,
    times: FloatArray,
    *,
    fitted: bool = False,
    form: Form = Form.COMPOUND,
    latest: int | None = None,
    at: FloatArray | None = None,
) -> Trend:
    """The growth of each series of figures, between the first and the last that are known.

    With `fitted` it is the relative change a year of a straight line through all of them, from
    where the line begins, if there are three. With `latest`, only so many times up to a place's
    last figure are looked at; one whose series begins later has no growth. With `at`, gaps between
    two figures are filled along the straight line at these times first.
    Shape:  values (times, places), times (times,) in years.
    Gaps:   a missing end makes way for the next figure inside, so that spans differ from place to
            place: `first` and `last` tell. Fewer than two figures give no growth.
    Errors: BadSpec for times that do not fit or are there twice.
    Source: `get_trends` of COINr 1.1.14 with `CAGR` or `prc_change`.
    """
    if latest is not None and latest < 2:
        raise BadSpec(f"Growth: the latest {latest} times are asked for. Wanted at least 2.")
    rows, moments = _in_order(values, times)
    known = ~np.isnan(rows)
    several = known.sum(axis=0) > 1
    first, last = _ends(known)
    used, when = _filled(rows, moments, at=at)
    if latest is not None:
        used = _window(used, latest)
    found = change_of_line(used, when) if fitted else _between_ends(used, when, form)
    enough = (~np.isnan(used)).sum(axis=0) > 1
    return Trend(
        np.where(enough, found, np.nan),
        known.mean(axis=0),
        np.where(several, moments[first], np.nan),
        np.where(several, moments[last], np.nan),
    )


def _between_ends(used: FloatArray, when: FloatArray, form: Form) -> FloatArray:
    """The growth of each series from its first to its last known figure."""
    start, stop = _ends(~np.isnan(used))
    places = np.arange(used.shape[1])
    begin, end, spans = used[start, places], used[stop, places], when[stop] - when[start]
    found = np.full(len(places), np.nan)
    for span in np.unique(spans[start < stop]):
        same = spans == span
        found[same] = growth(begin[same], end[same], float(span), form=form)
    return found


def change_of_line(values: FloatArray, times: FloatArray, *, per: float = 1.0) -> FloatArray:
    """The relative change in `per` years along each series, from where it begins.

    With three figures or more it is the slope of the line of least squares over its value at the
    first of them; with two, the change between them over the first.
    Shape:  values (times, places), times (times,); returns (places,).
    Gaps:   missing figures are left out; fewer than two give nothing, nor does a beginning at
            nought. Figures that are all alike are a change of nought.
    Source: `prc_change` of COINr 1.1.14, which gives a hundred times this.
    """
    rows, moments = _in_order(values, times)
    known = ~np.isnan(rows)
    count = known.sum(axis=0)
    when = np.where(known, moments[:, np.newaxis], np.nan)
    start, _ = _ends(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.nansum(when, axis=0) / count
        level = np.nansum(rows, axis=0) / count
        away = when - middle
        slope = np.nansum(away * (rows - level), axis=0) / np.nansum(away**2, axis=0)
        begin = level + slope * (moments[start] - middle)
        found = np.where(begin == 0, np.nan, slope * per / begin)
    low = np.where(known, rows, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, rows, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(count < 2, np.nan, np.where(low == high, 0.0, found))


def per_period(values: FloatArray, *, relative: bool = False) -> FloatArray:
    """The change from each time to the next, in the figures' unit or as a share of the former.

    Shape:  values (times, places); returns (times - 1, places).
    Gaps:   missing where one of the two is, or, for a share, where the former is nought or below.
    """
    rows = np.asarray(values, dtype=np.float64)
    return growth(rows[:-1], rows[1:], 1.0, form=Form.RELATIVE if relative else Form.ABSOLUTE)


def _refuse_span(years: float) -> None:
    if not years > 0:
        raise BadSpec(
            f"Growth: the span is {years:g} years. Wanted more than nought: a last figure that is "
            "later than the first. Look at the periods."
        )


def _in_order(values: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Series and times, the earliest first."""
    rows, moments = np.asarray(values, dtype=np.float64), np.asarray(times, dtype=np.float64)
    if moments.shape != rows.shape[:1] or len(np.unique(moments)) < len(moments):
        raise BadSpec(
            f"Growth: there are {len(moments)} times for {len(rows)} rows of figures, or one is "
            "there twice. Wanted one for each row, all different."
        )
    order = np.argsort(moments)
    return rows[order], moments[order]


def _ends(known: BoolArray) -> tuple[IntArray, IntArray]:
    """The rows of the first and the last known value of each column."""
    return known.argmax(axis=0), len(known) - 1 - known[::-1].argmax(axis=0)


def _filled(
    rows: FloatArray, moments: FloatArray, *, at: FloatArray | None
) -> tuple[FloatArray, FloatArray]:
    """The series with gaps filled along straight lines at some times, which join the others."""
    if at is None:
        return rows, moments
    when = np.union1d(moments, at)
    whole = np.full((len(when), rows.shape[1]), np.nan)
    whole[np.searchsorted(when, moments)] = rows
    lines = fill_linearly(whole, when).values
    wanted = np.isin(when, at)[:, np.newaxis]
    return np.where(wanted, lines, whole), when


def _window(rows: FloatArray, latest: int) -> FloatArray:
    """The last rows up to each series' last figure; nothing for one that begins too late."""
    _, stop = _ends(~np.isnan(rows))
    numbers = np.arange(len(rows))[:, np.newaxis]
    inside = (numbers > stop - latest) & (numbers <= stop) & (stop - latest + 1 >= 0)
    return np.where(inside, rows, np.nan)
