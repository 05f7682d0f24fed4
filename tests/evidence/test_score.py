"""Scores: what counts as right, worked by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from placedex.errors import BadUsage
from placedex.evidence import Marked, read_marked, score
from placedex.places import bundled_register

ONE = Marked("a.txt", 10, 20, 300.0, None, "firms", "E08000001", "2023", "actual")
TWO = replace(ONE, start=40, end=50, value=7.0, unit="percent")


def test_the_same_claims_score_one_in_everything() -> None:
    found = score([ONE, TWO], [ONE, TWO])

    assert {name: share.f1 for name, share in found.rows()} == dict.fromkeys(
        [name for name, _ in found.rows()], 1.0
    )


def test_a_missed_and_a_false_claim_cost_recall_and_precision() -> None:
    extra = replace(ONE, start=80, end=90)

    found = score([ONE, extra, replace(extra, start=95, end=99)], [ONE, TWO])

    assert found.value.precision == pytest.approx(1 / 3)
    assert found.value.recall == pytest.approx(1 / 2)
    assert found.value.f1 == pytest.approx(2 / 5)


def test_a_shifted_span_overlaps_and_is_not_exact() -> None:
    found = score([replace(ONE, start=12)], [ONE])

    assert (found.exact_span.f1, found.overlapping_span.f1, found.value.f1) == (0.0, 1.0, 1.0)


def test_another_unit_place_period_or_modality_is_wrong_in_that_alone() -> None:
    found = score([replace(ONE, place=None), TWO], [ONE, TWO])

    assert (found.place.f1, found.matched_place.f1) == (0.5, 0.5)
    assert (found.value_and_unit.f1, found.period.f1, found.modality.f1) == (1.0, 1.0, 1.0)


def test_another_value_or_upper_end_is_no_match() -> None:
    assert score([replace(ONE, value=301.0)], [ONE]).value.right == 0
    assert score([replace(ONE, high=400.0)], [ONE]).value.right == 0


def test_a_claim_of_another_document_is_no_match() -> None:
    assert score([replace(ONE, document="b.txt")], [ONE]).overlapping_span.right == 0


def test_nothing_found_where_nothing_is_marked_is_right() -> None:
    assert score([], []).value.f1 == 1.0


def row(**changes: object) -> str:
    told = {"document": "a.txt", "start": 1, "end": 2, "value": 3, "unit": "firms"}
    return json.dumps(told | {"place": None, "modality": "actual"} | changes)


def test_a_place_may_be_a_code_or_a_name_with_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(
        f"{row(place='E08000001')}\n\n{row(place='East Midlands (region)')}\n{row()}\n",
        encoding="utf-8",
    )

    marked = read_marked(path, bundled_register())

    assert [one.place for one in marked] == ["E08000001", "E12000004", None]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 1: this is no marked claim"),
        ("[]", "line 1: this is no marked claim"),
        ('{"document": "a"}', "line 1: this is no marked claim"),
        (row(place="East Midlands"), "'East Midlands' is 2 places"),
        (row(place="Atlantis"), "'Atlantis' is 0 places"),
    ],
)
def test_a_line_that_is_no_marked_claim_is_refused(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")

    with pytest.raises(BadUsage, match=words):
        read_marked(path, bundled_register())
