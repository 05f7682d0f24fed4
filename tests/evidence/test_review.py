"""What a person says of a claim is kept in a file and outlives a change of the document."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from placedex.errors import BadUsage, BadWorkspace, ChangedMeanwhile, Refused, UnknownPlace
from placedex.evidence import (
    Claim,
    Desk,
    Review,
    Reviewed,
    State,
    add_claims,
    begin_review,
    carry_over,
    mend,
    read_review,
    review_path,
    said_of,
    write_review,
)
from placedex.places import bundled_register
from tests.evidence.claims import TEXT, find, on_disk

DAY = date(2025, 5, 1)


def begun(folder: Path, text: str = TEXT) -> Review:
    document = on_disk(folder, text)
    return begin_review(document, find(document))


def accepted(one: Reviewed, note: str = "") -> Reviewed:
    return replace(one, state=State.ACCEPTED, note=note, by="J", on=DAY)


def figures(review: Review) -> list[str]:
    return [one.figure for one in review.claims]


def test_each_claim_has_a_code_of_its_own_that_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = begun(tmp_path), begun(tmp_path)

    codes = [claim.code for claim in one.claims]
    assert codes == [claim.code for claim in other.claims]
    assert len(set(codes)) == len(codes) == 5
    assert all(code.startswith("plan-") for code in codes)


def test_a_code_stays_when_words_are_put_in_before_it(tmp_path: Path) -> None:
    """The same figure for the first time in the text is the same claim, wherever it stands."""
    one = begun(tmp_path)
    other = begun(tmp_path, f"A new beginning.\n{TEXT}")

    assert [claim.code for claim in one.claims] == [claim.code for claim in other.claims]


def test_a_review_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    document = on_disk(tmp_path)
    review = begun(tmp_path)
    last = review.claims[-1]
    review = review.with_claim(replace(last, claim=replace(last.claim, measure="", place=None)))
    first = accepted(review.claims[0], "As in the annual report: “£15.3 billion”.")
    review = review.with_claim(first)
    path = review_path(tmp_path / "documents", "plan")

    write_review(review, path)
    written = path.read_bytes()
    write_review(read_review(path), path)

    assert path == tmp_path / "documents" / "claims" / "plan.yaml"
    assert read_review(path) == review
    assert path.read_bytes() == written
    assert read_review(path).sha256 == document.sha256


def test_the_file_holds_nobodys_sentences_and_nobodys_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    write_review(begun(tmp_path), path)

    text = path.read_text(encoding="utf-8")

    assert "£15.3 billion" in text
    for words in ("worth", "employing", "Jane", "0121", "devices"):
        assert words not in text


FAULTS = """document: plan
file: plan.txt
sha256: abc
claims:
- code: plan-1
  state: perhaps
  words: £4
  start: 10
  end: 5
  figure: [10, 12]
  measure: m
  value: .nan
  unit: GBP
  modality: actual
- code: plan-1
  state: open
  words: £4
  start: 0
  end: 5
  figure: [3, 9]
  measure: m
  unit: GBP
  modality: guess
  colour: red
