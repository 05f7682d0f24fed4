"""Numbers as they are written, and what rounds to them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from placedex.ledger.verdict import Word
from placedex.ledger.verdict_agreement import agreement
from placedex.ledger.verdict_written import Rounding, rounds, written
from tests.golden.case import read_case
from tests.golden.rounding_verdict import rounding_verdict
from tests.ledger.verdict.told import claim


def test_the_published_cases_of_rounding_come_out_as_published(shared: Path) -> None:
    case = read_case(shared / "golden" / "methods" / "G05_rounding_verdict.json")

    assert rounding_verdict(case) == 0


def test_the_golden_adapter_tells_a_wrong_answer(shared: Path, tmp_path: Path) -> None:
    path = shared / "golden" / "methods" / "G05_rounding_verdict.json"
    content = json.loads(path.read_text())
    content["expected"]["verdict"][0] = "differs"
    wrong = tmp_path / path.name
    wrong.write_text(json.dumps(content))

    assert rounding_verdict(read_case(wrong)) == float("inf")


@pytest.mark.parametrize(
    ("value", "text", "reference", "expected"),
    [
        (15.3e9, "£15.3 billion", 15.27e9, Rounding.ROUNDS),
        (15.3e9, "£15.3 billion", 15.24e9, Rounding.DIFFERS),
        (4e9, "£4 billion", 4.4e9, Rounding.ROUNDS),
        (4e9, "£4 billion", 4.6e9, Rounding.DIFFERS),
        (1.30e6, "£1.30m", 1.35e6, Rounding.DIFFERS),
        (1.3e6, "£1.3 million", 1.35e6, Rounding.ROUNDS),
        (57_000, "57,000", 57_480, Rounding.ROUNDS),
        (57_000, "57,000", 56_400, Rounding.DIFFERS),
        (3_000, "3,000", 2_700, Rounding.UNLESS_APPROXIMATE),
        (3_000, "3,000", 2_400, Rounding.DIFFERS),
        (95.0, "95.0%", 95.04, Rounding.ROUNDS),
        (95.0, "95.0%", 95.4, Rounding.DIFFERS),
        (6, "six per cent", 6.4, Rounding.ROUNDS),
        (-7157, "-7,157", -7157.4, Rounding.ROUNDS),
        (10_000, "10,000", 6_000, Rounding.DIFFERS),
    ],
)
def test_half_a_unit_of_the_last_written_digit_is_what_rounding_hides(
    value: float, text: str, reference: float, expected: Rounding
) -> None:
    assert rounds(written(value, text), reference) is expected


def test_a_number_with_noughts_rounds_to_one_digit_only_if_it_is_approximate() -> None:
    number = written(10_000, "10,000")

    assert rounds(number, 9_950) is Rounding.UNLESS_APPROXIMATE
    assert rounds(number, 9_950, approximate=True) is Rounding.ROUNDS
    assert rounds(number, 10_000) is Rounding.ROUNDS


@given(
    some.decimals(min_value="0.001", max_value="1e12", places=3, allow_nan=False),
    some.integers(min_value=1, max_value=12),
)
def test_a_published_figure_rounded_to_any_digits_is_never_contradicted(
    figure: object, digits: int
) -> None:
    published = float(str(figure))
    told = float(f"{published:.{digits - 1}e}")

    found = agreement(claim(f"{told:.12g}", told, "people"), published)

    assert found.word in {Word.CONFIRMED, Word.ROUNDED}


@pytest.mark.parametrize(
    ("bound", "value", "figure", "word"),
    [
        ("over", 94, 95.9, Word.CONFIRMED),
        ("over", 94, 92.3, Word.CONTRADICTED),
        ("more than", 3000, 3000, Word.ROUNDED),
        ("at least", 40, 40, Word.CONFIRMED),
        ("up to", 100, 100, Word.CONFIRMED),
        ("up to", 100, 131, Word.CONTRADICTED),
        ("less than", 10, 18, Word.CONTRADICTED),
        ("around", 6000, 5_600, Word.CONFIRMED),
        (None, 6000, 5_600, Word.ROUNDED),
        (None, 46, 45.3, Word.ROUNDED),
        (None, 46, 44.9, Word.CONTRADICTED),
    ],
)
def test_a_bound_decides_what_agrees(
    bound: str | None, value: float, figure: float, word: Word
) -> None:
    assert agreement(claim(f"{value}", value, "people", bound=bound), figure).word is word


def test_what_is_off_is_said_in_the_unit_of_the_claim() -> None:
    found = agreement(claim("over 94%", 94, "percent", bound="over"), 92.3)

    assert found.gap == pytest.approx(-1.7)
    assert found.words == "92.3% is not over 94%: the figure is 1.7 points lower"


def test_a_range_agrees_with_what_lies_in_it_as_it_is_written() -> None:
    told = claim("12-15%", 12, "percent", high=15)

    assert agreement(told, 11.5).word is Word.CONFIRMED
    assert agreement(told, 15.6).word is Word.CONTRADICTED
