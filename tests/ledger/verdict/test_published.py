"""Claims of the documents held against the figures that come with placedex.

Gigabit, West Midlands: the combined authority had 92.3 % in January 2024, 94.9 in January 2025 and
95.9 in January 2026; the region 82.8 in January 2024 and 90.2 in January 2026. United Kingdom: 78.5
and 87.8. Birmingham: 92.1 in January 2024, 92.9 in July 2024, 95.0 in January 2026.
"""

from datetime import date

import pytest

from placedex.evidence import Claim, Modality, PlaceNamed
from placedex.ledger.verdict import Told, Verdict, Word
from placedex.ledger.verdict_figures import published_figures
from placedex.ledger.verdict_judge import judge
from placedex.observations import Observations
from tests.ledger.verdict.told import (
    BIRMINGHAM,
    COMBINED,
    IN_BIRMINGHAM,
    IN_COMBINED,
    IN_EITHER,
    IN_REGION,
    IN_UK,
    REGION,
    agency,
    authority,
    claim,
    speech,
    techuk,
)

GIGABIT = "premises passed for gigabit broadband"


def verdict(told: Told, figures: Observations) -> Verdict:
    return judge([told], figures).verdicts[0]


def over_94(place: PlaceNamed) -> Claim:
    return claim(f"over 94% of {GIGABIT}", 94, "percent", place=place, bound="over")


def test_over_94_percent_was_not_yet_true_on_the_day_it_was_said(figures: Observations) -> None:
    found = verdict(authority(over_94(IN_COMBINED)), figures)

    assert found.word is Word.CONTRADICTED
    assert "January 2024, the newest known on 2024-02-19: 92.3% is not over 94%" in found.working
    assert "1.7 points lower" in found.working
    assert "It became true of January 2025 (94.9%)" in found.working
    assert found.against[0].citation == f"observation:gigabit-premises/{COMBINED}/2024-01"


def test_over_94_percent_is_true_today_of_the_combined_authority_only(
    figures: Observations,
) -> None:
    combined = verdict(speech(over_94(IN_COMBINED)), figures)
    region = verdict(speech(over_94(IN_REGION)), figures)

    assert combined.word is Word.CONFIRMED
    assert "95.9% is over 94%" in combined.working
    assert region.word is Word.CONTRADICTED
    assert "3.8 points lower" in region.working


def test_which_west_midlands_is_asked_where_the_answer_hangs_on_it(figures: Observations) -> None:
    found = verdict(speech(over_94(IN_EITHER)), figures)

    assert found.word is Word.NOT_COMPARABLE
    assert found.working.startswith("Which 'West Midlands'?")
    assert f"which place is meant by 'West Midlands': {REGION}, {COMBINED}" in found.reasons
    assert "90.2% of premises in the West Midlands region" in found.safe.sentence
    assert "95.9% of premises in the West Midlands combined authority" in found.safe.sentence


def test_no_west_midlands_need_be_chosen_where_each_gives_one_answer(
    figures: Observations,
) -> None:
    found = verdict(speech(over_94(IN_EITHER), date(2024, 2, 19)), figures)

    assert found.word is Word.CONTRADICTED
    assert found.working.startswith("Whichever 'West Midlands' is meant")


def test_an_average_that_was_true_when_it_was_said_is_superseded(figures: Observations) -> None:
    """78.5 lies on the half and rounds to 79; 87.8 came since."""
    told = authority(claim(f"UK average of 79% of {GIGABIT}", 79, "percent", place=IN_UK))

    found = verdict(told, figures)

    assert found.word is Word.SUPERSEDED
    assert "78.5% rounds to 79%, just: it lies on the half" in found.working
    assert "January 2026: 87.8%" in found.working


def test_a_figure_of_an_older_edition_is_superseded_and_not_contradicted(
    figures: Observations,
) -> None:
    told = techuk(claim(f"92.1% of {GIGABIT}", 92.1, "percent", place=IN_BIRMINGHAM))

    found = verdict(told, figures)

    assert found.word is Word.SUPERSEDED
    assert "true of January 2024 (92.1%, as told)" in found.working
    assert "July 2024, the newest known on 2024-12-03" in found.working