"""


def test_every_fault_of_a_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(FAULTS, encoding="utf-8")

    with pytest.raises(BadWorkspace) as caught:
        read_review(path)

    told = [fault.split(", line ")[1] for fault in str(caught.value).splitlines()]
    for (line, words), fault in zip(
        (
            (3, "sha256"),
            (5, "ends at 5 and starts at 10"),
            (6, "state"),
            (12, "value"),
            (15, "is in line 5 too"),
            (15, "outside the claim"),
            (15, "'claims.1.value' is missing"),
            (23, "modality"),
            (24, "colour"),
        ),
        told,
        strict=True,
    ):
        assert fault.startswith(f"{line}: ")
        assert words in fault


def test_claims_are_carried_over_by_their_words(tmp_path: Path) -> None:
    old = begun(tmp_path)
    old = old.with_claim(accepted(old.claims[3], "the devices"))
    changed = "A foreword with 144,000 words and £4 million.\n" + TEXT.replace(
        "£15.3 billion", "£15.3billion"
    ).replace("2,400", "2,500")
    document = on_disk(tmp_path, changed)

    carried = carry_over(old, document)

    now = carried.review
    assert figures(now) == ["£15.3billion", "144,000", "£4 million", "£4 million"]
    assert [one.code for one in now.claims] == [
        one.code for one in old.claims if one.figure != "2,400"
    ]
    for one in now.claims:
        assert document.text[one.claim.figure.start : one.claim.figure.end] == one.figure
    devices = now.find(old.claims[3].code)
    assert devices is not None
    assert (devices.state, devices.note, devices.on) == (State.ACCEPTED, "the devices", DAY)
    assert document.text[devices.claim.figure.start :].startswith("£4 million buys")
    assert now.sha256 == document.sha256
    assert carried.moved == 4
    assert len(carried.words) == 1
    assert "the words '2,400' are no longer in the document" in carried.words[0]
    assert [one.figure for one in now.lost] == ["2,400"]


def test_a_claim_whose_words_come_back_is_no_longer_lost(tmp_path: Path) -> None:
    first = begun(tmp_path)
    first = first.with_claim(accepted(first.claims[1]))
    without = carry_over(first, on_disk(tmp_path, TEXT.replace("2,400", "many"))).review

    back = carry_over(without, on_disk(tmp_path, TEXT))

    assert [one.figure for one in without.lost] == ["2,400"]
    assert back.review == first
    assert back.lost == ()


def test_a_period_written_by_hand_may_be_a_year_or_a_day(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    for written in ("2030", "2024-02-19", "2023-04/P1Y"):
        write_review(begun(tmp_path), path)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("unit: GBP", f"period: {written}\n    unit: GBP", 1))
        assert read_review(path).claims[0].claim.period == written


def test_the_same_figure_of_something_else_is_not_the_claim(tmp_path: Path) -> None:
    old = begun(tmp_path, "The sector in the West Midlands is worth £4 million in sales.")
    document = on_disk(
        tmp_path, "Another subject entirely: a bridge was built for £4 million once."
    )

    carried = carry_over(old, document)

    assert carried.review.claims == ()
    assert [one.figure for one in carried.lost] == ["£4 million"]


def test_a_figure_is_not_found_within_a_longer_one(tmp_path: Path) -> None:
    old = begun(tmp_path, "The digital sector counts 44,000 people today.")
    document = on_disk(tmp_path, "The digital sector counts 144,000 people today.")

    assert carry_over(old, document).review.claims == ()


def test_what_a_person_said_outlives_a_new_extraction(tmp_path: Path) -> None:
    document = on_disk(tmp_path)
    review = begun(tmp_path)
    review = review.with_claim(accepted(review.claims[1]))
    better = tuple(replace(one, measure="better words") for one in find(document))

    now = add_claims(review, document, better)

    assert [one.claim.measure for one in now.claims].count("better words") == 4
    assert now.claims[1] == review.claims[1]
    assert [one.code for one in now.claims] == [one.code for one in review.claims]


def first(folder: Path) -> Claim:
    return find(on_disk(folder))[0]


def test_a_claim_is_mended_field_by_field(tmp_path: Path) -> None:
    claim = first(tmp_path)
    said = said_of(claim)

    mended = mend(
        claim,
        {"value": "15,300,000,000", "place": "E47000007", "modality": "estimate", "bound": ""},
        register=bundled_register(),
    )

    assert said["value"] == "15300000000"
    assert mended.value == 15.3e9
    assert mended.place is not None
    assert (mended.place.name, mended.place.code) == ("West Midlands", "E47000007")
    assert mended.modality == "estimate"
    assert mended.measure == claim.measure
    assert mend(claim, said, register=bundled_register()) == claim


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"value": "much"}, "'much' is no number"),
        ({"value": "inf"}, "'inf' is no number"),
        ({"measure": "  "}, "measure is empty"),
        ({"high": "1"}, "below the value"),
        ({"modality": "maybe"}, "one of actual, estimate"),
        ({"place": "E99999999"}, "E99999999"),
    ],
)
def test_an_answer_that_means_nothing_is_refused(
    tmp_path: Path, answers: dict[str, str], words: str
) -> None:
    with pytest.raises((Refused, UnknownPlace), match=words):
        mend(first(tmp_path), answers, register=bundled_register())


def test_a_desk_lists_documents_and_keeps_answers(tmp_path: Path) -> None:
    on_disk(tmp_path)
    (tmp_path / "documents" / "documents.yaml").write_text("- file: away.pdf\n  title: Away\n")
    desk = Desk(tmp_path / "documents", find)

    open_claim = desk.open("plan").review.claims[0]
    desk.answer("plan", accepted(open_claim), mark=open_claim.mark)

    assert [one.code for one in desk.documents()] == ["away", "plan"]
    kept = desk.open("plan.txt")
    assert kept.review.claims[0].state is State.ACCEPTED
    assert kept.review.claims[0].claim.words == "£15.3 billion"
    assert desk.open("away").document is None
    with pytest.raises(BadUsage, match=r"No document 'none'.*away, plan"):
        desk.open("none")


def test_a_claim_that_somebody_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    on_disk(tmp_path)
    desk = Desk(tmp_path / "documents", find)
    seen = desk.open("plan").review.claims
    desk.answer("plan", accepted(seen[0], "mine"), mark=seen[0].mark)

    with pytest.raises(ChangedMeanwhile, match="it is accepted now"):
        desk.answer("plan", replace(seen[0], state=State.REJECTED), mark=seen[0].mark)
    desk.answer("plan", accepted(seen[1]), mark=seen[1].mark)

    assert [one.state.value for one in desk.open("plan").review.claims[:2]] == ["accepted"] * 2


def test_a_desk_carries_a_review_over_and_tells_what_was_lost(tmp_path: Path) -> None:
    on_disk(tmp_path)
    desk = Desk(tmp_path / "documents", find)
    seen = desk.open("plan").review.claims
    desk.answer("plan", accepted(seen[1]), mark=seen[1].mark)
    on_disk(tmp_path, TEXT.replace("2,400", "2,500"))

    opened = desk.open("plan")

    assert any("'2,400' are no longer in the document" in words for words in opened.lost)
    assert "2,500" in figures(opened.review)
    last = opened.review.claims[-1]
    desk.answer("plan", accepted(last), mark=last.mark)
    assert any("'2,400'" in words for words in desk.open("plan").lost)


def test_a_claim_whose_words_are_not_where_it_says_is_refused(tmp_path: Path) -> None:
    review = begun(tmp_path)
    path = review_path(tmp_path / "documents", "plan")
    write_review(review, path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("£15.3 b", "£16.3 b"), encoding="utf-8"
    )

    with pytest.raises(BadWorkspace, match=r"'£16\.3 billion' stands at character .*it does not"):
        Desk(tmp_path / "documents", find).open("plan")
