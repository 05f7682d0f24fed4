"""`placedex money`, `subsidy`, `support` and `grants`, as their user meets them."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.ledger_texts import write_ledger


@pytest.fixture
def own(example: Path) -> Path:
    return write_ledger(example)


def test_money_by_place_counts_each_pound_once(run: Run, own: Path) -> None:
    """900,000 were reported, 300,000 of them in Walsall; two awards went there besides."""
    done = run("money", own, "--by", "place", "--format", "csv")
    rows = {row["place"]: row for row in csv.DictReader(io.StringIO(done.stdout))}

    assert (done.returncode, done.stderr) == (0, "")
    assert float(rows["E08000030"]["amount"]) == 560_000
    assert rows["E08000030"]["name"] == "Walsall"
    assert float(rows["not shared out"]["amount"]) == 600_000


def test_money_by_programme_shows_what_came_of_it_and_what_it_cost(run: Run, own: Path) -> None:
    done = run("money", own)

    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split("  ")[0]: line.split() for line in done.stdout.splitlines()}
    assert lines["Devices Fund"][2:] == ["GBP", "nominal", "900,000", "2"]
    assert lines["total"][1:] == ["GBP", "nominal", "1,160,000", "4"]
    for line in (
        "- fund: money (GBP, 2023): announced 1,000,000, reported 900,000; 90% of what was planned",
        "- fund: devices given (devices): expected 4,000, reported 3,000; 75% of what was planned",
        "- fund: 300 GBP (nominal) for each of devices given; money for: not said",
        "  The output is as the programme reports it; nobody has audited it.",
    ):
        assert line in done.stdout.splitlines()


def test_json_says_what_is_in_doubt_and_what_is_beside(run: Run, own: Path) -> None:
    content = json.loads(run("money", own, "--format", "json").stdout)

    assert content["totals"][0]["amount"] == 1_160_000
    assert content["deflator"] is None
    assert content["doubts"] == []
    assert {row["kind"] for row in content["states"]} == {"money", "output"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["money", ".", "--prices", "2022"], "There is no 'gva-deflator' of E47000007"),
        (["money", ".", "--prices", "old"], "'old' are no prices. Wanted nominal or a year"),
        (["money", ".", "--by", "colour"], "colour"),
        (["subsidy", ".", "--enterprise", "nobody"], "no organisation 'nobody'"),
        (["subsidy", ".", "--enterprise", "firm", "--on", "today"], "'today' is no day"),
        (["subsidy", ".", "--enterprise", "firm", "--limit", "x"], "There is no limit 'x'"),
        (["subsidy", ".", "--enterprise", "firm", "--rate", "EUR"], "'EUR' is no rate"),
        (["support", "."], "--place"),
        (["support", ".", "--place", "Wallsal-upon-Sea"], "is not a place"),
        (["support", ".", "--place", "West Midlands"], "could be"),
        (["support", ".", "--place", "Walsall", "--size", "vast"], "'vast' is no size"),
        (["support", ".", "--place", "Walsall", "--age", "young"], "'young' is no age"),
        (["grants", "import", "nowhere.csv", "."], "There is no file nowhere.csv"),
        (["grants", "import", "x.csv", ".", "--same", "a"], "'a' is not NEW-CODE=LEDGER-CODE"),
    ],
)
def test_what_cannot_be_asked_is_refused(run: Run, own: Path, words: list[str], said: str) -> None:
    done = run(*words, cwd=own)

    assert done.returncode == 2
    assert said in done.stderr


def test_an_enterprise_near_its_limit_is_warned_about(run: Run, own: Path) -> None:
    """Firm Ltd is one with Group plc: 200,000 and 60,000 are 82.5 % of 315,000."""
    done = run("subsidy", own, "--enterprise", "Firm Ltd", "--on", "2025-06-01")

    assert (done.returncode, done.stderr) == (0, "")
    assert "One enterprise with Group plc." in done.stdout
    assert "Given: 260,000, 82.5% of the limit: NEAR THE LIMIT." in done.stdout
    assert "On 2025-06-01 may still be given: 55,000 GBP." in done.stdout
    assert "Subsidy Control Act 2022, section 36" in done.stdout


def test_the_same_as_json(run: Run, own: Path) -> None:
    words = ("--enterprise", "firm", "--on", "2025-06-01", "--format", "json")
    content = json.loads(run("subsidy", own, *words).stdout)

    assert (content["given"], content["left"], content["state"]) == (260_000, 55_000, "near")
    assert content["from"] == "2023-04-01"


def test_support_says_what_fits_why_and_why_not_the_others(run: Run, own: Path) -> None:
    words = ("--place", "Walsall", "--size", "micro", "--need", "testbed", "--on", "2025-06-01")
    done = run("support", own, *words)

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 of 3 offers fit a firm in Walsall (E08000030) on 2025-06-01." in done.stdout
    assert "which holds Walsall; It is for micro or small firms." in done.stdout
    assert "until when: Until 31 March 2026." in done.stdout
    assert "ask: Growth Hub, https://example.org/testbed" in done.stdout
    assert "- Last year's testbed (Growth Hub): It is over: it ended in 2024." in done.stdout
    assert "- Sell abroad (Growth Hub): It is for export, not for testbed." in done.stdout


def test_support_as_json_and_with_a_misspelt_place(run: Run, own: Path) -> None:
    words = ("--place", "Wallsall", "--on", "2025-06-01", "--format", "json")
    rows = json.loads(run("support", own, *words).stdout)

    assert [row["fits"] for row in rows] == [True, True, False]
    assert rows[1]["ask_first"] == ["It is for micro or small firms"]


def test_awards_go_out_as_360giving_and_come_in_again(run: Run, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    assert run("grants", "export", own, "--output", path).returncode == 0
    flat = run("grants", "export", own, "--format", "csv").stdout
    (own / "ledger" / "awards.yaml").unlink()

    done = run("grants", "import", path, own)

    assert (done.returncode, done.stderr) == (0, "")
    assert "2 awards, 260,000.00 GBP" in done.stdout
    assert "may be one: firm-ltd and firm: both are called 'firm'" in done.stdout
    assert "Nothing was merged" in done.stdout
    rows = list(csv.DictReader(io.StringIO(flat)))
    assert [row["Amount Awarded"] for row in rows] == ["200000", "60000"]
    assert rows[0]["Recipient Org:Name"] == "Firm Ltd"


def test_a_bad_file_of_grants_is_named_with_row_and_column(
    run: Run, own: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"grants": [{"id": "1", "currency": "GBP"}]}', encoding="utf-8")

    done = run("grants", "import", path, own)

    assert done.returncode == 1
    assert "bad.json, row 1, column amountAwarded: it is missing." in done.stderr
    assert not (own / "ledger" / "awards-bad.yaml").exists()


def test_the_levelling_up_fund_is_imported_and_totalled(run: Run, own: Path, shared: Path) -> None:
    path = shared / "data/funding/levelling-up-fund/levelling-up-fund-round-1.csv"
    done = run("grants", "import", path, own)
    found = run("money", own, "--by", "programme", "--format", "json")
    rows = {row["programme"]: row for row in json.loads(found.stdout)["rows"]}

    assert "105 awards, 1,693,323,657.33 GBP" in done.stdout
    assert "6 of them go to several places together" in done.stdout
    assert rows["levelling-up-fund-round-1"]["amount"] == pytest.approx(1_693_323_657.33)
