"""A spec in YAML: what it gives, and errors that name file, line and key."""

from pathlib import Path

import pytest

from placedex.errors import BadSpec
from placedex.index import (
    Aggregate,
    Equal,
    Geometric,
    GroupMean,
    Impute,
    Logarithm,
    Median,
    MinMax,
    Screen,
    Spec,
    Treat,
    read_spec,
)
from placedex.index.means import Power
from placedex.index.normalisations import ZScore
from placedex.index.normalise import Normalise
from placedex.index.weight import Weights
from placedex.index.weighting import Entropy
from placedex.observations import bundled_catalogue

SPEC = """\
code: test
title: Test
kinds: [district]
components:
  - {code: index, name: Index}
  - {code: nets, name: Nets, parent: index, weight: 2}
indicators:
  - {indicator: gigabit-premises, parent: nets, goalposts: [40, 100], why: It matters.}
  - {indicator: below-30-premises, parent: nets}
steps:
  - scale
  - screen: {places: 0.5}
  - impute: median
  - treat: {winsorise: 3}
  - normalise: {scale: [1, 100], clip: false}
  - weight: equal
  - aggregate: {mean: arithmetic, nodes: {index: geometric}, complete: [index]}
  - rank
scenarios:
  - code: log
    name: Logarithms
    replace:
      - treat: {logarithm: [gigabit-premises]}
    without: [below-30-premises]
"""


def read(folder: Path, text: str) -> Spec:
    path = folder / "test.yaml"
    path.write_text(text, encoding="utf-8")
    return read_spec(path, bundled_catalogue())


def test_a_spec_gives_its_hierarchy_and_its_steps(tmp_path: Path) -> None:
    spec = read(tmp_path, SPEC)

    assert [step.verb for step in spec.steps] == [
        "scale", "screen", "impute", "treat", "normalise", "weight", "aggregate", "rank",
    ]  # fmt: skip
    assert spec.steps[1] == Screen(places=0.5)
    assert spec.steps[2] == Impute(Median())
    assert spec.steps[3] == Treat(most=3)
    assert spec.steps[4] == MinMax((1, 100), clip=False)
    assert spec.steps[5] == Equal()
    assert spec.steps[6] == Aggregate(nodes={"index": Geometric()}, complete=("index",))
    assert spec.hierarchy["gigabit-premises"].goalposts == (40, 100)
    assert spec.hierarchy["gigabit-premises"].direction == 1
    assert spec.hierarchy["below-30-premises"].direction == -1
    assert spec.hierarchy["nets"].weight == 2


def test_a_scenario_exchanges_steps_and_leaves_nodes_out(tmp_path: Path) -> None:
    spec = read(tmp_path, SPEC)

    other = spec.under(spec.scenarios[0])

    assert other.steps[3] == Logarithm(("gigabit-premises",), ("Premises with gigabit broadband",))
    assert [leaf.code for leaf in other.hierarchy.leaves] == ["gigabit-premises"]


def test_groups_for_imputation_are_given_by_code(tmp_path: Path) -> None:
    text = SPEC.replace("impute: median", "impute: {method: group mean, groups: {A: x, B: y}}")

    assert read(tmp_path, text).steps[2] == Impute(GroupMean({"A": "x", "B": "y"}))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("parent: nets, goalposts", "parent: net, goalposts", "has the parent 'net', which is not"),
        ("weight: 2", "weight: -2", "test.yaml: The node 'nets' has the weight -2"),
        ("weight: 2", "wieght: 2", "line 6: the key 'components.1.wieght' is not known. Did you"),
        ("parent: index, weight", "parent: nets, weight", "a cycle"),
        ("gigabit-premises, parent", "gigabit, parent", "'gigabit' is in no catalogue"),
        ("gigabit-premises, parent", "outward-fdi, parent", "neither better high nor better low"),
        ("  - rank", "  - rnak", "'rnak' is not known.*Did you mean 'rank'"),
        ("places: 0.5", "palces: 0.5", "line 12: the key 'palces' is not known.*'places'"),
        ("impute: median", "impute: guess", "'guess' is not known. Wanted one of none, mean"),
        ("mean: arithmetic", "mean: harmonious", "'harmonious' is not known.*Did you mean 'harm"),
        ("mean: arithmetic", "mean: {power: {exponnt: 2}}", "'exponnt' is not known.*'exponent'"),
        ("goalposts: [40, 100]", "goalposts: [40, .nan]", "line 8: 'indicators.0.goalposts.1' is"),
        ("goalposts: [40, 100]", "goalposts: [100, 40]", "goalposts of 'gigabit-premises' are 100"),
        ("weight: 2", "weight: .inf", "line 6: 'components.1.weight' is inf"),
        ("weight: 2", "weight: true", "line 6: 'components.1.weight' is True"),
        ("scale: [1, 100]", "scale: [100, 1]", "the scale runs from 100 to 1"),
        ("places: 0.5", "places: 5", "line 12: 'places' is 5. Wanted less than or equal to 1"),
        ("kinds: [district]", "kinds: []", "'kinds' is"),
        ("[gigabit-premises]}", "[gigabit-premise]}", "'gigabit-premise' is no indicator of the i"),
        ("without: [below-30-premises]", "without: [nothing]", "The scenario 'log': The hierarchy"),
        ("steps:\n", "beside: [below-30-premises]\nsteps:\n", "is scored and under 'beside' too"),
        ("  - scale\n  - screen: {places: 0.5}", "  - screen: {}\n  - scale", "Move the step"),
        ("  - rank\n", "  - weight: equal\n  - rank\n", "Move the step that is out of place"),
        ("title: Test", "title: 2023-13-45", "test.yaml"),
        ("index: geometric", "top: geometric", "The hierarchy has no node 'top'"),
        ("complete: [index]", "complete: [gigabit-premises]", "is an indicator and has nothing"),
        ("kinds: [district]", "knids: [district]", "the key 'kinds' is missing"),
        ("  - rank\n", "", "the step 'rank' 0 times"),
        ("  - weight: equal", "  - [weight, equal]", "is no step. Wanted a verb"),
        ("title: Test", "title: [unclosed", "test.yaml, line"),
    ],
)
def test_a_wrong_spec_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SPEC
    text = SPEC.replace(old, new, 1)

    with pytest.raises(BadSpec, match=words):
        read(tmp_path, text)


