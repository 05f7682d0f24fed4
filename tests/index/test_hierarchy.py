"""A hierarchy is a tree with weights that make sense, or it is refused."""

import pytest

from placedex.errors import BadSpec
from placedex.index import Hierarchy, Node


def tree(*nodes: tuple[str, str | None, float]) -> Hierarchy:
    return Hierarchy(tuple(Node(code, code, parent, weight) for code, parent, weight in nodes))


def test_effective_weights_multiply_down_the_tree() -> None:
    hierarchy = tree(
        ("index", None, 1), ("skills", "index", 3), ("nets", "index", 1), ("a", "skills", 1),
        ("b", "skills", 1), ("c", "nets", 5),
    )  # fmt: skip

    shares = hierarchy.effective_weights()

    assert shares == {
        "index": 1, "skills": 0.75, "nets": 0.25, "a": 0.375, "b": 0.375, "c": 0.25,
    }  # fmt: skip


def test_a_node_left_out_takes_its_children_and_an_emptied_parent_with_it() -> None:
    hierarchy = tree(
        ("index", None, 1), ("skills", "index", 1), ("nets", "index", 1), ("a", "skills", 1),
        ("c", "nets", 1),
    )  # fmt: skip

    assert [node.code for node in hierarchy.without(["skills"])] == ["index", "nets", "c"]
    assert [node.code for node in hierarchy.without(["c"])] == ["index", "skills", "a"]


def test_nothing_left_is_refused() -> None:
    with pytest.raises(BadSpec, match="Nothing is left"):
        tree(("index", None, 1), ("a", "index", 1)).without(["a"])


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        ((("index", None, 1), ("a", "b", 1), ("b", "a", 1)), "a, b are each other's parents"),
        ((("a", "b", 1), ("b", "a", 1)), "a cycle"),
        ((("index", None, 1), ("a", "index", -2)), "'a' has the weight -2"),
        ((("index", None, 1), ("a", "index", float("nan"))), "'a' has the weight nan"),
        ((("index", None, 1), ("a", "index", 0)), "children of 'index' all have the weight 0"),
        ((("index", None, 1), ("a", "nowhere", 1)), "parent 'nowhere', which is not there"),
        ((("index", None, 1), ("other", None, 1)), "2 nodes without a parent"),
        ((("index", None, 1), ("a", "index", 1), ("a", "index", 1)), "'a' is there twice"),
    ],
)
def test_a_hierarchy_that_is_no_tree_is_refused(
    nodes: tuple[tuple[str, str | None, float], ...], words: str
) -> None:
    with pytest.raises(BadSpec, match=words):
        tree(*nodes)
