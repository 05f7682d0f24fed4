"""`placedex progress` and `placedex effect`, as their user runs them."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

TARGETS = """
- code: output
  name: Output of 40 billion pounds
  place: E08000025
  measure: {counted: gross value added, unit: GBP, prices: nominal, indicator: gva}
  value: 40e9
  by: 2028
  baseline: {value: 26e9, period: 2018}
  cites: [source:valuation-2022]
- code: 5g-people
  name: 5G for nearly all people
  place: E47000007
  measure: {counted: people covered by 5G outdoors, unit: "%", of: the population}
  value: 98
  by: 2027
  cites: [source:valuation-2022]
"""


@pytest.fixture(scope="module")
def ledger(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built workspace with two targets in its ledger."""
    folder = tmp_path_factory.mktemp("ledger") / "workspace"
    shutil.copytree(built, folder, symlinks=True)
    (folder / "ledger").mkdir(exist_ok=True)
    for old in (folder / "ledger").glob("*.yaml"):
        old.unlink()
    (folder / "ledger" / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    return folder


def test_every_target_is_printed_with_its_class(ledger: Path, run: Run) -> None:
    done = run("progress", ledger)

    assert done.returncode == 0, done.stderr
    assert "4.4 %" in done.stdout
    assert "5g-people: no series of the same measure is named." in done.stdout


def test_one_target_is_told_in_sentences_with_its_figures(ledger: Path, run: Run) -> None:
    done = run("progress", ledger, "output")

    assert done.returncode == 0, done.stderr
    assert "From £26 billion in 2018 that is 4.4 % a year, nominal" in done.stdout
    assert "forecast, theta" in done.stdout


def test_csv_has_a_row_for_each_target(ledger: Path, run: Run) -> None:
    done = run("progress", ledger, "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["target"] for row in rows] == ["output", "5g-people"]
    assert float(rows[0]["required_rate"]) == pytest.approx((40 / 26) ** 0.1 - 1)
    assert rows[1]["state"] == "cannot be measured"


def test_json_has_words_and_rows(ledger: Path, run: Run) -> None:
    done = run("progress", ledger, "5g-people", "--format", "json")

    (found,) = json.loads(done.stdout)
    assert "5g-area" in found["nearest"]
    assert any("Near, but another measure" in words for words in found["words"])
    assert [row["what"] for row in found["rows"]] == ["target"]


def test_an_assumed_inflation_is_used(ledger: Path, run: Run) -> None:
    done = run("progress", ledger, "output", "--inflation", "0.03")

    assert "if prices rise by 3 % a year, which is an assumption" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "There is no target 'nothing'. Wanted one of output, 5g-people."),
        (["output", "--inflation", "3"], "Wanted a share such as 0.02"),
    ],
)
def test_what_is_not_there_is_refused(words: list[str], said: str, ledger: Path, run: Run) -> None:
    done = run("progress", ledger, *words)

    assert done.returncode == 2
    assert said in done.stderr


def test_a_ledger_without_targets_is_refused(ledger: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "none"
    shutil.copytree(ledger, folder, symlinks=True)
    shutil.rmtree(folder / "ledger")

    done = run("progress", folder)

    assert done.returncode == 2
    assert "holds no target. Wanted at least one in targets.yaml" in done.stderr


def test_a_baseline_after_the_date_is_a_fault_of_its_file(
    ledger: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "late"
    shutil.copytree(ledger, folder, symlinks=True)
    path = folder / "ledger" / "targets.yaml"
    path.write_text(TARGETS.replace("period: 2018", "period: 2029"), encoding="utf-8")

    done = run("progress", folder)

    assert done.returncode == 1
    assert "ledger/targets.yaml, line 2, key by: 2028 comes before the baseline" in done.stderr


def test_an_effect_is_told_with_what_cannot_be_concluded(ledger: Path, run: Run) -> None:
    done = run(
        "effect", ledger, "--place", "Birmingham", "--indicator", "gva", "--from", "2016",
        "--donors", "kind", "--indexed",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "Birmingham is held against 6 other places on 'gva', each as 100" in done.stdout
    assert "p cannot be below 0.14" in done.stdout
    assert "Spill-over" in done.stdout


def test_an_effect_as_json_holds_every_donor(ledger: Path, run: Run) -> None:
    done = run(
        "effect", ledger, "--place", "E08000025", "--indicator", "gva", "--from", "2016",
        "--also", "Coventry", "--format", "json",
    )  # fmt: skip

    found = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert "Coventry" not in {one["name"] for one in found["donors"]}
    assert found["donors"][0]["name"] == "Birmingham"
    assert [row["after"] for row in found["rows"]].index(True) == 18


@pytest.mark.parametrize(
    ("indicator", "begins", "said"),
    [
        ("nothing", "2016", "There is no indicator 'nothing'"),
        ("gva", "soon", "'soon' is not a period"),
        ("gva", "1999", "Wanted 4 before, or more, and one after"),
    ],
)
def test_an_effect_that_cannot_be_asked_is_refused(
    indicator: str, begins: str, said: str, ledger: Path, run: Run
) -> None:
    done = run(
        "effect", ledger, "--place", "Birmingham", "--indicator", indicator, "--from", begins,
        "--donors", "kind",
    )  # fmt: skip

    assert done.returncode != 0
    assert said in done.stderr
