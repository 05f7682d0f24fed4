"""Treatment by hand: each method, its gaps, what it refuses, and the choice per indicator."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placedex.errors import BadSpec
from placedex.index.transform import (
    Limits,
    box_cox,
    draw_in,
    log_above_lowest,
    log_by_skew,
    log_gii,
    shifted_log,
    winsorise,
    winsorise_at_percentiles,
)
from placedex.index.treat import TREATMENTS, Treat
from placedex.index.treatments import (
    AtPercentiles,
    BoxCox,
    InTurn,
    LogAboveLowest,
    LogBySkew,
    LogGII,
    Mark,
    ShiftedLog,
    Treatment,
    Winsorise,
)
from placedex.stats import Quantiles
from tests.index.tables import NAN, difference, nodes, state

OUTLIER = [*(float(one) for one in range(1, 11)), 500.0]
ALL: tuple[Treatment, ...] = (
    Winsorise(),
    AtPercentiles(),
    ShiftedLog(),
    LogAboveLowest(),
    LogBySkew(),
    LogGII(),
    BoxCox(),
    InTurn(),
)
KINDS = [type(one).__name__ for one in ALL]


def test_points_are_drawn_in_by_hand_until_the_limits_are_kept() -> None:
    drawn = draw_in(np.array(OUTLIER), limits=Limits(), most=5)

    assert drawn.values.tolist() == [*OUTLIER[:-1], 10]
    assert np.flatnonzero(drawn.high).tolist() == [10]
    assert int(drawn.moved) == 1
    assert not drawn.low.any()


def test_figures_that_are_all_alike_or_too_few_are_left() -> None:
    """COINr 1.1.14 stops with an error on figures that are all alike."""
    for values in ([3.0, 3.0, 3.0, 3.0, 3.0], [1.0, 900.0], [NAN, NAN, NAN]):
        after, moved = winsorise(np.array(values), limits=Limits(-1, -np.inf), most=None)
        np.testing.assert_equal(after, values)
        assert moved == 0


def test_percentiles_draw_in_either_side_by_hand() -> None:
    """Of 0, 1 .. 10 the 5th and 90th percentile are 0.5 and 9 by type 7; by type 6 -0.4 is 0."""
    values = np.arange(11.0)

    both = winsorise_at_percentiles(values, low=5, high=90)
    high = winsorise_at_percentiles(values, high=90)
    sixth = winsorise_at_percentiles(values, low=5, high=90, convention=Quantiles.SIX)

    assert both.values.tolist() == [0.5, *range(1, 10), 9]
    assert high.values.tolist() == [*range(10), 9]
    assert np.flatnonzero(both.low).tolist() == [0]
    assert sixth.values.tolist() == pytest.approx([0, *range(1, 10), 9.8])


def test_logarithms_by_hand() -> None:
    values = np.array([1.0, 2.0, 11.0])

    assert shifted_log(values).tolist() == pytest.approx(np.log([0.1, 1.1, 10.1]).tolist())
    assert log_above_lowest(values).tolist() == pytest.approx(np.log([1, 2, 11]).tolist())
    assert log_by_skew(values).tolist() == shifted_log(values).tolist()
    turned = -np.log([0.1, 1.1, 10.1])
    assert log_by_skew(-values).tolist() == pytest.approx(turned.tolist())
    assert log_gii(values).tolist() == pytest.approx([0, np.log(2), np.log(11)])
    assert box_cox(values, 2).tolist() == pytest.approx([0, 1.5, 60])
    assert box_cox(values, 0).tolist() == pytest.approx(np.log([1, 2, 11]).tolist())
    assert box_cox(values, -1, shift=False).tolist() == pytest.approx([0, 0.5, 10 / 11])


def test_what_has_no_logarithm_is_missing_and_never_infinite() -> None:
    assert np.isnan(shifted_log(np.array([4.0, 4.0]))).all()
    assert np.isnan(log_gii(np.array([0.1, 0.9]))).all()
    assert np.isnan(box_cox(np.array([-1.0, 0.0]), 0.5, shift=False)).all()


@pytest.mark.parametrize("treatment", ALL, ids=KINDS)
def test_a_missing_figure_stays_missing_and_changes_nothing(treatment: Treatment) -> None:
    whole = treatment.treat(np.array(OUTLIER))
    gapped = treatment.treat(np.array([NAN, *OUTLIER]))

    np.testing.assert_array_equal(gapped.values, [NAN, *whole.values])
    assert gapped.marks.tolist() == [Mark.UNTREATED, *whole.marks]


@pytest.mark.parametrize("treatment", ALL, ids=KINDS)
@given(
    values=st.lists(st.integers(1, 60), min_size=5, max_size=12).filter(
        lambda one: len(set(one)) > 1
    ),
    far=st.integers(61, 5000),
)
def test_the_order_of_places_is_nothing_and_the_order_of_figures_stays(
    treatment: Treatment, values: list[int], far: int
) -> None:
    figures = np.array([*values, far], dtype=float)
    order = np.argsort(figures, kind="stable")

    treated = treatment.treat(figures).values

    assert difference(treatment.treat(figures[::-1]).values, treated[::-1]) < 1e-12
    assert (np.diff(treated[order]) >= -1e-12).all()
    both = treatment.treat(np.stack([figures, figures[::-1]]))
    assert difference(both.values[0], treated) < 1e-12


def test_the_second_acts_on_the_figures_or_on_what_the_first_made_of_them() -> None:
    figures = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 1000, 3000])
    first = winsorise(figures, limits=Limits(0.5, 0.5), most=1)[0]

    alone = InTurn(Winsorise(1, Limits(0.5, 0.5)), limits=Limits(0.5, 0.5))
    combined = replace(alone, combined=True)

    np.testing.assert_array_equal(alone.treat(figures).values, shifted_log(figures))
    np.testing.assert_array_equal(combined.treat(figures).values, shifted_log(first))
    assert combined.treat(figures).said.startswith("1 extreme value was drawn in, then the log")


def test_without_a_second_the_first_is_kept_and_what_it_did_not_mend_is_said() -> None:
    low = [float(one) for one in range(40)]

    made = Treat(1, second=None).apply(state({"a": [*low, 500, 4000]}))

    assert made.panel.of("a").tolist() == [*low, 500, 500]
    assert [flag.words for flag in made.flags] == [
        "a: 1 extreme value was drawn in; it is still beyond the limits."
    ]


def test_each_indicator_may_have_a_treatment_of_its_own_or_none() -> None:
    """A bare treatment is applied whatever the distribution."""
    even = [float(one) for one in range(11)]
    columns = {"a": OUTLIER, "b": OUTLIER, "c": even, "d": OUTLIER}
    step = Treat(individually={"b": None, "c": BoxCox(0), "d": AtPercentiles(None, 90)})

    made = step.apply(state(columns))

    assert made.panel.of("a").tolist() == [*OUTLIER[:-1], 10]
    assert made.panel.of("b").tolist() == OUTLIER
    assert made.panel.of("c").tolist() == pytest.approx(np.log(np.arange(1, 12)).tolist())
    assert made.panel.of("d").max() == 10
    assert [flag.node for flag in made.flags] == ["a", "c", "d"]
    assert "'b': no treatment." in step.words


def test_a_figure_that_is_not_touched_keeps_its_standard_error() -> None:
    before = state({"a": OUTLIER})
    panel = replace(before.panel, errors=np.full((11, 1), 0.5))

    made = Treat().apply(before.with_panel(panel))

    np.testing.assert_array_equal(made.panel.errors[:, 0], [0.5] * 10 + [NAN])


def test_a_treatment_without_an_answer_is_refused_by_name() -> None:
    with pytest.raises(BadSpec, match="'a': its figures run from 0.1 to 0.9. Wanted figures that"):
        Treat(individually={"a": LogGII()}).apply(state({"a": [0.1, 0.9]}))


def test_a_treatment_of_its_own_for_what_is_no_indicator_is_refused() -> None:
    with pytest.raises(BadSpec, match="'b' has a treatment of its own and is no indicator"):
        Treat(individually={"b": None}).check(nodes(["a"]))


def test_every_treatment_of_the_registry_says_what_it_does() -> None:
    assert {type(one) for one in ALL} == set(TREATMENTS.values())
    assert all(one.words and one.wants for one in ALL)
