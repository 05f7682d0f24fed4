"""What claims mean by the words around them, where their own say too little."""

from dataclasses import replace

from placedex.ledger.verdict import Told
from placedex.ledger.verdict_meant import meanings_of
from placedex.ledger.verdict_terms import bundled_terms
from tests.ledger.verdict.told import claim, speech


def told(words: str, near: str, sentence: str, *, unit: str = "percent") -> Told:
    return replace(speech(claim(words, 1, unit)), near=near, sentence=sentence)


def codes(*claims: Told) -> list[list[str]]:
    return [[one.code for one in each] for each in meanings_of(claims, bundled_terms())]


def test_a_figure_is_of_what_the_words_beside_it_name() -> None:
    sentence = "95% of homes in Birmingham can have gigabit broadband."

    assert codes(told("95% of homes", sentence, sentence)) == [["gigabit-premises"]]


def test_a_figure_that_another_is_compared_with_is_of_its_measure() -> None:
    sentence = "Over 65% of the area has 5G and 94% gigabit broadband, compared to 79% in the UK."

    found = codes(
        told("94% gigabit broadband", "and 94% gigabit broadband, ", sentence),
        told("79%", ", compared to 79% in the UK.", sentence),
    )

    assert found == [["gigabit-premises"], ["gigabit-premises"]]


def test_a_figure_beside_several_measures_is_of_none_of_them() -> None:
    sentence = "Gigabit broadband and superfast broadband are here, at 79%."

    assert codes(told("79%", ", at 79%.", sentence)) == [["gigabit-premises", "superfast-premises"]]


def test_its_own_noun_chooses_among_the_measures_of_the_sentence() -> None:
    sentence = "The tech sector has 2,400 businesses employing 144,000 people."

    found = codes(
        told("2,400 businesses", "has 2,400 businesses ", sentence, unit="businesses"),
        told("employing 144,000 people", "employing 144,000 people.", sentence, unit="people"),
    )

    assert found == [["tech-businesses"], ["tech-employment"]]


def test_parts_of_a_list_are_of_what_its_head_names() -> None:
    sentence = (
        "A total of £4.9billion for R&D, with £83million from Government and UKRI funding and "
        "£972million in higher education."
    )

    found = codes(
        told("£4.9billion for R&D", "A total of £4.9billion for R&D, with ", sentence, unit="GBP"),
        told("£83million from Government and UKRI", "from Government and UKRI funding and ",
             sentence, unit="GBP"),
        told("£972million in higher education", "in higher education.", sentence, unit="GBP"),
    )  # fmt: skip

    assert found == [["total-r-and-d"], ["government-r-and-d"], ["higher-education-r-and-d"]]


def test_a_figure_of_another_sentence_is_not_compared_with() -> None:
    found = codes(
        told("94% gigabit broadband", "94% gigabit broadband.", "94% gigabit broadband."),
        told("79%", "That compares with others: against 79%.", "against 79%."),
    )

    assert found == [["gigabit-premises"], []]


def test_a_claim_that_tells_of_something_else_takes_nothing_from_its_sentence() -> None:
    sentence = "164 businesses have private investment and 342 received Innovate UK funding."
    one = told("164 businesses with access to private investment", "and 342 ", sentence,
               unit="businesses")  # fmt: skip

    assert codes(one) == [[]]