def test_over_65_percent_of_the_area_is_confirmed_by_99_53(figures: Observations) -> None:
    told = claim("over 65% geographic coverage for 5G", 65, "percent", place=IN_COMBINED,
                 bound="over")  # fmt: skip

    found = verdict(authority(told), figures)

    assert found.word is Word.CONFIRMED
    assert "99.53% is over 65%" in found.working


def test_5g_coverage_without_a_word_on_what_could_be_three_measures(figures: Observations) -> None:
    told = techuk(claim("5G coverage is 97.1%", 97.1, "percent", place=IN_EITHER))

    found = verdict(told, figures)

    assert found.word is Word.NOT_COMPARABLE
    assert "3 measures: Area with 5G outdoors; Outdoor 5G at premises; People with 5G" in (
        found.working
    )


def test_coverage_of_people_is_another_measure_than_coverage_of_the_area(
    figures: Observations,
) -> None:
    told = claim("5G coverage of 60% of the population", 60, "percent", place=IN_COMBINED)

    found = verdict(authority(told), figures)

    assert found.word is Word.NOT_COMPARABLE
    assert any(
        reason.startswith("another measure than 'Area with 5G outdoors': what is counted is")
        for reason in found.reasons
    )


@pytest.mark.parametrize(
    ("told", "word", "near"),
    [
        (agency(claim("more than 3,000 companies in the ICT sector", 3000, "companies",
                      place=IN_REGION, bound="more than")), Word.NOT_COMPARABLE,
         "Information and communication enterprises"),
        (authority(claim("2,400 businesses in the tech sector", 2400, "businesses",
                         place=IN_COMBINED)), Word.NOT_COMPARABLE,
         "Information and communication enterprises"),
        (agency(claim("57,000 people employed in the ICT sector", 57_000, "people",
                      place=IN_REGION)), Word.UNKNOWN, "Business Register and Employment Survey"),
        (authority(claim("144,000 people employed in the tech sector", 144_000, "people",
                         place=IN_COMBINED)), Word.UNKNOWN,
         "Business Register and Employment Survey"),
        (authority(claim("tech sector worth £15.3 billion", 15.3e9, "GBP", place=IN_COMBINED)),
         Word.NOT_COMPARABLE, "Valuation of tech companies"),
        (techuk(claim("127 projects of foreign direct investment", 127, "projects",
                      place=IN_COMBINED, period="2023")), Word.NOT_COMPARABLE,
         "Inward foreign direct investment"),
    ],
)  # fmt: skip
def test_a_measure_that_is_not_published_names_what_is_near_or_would_settle_it(
    told: Told, word: Word, near: str, figures: Observations
) -> None:
    found = verdict(told, figures)

    assert found.word is word
    assert near in f"{found.working} {' '.join(found.reasons)}"


def test_a_place_without_a_figure_is_not_given_that_of_another(figures: Observations) -> None:
    """Business research is published for regions, and the combined authority is in one."""
    told = claim("£4.86 billion of research and development in business", 4.86e9, "GBP",
                 place=IN_COMBINED)  # fmt: skip

    found = verdict(speech(told), figures)

    assert found.word is Word.NOT_COMPARABLE
    assert any("another place" in reason and REGION in reason for reason in found.reasons)


def test_money_in_millions_is_held_against_money_in_pounds(figures: Observations) -> None:
    told = claim("£4.86 billion of research and development in business", 4.86e9, "GBP",
                 place=IN_REGION, period="2024")  # fmt: skip

    found = verdict(speech(told), figures)

    assert found.word is Word.CONFIRMED
    assert "£4.862 billion rounds to £4.86 billion" in found.working


