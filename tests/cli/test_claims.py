"""`placedex claims` in a process of its own, as its user runs it."""

import csv
import io
import json
from pathlib import Path

from tests.conftest import Run

TEXT = "Bury has 3,000 pupils.\n\nWe aim to train 500 people in Bury by 2030.\n"
MARKED = {
    "document": "bury.txt",
    "start": 9,
    "end": 21,
    "value": 3000,
    "unit": "pupils",
    "place": "Bury",
    "period": None,
    "modality": "actual",
}


def test_claims_are_printed_as_lines_of_json(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bury.txt"
    path.write_text(TEXT, encoding="utf-8")

    done = run("claims", "extract", path, "--format", "jsonl")

    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["value"], first["unit"], first["place"]) == (3000, "pupils", "E08000002")
    assert (second["modality"], second["period"]) == ("target", "2030")


def test_claims_are_printed_as_csv_and_as_a_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bury.txt"
    path.write_text(TEXT, encoding="utf-8")

    rows = list(
        csv.DictReader(io.StringIO(run("claims", "extract", path, "--format", "csv").stdout))
    )
    table = run("claims", "extract", path).stdout

    assert [row["quote"] for row in rows] == ["3,000 pupils", "train 500 people in Bury"]
    assert "bury.txt: 2 claims" in table
    assert "Bury (district, E08000002)" in table


def test_the_region_is_the_place_that_is_given(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "region.txt"
    path.write_text("The region has 300 labs.", encoding="utf-8")

    done = run("claims", "extract", path, "--format", "jsonl", "--place", "Tees Valley")

    assert json.loads(done.stdout)["place"] == "E47000006"


def test_each_file_of_marked_claims_gets_its_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bury.txt").write_text(TEXT, encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(MARKED) + "\n", encoding="utf-8")

    done = run("claims", "score", "--gold", gold, "--documents", tmp_path)

    assert done.returncode == 0, done.stderr
    assert "gold.jsonl: 1 marked, 2 read" in done.stdout
    assert "value and unit" in done.stdout
    assert "0.667" in done.stdout


def test_a_document_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(MARKED) + "\n", encoding="utf-8")

    done = run("claims", "score", "--gold", gold, "--documents", tmp_path)

    assert done.returncode == 2
    assert "has no file bury.txt" in done.stderr
