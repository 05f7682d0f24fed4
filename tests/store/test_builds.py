"""A build is swapped in whole; until then, and if it fails, the last good one stands."""

from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, BuildUnderWay
from placedex.store import Builds


def build(folder: Path, words: str) -> None:
    with Builds(folder).next() as aside:
        (aside / "page").write_text(words)


def test_a_build_appears_under_the_link_when_it_is_whole(tmp_path: Path) -> None:
    with Builds(tmp_path).next() as aside:
        (aside / "page").write_text("new")
        assert not (tmp_path / "build").exists()

    assert (tmp_path / "build" / "page").read_text() == "new"


def test_a_build_that_fails_leaves_the_last_one_and_no_rubbish(tmp_path: Path) -> None:
    build(tmp_path, "good")

    with pytest.raises(RuntimeError), Builds(tmp_path).next() as aside:
        (aside / "page").write_text("half")
        raise RuntimeError

    assert (tmp_path / "build" / "page").read_text() == "good"
    assert [path.name for path in Builds(tmp_path).kept.iterdir()] == ["000001"]


def test_a_reader_stays_in_the_build_that_it_opened(tmp_path: Path) -> None:
    build(tmp_path, "one")
    opened = (tmp_path / "build").resolve()

    build(tmp_path, "two")

    assert (opened / "page").read_text() == "one"
    assert (tmp_path / "build" / "page").read_text() == "two"


def test_only_the_present_build_and_the_one_before_are_kept(tmp_path: Path) -> None:
    for words in ("one", "two", "three", "four"):
        build(tmp_path, words)

    kept = sorted(path.name for path in Builds(tmp_path).kept.iterdir())

    assert kept == ["000003", "000004"]


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    left = Builds(tmp_path).kept / "000001.part"
    left.mkdir(parents=True)
    (left / "page").write_text("half")

    build(tmp_path, "whole")

    assert not left.exists()
    assert (tmp_path / "build" / "page").read_text() == "whole"


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with (
        Builds(tmp_path).next(),
        pytest.raises(BuildUnderWay, match="has not finished"),
        Builds(tmp_path).next(),
    ):
        pass


def test_a_folder_that_placedex_did_not_make_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "thesis").write_text("years of work")

    with pytest.raises(BadWorkspace, match="did not make"), Builds(tmp_path).next():
        pass

    assert (tmp_path / "build" / "thesis").read_text() == "years of work"


def test_a_link_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "build").symlink_to("theirs")

    with pytest.raises(BadWorkspace, match="did not make"), Builds(tmp_path).next():
        pass

    assert (tmp_path / "build").readlink() == Path("theirs")


def test_a_workspace_that_was_moved_keeps_its_build(tmp_path: Path) -> None:
    build(tmp_path / "here", "whole")

    (tmp_path / "here").rename(tmp_path / "there")

    assert (tmp_path / "there" / "build" / "page").read_text() == "whole"
