"""Documents, figures from elsewhere and the ledger of a workspace are read, checked and kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from placedex.errors import BadWorkspace, Faults
from placedex.store import open_database
from placedex.workspace import (
    build_workspace,
    check_workspace,
    copy_example,
    note_workspace,
    open_workspace,
    read_said,
)
from tests.conftest import Run

PLAN = "002_0773078120d0b4e5.txt"
ADDED = """
- code: growth-company-again
  name: The West Midlands Growth Company Ltd
  kind: agency
  cites: [claim:wmca-tech-worth]
"""


def add(path: Path, text: str) -> int:
    """Write a text at the end of a file; gives the number of its last line."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_workspace_without_documents_and_ledger_has_said_nothing(example: Path) -> None:
    shutil.rmtree(example / "documents")
    shutil.rmtree(example / "ledger")

    said = read_said(open_workspace(example))

    assert (said.documents, said.elsewhere, dict(said.claims)) == ((), (), {})
    assert check_workspace(example) == ()


def test_the_bundled_workspace_comes_with_its_documents_and_ledger(tmp_path: Path) -> None:
    copy_example("west-midlands", tmp_path / "copy")

    said = read_said(open_workspace(tmp_path / "copy"))

    assert [one.about.code for one in said.documents] == [
        "awm-ict", "techuk-case-study", "wmca-digital-plan", "ict-cluster", "digital-powerhouse",
    ]  # fmt: skip
    assert len(said.ledger.programmes) > 50


def test_faults_of_documents_figures_and_ledger_are_told_together(example: Path) -> None:
    claims = example / "documents" / "claims" / "wmca-digital-plan.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("modality: target", "modality: hope"), encoding="utf-8")
    elsewhere = example / "documents" / "elsewhere.csv"
    row = add(elsewhere, "a,b,many,,,percent,,,,,actual,,t,p,http://x,,\n")
    targets = example / "ledger" / "targets.yaml"
    line = add(targets, "- {code: x, name: X, place: E0, cites: []}\n")
    add(example / "figures" / "figures.csv", "E08000999,gva,2023,1,,,published,nobody\n")

    faults = check_workspace(example)

    assert len(faults) == 6
    assert [
        sum(words in fault for fault in faults)
        for words in (
            "figures/figures.csv, row",
            "wmca-digital-plan.yaml, line",
            f"documents/elsewhere.csv, row {row}, column value: 'many'",
            f"ledger/targets.yaml, line {line}, key cites",
            f"ledger/targets.yaml, line {line}, key place: 'E0' is no place",
        )
    ] == [2, 1, 1, 1, 1]


def test_the_command_prints_faults_and_proposals(example: Path, run: Run) -> None:
    add(example / "ledger" / "organisations.yaml", ADDED)

    good = run("check", example)

    assert good.returncode == 0, good.stderr
    assert "note: organisations that may be one (1)" in good.stdout
    assert (
        "  growth-company-again and west-midlands-growth-company: both are called "
        "'west midlands growth'" in good.stdout
    )

    add(example / "ledger" / "organisations.yaml", ADDED.replace("claim:", "claim:no-"))
    bad = run("check", example)

    assert bad.returncode != 0
    assert "claim:no-wmca-tech-worth" not in good.stdout
    assert "'growth-company-again' stands in ledger/organisations.yaml" in bad.stdout


def test_a_claim_of_the_code_of_another_is_a_fault(example: Path) -> None:
    path = example / "documents" / "claims" / "ict-cluster.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("cluster-target-sectors", "awm-turnover").replace("E12000005", "E0"),
        encoding="utf-8",
    )

    faults = check_workspace(example)

    assert "ict-cluster.yaml, claim awm-turnover: awm-ict has a claim of this code too" in faults[0]
    assert "ict-cluster.yaml, claim awm-turnover: 'E0' is no place" in faults[1]


def test_only_what_a_person_accepted_may_be_cited(example: Path) -> None:
    path = example / "documents" / "claims" / "ict-cluster.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("state: accepted", "state: rejected"), encoding="utf-8")

    [fault] = check_workspace(example)

    assert "claim:cluster-target-sectors is not there" in fault
    with pytest.raises(Faults, match="cluster-target-sectors"):
        read_said(open_workspace(example))


