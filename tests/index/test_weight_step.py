"""The step weight: methods of every kind at work in a whole index."""

from collections.abc import Sequence

import numpy as np
import pytest

from placedex.errors import BadSpec
from placedex.index import Aggregate, Equal, Given, Hierarchy, Index, Node
from placedex.index.means import Geometric
from placedex.index.step import Flag
from placedex.index.weight import WEIGHTINGS, Weights
from placedex.index.weighting import (
    Ahp,
    Budget,
    Critic,
    Entropy,
    PrincipalComponent,
    ToTarget,
    Weighting,
)
from placedex.observations import Panel
from tests.index.test_steps import made, table

NAN = float("nan")
FIGURES: dict[str, Sequence[float]] = {
    "a": [10.0, 20, 30, 55, 80, 90],
    "b": [15.0, 10, 40, 50, 70, 95],
    "c": [90.0, 30, 20, 60, 10, 40],
    "d": [20.0, 30, 20, 80, 40, 100],
}


def nodes() -> list[Node]:
    return [
        Node("net", "Net", "index", weight=2),
        Node("skill", "Skill", "index"),
        *(
            Node(code, code.upper(), parent, goalposts=(0, 100))
            for code, parent in (("a", "net"), ("b", "net"), ("c", "skill"), ("d", "skill"))
        ),
    ]


def index_with(step: Weights, panel: Panel | None = None) -> Index:
    return made(panel or table(FIGURES), nodes(), step)


def weights_of(index: Index, *codes: str) -> list[float]:
    return [index.hierarchy[code].weight for code in codes]


def flags_of(index: Index, kind: str) -> dict[str | None, Flag]:
    return {flag.node: flag for flag in index.flags if flag.kind == kind}


def test_without_a_method_the_weights_are_those_of_the_spec() -> None:
    index = index_with(Weights())

    assert weights_of(index, "net", "skill", "a") == [2, 1, 1]
    np.testing.assert_array_equal(
        index.scores.values, made(table(FIGURES), nodes(), Given()).scores.values
    )


def test_each_component_may_have_a_method_of_its_own() -> None:
    step = Weights(
        Equal(),
        {
            "net": Ahp(("b", "a"), ((1, 3), (1 / 3, 1))),
            "skill": Budget(("c", "d"), ((20, 80), (40, 60))),
        },
    )

    index = index_with(step)

    assert weights_of(index, "net", "skill") == [1, 1]
    assert weights_of(index, "a", "b") == pytest.approx([0.25, 0.75])
    assert weights_of(index, "c", "d") == pytest.approx([0.3, 0.7])
    assert index.scores.of("net")[0] == pytest.approx(0.25 * 10 + 0.75 * 15)


def test_what_each_method_found_and_what_each_indicator_carries_is_told() -> None:
    skill = Budget(("c", "d"), ((20, 80), (40, 60)))
    told = flags_of(index_with(Weights(Equal(), {"skill": skill})), "weights")

    assert told["skill"].words == (
        "Weights within Skill: spread over the experts: c 0.141, d 0.141; expert by expert: "
        "c 0.200, d 0.800; c 0.400, d 0.600."
    )
    assert told["index"].words == "Shares of the whole: A 25.0%, B 25.0%, C 15.0%, D 35.0%."


def test_points_keep_the_names_of_the_experts_who_gave_them() -> None:
    skill = Budget(("c", "d"), ((20, 80), (40, 60)), ("Ann", "Bob"))
    told = flags_of(index_with(Weights(Equal(), {"skill": skill})), "weights")

    assert "2 experts (Ann, Bob) gave it" in skill.words
    assert told["skill"].words.endswith("Ann c 0.200, d 0.800; Bob c 0.400, d 0.600.")
    with pytest.raises(BadSpec, match="2 experts gave points, and there are 1 names"):
        Budget(("c", "d"), ((20, 80), (40, 60)), ("Ann",))


def test_comparisons_that_contradict_each_other_are_flagged() -> None:
    circle = ((1.0, 3.0, 1 / 3), (1 / 3, 1.0, 3.0), (3.0, 1 / 3, 1.0))
    flat = [Node(code, code, "index", goalposts=(0, 100)) for code in "abc"]

    index = made(table(FIGURES), flat, Weights(Ahp(("a", "b", "c"), circle)))

    assert (
        "consistency ratio 1.149, above 0.10" in flags_of(index, "doubtful weights")["index"].words
    )


def test_a_table_of_comparisons_serves_for_fewer_parts() -> None:
    """An indicator that was set aside leaves the comparisons of the others as they are."""
    ahp = Ahp(("a", "x", "b"), ((1, 9, 4), (1 / 9, 1, 1 / 2), (1 / 4, 2, 1)), geometric=True)

    index = index_with(Weights(Equal(), {"net": ahp}))

    assert weights_of(index, "a", "b") == pytest.approx([0.8, 0.2])


