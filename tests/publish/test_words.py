"""Numbers and words as a reader meets them."""

from datetime import date

import pytest

from placedex.publish.links import Links, anchor, slug
from placedex.publish.words import (
    counted,
    listed,
    named,
    number,
    ordinal,
    plural,
    said,
    size,
    small,
    span,
    uncapital,
    unit_words,
    when_day,
    with_unit,
)


@pytest.mark.parametrize(
    ("rank", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (111, "111th"), (112, "112th"), (361, "361st"), (1002, "1,002nd")],
)  # fmt: skip
def test_a_rank_is_said_as_people_say_it(rank: int, words: str) -> None:
    assert ordinal(rank) == words


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (95.94, "% of premises", 1, "95.9%"),
        (27340.4, "£", 0, "£27,340"),
        (-12.5, "£ million", 1, "−£12.5 million"),
        (7.42, "score out of 10", 1, "7.4 out of 10"),
        (120.26, "per 100,000 people", 1, "120.3 per 100,000 people"),
        (1234, "enterprises", 0, "1,234"),
        (-0.04, "%", 1, "0.0%"),
    ],
)
def test_a_figure_is_printed_with_its_unit(
    value: float, unit: str, decimals: int, words: str
) -> None:
    assert with_unit(value, unit, decimals=decimals) == words


def test_a_small_number_below_nought_keeps_its_sign() -> None:
    assert number(-0.5, 1) == "−0.5"


def test_a_range_of_one_rank_is_always_that_rank() -> None:
    assert span(2, 2) == "always 2nd"
    assert span(2, 7) == "2nd to 7th"


def test_words_for_counts_kinds_and_lists() -> None:
    assert counted(1, "combined authority") == "1 combined authority"
    assert counted(15, "combined authority") == "15 combined authorities"
    assert plural("district") == "districts"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (small(7), small(41)) == ("seven", "41")
    assert unit_words("% of area") == "per cent of area"
    assert (size(812), size(14_400), size(2_300_000)) == ("812 bytes", "14 KB", "2.3 MB")
    assert when_day(date(2025, 5, 3)) == "3 May 2025"
    assert when_day(None) == ""


def test_a_code_with_strange_letters_makes_a_safe_address() -> None:
    """Codes come from files that anyone may write."""
    assert slug('A b"/') == "a_20b_22_2f"
    assert Links("../").origin("<x>") == "../sources.html#_3cx_3e"
    assert anchor("combined authority") == "combined-authority"


def test_a_place_is_called_what_people_call_it() -> None:
    assert said("Herefordshire, County of") == "Herefordshire"
    assert said("Bristol, City of") == "Bristol"
    assert said("Armagh City, Banbridge and Craigavon") == "Armagh City, Banbridge and Craigavon"


def test_names_within_a_sentence_are_told_apart() -> None:
    assert named(["Lines", "Work"]) == "lines and work"
    assert named(["Skills", "Trade and support"]) == "skills, and trade and support"
    assert named(["Trade and support"]) == "trade and support"
    assert (uncapital("ICT skills"), uncapital("A")) == ("ICT skills", "A")
