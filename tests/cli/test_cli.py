"""The command as its user meets it: what it prints, where, and its exit codes."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import Run


def test_help_lists_every_verb(run: Run) -> None:
    done = run("--help")

    assert done.returncode == 0
    for verb in ("init", "build", "index", "show", "serve", "check"):
        assert f" {verb} " in done.stdout


def test_help_loads_nothing_heavy() -> None:
    """Start-up stays short because numbers, tables and templates are loaded when needed."""
    script = (
        "import sys\nfrom placedex.cli import main\nmain(['--help'])\n"
        "heavy = {'numpy', 'duckdb', 'pyarrow', 'pydantic', 'jinja2', 'pandas', 'polars'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0


def test_a_new_copy_of_the_example_builds_and_says_where_the_site_is(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "wm"

    assert run("init", folder, "--example", "west-midlands").returncode == 0
    done = run("build", folder)

    assert done.returncode == 0
    assert done.stderr == ""
    assert "district: 40 of 41 ranked, on 5 of 6 components" in done.stdout
    assert (folder / "build" / "site" / "index.html").is_file()


@pytest.mark.parametrize("place", ["E47000001", "Coventry", "Cardiff"])
def test_a_new_workspace_about_a_place_has_what_it_needs(
    run: Run, tmp_path: Path, shared: Path, place: str
) -> None:
    folder = tmp_path / "new"

    assert run("init", folder, "--place", place).returncode == 0
    done = run("build", folder, "--figures", shared / "data" / "ons-els")

    assert (done.returncode, done.stderr) == (0, "")
    assert "of 361 ranked, on 3 of 6 components" in done.stdout


def test_the_table_has_no_colour_in_a_pipe(run: Run, built: Path) -> None:
    done = run("index", built)

    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "Coventry" in done.stdout
    assert "Local Digital Index: combined authority" in done.stdout


def test_csv_json_and_parquet_hold_the_same_results(run: Run, built: Path, tmp_path: Path) -> None:
    as_csv = list(csv.DictReader(io.StringIO(run("index", built, "--format", "csv").stdout)))
    as_json = json.loads(run("index", built, "--format", "json").stdout)
    output = tmp_path / "index.parquet"
    assert run("index", built, "--format", "parquet", "--output", output).returncode == 0
    as_parquet = pq.read_table(output).to_pylist()

    assert len(as_csv) == len(as_json) == len(as_parquet) > 69
    assert as_json == as_parquet
    assert [row["place"] for row in as_csv] == [row["place"] for row in as_json]
    assert [float(row["score"]) if row["score"] else None for row in as_csv] == [
        row["score"] for row in as_json
    ]


def test_one_kind_alone_can_be_asked_for(run: Run, built: Path) -> None:
    done = run("index", built, "--format", "csv", "--kind", "region")

    assert {row["kind"] for row in csv.DictReader(io.StringIO(done.stdout))} == {"region"}
    refused = run("index", built, "--kind", "parish")
    assert refused.returncode == 2
    assert "Wanted one of district" in refused.stderr


def test_show_prints_scores_and_figures_of_a_place(run: Run, built: Path) -> None:
    done = run("show", "Coventry", "--workspace", built)

    assert done.returncode == 0
    assert "Coventry (E08000026): district" in done.stdout
    assert "under the scenarios" in done.stdout
    assert "Ofcom" in done.stdout


def test_show_says_why_a_place_has_no_score(run: Run, built: Path) -> None:
    assert (
        "This kind of place is not ranked" in run("show", "K02000001", "--workspace", built).stdout
    )
    assert "Belfast is not ranked" in run("show", "Belfast", "--workspace", built).stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["bulid"], 2, "bulid"),
        (["build", "--fast"], 2, "--fast"),
        (["show", "West Midlands"], 2, "could be 3 places"),
        (["show", "Xyzzy"], 2, "No name is near it"),
        (["index", "--format", "xml"], 2, "xml"),
        (["init", ".", "--example", "east-midlands"], 2, "There is no example"),
        (["init", "new"], 2, "--place CODE"),
        (["init", "new", "--place", "Walsall", "--example", "west-midlands"], 2, "not both"),
        (["init", "placedex.toml/new", "--example", "west-midlands"], 1, "Not a directory"),
        (["index", "--format", "csv", "--output", "."], 1, "irectory"),
        (["serve", "--port", "99999"], 1, "99999"),
        (["init", "new", "--place", "Greater Manchester"], 2, "could be 2 places"),
        (["build", "nowhere"], 1, "has no placedex.toml"),
        (["index", "nowhere"], 1, "does not exist"),
        (["serve", "nowhere", "--port", "0"], 1, "has no site yet"),
    ],
)
def test_exit_codes_tell_the_command_line_from_the_data(
    run: Run, built: Path, words: list[str], code: int, said: str
) -> None:
    done = run(*words, cwd=built)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_check_prints_every_fault_and_exits_with_1(run: Run, example: Path) -> None:
    assert run("check", example).returncode == 0
    with (example / "figures" / "figures.csv").open("a", encoding="utf-8") as file:
        file.write("E08000999,gva,2023,x,,,published,nobody\n")

    done = run("check", example)

    assert done.returncode == 1
    assert done.stdout.count("figures.csv, row 3265") == 3
    assert "3 faults" in done.stderr


def test_a_full_folder_is_not_overwritten(run: Run, example: Path) -> None:
    done = run("init", example, "--example", "west-midlands")

    assert done.returncode == 2
    assert "is not empty" in done.stderr


def test_progress_is_shown_on_a_terminal_only(example: Path) -> None:
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine has no pseudo-terminal to give: {error}")
    process = subprocess.Popen(
        [sys.executable, "-m", "placedex", "build", str(example)],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)

    assert process.wait() == 0
    assert b"write the site" in shown


def test_the_package_prints_its_version(run: Run) -> None:
    assert run("--version").stdout.strip().startswith("0.")


def test_a_reader_that_goes_away_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m placedex index {built} --format csv | head -1"
    done = subprocess.run(
        [shutil.which("sh") or "sh", "-c", command], capture_output=True, text=True, check=False
    )

    assert done.stdout.startswith("index,kind,place")
    assert "Traceback" not in done.stderr
