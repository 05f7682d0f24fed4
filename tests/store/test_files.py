"""Files: which of them hold the same."""

from pathlib import Path

from placedex.store import find_twins


def test_a_file_under_two_names_or_named_twice_is_found_and_one_as_long_is_not(
    tmp_path: Path,
) -> None:
    one, copy, other, missing = (tmp_path / name for name in ("one", "copy", "other", "missing"))
    one.write_text("abc", encoding="utf-8")
    copy.write_text("abc", encoding="utf-8")
    other.write_text("abd", encoding="utf-8")

    assert find_twins([one, other, copy, missing, missing]) == [(one, copy)]
    assert find_twins([other, other]) == [(other, other)]
    assert find_twins([one, other]) == []
