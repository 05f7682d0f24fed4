"""`placedex compare` and `placedex why`, as their user meets them."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def other(example: Path) -> Path:
    """Another spec beside the workspace's own: skills count three times."""
    text = (example / "indexes" / "local-digital-index.yaml").read_text(encoding="utf-8")
    old = "  - code: skills\n    parent: index\n"
    assert text.count(old) == 1
    path = example.parent / "other.yaml"
    path.write_text(text.replace(old, f"{old}    weight: 3\n"), encoding="utf-8")
    return path


def test_two_editions_are_printed_without_a_build(run: Run, example: Path) -> None:
    done = run("compare", example, "--before", "2023")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Local Digital Index: district, 2023 and latest" in done.stdout
    assert "How far the two orders agree" in done.stdout
    assert "34 places: without figures enough in all of the editions." in done.stdout
    assert "nation: not compared." in done.stdout
    assert not (example / "build").exists()


def test_both_editions_can_be_earlier_ones(run: Run, example: Path) -> None:
    words = ("--before", "2022", "--after", "2024", "--kind", "district", "--policy", "pooled")
    done = run("compare", example, *words)

    assert done.returncode == 0
    assert "district, 2022 and 2024" in done.stdout
    assert "gigabit broadband 2022-09 and 2024-07" in done.stdout


def test_csv_and_json_hold_the_same(run: Run, example: Path) -> None:
    words = ("compare", example, "--before", "2023", "--kind", "district", "--format")
    rows = list(csv.DictReader(io.StringIO(run(*words, "csv").stdout)))
    (content,) = json.loads(run(*words, "json").stdout)

    assert [row["place"] for row in rows] == [row["place"] for row in content["places"]]
    assert {row["node"] for row in rows} == {row["node"] for row in content["agreement"]}
    assert float(rows[0]["shift"]) == content["places"][0]["shift"]
    assert (content["before"], content["after"]) == ("2023", "latest")


def test_two_specs_are_compared_on_the_same_figures(run: Run, example: Path, other: Path) -> None:
    done = run("compare", example, "--with", other, "--kind", "district")

    assert (done.returncode, done.stderr) == (0, "")
    assert "district, this and other" in done.stdout
    assert "Both specs are built from the same, latest figures." in done.stdout


def test_why_says_it_in_words_and_in_numbers_that_add_up(run: Run, example: Path) -> None:
    done = run("why", example, "Solihull", "--before", "2022", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    said = run("why", example, "Solihull", "--before", "2022").stdout

    assert "Solihull rose" in said
    assert "Solihull fell 1 place, from 2 to 3" in said
    for what in ("score", "rank"):
        steps = [row for row in rows if row["of"] == what]
        total = float(steps[0]["to"]) + sum(float(row["change"]) for row in steps[1:-1])
        assert total == pytest.approx(float(steps[-1]["to"]), abs=1e-9)


def test_why_under_another_spec_names_the_weights(run: Run, example: Path, other: Path) -> None:
    done = run("why", example, "Coventry", "--with", other, "--format", "json")
    content = json.loads(done.stdout)

    assert content["score"]["causes"]["figures"] == 0
    change = content["score"]["after"] - content["score"]["before"]
    assert content["score"]["causes"]["weights"] == pytest.approx(change, abs=1e-9)
    assert content["score"]["words"].endswith("because the weights changed.")


def test_a_waterfall_is_written_to_a_file(run: Run, example: Path, tmp_path: Path) -> None:
    path = tmp_path / "why.svg"

    assert run("why", example, "Dudley", "--before", "2023", "--svg", path).returncode == 0

    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "Why the score of Dudley changed, 2023 to latest"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["compare", "."], 2, "--before 2023, or --with"),
        (["compare", ".", "--before", "2023", "--with", "x.yaml"], 2, "one of the two"),
        (["compare", ".", "--with", "x.yaml"], 2, "There is no spec x.yaml"),
        (["compare", ".", "--after", "2023"], 2, "--before"),
        (["compare", ".", "--before", "2023", "--after", "2023"], 2, "two that differ"),
        (["compare", ".", "--before", "23"], 1, "'23' is not a period"),
        (["compare", ".", "--before", "1990"], 1, "district: "),
        (["compare", ".", "--before", "2023", "--kind", "parish"], 2, "Wanted one of district"),
        (["compare", ".", "--before", "2023", "--kind", "nation"], 1, "No figure is other"),
        (["compare", ".", "--before", "2023", "--policy", "loose"], 2, "loose"),
        (["compare", ".", "--before", "2023", "--index", "x"], 2, "There is no index 'x'"),
        (["why", ".", "Belfast", "--before", "2023"], 1, "not among the 7 places"),
        (["why", ".", "K02000001", "--before", "2023"], 2, "of the kind 'country'"),
        (["why", "."], 2, "--place requires an argument"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    run: Run, example: Path, words: list[str], code: int, said: str
) -> None:
    done = run(*words, cwd=example)

    assert said in done.stderr
    assert done.returncode == code


def test_two_specs_without_a_kind_in_common_are_refused_by_their_kinds(
    run: Run, example: Path, other: Path
) -> None:
    text = other.read_text(encoding="utf-8")
    kinds = re.search(r"^kinds: .*$", text, re.MULTILINE)
    assert kinds is not None
    other.write_text(text.replace(kinds[0], "kinds: [nation]"), encoding="utf-8")

    one = run("compare", example, "--with", other, "--kind", "district")
    assert one.returncode == 2
    assert "compares places of the kinds nation, not of the kind 'district'" in one.stderr
    assert "Wanted one of nation." in one.stderr

    other.write_text(text.replace(kinds[0], "kinds: [parish]"), encoding="utf-8")
    none = run("compare", example, "--with", other, "--kind", "district")
    assert none.returncode == 2
    assert "Wanted a spec that does" in none.stderr
    whole = run("compare", example, "--with", other)
    assert whole.returncode == 1
    assert "Wanted a kind of place that both compare." in whole.stderr
