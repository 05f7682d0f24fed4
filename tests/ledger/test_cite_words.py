"""Words are turned into citations where they stand, and what cannot be found is told."""

from pathlib import Path

import pytest
from tools.cite_words import cite, find, main

TEXT = "A Council gives\u00a0£4 million\nfor devices. A Council does no more."


def test_words_are_found_whatever_spaces_are_between_them() -> None:
    assert find("gives £4 million for", TEXT) == (10, 30)


def test_the_first_words_reach_to_the_last() -> None:
    start, end = find("gives ... no more", TEXT)

    assert TEXT[start:end] == "gives\u00a0£4 million\nfor devices. A Council does no more"


@pytest.mark.parametrize(
    ("words", "why"),
    [("A Council", "2 times"), ("a shop", "0 times"), ("does ... gives", "do not follow")],
)
def test_words_that_are_not_there_once_are_refused(words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        find(words, TEXT)


def test_only_what_is_cited_is_rewritten() -> None:
    written = "name: 'A Council'\ncites: ['document:plan~£4 million', claim:x]\n"

    assert cite(written, {"plan": TEXT}, where="a.yaml") == (
        "name: 'A Council'\ncites: [document:plan@16-26, claim:x]\n",
        (),
    )


def test_nothing_is_written_if_some_words_are_not_found(tmp_path: Path) -> None:
    (tmp_path / "documents.yaml").write_text("- {file: plan.txt, code: plan}\n", encoding="utf-8")
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    ledger = tmp_path / "ledger"
    ledger.mkdir()
    good, bad = ledger / "a.yaml", ledger / "b.yaml"
    good.write_text("cites: ['document:plan~£4 million']\n", encoding="utf-8")
    bad.write_text("\ncites: ['document:plan~a shop', 'document:other~x']\n", encoding="utf-8")

    with pytest.raises(SystemExit, match=r"b.yaml, line 2: 'a shop'[^\n]*\nb.yaml, line 2: 'x'"):
        main([str(ledger), str(tmp_path)])

    assert "~" in good.read_text(encoding="utf-8")
    bad.unlink()
    main([str(ledger), str(tmp_path)])
    assert good.read_text(encoding="utf-8") == "cites: [document:plan@16-26]\n"
