"""A document held against itself, worked by hand."""

from dataclasses import replace

from placedex.ledger.verdict import Told, Word
from placedex.ledger.verdict_inside import before_of, change_fits, parts_add_up, share_in_range
from placedex.ledger.verdict_sentence import within_sentences
from tests.ledger.verdict.told import claim, speech, techuk


def test_1_3_on_5_7_is_not_20_percent() -> None:
    """1.3 / 5.7 = 22.8 %; with the rounding of both 1.25 / 5.75 = 21.7 to 1.35 / 5.65 = 23.9."""
    found = change_fits(
        claim("20%", 20, "percent"),
        claim("£5.7bn", 5.7e9, "GBP"),
        claim("£1.3bn", 1.3e9, "GBP"),
    )

    assert found.word is Word.INCONSISTENT
    assert found.working == (
        "£1.3 billion on £5.7 billion is 22.8%; with what rounding hides 21.7 to 23.9%. 20% is "
        "printed, which it is only with fewer digits than are written."
    )


def test_1_3_on_5_7_is_23_percent() -> None:
    found = change_fits(
        claim("23%", 23, "percent"),
        claim("£5.7bn", 5.7e9, "GBP"),
        claim("£1.3bn", 1.3e9, "GBP"),
    )

    assert found.word is None


def test_23_and_9_and_7_are_not_40_million() -> None:
    """39 is less than one of the last digit of 40 off, so it was rounded otherwise; 45 is not."""
    parts = [techuk(claim(f"£{one} million", one * 1e6, "GBP")) for one in (23, 9, 7)]

    near = parts_add_up(techuk(claim("£40 million", 40e6, "GBP")), parts)
    far = parts_add_up(techuk(claim("£45 million", 45e6, "GBP")), parts)
    right = parts_add_up(techuk(claim("£39 million", 39e6, "GBP")), parts)

    assert near.word is Word.ROUNDED
    assert far.word is Word.INCONSISTENT
    assert (
        far.working
        == "£23 million + £9 million + £7 million = £39 million, not £45 million: £6 million apart."
    )
    assert right.word is None


def test_no_whole_number_rises_by_50_percent_to_7() -> None:
    """5 to 7 is 40 %, 4 to 7 is 75 %."""
    found = before_of(claim("50%", 50, "percent"), claim("7 projects", 7, "projects"))

    assert found.word is Word.INCONSISTENT


def test_a_share_above_a_hundred_percent_is_inconsistent_and_a_rise_is_not() -> None:
    share = share_in_range(claim("120% of premises", 120, "percent", measure="share of premises"))
    rise = share_in_range(claim("120%", 120, "percent", measure="rise in the number of projects"))

    assert share is not None
    assert share.word is Word.INCONSISTENT
    assert rise is None


def sentence(words: str, *figures: tuple[str, float, str]) -> list[Told]:
    """The claims of one sentence, each with the words between those beside it."""
    told, at = [], 0
    spots = [words.index(figure) for figure, _, _ in figures]
    for number, (figure, value, unit) in enumerate(figures):
        until = spots[number + 1] if number + 1 < len(figures) else len(words)
        near = words[at:until]
        at = spots[number] + len(figure)
        told.append(replace(speech(claim(figure, value, unit)), near=near, sentence=words))
    return told


def test_a_sentence_that_says_1_3_on_5_7_is_20_percent_contradicts_itself() -> None:
    told = sentence(
        "It will grow by 20%, a gain of £1.3bn on £5.7bn.",
        ("20%", 20, "percent"),
        ("£1.3bn", 1.3e9, "GBP"),
        ("£5.7bn", 5.7e9, "GBP"),
    )

    found = within_sentences(told)

    assert [one.word for one in found[0]] == [Word.INCONSISTENT]


def test_a_rise_from_50_to_60_is_20_percent() -> None:
    told = sentence(
        "Projects rose from 50 projects to 60 projects, up 20%.",
        ("50 projects", 50, "projects"),
        ("60 projects", 60, "projects"),
        ("20%", 20, "percent"),
    )

    found = within_sentences(told)

    assert [one.word for one in found[2]] == [None]


def test_a_total_is_held_against_the_figures_after_it() -> None:
    told = sentence(
        "The total is £40 million: £23 million, £9 million and £2 million.",
        ("£40 million", 40e6, "GBP"),
        ("£23 million", 23e6, "GBP"),
        ("£9 million", 9e6, "GBP"),
        ("£2 million", 2e6, "GBP"),
    )

    assert [one.word for one in within_sentences(told)[0]] == [Word.INCONSISTENT]


def test_a_total_that_includes_figures_is_not_their_sum() -> None:
    told = sentence(
        "The total is £40 million, including £23 million and £9 million.",
        ("£40 million", 40e6, "GBP"),
        ("£23 million", 23e6, "GBP"),
        ("£9 million", 9e6, "GBP"),
    )

    assert within_sentences(told) == {}
