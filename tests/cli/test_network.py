"""`placedex network`, as its user meets it."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

ORGANISATIONS = """\
- {code: council, name: A Council, kind: council, place: E08000025, cites: [source:page]}
- {code: firm, name: A Firm, kind: company, place: E08000030, cites: [source:page]}
- {code: college, name: A University, kind: university, place: E08000025, cites: [source:page]}
"""
PROGRAMMES = """\
- {code: plan, name: A Plan, kind: strategy, lead: council, partners: [college],
   cites: [source:page]}
- {code: trial, name: A Trial, kind: testbed, lead: college, partners: [firm], places: [E08000030],
   cites: {all: [source:page], lead: ["document:paper@10-20"]}}
"""


@pytest.fixture
def workspace(example: Path) -> Path:
    """The bundled workspace with a ledger of five entries."""
    folder = example / "ledger"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "organisations.yaml").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "programmes.yaml").write_text(PROGRAMMES, encoding="utf-8")
    return example


def test_the_network_is_printed_without_a_build(run: Run, workspace: Path) -> None:
    done = run("network", workspace)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Network of the whole ledger: 5 entries, 4 ties." in done.stdout
    assert "A University links A Council and A Firm, which have no other tie." in done.stdout
    assert "Investment capital" in done.stdout
    assert "that is not proof that there is none." in done.stdout


def test_a_place_has_its_own_network_and_blocks(run: Run, workspace: Path) -> None:
    done = run("network", workspace, "--place", "Walsall", "--format", "json")
    content = json.loads(done.stdout)

    assert {row["name"] for row in content["nodes"]} == {"A Firm", "A Trial", "A University"}
    states = {one["block"]: one["state"] for one in content["building_blocks"]}
    assert (states["locations"], states["universities"]) == ("here", "missing")
    (tie,) = [one for one in content["ties"] if one["kind"] == "lead"]
    assert tie["cites"] == "document:paper@10-20; source:page"


def test_csv_has_a_row_for_each_entry(run: Run, workspace: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("network", workspace, "--format", "csv").stdout)))

    assert {row["what"] for row in rows} == {"organisation", "programme"}
    (middle,) = [row for row in rows if row["name"] == "A University"]
    assert (middle["organisations"], middle["organisations_betweenness"]) == ("2", "1.0")
    assert (middle["constraint"], middle["liaison"]) == ("0.5", "1")


def test_a_workspace_without_a_ledger_is_told_what_to_write(run: Run, workspace: Path) -> None:
    shutil.rmtree(workspace / "ledger")

    done = run("network", workspace)

    assert done.returncode == 2
    assert "holds no organisation and no programme" in done.stderr
    assert "Write organisations.yaml" in done.stderr


def test_an_unknown_place_is_refused(run: Run, workspace: Path) -> None:
    done = run("network", workspace, "--place", "Atlantis")

    assert done.returncode == 2
    assert "Atlantis" in done.stderr