def test_an_empty_component_is_refused(tmp_path: Path) -> None:
    text = SPEC.replace(
        "indicators:", "  - {code: skills, name: Skills, parent: index}\nindicators:"
    )

    with pytest.raises(BadSpec, match="The component 'skills' is empty"):
        read(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSpec, match="is missing"):
        read_spec(tmp_path / "none.yaml", bundled_catalogue())


def test_a_scenario_that_replaces_a_step_that_is_not_there_is_refused(tmp_path: Path) -> None:
    text = SPEC.replace("  - impute: median\n", "").replace(
        "- treat: {log", "- impute: mean\n      - treat: {log"
    )

    with pytest.raises(BadSpec, match="replaces the step 'impute', which the spec does not have"):
        read(tmp_path, text)


def test_two_scenarios_with_one_code_are_refused(tmp_path: Path) -> None:
    text = SPEC + "  - {code: log, name: Again, without: [below-30-premises]}\n"

    with pytest.raises(BadSpec, match="The scenario 'log' is there twice"):
        read(tmp_path, text)


def test_methods_of_every_verb_are_given_by_name_and_parameters(tmp_path: Path) -> None:
    text = (
        SPEC.replace("impute: median", "impute: EM")
        .replace("treat: {winsorise: 3}", "treat: {individually: {below-30-premises: none}}")
        .replace(
            "normalise: {scale: [1, 100], clip: false}", "normalise: {method: z-score, mean: 10}"
        )
        .replace("weight: equal", "weight: {method: entropy, nodes: {index: equal}}")
        .replace("nodes: {index: geometric}", "nodes: {index: {power: {exponent: 2}}}")
    )

    steps = read(tmp_path, text).steps

    assert steps[3] == Treat(individually={"below-30-premises": None})
    assert steps[4] == Normalise(ZScore(mean=10))
    assert steps[5] == Weights(Entropy(), {"index": Equal()})
    assert steps[6] == Aggregate(nodes={"index": Power(2)}, complete=("index",))


def test_faults_of_the_hierarchy_and_of_steps_are_met_together(tmp_path: Path) -> None:
    text = SPEC.replace("weight: 2", "weight: -2").replace("- rank", "- rnak")
    text = text.replace("impute: median", "impute: guess")

    with pytest.raises(BadSpec) as caught:
        read(tmp_path, text)

    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert "the weight -2" in lines[0]
    assert "'guess' is not known" in lines[1]
    assert "'rnak' is not known" in lines[2]


def test_a_method_alone_after_aggregate_is_its_mean(tmp_path: Path) -> None:
    old = "- aggregate: {mean: arithmetic, nodes: {index: geometric}, complete: [index]}"
    steps = [
        read(tmp_path, SPEC.replace(old, f"- aggregate: {new}")).steps[6]
        for new in ("geometric", "{mean: geometric}")
    ]

    assert steps[0] == steps[1] == Aggregate(Geometric())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("screen: {places: 0.5}", "screen: median",
         "step screen: 'median' is no parameter of it. Wanted parameters by name, of places,"),
        ("impute: median", "impute: em", "Did you mean 'EM'?"),
        ("impute: median", "impute: {method: Median}", "Did you mean 'median'?"),
        ("- scale\n", "- scale: {form: linear}\n",
         "'form' is not known. Wanted one of growth, carry."),
        ("- scale\n", "- scale: {growth: {x: 2}}\n",
         "'growth.x' is 2. Wanted keys with values, of years, form."),
        ("kinds: [district]", "kinds: []", "'kinds' is []. Wanted at least 1 entry there."),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_told_in_words_of_a_spec(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "test.yaml"
    path.write_text(SPEC.replace(old, new), encoding="utf-8")

    with pytest.raises(BadSpec) as caught:
        read_spec(path, bundled_catalogue())

    assert words in str(caught.value)
    assert str(path) in str(caught.value)
