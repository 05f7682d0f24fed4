"""Grants in a workspace: written whole or not at all, read back as they were, and exported."""

from pathlib import Path

import pytest

from placedex.errors import BadUsage, BadWorkspace, Faults
from placedex.workspace import open_workspace
from placedex.workspace.grants import import_grants
from placedex.workspace.ledger import workspace_ledger
from placedex.workspace.money import workspace_account

HEADER = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Funding Org:Identifier,Funding Org:Name,Beneficiary Location:Geographic "
    "Code,Own\n"
)
ROW = "{id},Devices,Laptops,GBP,{amount},2022-05-01,GB-COH-01,A Ltd,GB-CHC-02,B,E08000030,x: y\n"
LEDGER = """\
- code: a
  name: A Limited
  kind: company
  identifiers: {GB-COH: "01"}
  cites: [source:own]
"""
DEFLATOR = """\
place,indicator,period,value,low,high,status,origin
E12000005,gva-deflator,2020,80,,,published,made-up
E12000005,gva-deflator,2022,100,,,published,made-up
"""


def grants(folder: Path, *amounts: float) -> Path:
    path = folder / "Our grants.csv"
    rows = (ROW.format(id=f"G-{number}", amount=one) for number, one in enumerate(amounts))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}


def test_an_import_reads_back_as_it_was_written(example: Path, tmp_path: Path) -> None:
    workspace = open_workspace(example)

    done = import_grants(workspace, grants(tmp_path, 10, 20.5))

    found = workspace_ledger(workspace)
    awards = {one.code: one for one in done.taken.awards}
    assert {code: found.awards[code] for code in awards} == awards
    assert [one.amount for one in awards.values()] == [10, 20.5]
    assert awards["g-0"].given["Own"] == "x: y"
    assert awards["g-0"].place == "E08000030"
    source = (example / "documents" / "elsewhere-our-grants.yaml").read_text(encoding="utf-8")
    assert "file: Our grants.csv" in source


def test_an_import_again_replaces_what_the_file_gave_before(example: Path, tmp_path: Path) -> None:
    workspace = open_workspace(example)
    before = set(workspace_ledger(workspace).organisations)
    import_grants(workspace, grants(tmp_path, 10, 20))

    import_grants(workspace, grants(tmp_path, 15))

    found = workspace_ledger(workspace)
    assert [one.amount for one in found.awards.values() if one.code.startswith("g-")] == [15]
    assert set(found.organisations) - before == {"a-ltd", "b"}


def test_nothing_is_written_if_anything_is_refused(example: Path, tmp_path: Path) -> None:
    workspace = open_workspace(example)
    before = files(example)
    path = grants(tmp_path, 10)
    path.write_text(path.read_text(encoding="utf-8").replace("GBP", "pounds"), encoding="utf-8")

    with pytest.raises(Faults, match="Our grants.csv, row 2, column Currency"):
        import_grants(workspace, path)

    assert files(example) == before


def test_an_organisation_is_taken_for_that_of_the_ledger_only_if_told(
    example: Path, tmp_path: Path
) -> None:
    (example / "ledger").mkdir(exist_ok=True)
    (example / "ledger" / "organisations-own.yaml").write_text(LEDGER, encoding="utf-8")
    workspace = open_workspace(example)
    path = grants(tmp_path, 10)

    apart = import_grants(workspace, path)
    one = import_grants(workspace, path, accept=True)

    assert apart.taken.awards[0].recipient == "a-ltd"
    assert ("a-ltd", "a") in {(pair.one, pair.other) for pair in apart.taken.proposals}
    assert one.taken.awards[0].recipient == "a"
    assert "a-ltd" not in workspace_ledger(workspace).organisations


def test_every_award_of_a_file_can_be_marked_as_a_subsidy(example: Path, tmp_path: Path) -> None:
    workspace = open_workspace(example)

    import_grants(workspace, grants(tmp_path, 10), subsidy=True)

    assert workspace_ledger(workspace).awards["g-0"].subsidy


