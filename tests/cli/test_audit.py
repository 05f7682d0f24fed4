"""`placedex audit`: what it prints, for people and for programs."""

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import Run


def test_it_prints_the_verdict_on_every_test(built: Path, run: Run) -> None:
    done = run("audit", built, "--kind", "district")

    assert done.returncode == 0
    assert done.stdout.startswith("Local Digital Index: district. Of ")
    assert "Correlation within components" in done.stdout
    assert "Frontier and index agree" in done.stdout
    assert "combined authority" not in done.stdout


def test_every_form_has_every_check(built: Path, run: Run) -> None:
    found = json.loads(run("audit", built, "--format", "json").stdout)
    rows = list(csv.DictReader(run("audit", built, "--format", "csv").stdout.splitlines()))

    assert found[0]["kind"] == "district"
    assert len(rows) == sum(len(one["checks"]) for one in found) > 100
    assert {row["verdict"] for row in rows} == {"pass", "flag", "cannot be said"}


def test_the_report_is_written_as_a_file(built: Path, run: Run, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    report = tmp_path / "audit.pdf"

    done = run("audit", built, "--kind", "nation", "--pdf", report)

    assert (done.returncode, done.stdout) == (0, "")
    assert report.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("words", [("--kind", "planet"), ("--index", "gross-happiness")])
def test_what_the_build_does_not_have_is_refused(
    built: Path, run: Run, words: tuple[str, str]
) -> None:
    done = run("audit", built, *words)

    assert done.returncode == 2
    assert f"no audit of the {words[0].removeprefix('--')} '{words[1]}'" in done.stderr


def test_the_site_and_the_database_say_the_same(built: Path, run: Run) -> None:
    data = (built / "build" / "site" / "data" / "audit.csv").read_text("utf-8").splitlines()
    printed = run("audit", built, "--format", "csv").stdout.splitlines()

    assert sorted(data) == sorted(printed)
