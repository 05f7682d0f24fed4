"""What looks like a figure and claims nothing."""

import pytest

from tests.evidence.passages import claims


@pytest.mark.parametrize(
    "text",
    [
        "Telephone 0161 496 0123 or +44 (0)20 7946 0991 for details.",
        "Write to someone22@example.org or see www.example.org/2024/08/15-jobs for more.",
        "Read the [annual report](https://example.org/reports/40-pages) online.",
        "The meeting is on 14 March 2025 at 10.30am and again on Tuesday 3 June at 5pm.",
        "The strategy for 2021-25 followed that of the 1990s and the year 2018/19.",
        "It has 5G, 4K screens, O2 masts, B2B sales, COP26 and COVID-19 plans and HS2.",
        "Industry 5.0 and Web 2.0 come after version 3.1.4 of the code.",
        "Our office is at 27 Orchard Street, Stockport SK1 4AA.",
        "See Figure 3, Table 12, page 48, section 2.4 and Annex 6.",
        "1. Introduction\n2. Method\n3. Results",
        "The plan rests on three core pillars and covers four key sectors.",
        "Over the next five years we shall see. It is a 10-year plan, open 24/7.",
        "It was the 3rd time in the 21st century; it is among the top ten.",
        "One of the two or three largest firms spent millions of pounds on thousands of people.",
        "Support is for those aged 18-24 and for over 50s.",
        "This is one way to do it, and one of many.",
    ],
)
def test_no_claim_is_read_from(text: str) -> None:
    assert [claim.words for claim in claims(text)] == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The fund backed 41 R&D projects.", "projects"),
        ("Nine engineering firms have been trained.", "firms"),
        ("The scheme opened six hubs.", "hubs"),
        ("It names fourteen target sectors.", "sectors"),
        ("Life expectancy is 79.4 years in Salford.", "years"),
    ],
)
def test_a_count_of_what_came_about_is_a_claim(text: str, unit: str) -> None:
    assert [claim.unit for claim in claims(text)] == [unit]
