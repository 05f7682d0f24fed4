"""Reading claims is fast enough: ten pages well under a second, and time grows with the text."""

from benchmarks.claims import ratio


def test_ten_pages_are_read_well_under_a_second() -> None:
    read, _, claims = ratio(10, 3)

    assert claims > 300
    assert read < 1.0


def test_ten_times_the_text_takes_about_ten_times_as_long() -> None:
    short, _, _ = ratio(3, 3)
    long, _, _ = ratio(30, 2)

    assert long < 25 * short
