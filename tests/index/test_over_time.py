"""Editions over time: what compares, under which goalposts, and what must be left out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Given,
    Hierarchy,
    MinMax,
    Node,
    Normalise,
    Rank,
    Scale,
    Screen,
    Spec,
    Step,
    Treat,
)
from placedex.index.normalisations import ZScore
from placedex.index.normalise import Policy, normalise_editions
from placedex.index.over_time import back_cast, chain_link, editions
from placedex.observations import Indicator, Panel, make_panel
from placedex.observations.panel import FloatArray
from placedex.places import Place
from tests.index.tables import read_json

NAN = float("nan")
OPEN = MinMax(clip=False)


def spec(
    codes: Sequence[str] = ("x", "y"),
    *,
    steps: Sequence[Step] = (OPEN,),
    posts: Mapping[str, tuple[float, float]] | None = None,
) -> Spec:
    leaves = (Node(one, one.upper(), "index", goalposts=(posts or {}).get(one)) for one in codes)
    scale = Scale(tuple(Indicator(one, one.upper(), "") for one in codes))
    hierarchy = Hierarchy((Node("index", "Index", None), *leaves))
    return Spec("s", "S", hierarchy, (scale, *steps, Given(), Aggregate(), Rank()))


def panel(columns: Mapping[str, Sequence[float]], places: str = "") -> Panel:
    values = np.array(list(columns.values()), dtype=np.float64).T
    codes = places or "ABCDEFGHIJ"[: len(values)]
    return make_panel(
        [Place(code, f"Place {code}", "d", "R") for code in codes],
        [Indicator(code, code.upper(), "") for code in columns],
        values,
    )


def tables(shared: Path) -> tuple[dict[str, Panel], dict[str, dict[str, list[float]]]]:
    case = read_json(shared / "golden" / "methods" / "A18_time_comparability.json")
    found = {
        name: panel(dict(zip("xy", np.array(case["inputs"][name]).T.tolist(), strict=True)))
        for name in ("Y0", "Y1")
    }
    return found, case["expected"]


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        (Policy.FLOATING, "floating"),
        (Policy.POOLED, "pooled"),
        (Policy.FROZEN, "base_year_goalposts_unclipped"),
    ],
)
def test_the_three_policies_give_their_published_scores(
    shared: Path, policy: Policy, name: str
) -> None:
    found, wanted = tables(shared)

    made = editions(spec(), found, policy=policy)

    np.testing.assert_allclose(made.scores(), [wanted[name]["t0"], wanted[name]["t1"]], atol=1e-12)


def test_a_place_falls_under_floating_goalposts_though_nothing_of_its_own_fell(
    shared: Path,
) -> None:
    found, _ = tables(shared)
    own = [one.values[1] for one in found.values()]

    floating = editions(spec(), found, policy=Policy.FLOATING).scores()[:, 1]
    frozen = editions(spec(), found, policy=Policy.FROZEN).scores()[:, 1]

    assert (own[1] >= own[0]).all()
    assert floating[1] < floating[0] - 10
    assert frozen[1] > frozen[0]


def test_goalposts_are_those_of_the_base_edition_that_is_named() -> None:
    found = {"2022": panel({"x": [0, 10]}), "2023": panel({"x": [5, 20]})}

    made = editions(spec("x"), found, base="2023")

    assert made.spec.hierarchy["x"].goalposts == (5, 20)
    with pytest.raises(BadSpec, match="Wanted one of 2022, 2023"):
        editions(spec("x"), found, base="2021")


@pytest.mark.parametrize("policy", list(Policy))
def test_goalposts_of_the_spec_hold_under_every_policy(policy: Policy) -> None:
    found = {"2022": panel({"x": [0, 10]}), "2023": panel({"x": [5, 20]})}

    made = editions(spec("x", posts={"x": (0, 100)}), found, policy=policy)

    np.testing.assert_allclose(made.scores(), [[0, 10], [5, 20]])


def test_methods_without_goalposts_look_at_the_base_edition() -> None:
    found = {"2022": panel({"x": [0, 2]}), "2023": panel({"x": [2, 4]})}
    method = Normalise(ZScore(0, 1))

    frozen = editions(spec("x", steps=(method,)), found).scores()
    pooled = editions(spec("x", steps=(method,)), found, policy=Policy.POOLED).scores()

    np.testing.assert_allclose(frozen[1] - frozen[0], np.sqrt(2))
    np.testing.assert_allclose(pooled.mean(), 0, atol=1e-12)
    assert frozen[0, 1] == pytest.approx(frozen[1, 0])


def test_floating_goalposts_of_a_spec_are_held_too() -> None:
    found = {"2022": panel({"x": [0, 10]}), "2023": panel({"x": [5, 20]})}

    made = editions(spec("x", steps=(MinMax(clip=False, floating=True),)), found)

    np.testing.assert_allclose(made.scores(), [[0, 100], [50, 200]])


def test_a_treatment_that_hangs_on_the_figures_cannot_be_frozen() -> None:
    x = [1, 2, 2, 3, 3, 4, 4, 5, 6, 5000.0]
    found = {"2022": panel({"x": x}), "2023": panel({"x": x})}

    with pytest.raises(BadSpec, match="cannot be frozen"):
        editions(spec("x", steps=(Treat(0), OPEN)), found)


def test_what_one_edition_lacks_is_left_out_of_all_and_said() -> None:
    old = panel({"x": [1, 2, NAN, 4], "y": [NAN] * 4, "z": [1, 2, 3, 4]}, "ABCE")
    new = panel({"x": [2, 3, 4, 5], "y": [1, 2, 3, 4], "z": [4, 3, 2, 1]}, "ABCD")

    made = editions(spec("xyz"), {"old": old, "new": new}, share=0.75)

    assert [leaf.code for leaf in made.spec.hierarchy.leaves] == ["x", "z"]
    assert [place.code for place in made.indexes["new"].scores.places] == ["A", "B"]
    assert made.left_out == (
        "Place D, Place E: not among the places of all of the editions.",
        "No figure for these places in old: Y.",
        "Place C: without figures enough in all of the editions.",
    )


def test_a_figure_that_one_edition_lacks_is_missing_in_all() -> None:
    old = panel({"x": [0, 50, 100], "y": [NAN, 50, 60], "z": [0, 50, 100], "w": [0, 50, 100]})
    new = panel({"x": [0, 50, 100], "y": [90, 50, 60], "z": [0, 50, 100], "w": [0, 50, 100]})

    made = editions(spec("xyzw"), {"old": old, "new": new})

    assert np.isnan(made.indexes["new"].figures.of("y")[0])
    assert made.scores()[0, 0] == made.scores()[1, 0] == 0
    assert made.moved == ()


def test_what_the_screen_sets_aside_in_one_edition_is_left_out_of_all() -> None:
    old = panel({"x": [1, 2, 3], "y": [7, 7, 7]})
    new = panel({"x": [2, 3, 4], "y": [7, 8, 9]})
    screen = Screen(saturated=0.9, drop_saturated=True)

    made = editions(spec(steps=(screen, OPEN)), {"old": old, "new": new})

    assert [leaf.code for leaf in made.spec.hierarchy.leaves] == ["x"]
    assert made.left_out == (
        "In old: Y is 7 in 100% of these places, so it no longer tells them apart: set aside.",
    )


def test_an_indicator_that_an_old_panel_has_no_column_for_is_left_out() -> None:
    made = editions(spec(), {"old": panel({"x": [1, 2]}), "new": panel({"x": [2, 3], "y": [1, 2]})})

    assert made.left_out == ("No figure for these places in old: Y.",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"x": [1, 2], "y": [NAN, NAN]}, {"x": [NAN, NAN], "y": [1, 2]}, "share no indicator"),
        ({"x": [1, NAN], "y": [1, NAN]}, {"x": [NAN, 1], "y": [NAN, 1]}, "no place that all"),
    ],
)
def test_editions_without_anything_in_common_are_refused(
    old: dict[str, list[float]], new: dict[str, list[float]], said: str
) -> None:
    with pytest.raises(BadSpec, match=said):
        editions(spec(), {"old": panel(old), "new": panel(new)})


def test_the_order_of_the_places_is_nothing() -> None:
    old, new = panel({"x": [1, 2, 9]}, "ABC"), panel({"x": [2, 9, 4]}, "ABC")
    turned = panel({"x": [9, 2, 4]}, "BAC")

    first = editions(spec("x"), {"old": old, "new": new}).scores()
    second = editions(spec("x"), {"old": old, "new": turned}).scores()

    np.testing.assert_array_equal(first, second)


def test_a_new_spec_is_cast_back_and_what_cannot_be_is_named() -> None:
    found = {
        "2021": panel({"z": [1, 2]}),
        "2022": panel({"x": [0, 4], "y": [NAN, NAN]}),
        "2023": panel({"x": [0, 8], "y": [5, 1]}),
    }

    none, part, whole = back_cast(spec(), found)

    assert none.index is None
    assert none.words == "2021 cannot be back-cast: it has none of the figures."
    assert part.words == "2022 is back-cast without Y."
    assert part.index is not None
    np.testing.assert_allclose(part.index.scores.of("index"), [0, 50])
    assert whole.words == "2023 is back-cast whole."


OLD: FloatArray = np.array([[10.0, 40.0], [12.0, 44.0], [NAN, NAN]])
NEW: FloatArray = np.array([[NAN, NAN], [24.0, 22.0], [30.0, 33.0]])


def test_series_are_linked_where_both_are_known_by_a_factor_of_each_place() -> None:
    found = chain_link(OLD, NEW)

    np.testing.assert_allclose(found.factors, [2, 0.5])
    np.testing.assert_allclose(found.values, [[20, 20], [24, 22], [30, 33]])
    np.testing.assert_allclose(found.values[1] / found.values[0], OLD[1] / OLD[0])


def test_one_factor_for_all_keeps_the_shares_of_the_old_level() -> None:
    found = chain_link(OLD, NEW, per_place=False)

    np.testing.assert_allclose(found.factors, 46 / 56)
    np.testing.assert_allclose(found.values[0], OLD[0] * 46 / 56)


def test_a_place_without_both_in_the_overlap_is_missing_before_the_link() -> None:
    old = OLD.copy()
    old[1, 0] = NAN

    found = chain_link(old, NEW)

    np.testing.assert_allclose(found.values[:, 0], [NAN, 24, 30])


def test_no_overlap_no_link() -> None:
    with pytest.raises(BadSpec, match="an overlap of at least one"):
        chain_link(OLD, np.where([[0], [0], [1]], NEW, NAN))
    with pytest.raises(BadSpec, match="an overlap of at least one"):
        chain_link(OLD, NEW, at=0)


@pytest.mark.parametrize(
    ("old", "at", "words"),
    [
        (OLD[:2], None, r"shapes \(2, 2\) and \(3, 2\) were given. Wanted two alike"),
        (OLD[:, 0], None, r"shapes \(3,\) and \(3, 2\) were given"),
        (OLD, 3, "the row 3 is to be the overlap. Wanted one from 0 to 2"),
        (OLD, -2, "the row -2 is to be the overlap"),
    ],
)
def test_series_that_do_not_fit_and_rows_that_are_not_there_are_refused(
    old: FloatArray, at: int | None, words: str
) -> None:
    """A row counted from the end would have been read as a time before all others."""
    with pytest.raises(BadSpec, match=f"Link: .*{words}"):
        chain_link(old, NEW, at=at)


def test_a_base_that_is_no_edition_is_refused_with_the_indicator() -> None:
    with pytest.raises(BadSpec, match="indicator 'x': the base is the edition 2. Wanted one from"):
        normalise_editions(np.array([[1.0, 2], [3, 4]]), ZScore(), Node("x", "X", "i"), base=2)


def test_a_figure_of_nought_in_the_overlap_gives_no_factor() -> None:
    with pytest.raises(BadSpec, match="nought or below"):
        chain_link(OLD * [[1, 0]], NEW)
