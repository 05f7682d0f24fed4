"""`placedex revisions` says what later editions changed."""

from pathlib import Path

from tests.conftest import Run


def test_revisions_are_printed_since_a_day(built: Path, run: Run) -> None:
    done = run("revisions", built, "--since", "1990-01-01")

    assert done.returncode == 0, done.stderr
    assert "Since 1990-01-01:" in done.stdout
    assert "figures are new, 0 were revised" in done.stdout


def test_a_day_that_is_none_is_refused(built: Path, run: Run) -> None:
    done = run("revisions", built, "--since", "yesterday")

    assert done.returncode == 2
    assert "'yesterday' is no day. Wanted one like 2025-04-30." in done.stderr


def test_a_workspace_that_was_not_built_is_refused(example: Path, run: Run) -> None:
    done = run("revisions", example)

    assert done.returncode == 1
    assert "does not exist. Wanted a built workspace" in done.stderr
