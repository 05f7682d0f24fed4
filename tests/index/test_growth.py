"""Growth over a span: rates that can be worked by hand, what has none, and as a scale of a spec."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Hierarchy, Node, Scale, read_spec
from placedex.index.growth import (
    Form,
    Growth,
    change_of_line,
    growth,
    growth_errors,
    per_period,
    trend,
)
from placedex.index.step import State
from placedex.observations import (
    Earlier,
    Indicator,
    Ratio,
    Status,
    bundled_catalogue,
    make_panel,
)
from placedex.observations.panel import FloatArray
from placedex.places import Place
from tests.conftest import EXAMPLE

NAN = float("nan")


def array(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        (Form.COMPOUND, 0.1),
        (Form.LOG, np.log(1.1)),
        (Form.RELATIVE, 0.21),
        (Form.ABSOLUTE, 21.0),
    ],
)
def test_a_hundred_that_became_121_in_two_years(form: Form, wanted: float) -> None:
    found = growth(array(100), array(121), 2, form=form)

    assert found[0] == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("form", [Form.COMPOUND, Form.LOG, Form.RELATIVE])
def test_no_rate_leads_from_nought_or_below_nor_past_a_gap(form: Form) -> None:
    found = growth(array(0, -1, NAN, 5), array(5, 5, 5, NAN), 3, form=form)

    assert np.isnan(found).all()


def test_figures_of_nought_and_below_have_an_absolute_change() -> None:
    found = growth(array(0, -2), array(5, 1), 3, form=Form.ABSOLUTE)

    np.testing.assert_array_equal(found, [5, 3])


def test_what_stays_as_it_was_did_not_grow_whatever_it_is() -> None:
    for form in Form:
        np.testing.assert_array_equal(growth(array(0, 3, -2), array(0, 3, -2), 4, form=form), 0)


def test_what_fell_to_nought_lost_everything_a_year_and_has_no_logarithm() -> None:
    assert growth(array(5), array(0), 3)[0] == -1
    assert np.isnan(growth(array(5), array(0), 3, form=Form.LOG)[0])


@pytest.mark.parametrize("years", [0, -1, NAN])
def test_a_span_of_nought_years_is_refused(years: float) -> None:
    with pytest.raises(BadSpec, match="Wanted more than nought"):
        growth(array(1), array(2), years)


def test_the_unit_of_the_figures_is_nothing_to_a_rate() -> None:
    first, last = array(2, 3, 7), array(5, 4, 1)
    for form in (Form.COMPOUND, Form.LOG, Form.RELATIVE):
        np.testing.assert_allclose(
            growth(first, last, 5, form=form), growth(first * 12, last * 12, 5, form=form)
        )


@pytest.mark.parametrize("form", list(Form))
def test_errors_pass_through_to_the_first_order(form: Form) -> None:
    """Against the slope of the growth itself, found by tiny steps."""
    first, last, step = array(80), array(130), 1e-5
    by_first = (growth(first + step, last, 4, form=form) - growth(first, last, 4, form=form)) / step
    by_last = (growth(first, last + step, 4, form=form) - growth(first, last, 4, form=form)) / step

    found = growth_errors((first, last), (array(3), array(2)), 4, form=form)

    np.testing.assert_allclose(found, np.hypot(3 * by_first, 2 * by_last), rtol=1e-5)


def test_an_end_without_an_error_adds_none_and_without_both_it_is_not_known() -> None:
    ends = (array(100, 100), array(120, 120))

    found = growth_errors(ends, (array(NAN, NAN), array(6, NAN)), 1, form=Form.RELATIVE)

    np.testing.assert_allclose(found, [0.06, NAN])


def test_a_trend_runs_from_the_first_to_the_last_figure_that_is_known() -> None:
    values = np.array([[1.0, NAN], [2.0, 4.0], [NAN, 5.0], [8.0, NAN]])

    found = trend(values, array(2019, 2020, 2021, 2022))

    np.testing.assert_allclose(found.growth, [1.0, 0.25])
    np.testing.assert_array_equal(found.first, [2019, 2020])
    np.testing.assert_array_equal(found.last, [2022, 2021])
    np.testing.assert_allclose(found.available, [0.75, 0.5])


def test_only_the_latest_times_are_looked_at_if_so_asked() -> None:
    values = np.array([[1.0, NAN, NAN], [4.0, NAN, 3.0], [6.0, 5.0, 6.0]])

    found = trend(values, array(2019, 2020, 2021), latest=2)

    np.testing.assert_allclose(found.growth, [0.5, NAN, 1.0])


def test_a_gap_is_filled_on_the_straight_line_where_a_window_begins_in_it() -> None:
    values = np.array([[2.0], [NAN], [4.0]])
    times = array(2019, 2020, 2021)

    assert np.isnan(trend(values, times, latest=2).growth[0])
    assert trend(values, times, latest=2, at=times).growth[0] == pytest.approx(1 / 3)


def test_a_line_of_least_squares_gives_the_change_a_year_from_where_it_begins() -> None:
    """Through 10, 13, 13 and 16 the line begins at 10.3 and rises 1.8 a year."""
    values = np.array([[10.0, 5.0, 2.0], [13.0, NAN, 2.0], [13.0, NAN, 2.0], [16.0, 8.0, 2.0]])

    found = change_of_line(values, array(0, 1, 2, 3))

    np.testing.assert_allclose(found, [1.8 / 10.3, 0.2, 0.0])
    np.testing.assert_allclose(change_of_line(values, array(0, 1, 2, 3), per=10)[1], 2.0)


def test_one_figure_alone_has_no_trend() -> None:
    values = np.array([[NAN, NAN], [4.0, NAN]])

    assert np.isnan(trend(values, array(2020, 2021)).growth).all()
    assert np.isnan(change_of_line(values, array(2020, 2021))).all()


def test_the_order_of_the_times_is_nothing() -> None:
    values, times = np.array([[1.0, 2.0], [3.0, 7.0], [4.0, 5.0]]), array(2019, 2020, 2022)
    order = [2, 0, 1]

    for fitted in (False, True):
        np.testing.assert_allclose(
            trend(values[order], times[order], fitted=fitted).growth,
            trend(values, times, fitted=fitted).growth,
        )


def test_a_time_that_is_there_twice_is_refused() -> None:
    with pytest.raises(BadSpec, match="all different"):
        trend(np.ones((2, 1)), array(2020, 2020))


def test_changes_from_time_to_time() -> None:
    values = np.array([[10.0, 0.0], [12.0, 5.0], [NAN, 4.0]])

    np.testing.assert_allclose(per_period(values), np.array([[2, 5], [NAN, -1]]))
    shares = np.array([[0.2, NAN], [NAN, -0.2]])
    np.testing.assert_allclose(per_period(values, relative=True), shares)


PLACES = tuple(Place(code, f"Place {code}", "d", "R") for code in "ABC")
JOBS, PEOPLE = Indicator("jobs", "Jobs", "people"), Indicator("people", "People", "people")
RATE = Indicator("rate", "Jobs per head", "%", ratio=Ratio("jobs", "people", 100))
TREE = Hierarchy((Node("index", "Index", None), Node("jobs", "Jobs", "index")))


def lent(code: str) -> Indicator:
    return Indicator(Earlier(code, 2).column(), code, "")


def test_a_spec_scores_an_indicator_by_its_growth() -> None:
    values = np.array([[121.0, 100.0], [50.0, 0.0], [NAN, 90.0]])
    panel = make_panel(PLACES, (JOBS, lent("jobs")), values)

    done = Scale((JOBS,), growth={"jobs": Growth(2)}).apply(State(panel, TREE))

    np.testing.assert_allclose(done.panel.of("jobs"), [10, NAN, NAN])
    assert [Status(int(one)) for one in done.panel.statuses[:, 0]] == [
        Status.DERIVED,
        Status.NOT_APPLICABLE,
        Status.NOT_COLLECTED,
    ]
    assert done.panel.indicators[0].unit == "% a year"
    assert [flag.place for flag in done.flags] == [None, "B"]


def test_a_ratio_can_grow_too() -> None:
    values = np.array([[60.0, 100.0, 25.0, 50.0]] * 3)
    panel = make_panel(PLACES, (JOBS, PEOPLE, lent("jobs"), lent("people")), values)
    tree = Hierarchy((Node("index", "Index", None), Node("rate", "Rate", "index")))

    done = Scale((RATE,), growth={"rate": Growth(2, Form.ABSOLUTE)}).apply(State(panel, tree))

    np.testing.assert_allclose(done.panel.of("rate"), 10)


def test_growth_without_the_earlier_figures_is_refused_by_name() -> None:
    panel = make_panel(PLACES, (JOBS,), np.ones((3, 1)))

    with pytest.raises(BadSpec, match="'jobs': there are no figures of jobs of 2 years before"):
        Scale((JOBS,), growth={"jobs": Growth(2)}).apply(State(panel, TREE))


def spec_with(folder: Path, line: str) -> Path:
    text = (EXAMPLE / "indexes" / "local-digital-index.yaml").read_text(encoding="utf-8")
    assert text.count("\n  - scale\n") == 1
    path = folder / "spec.yaml"
    path.write_text(text.replace("\n  - scale\n", f"\n  - scale: {line}\n"), encoding="utf-8")
    return path


def test_a_spec_file_names_what_grows_and_over_how_many_years(tmp_path: Path) -> None:
    path = spec_with(tmp_path, "{growth: {business-births: {years: 3, form: log}}}")

    (scale, *_) = read_spec(path, bundled_catalogue()).steps

    assert isinstance(scale, Scale)
    assert scale.growth == {"business-births": Growth(3, Form.LOG)}
    assert scale.earlier == (Earlier("business-births", 3),)
    assert "Business births, growth a year over 3 years in logarithms" in scale.words


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{growth: {birth: {years: 3}}}", "'birth' has a growth of its own and is no indicator"),
        ("{growth: {business-births: {years: 0}}}", "years"),
        ("{growth: {business-births: {years: 3, form: fast}}}", "form"),
        ("{growth: {business-births: {}}}", "years"),
    ],
)
def test_a_growth_that_cannot_be_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadSpec, match=said):
        read_spec(spec_with(tmp_path, line), bundled_catalogue())
