"""`placedex tabulate` in a process of its own, as its user runs it."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Run
from tests.engines import ENGINES, want_spark_and_java
from tests.observations.large.tables import write_companies

pytest.importorskip("ibis")
DIRECTORY = "pcds,laua\nAB1 2CD,E08000035\nCD3 4EF,E08000030\n"


def test_companies_are_counted_and_what_was_left_out_is_said(run: Run, tmp_path: Path) -> None:
    """Of six companies two have no place: one without a postcode, two with an unknown one."""
    companies = write_companies(tmp_path / "companies.csv")
    directory = tmp_path / "ONSPD_AUG_2026_UK.csv"
    directory.write_text(DIRECTORY, encoding="utf-8")
    out = tmp_path / "counts.parquet"

    done = run("tabulate", "companies", companies, "--directory", directory, "--out", out)

    assert done.returncode == 0, done.stderr
    assert "8 rows in" in done.stderr
    assert "left out: 1 companies without a postcode" in done.stderr
    assert "left out: 2 companies whose postcode is not in the directory" in done.stderr
    rows = pq.read_table(out).to_pylist()
    assert rows[0] == {
        "place": "E08000030",
        "indicator": "companies",
        "part": "",
        "value": 1.0,
    }


def test_without_a_file_to_write_the_first_rows_are_printed(run: Run, tmp_path: Path) -> None:
    directory = tmp_path / "ONSPD_AUG_2026_UK.csv"
    directory.write_text(DIRECTORY, encoding="utf-8")

    done = run("tabulate", "postcodes", directory)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "place\tpostcodes\nE08000030\t1\nE08000035\t1\n"


@pytest.mark.parametrize(
    ("words", "met"),
    [
        (("shops", "a.csv"), "There is no table 'shops'. Wanted one of companies"),
        (("companies", "a.csv", "--engine", "oracle"), "There is no engine 'oracle'"),
        (("companies", "a.csv", "--memory", "lots"), "The memory 'lots' is no size"),
        (("companies", "a.csv", "--out", "a.xls"), "Wanted a name ending in .csv or .parquet"),
        (("premises", "a.parquet"), "Wanted a postcode directory of ONS"),
        (("companies",), "No file was named"),
    ],
)
def test_what_cannot_be_done_is_refused_on_one_line(
    run: Run, tmp_path: Path, words: tuple[str, ...], met: str
) -> None:
    done = run("tabulate", *words, cwd=tmp_path)

    assert done.returncode == 2
    assert met in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_the_datas_fault(run: Run, tmp_path: Path) -> None:
    done = run("tabulate", "postcodes", "nothing.csv", cwd=tmp_path)

    assert done.returncode == 1
    assert "nothing.csv cannot be read" in done.stderr


def write_accounts(path: Path) -> Path:
    columns = {
        "geography.code": ["E06000001"] * 2,
        "dates.date": [date(2023, 1, 1)] * 2,
        "industry.code": ["J (58-63)", "Total"],
        "variable.name": ["Current prices"] * 2,
        "value": [5.0, 20.0],
    }
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("engine", ENGINES)
def test_accounts_are_tabulated_on_either_engine(run: Run, tmp_path: Path, engine: str) -> None:
    """5 of 20 is a quarter."""
    if engine != "duckdb":
        want_spark_and_java()
    accounts = write_accounts(tmp_path / "RGVA.parquet")

    done = run("tabulate", "accounts", accounts, "--engine", engine)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "place\tyear\tgroup\tvalue\tshare",
        "E06000001\t2023\tJ (58-63)\t5.0\t0.25",
        "E06000001\t2023\tTotal\t20.0\t1.0",
    ]


def test_premises_are_tabulated_with_a_directory(run: Run, tmp_path: Path) -> None:
    directory, premises = tmp_path / "ONSPD.csv", tmp_path / "premises.parquet"
    directory.write_text(DIRECTORY, encoding="utf-8")
    columns = {"PostCode": ["AB1 2CD"], "MaxPredictedDown": [300.0], "MaxPredictedUp": [20.0]}
    pq.write_table(pa.table(columns), premises)

    done = run("tabulate", "premises", premises, "--directory", directory)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == ["E08000035\t1\t1\t1\t0\t0"]


def test_a_cut_or_a_wrong_parquet_file_is_the_datas_fault_on_one_line(
    run: Run, tmp_path: Path
) -> None:
    whole = write_accounts(tmp_path / "RGVA.parquet")
    cut, wrong = tmp_path / "cut.parquet", tmp_path / "wrong.parquet"
    cut.write_bytes(whole.read_bytes()[:-50])
    pq.write_table(pq.read_table(whole).drop_columns(["industry.code"]), wrong)
    out = tmp_path / "out.csv"

    for path, met in ((cut, "cut.parquet"), (wrong, "Wanted also 'industry.code'")):
        done = run("tabulate", "accounts", path, "--out", out)
        assert done.returncode == 1
        assert met in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert not out.exists()
