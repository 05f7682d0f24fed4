"""How figures are meant: fact, estimate, forecast, target, commitment, chance, another's words."""

import pytest

from placedex.evidence import Modality
from tests.evidence.passages import claims, only


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Bury has 1,200 tech firms.", "actual"),
        ("Sales of software reached £40m.", "actual"),
        ("Bury has around 1,200 tech firms.", "estimate"),
        ("An estimated 4,000 households are offline.", "estimate"),
        ("The sector is expected to add 900 jobs.", "forecast"),
        ("Employment is projected to reach 12,000 by 2031.", "forecast"),
        ("A firm from Oslo will open a plant with 300 jobs.", "forecast"),
        ("The strategy aims to train 5,000 people.", "target"),
        ("We will support 250 businesses.", "target"),
        ("Full fibre will reach 90% of premises by 2027.", "target"),
        ("The programme missed its target of 700 learners.", "target"),
        ("A £3m grant will be used to give 2,000 families a laptop.", "commitment"),
        ("The council has awarded £600,000 to local charities.", "commitment"),
        ("A further £8 million is being invested in training.", "commitment"),
        ("The port could create 400 jobs.", "potential"),
        ("Better software has the potential to raise output by £90m.", "potential"),
    ],
)
def test_the_first_figure_is_meant_as(text: str, modality: str) -> None:
    assert claims(text)[0].modality.value == modality


def test_what_money_is_for_is_a_target() -> None:
    money, people = claims("The fund is using £2m to provide more than 800 residents with tablets.")

    assert money.modality is Modality.COMMITMENT
    assert people.modality is Modality.TARGET


def test_each_clause_of_a_sentence_has_its_own() -> None:
    was, will = claims("The sector was worth £2bn in 2021 and we aim to grow it to £5bn by 2032.")

    assert (was.modality, was.period) == (Modality.ACTUAL, "2021")
    assert (will.modality, will.period) == (Modality.TARGET, "2032")


def test_what_a_target_starts_from_is_a_fact() -> None:
    start, end = claims("The plan is to cut the share offline from 9% to 4% by 2030.")

    assert (start.modality, start.period) == (Modality.ACTUAL, None)
    assert (end.modality, end.period) == (Modality.TARGET, "2030")


def test_speech_within_the_text_is_told_as_the_text_itself() -> None:
    assert only('Ann Lee, its chair, said: "We have 300 members."').modality is Modality.ACTUAL


def test_speech_set_apart_from_the_text_is_quoted() -> None:
    text = 'The club grew.\n\n"We now have 300 members and a new home."\n\nAnn Lee, chair'

    assert only(text).modality is Modality.QUOTED
