"""Last figures carried forward by the step scale: worked by hand, marked, and sure as a walk is."""

from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, Hierarchy, MinMax, Node, Rank, Scale, Spec, build, read_spec
from placedex.index.growth import Growth
from placedex.index.step import State
from placedex.observations import (
    Earlier,
    Indicator,
    Panel,
    Ratio,
    Status,
    bundled_catalogue,
    make_panel,
)
from placedex.places import Place
from tests.conftest import EXAMPLE

NAN = float("nan")
JOBS = Indicator("jobs", "Jobs", "", better=1)
PEOPLE = Indicator("people", "People", "")
RATE = Indicator("rate", "Rate", "%", better=1, ratio=Ratio("jobs", "people", 100))


def before(code: str, years: int) -> Indicator:
    return Indicator(Earlier(code, years).column(), code, "")


def tree(code: str) -> Hierarchy:
    return Hierarchy((Node("index", "Index", None), Node(code, code, "index")))


def panel() -> Panel:
    """Jobs now, one and two years before: A lacks the last figure, B the middle one, C all."""
    values = np.array([[NAN, 12.0, 10.0], [24, NAN, 20], [NAN, NAN, NAN], [30, 30, 30]])
    places = [Place(code, f"Place {code}", "d", "R") for code in "ABCD"]
    return make_panel(places, (JOBS, before("jobs", 1), before("jobs", 2)), values)


def test_a_gap_takes_the_last_figure_before_it_with_its_error_and_its_flag() -> None:
    """A square change of 2² in a year, one of 4² in two and two of nought: 12 over four are 3."""
    done = Scale((JOBS,), carry=2).apply(State(panel(), tree("jobs")))

    np.testing.assert_array_equal(done.panel.of("jobs"), [12, 24, NAN, 30])
    np.testing.assert_allclose(done.panel.errors[:, 0], [np.sqrt(3), NAN, NAN, NAN])
    assert done.panel.statuses[0, 0] == Status.IMPUTED
    assert done.panel.statuses[1, 0] != Status.IMPUTED
    (flag,) = done.flags
    assert (flag.kind, flag.node, flag.place) == ("imputed", "jobs", "A")
    assert flag.words.endswith(
        "filled with the place's last figure before it (of the year before)."
    )


def test_a_figure_is_carried_so_many_years_and_no_more() -> None:
    old = panel()
    shifted = old.with_values(np.where(old.values == 12, NAN, old.values))

    one = Scale((JOBS,), carry=1).apply(State(shifted, tree("jobs")))
    two = Scale((JOBS,), carry=2).apply(State(shifted, tree("jobs")))

    assert np.isnan(one.panel.of("jobs")[0])
    assert two.panel.of("jobs")[0] == 10
    assert "2 years before" in two.flags[0].words


def test_a_ratio_is_carried_as_a_ratio_and_what_is_called_unreliable_is_not() -> None:
    columns = (JOBS, PEOPLE, before("jobs", 1), before("people", 1))
    values = np.array([[NAN, 100.0, 30, 60], [20, 50, 10, 50]])
    places = [Place(code, code, "d", "R") for code in "AB"]
    held = make_panel(places, columns, values)

    done = Scale((RATE,), carry=1).apply(State(held, tree("rate")))

    np.testing.assert_allclose(done.panel.of("rate"), [50, 40])

    statuses = held.statuses.copy()
    statuses[0, 2] = Status.UNRELIABLE
    done = Scale((RATE,), carry=1).apply(
        State(held.with_values(values, statuses=statuses), tree("rate"))
    )
    assert np.isnan(done.panel.of("rate")[0])


def test_an_indicator_that_grows_takes_no_older_figure() -> None:
    step = Scale((JOBS,), growth={"jobs": Growth(1)}, carry=2)

    assert step.earlier == (Earlier("jobs", 1),)
    assert np.isnan(step.apply(State(panel(), tree("jobs"))).panel.of("jobs")[0])


def test_older_figures_that_are_not_in_the_panel_are_refused_by_name() -> None:
    with pytest.raises(BadSpec, match="'jobs': there are no figures of jobs of 3 years before"):
        Scale((JOBS,), carry=3).apply(State(panel(), tree("jobs")))
    with pytest.raises(BadSpec, match="Step scale: figures of -1 years before"):
        Scale((JOBS,), carry=-1)


def test_the_order_of_places_is_nothing_to_what_is_carried() -> None:
    spec = Spec("s", "S", tree("jobs"), (Scale((JOBS,), carry=2), MinMax(), Aggregate(), Rank()))
    one = panel()
    order = [3, 1, 0, 2]
    other = make_panel([one.places[row] for row in order], one.indicators, one.values[order])

    first, second = build(spec, one).figures, build(spec, other).figures

    assert first.values[order].tobytes() == second.values.tobytes()
    assert first.errors[order].tobytes() == second.errors.tobytes()


def test_a_spec_file_says_how_far_figures_are_carried(tmp_path: Path) -> None:
    text = (EXAMPLE / "indexes" / "local-digital-index.yaml").read_text(encoding="utf-8")
    path = tmp_path / "spec.yaml"
    path.write_text(text.replace("\n  - scale\n", "\n  - scale: {carry: 2}\n"), encoding="utf-8")

    scale = read_spec(path, bundled_catalogue()).steps[0]

    assert isinstance(scale, Scale)
    assert scale.carry == 2
    assert Earlier("business-births", 2) in scale.earlier
    assert "its last one of the 2 years before stands in" in scale.words
    for wrong in ("-1", "1.5", "true"):
        path.write_text(text.replace("\n  - scale\n", f"\n  - scale: {{carry: {wrong}}}\n"))
        with pytest.raises(BadSpec, match="'carry' is"):
            read_spec(path, bundled_catalogue())