def test_loadings_of_one_sign_become_weights() -> None:
    index = index_with(Weights(Equal(), {"net": PrincipalComponent()}))

    assert weights_of(index, "a", "b") == pytest.approx([0.5, 0.5])
    assert "loadings a +0.707, b +0.707" in flags_of(index, "weights")["net"].words


def test_loadings_of_both_signs_are_refused() -> None:
    """COINr gives a negative weight."""
    with pytest.raises(BadSpec, match=r"Step weight, node 'index': the loadings .* both signs: a"):
        made(
            table(FIGURES),
            [Node(code, code, "index", goalposts=(0, 100)) for code in "abc"],
            Weights(PrincipalComponent()),
        )


def test_components_are_weighed_by_the_scores_that_their_own_weights_give() -> None:
    step = Weights(Equal(), {"net": Entropy(), "index": ToTarget()})

    index = index_with(step)

    parts = np.stack([index.scores.of("net"), index.scores.of("skill")])
    whole = index.scores.of("index")
    importance = [np.corrcoef(part, whole)[0, 1] for part in parts]
    assert importance[0] == pytest.approx(importance[1])
    deviations = parts.std(axis=1)
    assert weights_of(index, "net", "skill") == pytest.approx(
        (1 / deviations) / (1 / deviations).sum()
    )


def test_a_target_holds_for_the_mean_that_the_index_uses() -> None:
    panel = table({code: [value + 5 for value in values] for code, values in FIGURES.items()})
    target = ToTarget({"net": 2, "skill": 1}, mean=Geometric())
    step = Weights(Equal(), {"index": target}, mean=Geometric())
    flat = [
        Node(node.code, node.name, node.parent, goalposts=node.goalposts and (0, 200))
        for node in nodes()
    ]

    index = made(panel, flat, step, Aggregate(mean=Geometric()))

    whole = index.scores.of("index")
    first, second = (np.corrcoef(index.scores.of(code), whole)[0, 1] for code in ("net", "skill"))
    assert first / second == pytest.approx(2, rel=1e-4)


def test_a_target_that_no_weights_reach_is_flagged() -> None:
    step = Weights(Equal(), {"net": ToTarget({"a": 9, "b": 1})})

    index = index_with(step)

    words = flags_of(index, "doubtful weights")["net"].words
    assert words.startswith("Net: no weights from nought upwards give what was wanted")


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Ahp(("a",), ((1.0,),)), "nothing is said of b. Wanted every part: a, b"),
        (Budget(("b",), ((1.0,),)), "nothing is said of a"),
        (ToTarget({"b": 1.0}), "nothing is said of a"),
    ],
)
def test_a_part_of_which_nothing_is_said_is_refused(method: Weighting, words: str) -> None:
    with pytest.raises(BadSpec, match=f"Step weight, node 'net': {words}"):
        index_with(Weights(Equal(), {"net": method}))


def test_a_node_that_cannot_be_weighed_is_refused() -> None:
    hierarchy = Hierarchy((Node("index", "Index", None), *nodes()))
    step = Weights(Equal(), {"a": Critic(), "net": Critic()})

    with pytest.raises(BadSpec, match="'a' is an indicator and has no parts to weigh"):
        step.check(hierarchy)
    assert set(step.within(hierarchy.without(["a"])).nodes) == {"net"}


def test_one_part_alone_has_all_the_weight_by_any_method() -> None:
    for method in (PrincipalComponent(), Critic(), Entropy(), ToTarget()):
        index = made(
            table({"a": [1, 2, 4]}), [Node("a", "A", "index", goalposts=(0, 9))], Weights(method)
        )
        assert index.scores.of("index").tolist() == index.points.of("a").tolist()


@pytest.mark.parametrize("method", [Entropy(), Critic(), PrincipalComponent(), ToTarget()])
def test_neither_the_order_of_places_nor_a_gap_upsets_a_method(method: Weighting) -> None:
    figures: dict[str, Sequence[float]] = {
        code: [*values, NAN if code == "a" else 33] for code, values in FIGURES.items()
    }
    turned = {code: values[::-1] for code, values in figures.items()}

    step = Weights(Equal(), {"net": method})
    plain, other = (index_with(step, table(one)) for one in (figures, turned))

    assert weights_of(other, "a", "b") == pytest.approx(weights_of(plain, "a", "b"), rel=1e-9)


def test_every_method_says_what_it_does() -> None:
    step = Weights(Critic(), {"net": ToTarget({"a": 1, "b": 2})})

    assert step.words == (
        "A part counts by how far it spreads and how little it goes with the other parts (CRITIC). "
        "Within 'net': Weights are such that each part matters in proportion to its target, by its "
        "correlation with the whole."
    )
    assert len(WEIGHTINGS) == 8
