"""`placedex export` as its user meets it: parts, results, and what is left when it fails."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from placedex.publish.export import FORMS
from tests.conftest import Run
from tests.publish.read_back import READERS, code_lists, ordered, sheet

MOST_BYTES = 20_000


def test_every_form_of_the_whole_build_holds_the_same_figures(
    run: Run, built: Path, tmp_path: Path
) -> None:
    found = {}
    for form in FORMS:
        done = run("export", built, "--format", form, "--output", tmp_path / form)
        assert (done.returncode, done.stderr) == (0, "")
        assert "rows of figures 3,263, places 70" in done.stdout
        found[form] = ordered(READERS[form](tmp_path / form))

    assert len(found["parquet"]) == 3263
    assert all(rows == found["parquet"] for rows in found.values())


def test_results_go_with_the_figures_if_asked_for(run: Run, built: Path, tmp_path: Path) -> None:
    """The scores are those that the command `index` prints, and a gap says why it is one."""
    for form in ("parquet", "json-stat", "sdmx-csv", "xlsx"):
        words = ("--format", form, "--output", tmp_path / form, "--place", "Belfast", "--index")
        assert run("export", built, *words).returncode == 0
    printed = json.loads(run("index", built, "--format", "json").stdout)

    scores = {
        row["node"]: row for row in pq.read_table(tmp_path / "parquet/scores.parquet").to_pylist()
    }
    wanted = {one["node"]: one["score"] for one in printed if one["name"] == "Belfast"}
    assert {node: row["score"] for node, row in scores.items()} == wanted
    assert scores["index"]["why"] == "Belfast is not ranked: it has no score for Skills."
    assert scores["infrastructure"]["why"] is None
    _, cube = json.loads((tmp_path / "json-stat").read_text("utf-8"))["link"]["item"]
    assert sorted(cube["value"].values())[-1] == max(one for one in wanted.values() if one)
    assert "CL_NODE" in code_lists(tmp_path / "sdmx-csv" / "structure.xml")
    assert len(sheet(tmp_path / "xlsx", "Scores")) == len(wanted) + 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--indicator", "gigabit"), "'gigabit' is no indicator"),
        (("--place", "West Midlands"), "'West Midlands' could be 3 places"),
        (("--known-on", "1990-01-01", "--place", "Coventry", "--indicator", "nothing"), "nothing"),
        (("--known-on", "yesterday"), "yesterday"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    run: Run, built: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("export", built, "--format", "csv", "--output", tmp_path / "out", *words)

    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_is_full_leaves_what_was_there(built: Path, tmp_path: Path, form: str) -> None:
    """The process may write no file above some bytes, as on a disk with no more room."""
    words = [sys.executable, "-m", "placedex", "export", str(built), "--format", form]
    output = tmp_path / "out"
    few = ["--output", str(output), "--place", "Coventry", "--indicator", "level-3"]
    subprocess.run([*words, *few], check=True, capture_output=True)
    before = ordered(READERS[form](output))

    done = subprocess.run(
        [*words, "--output", str(output)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_no_room,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    assert ordered(READERS[form](output)) == before


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
