"""`placedex claims check`, run as its user runs it."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run

if importlib.util.find_spec("placedex.evidence.extract") is None:
    pytest.skip("no rules that read claims from a text are here", allow_module_level=True)

SPEECH = (
    "Over 94% of premises in the West Midlands have gigabit broadband, and 95% in Birmingham, "
    "compared to the UK average of 79%. 5G coverage is 97.1% in Birmingham. Call John Smith on "
    "0121 496 0000 or john.smith@example.org.\n"
)
DAY = ("--day", "2026-07-01")


def verdicts(done: "subprocess.CompletedProcess[str]") -> list[str]:
    return [one["verdict"] for one in json.loads(done.stdout)["claims"]]


def test_each_number_of_a_speech_comes_back_with_its_verdict(built: Path, run: Run) -> None:
    done = run("claims", "check", SPEECH, "--workspace", built, *DAY, "--format", "json")

    assert done.returncode == 0, done.stderr
    assert verdicts(done) == ["not comparable", "confirmed", "superseded", "not comparable"]
    first = json.loads(done.stdout)["claims"][0]
    assert first["findings"][0]["working"].startswith("Which 'West Midlands'?")
    assert "95.9%" in first["safe"]["sentence"]


def test_a_file_and_standard_input_say_the_same_as_the_words(
    built: Path, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "speech.txt"
    path.write_text(SPEECH, encoding="utf-8")
    how = ("--workspace", built, *DAY, "--format", "json")

    said, filed, piped = (
        run("claims", "check", SPEECH, *how),
        run("claims", "check", path, *how),
        run("claims", "check", "-", *how, input=SPEECH),
    )

    assert verdicts(said) == verdicts(filed) == verdicts(piped)


def test_the_text_is_marked_and_persons_are_masked(built: Path, run: Run) -> None:
    done = run("claims", "check", SPEECH, "--workspace", built, *DAY)

    assert "[1 not comparable: Over 94% of premises" in " ".join(done.stdout.split())
    assert "safe to say: In January 2026" in done.stdout
    for personal in ("John", "Smith", "0121", "example.org"):
        assert personal not in done.stdout


def test_a_text_can_neither_steer_the_terminal_nor_be_markup(built: Path, run: Run) -> None:
    text = "\x1b[2J[red]95% of premises in Birmingham have gigabit broadband[/red]\x07"

    done = run("claims", "check", text, "--workspace", built, *DAY)

    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert "[red]" in done.stdout


def test_claim_reviews_are_what_schema_org_asks(built: Path, run: Run) -> None:
    done = run("claims", "check", SPEECH, "--workspace", built, *DAY, "--format", "claimreview")

    reviews = json.loads(done.stdout)
    assert [one["@type"] for one in reviews] == ["ClaimReview"] * 4
    asked = {"claimReviewed", "itemReviewed", "author", "reviewRating", "datePublished", "url"}
    assert all(asked <= set(one) for one in reviews)
    assert reviews[1]["reviewRating"]["ratingValue"] == 5
    assert "ratingValue" not in reviews[0]["reviewRating"]


def test_a_text_is_taken_as_it_was_known_on_the_day_it_was_said(built: Path, run: Run) -> None:
    how = ("--workspace", built, "--day", "2024-02-19", "--format", "json")

    done = run("claims", "check", "Gigabit broadband reaches 95% of premises in Birmingham.", *how)

    assert verdicts(done) == ["contradicted"]


def test_an_empty_text_is_refused_with_what_to_do(run: Run) -> None:
    done = run("claims", "check", "-", input="  \n")

    assert done.returncode == 2
    assert "There is no text" in done.stderr


def test_a_file_that_is_not_there_is_no_text(run: Run) -> None:
    done = run("claims", "check", "spech.docx")

    assert done.returncode == 2
    assert "spech.docx is no file" in done.stderr


def test_a_text_without_figures_says_so(built: Path, run: Run) -> None:
    done = run("claims", "check", "We are proud of our region.", "--workspace", built)

    assert done.stdout == "No figure was found in the text.\n"


def test_a_build_and_the_files_that_it_was_made_of_give_one_answer(
    built: Path, example: Path, run: Run
) -> None:
    of_build = run("claims", "check", SPEECH, "--workspace", built, *DAY, "--format", "json")
    of_files = run("claims", "check", SPEECH, "--workspace", example, *DAY, "--format", "json")

    assert of_build.stdout == of_files.stdout
