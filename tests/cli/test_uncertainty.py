"""`placedex uncertainty` and `placedex what-if` as their user meets them."""

import csv
import dataclasses
import io
import json
from pathlib import Path

import pyarrow.parquet as pq

from placedex.cli.printed import Sheet
from placedex.cli.uncertainty import _print
from placedex.index.uncertainty import FAILED_DRAWS
from placedex.workspace import open_build
from placedex.workspace.uncertainty import kept_uncertainty
from tests.conftest import Run


def test_the_table_has_the_places_the_choices_and_what_was_done(run: Run, built: Path) -> None:
    done = run("uncertainty", built, "--kind", "region")

    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    for words in ("Local Digital Index: region", "London", "9 of 10 draws", "weights alone"):
        assert words in done.stdout
    assert "Which indicators are used" in done.stdout
    assert "draws: 10,000 draws from the seed 2026." in done.stdout
    assert "Coventry" not in done.stdout


def test_csv_json_and_parquet_hold_the_same_rows(run: Run, built: Path, tmp_path: Path) -> None:
    as_csv = list(csv.DictReader(io.StringIO(run("uncertainty", built, "--format", "csv").stdout)))
    content = json.loads(run("uncertainty", built, "--format", "json").stdout)
    output = tmp_path / "uncertainty.parquet"
    done = run("uncertainty", built, "--format", "parquet", "--output", output)
    as_parquet = pq.read_table(output).to_pylist()
    rows = [row for one in content for row in one["places"]]

    assert done.returncode == 0
    assert len(as_csv) == len(rows) == len(as_parquet) == 68
    assert [row["median_rank"] for row in rows] == [row["median_rank"] for row in as_parquet]
    assert [float(row["median_rank"]) for row in as_csv] == [row["median_rank"] for row in rows]
    assert {"choices", "notes", "places", "kind", "index", "title"} == set(content[0])


def test_drawn_anew_the_same_seed_prints_the_same(run: Run, built: Path) -> None:
    words = ("uncertainty", built, "--kind", "nation", "--draws", 300, "--seed", 4)
    first, second = run(*words), run(*words)

    assert "300 draws from the seed 4." in first.stdout
    assert first.stdout == second.stdout


def test_one_draw_alone_is_printed_with_errors_that_rest_on_a_thousand(
    run: Run, built: Path
) -> None:
    done = run("uncertainty", built, "--kind", "nation", "--draws", 1)

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 draw from the seed 2026." in done.stdout
    assert "1,000 draws of its own" in done.stdout


def test_that_many_draws_failed_is_printed_once_right_below_the_ranks(built: Path) -> None:
    with open_build(built) as connection:
        [kept] = kept_uncertainty(connection, kind="nation")
    words = "600 of 1,000 draws (60%) could not be worked out."
    sheet = Sheet()
    _print(sheet, dataclasses.replace(kept, notes=((FAILED_DRAWS, words), *kept.notes)))
    printed = sheet.text()

    assert printed.count(words) == 1
    assert printed.index("Northern Ireland") < printed.index(words) < printed.index("Share of the")


def test_no_draw_at_all_is_refused(run: Run, built: Path) -> None:
    done = run("uncertainty", built, "--draws", 0)

    assert done.returncode == 1
    assert "draws is 0. Wanted a whole number of 1 or more." in done.stderr


def test_what_if_names_figures_and_ranks(run: Run, built: Path) -> None:
    done = run("what-if", built, "Coventry")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Coventry is 5 of 40" in done.stdout
    assert "(level-3)" in done.stdout
    assert "Fewest moves to rank 4" in done.stdout


def test_what_if_with_a_figure_set_gives_the_new_rank(run: Run, built: Path) -> None:
    done = run("what-if", built, "Coventry", "--set", "level-3=86", "gigabit-premises=100",
               "--format", "json")  # fmt: skip
    [found] = json.loads(done.stdout)

    assert found["new_rank"] == 1
    assert found["rank"] == 5
    assert [one["new_figure"] for one in found["figures"]] == [86, 100]


def test_what_if_refuses_what_is_no_figure(run: Run, built: Path) -> None:
    for words in (("level-3",), ("level-3=high",), ("level-3=nan",), ("a=1", "a=2")):
        done = run("what-if", built, "Coventry", "--set", *words)

        assert done.returncode == 2
        assert "Wanted a code and a number" in done.stderr


def test_a_rank_and_a_figure_do_not_go_together(run: Run, built: Path) -> None:
    done = run("what-if", built, "Coventry", "--rank", 3, "--set", "level-3=80")

    assert done.returncode == 2
    assert "not both" in done.stderr


def test_a_rank_that_is_not_there_is_refused(run: Run, built: Path) -> None:
    done = run("what-if", built, "Coventry", "--rank", 41)

    assert done.returncode == 1
    assert "rank 41 was asked for among 40 places" in done.stderr
