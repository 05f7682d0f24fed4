"""Claims of whole passages: words, values, units, bounds, measures, lists."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from placedex.evidence import extract, to_jsonl_record
from tests.evidence.passages import claims, gazetteer, only, passage

LINES = (
    "Leeds has more than 1,300 tech firms employing 24,000 people.",
    "The council will invest £12m in libraries by 2028.",
    "Some 46% of adults in Bolton lack basic skills, compared with a UK average of 21%.",
    "Coverage rose from 40% in 2019 to 75% in 2023.",
    "Call 0113 496 0000 before 5pm on 3 May 2025.",
    "A further £2.5 million could create 300 jobs and 40 apprenticeships.",
    "In Derby the number of start-ups is 210 and in Nottingham it is 340.",
    "We met in the spring and spoke of many things.",
)
PASSAGES = st.lists(st.sampled_from(LINES), min_size=1, max_size=6).map("\n\n".join)


def test_a_sentence_with_three_figures_gives_three_claims_in_order() -> None:
    found = claims("Hull has over 900 tech companies employing 8,000 people, worth £450m a year.")

    assert [(one.value, one.unit) for one in found] == [
        (900, "companies"),
        (8000, "people"),
        (450e6, "GBP"),
    ]
    assert found[0].words == "over 900 tech companies"
    assert found[0].bound == "over"
    assert found[1].words == "employing 8,000 people"


def test_the_figures_of_a_list_share_its_noun_and_measure() -> None:
    found = claims(
        "The number of start-ups that got a grant in Derby is 210 and in Nottingham is 340."
    )

    assert [(one.value, one.unit, one.place and one.place.name) for one in found] == [
        (210, "start-ups", "Derby"),
        (340, "start-ups", "Nottingham"),
    ]
    assert found[0].measure == found[1].measure == "start-ups that got a grant"


def test_people_by_whatever_name_are_people() -> None:
    units = [
        only(f"The scheme reached 400 {noun}.").unit
        for noun in ("residents", "citizens", "individuals", "people")
    ]

    assert units == ["people"] * 4


def test_a_list_of_people_is_people_and_a_list_of_things_is_itself() -> None:
    assert only("It drew 120 founders, mentors and angel investors.").unit == "people"
    assert only("It reached 120 towns and cities.").unit == "towns and cities"


def test_the_words_of_bounds_are_told() -> None:
    bounds = {
        words: only(f"The hub has {words} 500 members.").bound
        for words in ("more than", "at least", "up to", "fewer than", "around", "nearly", "over")
    }

    assert bounds == {
        "more than": "more than",
        "at least": "at least",
        "up to": "up to",
        "fewer than": "less than",
        "around": "around",
        "nearly": "nearly",
        "over": "over",
    }
    assert only("The hub has 500+ members.").bound == "more than"


def test_price_basis_comparator_and_population_are_told() -> None:
    prices = only("Output was £5bn in 2019 prices.")
    compared = claims("Of adults aged 16-64, 81% are online, compared with 78% across England.")

    assert prices.prices == "in 2019 prices"
    assert prices.period is None
    assert compared[0].comparator == "78% across England"


def test_a_rank_says_among_how_many() -> None:
    found = claims("Bury ranks 4th of 10 districts, up from 6th.")

    assert [(one.value, one.unit) for one in found] == [(4, "rank of 10"), (6, "rank of 10")]


def test_a_record_has_the_keys_of_marked_claims() -> None:
    document = passage("Bury has 3,000 pupils.")
    (claim,) = extract(document, gazetteer())

    assert to_jsonl_record(claim, document) == {
        "document": "one.txt",
        "start": 9,
        "end": 21,
        "quote": "3,000 pupils",
        "measure": "pupils",
        "value": 3000,
        "high": None,
        "unit": "pupils",
        "place": "E08000002",
        "period": None,
        "modality": "actual",
        "bound": None,
        "place_name": "Bury",
        "place_candidates": [],
    }


@given(PASSAGES)
@settings(max_examples=60, deadline=None)
def test_words_are_the_text_at_their_span_and_no_two_claims_overlap(text: str) -> None:
    found = claims(text)

    for one in found:
        assert one.words == text[one.span.start : one.span.end]
        assert one.span.start <= one.figure.start < one.figure.end <= one.span.end
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@given(PASSAGES)
@settings(max_examples=20, deadline=None)
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    assert claims(text) == claims(text)


@given(PASSAGES)
@settings(max_examples=40, deadline=None)
def test_a_paragraph_without_figures_before_a_text_moves_its_claims_and_no_more(text: str) -> None:
    ahead = "Good evening, and thank you all for coming here tonight.\n\n"

    before, after = claims(text, place="E08000035"), claims(ahead + text, place="E08000035")

    assert [(one.span.start + len(ahead), one.value, one.unit, one.words) for one in before] == [
        (one.span.start, one.value, one.unit, one.words) for one in after
    ]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    for one in claims(text):
        assert one.words == text[one.span.start : one.span.end]
