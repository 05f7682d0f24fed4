"""What the words of a claim mean, and that nothing is guessed."""

from pathlib import Path

import pytest

from placedex.errors import BadWorkspace
from placedex.ledger.verdict_terms import bundled_terms, read_terms
from placedex.observations import bundled_catalogue
from tests.ledger.verdict.told import claim


@pytest.mark.parametrize(
    ("words", "unit", "codes"),
    [
        ("premises passed for gigabit broadband", "percent", ["gigabit-premises"]),
        ("5G coverage", "percent", ["5g-area", "5g-outdoor-premises", "5g-population"]),
        ("geographic coverage for 5G", "percent", ["5g-area"]),
        ("5G coverage of the area", "percent", ["5g-area"]),
        ("5G coverage of the population", "percent", ["5g-population"]),
        ("full fibre coverage", "percent", ["full-fibre-premises"]),
        ("people who can have full fibre", "people", ["full-fibre-people"]),
        ("gigabit speed", "percent", []),
        ("spending on research and development in business", "GBP", ["business-r-and-d"]),
        ("projects of foreign direct investment", "projects", ["fdi-projects"]),
        ("foreign direct investment", "GBP", ["inward-fdi"]),
        ("gross value added", "GBP", ["gva"]),
        ("gross value added of information and communication", "GBP", ["ict-gva"]),
        ("gross value added for each hour worked", "GBP", ["gva-per-hour"]),
        ("people employed in the tech sector", "people", ["tech-employment"]),
        ("towns with a lake", "towns", []),
    ],
)
def test_words_mean_the_measures_that_they_name(words: str, unit: str, codes: list[str]) -> None:
    found = bundled_terms().meanings(claim(words, 1, unit))

    assert [one.code for one in found] == codes


def test_a_worth_could_be_four_measures_and_none_is_preferred() -> None:
    found = bundled_terms().meanings(claim("tech sector to be worth £15.3 billion", 15.3e9, "GBP"))

    assert {one.code for one in found} == {
        "tech-worth",
        "tech-valuation",
        "tech-gva",
        "tech-turnover",
    }


def test_a_figure_without_a_unit_means_nothing() -> None:
    assert bundled_terms().meanings(claim("gross value added", 491.69, "not stated")) == ()


def test_a_term_for_a_measure_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text("terms:\n- {words: [[drones]], unit: count, means: [drones-flown]}\n")

    with pytest.raises(BadWorkspace, match=r"terms.yaml: 'drones-flown' is no measure"):
        read_terms(path, catalogue=bundled_catalogue())


def test_a_workspace_adds_measures_and_terms_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(
        "meanings:\n- {code: drones, name: Drones, measure: {counted: drones}, unit: count}\n"
        "terms:\n- {words: [[drones]], unit: count, means: [drones]}\n"
    )

    terms = read_terms(path, catalogue=bundled_catalogue(), known=bundled_terms())

    assert [one.name for one in terms.meanings(claim("12 drones", 12, "drones"))] == ["Drones"]
    assert terms.meanings(claim("gigabit premises", 90, "percent"))


@pytest.mark.parametrize("wrong", ["{value} in {place.name}", "{secret}", "{0}"])
def test_a_sentence_may_ask_for_nothing_but_place_period_and_value(
    wrong: str, tmp_path: Path
) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(
        "meanings:\n- {code: drones, measure: {counted: drones}, unit: count, "
        f'sentence: "{wrong}"}}\n'
    )

    with pytest.raises(BadWorkspace, match="the sentence of 'drones' asks for"):
        read_terms(path, catalogue=bundled_catalogue())