def test_what_is_no_file_of_grants_is_refused(example: Path, tmp_path: Path) -> None:
    workspace = open_workspace(example)
    sheet = tmp_path / "grants.xlsx"
    sheet.write_bytes(b"PK")

    with pytest.raises(BadUsage, match="There is no file"):
        import_grants(workspace, tmp_path / "nowhere.csv")
    with pytest.raises(BadWorkspace, match="neither JSON nor CSV"):
        import_grants(workspace, sheet)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {code: a, recipient: r, amount: 1, currency: GBP, cites: [source:x]}", "a day, or a"),
        (
            "- {code: a, recipient: r, amount: 1, currency: GBP, day: 2024-01-01, when: 2024, "
            "cites: [source:x]}",
            "a day, or a period",
        ),
        (
            "- {code: a, recipient: r, amount: 1, currency: GBP, when: 2024, place: E08000030, "
            "places: [E08000025], cites: [source:x]}",
            "place or, for several",
        ),
        (
            "- {code: a, recipient: r, amount: .nan, currency: GBP, when: 2024, cites: [source:x]}",
            "'0.amount' is nan. Wanted a finite number",
        ),
        ("- {code: a, recipient: r, amount: 1, when: 2024, cites: [source:x]}", "'0.currency' is"),
        (
            "- {code: a, recipient: r, amount: 1, currency: pounds, when: 2024, cites: [source:x]}",
            "the currency is 'pounds'",
        ),
        (
            "- {code: a, recipient: r, amount: 1, currency: GBP, when: 2024, "
            "places: [X, E08000030], cites: [source:x]}",
            "'X' is no place",
        ),
    ],
)
def test_a_bad_award_of_a_ledger_is_refused(example: Path, text: str, said: str) -> None:
    (example / "ledger").mkdir(exist_ok=True)
    (example / "ledger" / "awards-own.yaml").write_text(text, encoding="utf-8")

    with pytest.raises((BadWorkspace, Faults), match=said):
        workspace_ledger(open_workspace(example))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("b", "one is part of 'b', which is no money"),
        ("one", "fund/one is part of fund/one"),
    ],
)
def test_money_that_is_part_of_nothing_or_of_itself_is_refused(
    example: Path, parts: str, said: str
) -> None:
    (example / "ledger").mkdir(exist_ok=True)
    (example / "ledger" / "programmes-own.yaml").write_text(
        "- code: fund\n  name: Fund\n  kind: fund\n  cites: [source:x]\n  money:\n"
        f"    - {{code: one, amount: 1, currency: GBP, state: announced, part_of: {parts}}}\n",
        encoding="utf-8",
    )

    with pytest.raises(Faults, match=said):
        workspace_ledger(open_workspace(example))


def test_money_is_deflated_by_the_figures_of_the_place_around(
    example: Path, tmp_path: Path
) -> None:
    """The home has no deflator, and its region has: 80 in 2020 and 100 in 2022."""
    (example / "figures" / "deflator.csv").write_text(DEFLATOR, encoding="utf-8")
    origins = example / "figures" / "origins.yaml"
    origins.write_text(
        origins.read_text(encoding="utf-8")
        + "\n- {code: made-up, publisher: Nobody, title: Made up, edition: one, licence: none, "
        "url: https://example.org/made-up, file: made-up.csv}\n",
        encoding="utf-8",
    )
    workspace = open_workspace(example)
    import_grants(workspace, grants(tmp_path, 10))
    ledger = workspace_ledger(workspace)

    done = workspace_account(workspace, ledger, by="programme", base=2020)

    assert done.deflator is not None
    assert (done.deflator.place, done.deflator.levels) == ("E12000005", {2020: 80, 2022: 100})
    row = next(one for one in done.rows if one.of == "no programme")
    assert (row.prices, row.amount) == ("2020 prices", 8)


def test_without_a_deflator_it_is_said_where_it_was_looked_for(example: Path) -> None:
    workspace = open_workspace(example)

    with pytest.raises(BadUsage, match="no 'gva-deflator' of E47000007 or E12000005"):
        workspace_account(workspace, workspace_ledger(workspace), by="place", base=2022)
