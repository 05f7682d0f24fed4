"""Organisations that may be one are proposed, each with the reason, and both stay."""

from pathlib import Path

from placedex.ledger import Ledger, MayBeOne, may_be_one, read_ledger


def ledger(folder: Path, *entries: str) -> Ledger:
    path = folder / "ledger"
    path.mkdir()
    text = "".join(f"- {{{entry}, kind: agency, cites: [claim:x]}}\n" for entry in entries)
    (path / "organisations.yaml").write_text(text, encoding="utf-8")
    return read_ledger(path)


def test_one_under_two_spellings_is_proposed_and_never_merged(tmp_path: Path) -> None:
    read = ledger(
        tmp_path,
        "code: growth-company, name: West Midlands Growth Company",
        "code: growth-co, name: West Midland Growth Co. Ltd",
        "code: other, name: Advantage West Midlands",
    )

    assert may_be_one(read) == (
        MayBeOne(
            "growth-co", "growth-company",
            "'west midland growth' and 'west midlands growth' are spelt nearly alike",
        ),
    )  # fmt: skip
    assert set(read.organisations) == {"growth-company", "growth-co", "other"}


def test_legal_forms_signs_and_capitals_do_not_tell_two_apart(tmp_path: Path) -> None:
    read = ledger(
        tmp_path, "code: a, name: Plug & Play", "code: b, name: PLUG AND PLAY (UK) LIMITED"
    )

    assert may_be_one(read) == (MayBeOne("a", "b", "both are called 'plug play'"),)


def test_another_name_of_one_may_be_the_name_of_the_other(tmp_path: Path) -> None:
    read = ledger(
        tmp_path,
        "code: a, name: West Midlands Combined Authority, also: [WMCA]",
        "code: b, name: WMCA",
    )

    assert may_be_one(read) == (MayBeOne("a", "b", "both are called 'wmca'"),)


def test_one_number_of_a_register_is_reason_enough(tmp_path: Path) -> None:
    read = ledger(
        tmp_path,
        "code: a, name: One, identifiers: {GB-COH: '00000001'}",
        "code: b, name: Another, identifiers: {GB-COH: '00000001'}",
        "code: c, name: A third, identifiers: {GB-CHC: '00000001'}",
    )

    assert may_be_one(read) == (MayBeOne("a", "b", "both have GB-COH 00000001"),)


def test_a_part_is_not_its_whole(tmp_path: Path) -> None:
    read = ledger(
        tmp_path,
        "code: a, name: ICT Cluster",
        "code: b, name: The ICT Cluster, part_of: a",
    )

    assert may_be_one(read) == ()


def test_an_accent_or_a_word_in_another_place_is_a_spelling_too(tmp_path: Path) -> None:
    read = ledger(
        tmp_path,
        "code: a, name: Café Numérique",
        "code: b, name: Cafe Numerique",
        "code: c, name: University of Warwick",
        "code: d, name: Warwick University",
    )

    assert [(pair.one, pair.other) for pair in may_be_one(read)] == [("a", "b"), ("c", "d")]
