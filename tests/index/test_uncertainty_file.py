"""The section `uncertainty` of a spec: what it gives, and errors that name what is wrong."""

from pathlib import Path

import pytest

from placedex.errors import BadSpec
from placedex.index import Equal, LeftOpen, read_spec
from placedex.index.choices import DropOne, Experts, IncludeEach, NoisyWeights
from placedex.index.errors_from_intervals import Identity, Log, Logit
from placedex.observations import bundled_catalogue
from tests.index.test_spec_file import SPEC

WHOLE = """
uncertainty:
  draws: 500
  seed: 3
  top: 5
  points: 64
  choices:
    - code: weighting
      name: >
        What weights
        start from
      alternatives:
        - {name: equal weights, share: 0.75}
        - {name: given weights, share: 0.25, replace: [{weight: given}]}
    - code: order
      name: What comes first
      alternatives:
        - {name: imputing}
        - {name: treating, order: [treat, impute]}
        - {name: no treatment, without: [treat]}
  weights: {noise: 0.25, nodes: {nets: 0.5}}
  inclusion: drop-one
  sampling: {scale: {gigabit-premises: logit, below-30-premises: log}}
"""


def read(folder: Path, section: str) -> LeftOpen:
    path = folder / "test.yaml"
    path.write_text(SPEC + section, encoding="utf-8")
    found = read_spec(path, bundled_catalogue()).uncertainty
    assert found is not None
    return found


def section(words: str) -> str:
    return f"\nuncertainty:\n  {words}\n"


def test_every_key_of_the_section_becomes_what_is_left_open(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    weighting, order = found.choices.methods

    assert (found.draws, found.seed, found.top, found.points) == (500, 3, 5, 64)
    assert weighting.shares == (0.75, 0.25)
    assert weighting.alternatives[0].steps == ()
    assert weighting.alternatives[1].steps[0] != Equal()
    assert order.alternatives[1].order == ("treat", "impute")
    assert order.alternatives[2].without == ("treat",)
    assert found.choices.weights == NoisyWeights(0.25, {}, {"nets": 0.5})
    assert found.choices.inclusion == DropOne()
    assert found.choices.sampling is not None
    assert found.choices.sampling.scales == {
        "gigabit-premises": Logit(100.0),
        "below-30-premises": Log(),
    }
    assert found.choices.groups == ("weighting", "order", "weights", "inclusion", "sampling")


def test_every_part_has_words_for_the_page(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)

    assert found.title("weighting") == "What weights start from"
    assert found.words("weighting") == "One of: equal weights (75%); given weights (25%)."
    assert found.words("order").startswith("One of, equally likely: imputing; treating")
    assert "from 0.75 to 1.25 times itself; that of nets from 0.5 to 1.5" in found.words("weights")
    assert "left out" in found.words("inclusion")
    assert "interval" in found.words("sampling")


def test_sampling_alone_draws_every_figure_on_its_own_scale(tmp_path: Path) -> None:
    found = read(tmp_path, section("sampling: true"))

    assert found.choices.groups == ("sampling",)
    assert found.choices.sampling is not None
    assert isinstance(found.choices.sampling.scale("gigabit-premises"), Identity)


def test_filled_figures_are_drawn_unless_the_spec_holds_them(tmp_path: Path) -> None:
    drawn = read(tmp_path, section("sampling: true")).choices.sampling
    held = read(tmp_path, section("sampling: {imputed: false}")).choices.sampling

    assert drawn is not None
    assert held is not None
    assert (drawn.imputed, held.imputed) == (True, False)


def test_each_expert_keeps_the_name_that_the_spec_gives_with_its_share(tmp_path: Path) -> None:
    experts = (
        "weights: {experts: [{name: Ann, share: 0.7, weights: {nets: 2}}, "
        "{share: 0.3, weights: {nets: 1}}]}"
    )
    found = read(tmp_path, section(experts))

    assert found.words("weights") == (
        "One of 2 whole sets of weights, by the given shares: those of Ann (70%); expert 2 (30%)."
    )


def test_experts_and_a_probability_of_use(tmp_path: Path) -> None:
    words = (
        "weights: {experts: [{name: Ann, weights: {nets: 2}}, {name: Bob, weights: {nets: 1}}]}\n"
        "  inclusion: {probability: 0.9, indicators: [gigabit-premises]}"
    )
    found = read(tmp_path, section(words))

    assert found.choices.weights == Experts(({"nets": 2.0}, {"nets": 1.0}), names=("Ann", "Bob"))
    assert found.choices.inclusion == IncludeEach(0.9, ("gigabit-premises",))


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("drawz: 5\n  sampling: true", "line 27: the key 'uncertainty.drawz' is not known. "
         "Did you mean 'draws'?"),
        ("draws: 0\n  sampling: true", "'uncertainty.draws' is 0"),
        ("draws: 10", "nothing is left open"),
        ("sampling: false", "nothing is left open"),
        ("sampling: maybe", "'uncertainty.sampling' is 'maybe'"),
        ("sampling: {scale: {gigabit-premises: probit}}", "'probit'. Wanted one of none, logit"),
        ("sampling: {scale: {level-3: logit}}", "'level-3' is no indicator of the index"),
        ("weights: {}", "wanted `noise`"),
        ("weights: {noise: 0.1, experts: [{weights: {nets: 1}}]}", "not both"),
        (
            "weights: {experts: [{name: A, weights: {nets: 1}}, {name: A, weights: {nets: 2}}]}",
            "weights, experts: the name 'A' is there twice",
        ),
        ("weights: {noise: 2}", "'uncertainty.weights.noise' is 2"),
        ("weights: {noise: 0.1, nodes: {x: 0.5}}", "weights: 'x' is not in the spec"),
        ("inclusion: {probability: 0.5, drop-one: []}", "not both"),
        ("inclusion: {drop-one: [gigabit-premises], indicators: [gigabit-premises]}",
         "goes with `probability`"),
        ("choices: [{code: a, name: A, alternatives: [{name: one}]}]",
         "Wanted at least 2 entries there."),
        ("choices: [{code: a, name: A, alternatives: [{name: one}, {name: two, without: [impute]}]}"
         ", {code: a, name: B, alternatives: [{name: one}, {name: two, without: [treat]}]}]",
         "test.yaml, uncertainty, choices: the code 'a' is there twice"),
        ("inclusion: bogus", "'bogus'. Wanted drop-one, or a table with"),
        ("choices: [{code: a, name: A, alternatives: [{name: one, share: 1}, {name: two}]}]",
         "1 of 2 have a share"),
        ("choices: [{code: a, name: A, alternatives: [{name: one}, {name: two, replace: "
         "[{weigh: x}]}]}]", "the step 'weigh' is not known"),
        ("choices: [{code: a, name: A, alternatives: [{name: one, replace: [{weight: given}]}, "
         "{name: two}]}]", "its first alternative, 'one', changes the index"),
        ("choices: [{code: a, name: A, alternatives: [{name: one}, {name: two, replace: "
         "[{aggregate: {nodes: {x: geometric}}}]}]}]", "'x'"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_by_key_and_words(tmp_path: Path, words: str, error: str) -> None:
    with pytest.raises(BadSpec) as caught:
        read(tmp_path, section(words))

    assert error in str(caught.value)
    assert "test.yaml" in str(caught.value)
