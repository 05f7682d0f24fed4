"""Two builds side by side, and the exact account of why one place's score and rank differ."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Equal,
    Given,
    Hierarchy,
    Index,
    MinMax,
    Node,
    Rank,
    Scale,
    Screen,
    Spec,
    build,
)
from placedex.index.means import Geometric
from placedex.index.normalise import Policy
from placedex.index.over_time import editions
from placedex.index.side_by_side import side_by_side
from placedex.index.why import terms_of, told, why
from placedex.observations import Indicator, Panel, make_panel
from placedex.places import Place

NAN = float("nan")
Rows = list[list[float]]
POSTS = (0.0, 100.0)
FIXED = MinMax(clip=False)
CODES = "wxyz"
OLD: Rows = [[10, 20, 30, 40], [50, 40, 30, 20], [70, 10, 20, 90], [35, 35, 60, 35]]
NEW: Rows = [[20, 20, 60, 40], [50, 45, 20, 20], [60, 30, 25, 80], [35, 35, 60, 35]]
WHOLE = Aggregate()


def panel(rows: Sequence[Sequence[float]], places: str = "ABCD") -> Panel:
    return make_panel(
        [Place(code, f"Place {code}", "d", "R") for code in places],
        [Indicator(code, code.upper(), "") for code in CODES],
        np.array(rows, dtype=np.float64),
    )


def spec(
    weights: Sequence[float] = (1, 1, 1, 1),
    *,
    codes: str = CODES,
    posts: tuple[float, float] | None = POSTS,
    aggregate: Aggregate = WHOLE,
    code: str = "s",
) -> Spec:
    part = {"w": "one", "x": "one", "y": "two", "z": "two"}
    parts = dict.fromkeys(part[one] for one in codes)
    leaves = (
        Node(one, one.upper(), part[one], weight, goalposts=posts)
        for one, weight in zip(codes, weights, strict=True)
    )
    hierarchy = Hierarchy(
        (
            Node("index", "Index", None),
            *(Node(one, f"Part {one}", "index") for one in parts),
            *leaves,
        )
    )
    scale = Scale(tuple(Indicator(one, one.upper(), "") for one in codes))
    return Spec(code, code, hierarchy, (scale, FIXED, Given(), aggregate, Rank()))


def over_time(one: Spec, policy: Policy = Policy.FROZEN) -> tuple[Index, Index]:
    before, after = editions(
        one, {"old": panel(OLD), "new": panel(NEW)}, policy=policy
    ).indexes.values()
    return before, after


def adds_up(before: Index, after: Index, place: str) -> None:
    found = why(before, after, place)

    assert abs(float(found.score.causes.remainder)) < 1e-9
    assert abs(float(found.rank.causes.remainder)) < 1e-9
    assert found.score.before == pytest.approx(before.result(place)[0], abs=1e-9)
    assert found.score.after == pytest.approx(after.result(place)[0], abs=1e-9)


def test_scores_ranks_and_shifts_of_every_node() -> None:
    table = side_by_side(*over_time(spec()))

    np.testing.assert_allclose(table.whole.shift, [10, -1.25, 1.25, 0])
    np.testing.assert_allclose(table.pair("one").scores_after, [20, 47.5, 45, 35])
    np.testing.assert_allclose(table.whole.rank_shift, [-1, 1, 0, 0])
    assert [place.code for place in table.movers()] == ["A", "B"]
    assert [row["place"] for row in table.to_rows(["index"])] == ["C", "D", "A", "B"]


def test_the_agreement_of_two_orders_by_hand() -> None:
    """Orders 4 3 1 2 and 3 4 1 2: one of six pairs is turned, and two ranks differ by one."""
    whole = side_by_side(*over_time(spec())).whole

    assert whole.spearman == pytest.approx(1 - 6 * 2 / (4 * 15))
    assert whole.kendall == pytest.approx((5 - 1) / 6)
    assert whole.mean_rank_shift == 0.5


def test_places_and_nodes_of_one_build_alone_are_named() -> None:
    before = build(spec((1, 1), codes="wx"), panel(OLD))
    after = build(spec((1, 1, 1), codes="wyz"), panel(NEW[:3], "ABC"))

    table = side_by_side(before, after)

    assert [place.code for place in table.only_before] == ["D"]
    assert [node.code for node in table.nodes_before] == ["x"]
    assert [node.code for node in table.nodes_after] == ["two", "y", "z"]
    with pytest.raises(BadSpec, match="Wanted one of w, one, index"):
        table.pair("x")


def test_builds_without_a_common_place_are_refused() -> None:
    with pytest.raises(BadSpec, match="share no place"):
        side_by_side(build(spec(), panel(OLD)), build(spec(), panel(NEW, "EFGH")))


def test_a_place_without_a_score_in_one_moves_nowhere() -> None:
    rows: Rows = [[NAN] * 4, *NEW[1:]]

    table = side_by_side(build(spec(), panel(OLD)), build(spec(), panel(rows)))

    assert np.isnan(table.whole.shift[0])
    assert [place.code for place in table.scored] == ["B", "C", "D"]
    assert "A" not in [place.code for place in table.movers()]


def test_the_terms_of_a_score_share_the_weight_of_what_is_missing() -> None:
    rows: Rows = [[10, 20, NAN, 40], *OLD[1:]]
    index = build(spec((1, 3, 1, 1)), panel(rows))

    assert terms_of(index, "A") == pytest.approx({"w": 10 / 8, "x": 60 / 8, "z": 20})


def test_each_indicator_adds_its_own_change_to_a_score_on_fixed_goalposts() -> None:
    found = why(*over_time(spec((1, 3, 1, 1))), "A")

    added = dict(zip(found.score.causes.players, found.score.causes.contributions, strict=True))
    assert added == pytest.approx({"W": 10 / 8, "X": 0, "Y": 7.5, "Z": 0})
    assert found.words[0].startswith("Place A rose 8.75 points")


@pytest.mark.parametrize("policy", list(Policy))
@pytest.mark.parametrize("place", list("ABCD"))
@pytest.mark.parametrize("posts", [POSTS, None])
def test_an_account_adds_up_under_every_policy(
    policy: Policy, place: str, posts: tuple[float, float] | None
) -> None:
    adds_up(*over_time(spec(posts=posts), policy), place)


def test_under_floating_goalposts_an_unchanged_place_moves_by_its_rivals_alone() -> None:
    found = why(*over_time(spec(posts=None), Policy.FLOATING), "D")

    added = dict(zip(found.score.causes.players, found.score.causes.contributions, strict=True))
    assert added["rivals"] == pytest.approx(found.score.after - found.score.before)
    assert added["rivals"] != 0


def test_two_specs_with_other_weights_differ_by_their_weights() -> None:
    before, after = (build(spec(one), panel(OLD)) for one in ((1, 1, 1, 1), (4, 1, 1, 1)))

    found = why(before, after, "A")

    assert [cause for cause, _ in told(found.score)] == ["The weights changed"]
    assert found.notes == ()
    adds_up(before, after, "A")


def test_an_indicator_that_one_spec_lacks_is_a_change_of_weights() -> None:
    before = build(spec(), panel(OLD))
    after = build(spec((1, 1, 1), codes="wxy"), panel(OLD))

    found = why(before, after, "B")

    assert [cause for cause, _ in told(found.score)] == ["The weights changed"]
    adds_up(before, after, "B")


def test_weights_and_method_are_told_apart() -> None:
    geometric = Aggregate(nodes={"index": Geometric()})
    before = build(spec(), panel(OLD))
    after = build(spec((4, 1, 1, 1), aggregate=geometric), panel(OLD))

    found = why(before, after, "C")

    assert {cause for cause, _ in told(found.score)} == {
        "The weights changed",
        "The method changed",
    }
    adds_up(before, after, "C")


def test_specs_of_another_build_are_one_cause_and_a_note_says_so() -> None:
    before = build(spec(), panel(OLD))
    other = Hierarchy(tuple(
        dataclasses.replace(node, parent="two") if node.code == "x" else node
        for node in before.spec.hierarchy
    ))  # fmt: skip
    after = build(before.spec.with_hierarchy(other), panel(NEW))

    found = why(before, after, "A")

    assert "both are under the method" in found.notes[0]
    adds_up(before, after, "A")


def test_equal_weights_are_a_method() -> None:
    one = spec((4, 1, 1, 1))
    steps = tuple(Equal() if step.verb == "weight" else step for step in one.steps)
    before, after = (
        build(each, panel(OLD)) for each in (one, dataclasses.replace(one, steps=steps))
    )

    assert [cause for cause, _ in told(why(before, after, "A").score)] == ["The method changed"]


def test_a_screen_that_leaves_places_out_is_membership() -> None:
    one = spec()
    screen = Screen(leave_out=("C",))
    steps = (one.steps[0], screen, *one.steps[1:])
    before = build(one, panel(OLD))
    after = build(dataclasses.replace(one, steps=steps), panel(OLD))

    found = why(before, after, "D")

    assert ("Places joined or left", -1.0) in told(found.rank)
    adds_up(before, after, "D")


def test_a_place_with_a_gap_has_an_account_too() -> None:
    old, new = [row[:] for row in OLD], [row[:] for row in NEW]
    old[0][1] = new[0][1] = NAN
    made = editions(spec(), {"old": panel(old), "new": panel(new)}, share=0.5)

    before, after = made.indexes.values()
    adds_up(before, after, "A")


def test_a_place_that_one_build_does_not_score_is_refused() -> None:
    before, after = build(spec(), panel(OLD)), build(spec(), panel(NEW[:3], "ABC"))

    with pytest.raises(BadSpec, match="D has no score on 's' in both builds"):
        why(before, after, "D")


def test_the_printed_amounts_make_the_printed_change() -> None:
    found = why(*over_time(spec((1, 3, 7, 2))), "C")

    for one in (found.score, found.rank):
        for decimals in (0, 1, 2):
            shown = sum(amount for _, amount in told(one, decimals=decimals))
            change = round(one.after, decimals) - round(one.before, decimals)
            assert shown == pytest.approx(change, abs=1e-9)
