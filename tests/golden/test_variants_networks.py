"""Cases of networks in other layouts: other graphs and nodes are answered, wrong answers told."""

from pathlib import Path
from typing import Any

import pytest

from tests.golden.case import Case
from tests.golden.kinds import answer_of
from tests.golden.networks import KINDS


def difference(name: str, inputs: dict[str, Any], expected: dict[str, Any]) -> float:
    content = {"id": name, "inputs": inputs, "expected": expected}
    case = Case(Path(f"{name}.json"), content)
    return answer_of(case, KINDS)(case)


def test_a_star_of_names_with_one_alone_is_answered() -> None:
    inputs = {"nodes": ["x"], "edges": [["hub", "a"], ["hub", "b", 3], ["hub", "c"]]}
    expected = {
        "degree": {"hub": 3, "x": 0},
        "betweenness": {"hub": 3.0},
        "betweenness_normalised": {"hub": 0.5},
        "constraint": {"hub": 1 / 3, "a": 1.0, "x": None},
        "effective_size": {"hub": 3.0},
        "core": {"a": 1},
    }

    assert difference("D15_star", inputs, expected) == pytest.approx(0, abs=1e-12)
    assert difference("D15_star", inputs, {"degree": {"hub": 4}}) > 0


def test_memberships_are_projected() -> None:
    inputs = {"memberships": {"pact": ["a", "b"], "forum": ["a", "b", "c"]}}

    assert difference("D15_two", inputs, {"projection": [["a", "b", 1.5], ["a", "c", 0.5],
                                                         ["b", "c", 0.5]]}) == 0  # fmt: skip
    pairs = {"affiliations": [["a", "pact"], ["b", "pact"], ["c", "own"]]}
    assert difference("D15_two", pairs, {"degree": {"a": 1, "c": 0}, "components": 2}) == 0


def test_roles_of_one_node_or_of_all_are_answered() -> None:
    inputs = {"directed_edges": [["i", "b"], ["b", "k"]], "group": {"i": 1, "b": 2, "k": 1}}

    assert difference("D16_one", {**inputs, "node": "b"}, {"itinerant": 1, "liaison": 0}) == 0
    assert difference("D16_all", inputs, {"b": {"itinerant": 1}, "i": {"total": 0}}) == 0
    assert difference("D16_one", {**inputs, "node": "b"}, {"itinerant": 2}) > 0


def test_a_measure_that_is_not_known_is_a_skip() -> None:
    with pytest.raises(NotImplementedError, match="no answer to closeness"):
        difference("D15_star", {"edges": [["a", "b"]]}, {"closeness": {"a": 1.0}})