def test_an_observation_that_is_cited_must_have_been_published(example: Path) -> None:
    add(
        example / "ledger" / "organisations.yaml",
        ADDED.replace(
            "claim:wmca-tech-worth",
            "observation:gigabit-premises/E47000007/2026-01, observation:gva/E47000007/1066",
        ),
    )

    [fault] = check_workspace(example)

    assert "observation:gva/E47000007/1066 is not there" in fault


def test_a_document_that_lies_there_is_read_and_its_claims_held_against_it(
    example: Path, shared: Path
) -> None:
    shutil.copy(shared / "documents" / PLAN, example / "documents" / PLAN)

    said = read_said(open_workspace(example))

    [plan] = [one for one in said.documents if one.about.code == "wmca-digital-plan"]
    assert plan.document is not None
    assert said.claims["wmca-tech-worth"][1].claim.words == "worth £15.3 billion"
    assert note_workspace(example).documents == ()


def test_a_document_that_is_another_file_than_it_was_is_a_fault(example: Path) -> None:
    (example / "documents" / PLAN).write_text("Something else.", encoding="utf-8")

    faults = check_workspace(example)

    assert f"{PLAN} is another file than it was" in faults[0]
    with pytest.raises(BadWorkspace, match="another file"):
        read_said(open_workspace(example))


def test_a_build_does_not_stand_on_a_faulty_ledger(example: Path) -> None:
    targets = example / "ledger" / "targets.yaml"
    line = add(targets, "- {code: x, name: X, place: E0, cites: []}\n")

    with pytest.raises(Faults, match=f"line {line}"):
        build_workspace(open_workspace(example), version="test")

    assert not (example / "build").exists()


@pytest.fixture(scope="module")
def database(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(built / "build" / "placedex.duckdb") as connection:
        yield connection


def test_every_fact_can_be_followed_by_sql_to_what_it_rests_on(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rows = database.execute(
        "SELECT money.amount, cited.kind, cited.publisher, cited.words, cited.address "
        "FROM money JOIN cited ON entry = 'money' AND cited.code = programme || '/' || money.code "
        "WHERE money.code = 'digital-devices-money' ORDER BY cited.kind"
    ).fetchall()

    assert rows == [
        (4e6, "claim", "West Midlands Combined Authority", "£4 million",
         "https://www.wmca.org.uk/news/reboot-for-west-midlands-digital-plan/"),
        (4e6, "source", "Express & Star", "",
         "https://www.expressandstar.com/news/science-and-technology/2023/05/19/"
         "4-million-west-midlands-boost-to-help-people-improve-digital-skills/"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("organisation", "code"), ("programme", "code"), ("target", "code"),
        ("partnership", "code"), ("site", "code"), ("event", "code"), ("support_offer", "code"),
        ("money", "programme || '/' || code"), ("output", "programme || '/' || code"),
    ],
)  # fmt: skip
def test_no_entry_of_a_table_is_without_a_citation(
    database: duckdb.DuckDBPyConnection, table: str, code: str
) -> None:
    [(count, uncited)] = database.execute(
        f"SELECT count(*), count(*) FILTER ({code} NOT IN (SELECT code FROM citation "
        f"WHERE entry = '{table}')) FROM {table}"
    ).fetchall()

    assert count > 0
    assert uncited == 0


def test_what_is_cited_is_in_the_tables(database: duckdb.DuckDBPyConnection) -> None:
    [(cited, lost)] = database.execute(
        "SELECT count(*), count(*) FILTER (title IS NULL) FROM cited"
    ).fetchall()
    counts = database.execute(
        "SELECT kind, count(*) FROM claim GROUP BY kind ORDER BY kind"
    ).fetchall()

    assert cited > 400
    assert lost == 0
    assert counts == [("claim", 65), ("source", 165)]


def test_members_of_a_partnership_stand_in_a_row_each(
    database: duckdb.DuckDBPyConnection,
) -> None:
    rows = database.execute(
        "SELECT organisation FROM member WHERE partnership = 'one-to-win-partners' "
        "ORDER BY organisation"
    ).fetchall()

    assert [code for (code,) in rows] == ["haatch-investments", "midven", "rigby-group", "techwm"]