def test_a_claim_at_other_prices_is_not_compared(figures: Observations) -> None:
    told = claim("£4.86 billion of research and development in business", 4.86e9, "GBP",
                 place=IN_REGION, prices="constant 2019")  # fmt: skip

    found = verdict(speech(told), figures)

    assert found.word is Word.NOT_COMPARABLE
    assert found.reasons[0].startswith("another price basis")


def test_a_period_without_a_figure_is_another_period(figures: Observations) -> None:
    told = claim(f"27.7% of {GIGABIT}", 27.7, "percent", place=IN_REGION, period="2020")

    found = verdict(speech(told), figures)

    assert found.word is Word.NOT_COMPARABLE
    assert "it is of 2020; figures of this kind are of January 2024 to January 2026" in (
        found.working
    )


def test_a_figure_is_held_against_the_period_that_it_names(figures: Observations) -> None:
    told = claim(f"92.3% of {GIGABIT}", 92.3, "percent", place=IN_COMBINED, period="2024-01")

    assert verdict(speech(told), figures).word is Word.CONFIRMED


def test_a_target_is_no_fact_that_figures_could_confirm(figures: Observations) -> None:
    told = claim(f"94% of {GIGABIT}", 94, "percent", place=IN_COMBINED, modality=Modality.TARGET)

    found = verdict(speech(told), figures)

    assert found.word is Word.NOT_COMPARABLE
    assert found.reasons == ("it is a target",)


def test_words_that_no_term_knows_are_unknown(figures: Observations) -> None:
    found = verdict(speech(claim("12 towns with a lake", 12, "towns", place=IN_REGION)), figures)

    assert found.word is Word.UNKNOWN


def test_a_claim_without_a_place_is_of_the_place_of_its_document(figures: Observations) -> None:
    found = verdict(authority(claim(f"over 90% of {GIGABIT}", 90, "percent", bound="over")),
                    figures)  # fmt: skip

    assert found.against[0].citation.startswith(f"observation:gigabit-premises/{COMBINED}/")


def test_a_safe_sentence_has_figure_place_kind_period_source_caveat_and_end(
    figures: Observations,
) -> None:
    """The series came in January and July 2024 and January 2025 and 2026: every half year."""
    safe = verdict(authority(over_94(IN_COMBINED)), figures).safe

    assert safe.sentence == (
        "In January 2026, gigabit broadband could be ordered at 95.9% of premises in the West "
        "Midlands combined authority."
    )
    assert safe.source.startswith("Ofcom, through ONS Explore Local Statistics")
    assert safe.caveat.startswith("Gigabit is not full fibre")
    assert safe.until == (
        "Good until the next edition, by the rhythm of its series that of July 2026."
    )


def test_a_sentence_says_that_a_newer_edition_may_be_out(figures: Observations) -> None:
    safe = verdict(speech(over_94(IN_COMBINED), date(2026, 11, 30)), figures).safe

    assert safe.until == (
        "By the rhythm of its series that of July 2026 may be out already: look for it."
    )


def test_a_safe_sentence_of_what_nobody_publishes_says_whose_figure_it_is(
    figures: Observations,
) -> None:
    told = claim("144,000 people employed in the tech sector", 144_000, "people",
                 place=IN_COMBINED)  # fmt: skip

    safe = verdict(authority(told), figures).safe

    assert safe.sentence.startswith("West Midlands Combined Authority (2024) gives 144,000 people")
    assert "No published series here settles it" in safe.caveat


def test_a_figure_of_a_ratio_is_reckoned_from_its_parts(figures: Observations) -> None:
    parts = {}
    for code in ("ict-gva", "gva"):
        series = figures.series(BIRMINGHAM, code)
        parts[code] = next(one.value for one in series if str(one.period) == "2023")

    published = published_figures(figures, places=[BIRMINGHAM], codes=["ict-gva-share"])

    newest = published.of(BIRMINGHAM, "ict-gva-share")[-1]
    assert parts["ict-gva"] == 1769
    assert newest.value == pytest.approx(100 * 1769 / parts["gva"])  # type: ignore[operator]
