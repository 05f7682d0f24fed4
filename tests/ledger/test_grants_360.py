"""Grants as 360Giving: in and out without loss, bad ones named by file, row and column."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from placedex.errors import BadUsage, BadWorkspace, Faults
from placedex.ledger import Choice, Ledger, export_360, read_360, take_grants
from placedex.ledger.grants_fields import REQUIRED, flat_rows, header_of, path_of
from tests.ledger.small_ledgers import award, ledger, organisation, programme

PLACES = frozenset({"E08000030", "E08000025"})
GRANT: dict[str, Any] = {
    "id": "360G-fund-1",
    "title": "Devices",
    "description": "Laptops for learners",
    "currency": "GBP",
    "amountAwarded": 2500.5,
    "awardDate": "2024-05-01",
    "plannedDates": [{"startDate": "2024-06", "endDate": "2025-05-31", "duration": "12"}],
    "recipientOrganization": [
        {"id": "GB-COH-01234567", "name": "Learners Ltd", "companyNumber": "01234567",
         "postalCode": "WS1 1AA"}
    ],
    "fundingOrganization": [{"id": "GB-CHC-1000147", "name": "A Fund"}],
    "grantProgramme": [{"code": "DIGITAL", "title": "Digital for all"}],
    "beneficiaryLocation": [
        {"name": "Walsall", "geoCode": "E08000030", "geoCodeType": "LAD"}
    ],
    "classifications": [{"vocabulary": "own", "code": "x"}],
    "fromOpenCall": "Yes",
}  # fmt: skip


def file(folder: Path, *grants: dict[str, Any]) -> Path:
    path = folder / "grants.json"
    path.write_text(json.dumps({"grants": list(grants)}), encoding="utf-8")
    return path


def taken(path: Path, into: Ledger | None = None, **choice: Any) -> Ledger:
    before = into or ledger()
    found = read_360(path, places=PLACES)
    return take_grants(before, found, source="grants", choice=Choice(**choice)).joined(before)


def test_a_grant_becomes_an_award_with_its_organisations_and_programme(tmp_path: Path) -> None:
    made = taken(file(tmp_path, GRANT))

    (one,) = made.awards.values()
    assert (one.amount, one.currency, one.place, one.starts) == (
        2500.5,
        "GBP",
        "E08000030",
        "2024-06",
    )
    assert made.organisations[one.recipient].identifiers == {"GB-COH": "01234567"}
    assert made.organisations[one.payer].identifiers == {"GB-CHC": "1000147"}
    assert made.programmes[one.programme].name == "Digital for all"
    assert [str(citation) for citation in one.cites.of("amount")] == ["source:grants"]


def test_what_comes_in_as_json_goes_out_as_it_came(tmp_path: Path) -> None:
    other = GRANT | {
        "id": "360G-fund-2",
        "amountAwarded": 10,
        "beneficiaryLocation": [{"geoCode": "E08000030"}, {"geoCode": "E05000001"}],
        "own field": {"a": [1, 2]},
    }
    made = taken(file(tmp_path, GRANT, other))

    records, left_out = export_360(made)

    assert left_out == ()
    assert without_numbers(records) == without_numbers([GRANT, other])


def without_numbers(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records without the charity and company numbers that an export adds to identifiers."""
    plain = json.loads(json.dumps(records))
    for record in plain:
        for name in ("recipientOrganization", "fundingOrganization"):
            for one in record[name]:
                one.pop("charityNumber", None)
                one.pop("companyNumber", None)
    return list(plain)


def test_what_goes_out_flat_comes_in_as_the_same(tmp_path: Path) -> None:
    made = taken(file(tmp_path, GRANT))
    records, _ = export_360(made)
    rows = flat_rows(records)
    path = tmp_path / "flat.csv"
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")

    again = taken(path)

    assert again.organisations == made.organisations
    assert again.programmes == made.programmes
    (one,), (two,) = made.awards.values(), again.awards.values()
    for name in ("code", "recipient", "amount", "day", "place", "starts", "ends", "payer"):
        assert getattr(one, name) == getattr(two, name)
    assert {"Identifier", "Amount Awarded", "Recipient Org:Name", "Beneficiary Location:Name",
            "Recipient Org:Postal Code", "Planned Dates:Start Date"} <= set(rows[0])  # fmt: skip


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Identifier", ("id",)),
        ("Amount Awarded", ("amountAwarded",)),
        ("Award Date", ("awardDate",)),
        ("Recipient Org:Identifier", ("recipientOrganization", 0, "id")),
        ("Recipient Org:Company Number", ("recipientOrganization", 0, "companyNumber")),
        ("Funding Org:Name", ("fundingOrganization", 0, "name")),
        ("Grant Programme:Code", ("grantProgramme", 0, "code")),
        ("Beneficiary Location:1:Geographic Code", ("beneficiaryLocation", 1, "geoCode")),
        ("Planned Dates:Start Date", ("plannedDates", 0, "startDate")),
        ("Own Column", ("Own Column",)),
    ],
)
def test_a_header_of_the_flat_form_has_its_place_in_the_json(
    header: str, path: tuple[str | int, ...]
) -> None:
    assert path_of(header) == path
    assert header_of(path) == header


def test_an_export_has_every_required_field() -> None:
    made = ledger(
        organisation("firm", "Firm"),
        organisation("fund", "Fund"),
        award("a", "firm", 10, "2024-05-01", payer="fund", places=("E08000030", "E08000025")),
    )

    (record,), _ = export_360(made)

    assert set(REQUIRED) <= set(record)
    assert record["id"] == "360G-placedex-a"
    assert record["recipientOrganization"][0]["id"] == "360G-placedex-firm"
    assert [one["geoCode"] for one in record["beneficiaryLocation"]] == ["E08000030", "E08000025"]
    assert isinstance(record["amountAwarded"], int)


def test_an_award_without_a_day_or_a_funder_is_not_exported_silently() -> None:
    made = ledger(
        organisation("firm"),
        award("a", "firm", 10, "", when="2024", payer="firm"),
        award("b", "firm", 10, "2024-05-01"),
        award("c", "firm", 10, "2024-05-01", payer="firm"),
    )

    with pytest.raises(BadWorkspace, match="2 of 3 awards lack a day or a payer, among them a, b"):
        export_360(made)
    records, left_out = export_360(made, incomplete=True)
    assert (len(records), left_out) == (1, ("a", "b"))


def test_persons_to_contact_are_left_out_and_it_is_said(tmp_path: Path) -> None:
    named = json.loads(json.dumps(GRANT))
    named["recipientOrganization"][0] |= {"contactName": "A Person", "email": "a@example.org"}
    path = file(tmp_path, named)

    found = read_360(path, places=PLACES)

    assert "contactName, email left out" in found.notes[0]
    assert "A Person" not in repr(found.grants)
    assert "example.org" not in repr(found.grants)


def test_an_organisation_like_one_of_the_ledger_is_proposed_and_not_merged(tmp_path: Path) -> None:
    before = ledger(
        organisation("learners", "Learners Limited"),
        organisation("other", "Something Else", identifiers={"GB-CHC": "1000147"}),
    )
    found = read_360(file(tmp_path, GRANT), places=PLACES)

    done = take_grants(before, found, source="grants")

    assert {(one.one, one.other) for one in done.proposals} == {
        ("learners-ltd", "learners"),
        ("a-fund", "other"),
    }
    assert {one.code for one in done.organisations} == {"learners-ltd", "a-fund"}


def test_a_person_says_which_are_one(tmp_path: Path) -> None:
    before = ledger(organisation("learners", "Learners Limited"), organisation("fund", "A Fund"))
    path = file(tmp_path, GRANT)

    made = taken(path, before, same={"learners-ltd": "learners"}, accept=True)

    (one,) = made.awards.values()
    assert (one.recipient, one.payer) == ("learners", "fund")
    assert set(made.organisations) == {"learners", "fund"}


@pytest.mark.parametrize(
    ("same", "said"),
    [
        ({"nobody": "learners"}, "The file has no organisation nobody"),
        ({"a-fund": "nobody"}, "The ledger has no organisation 'nobody'"),
    ],
)
def test_a_choice_of_what_is_not_there_is_refused(
    tmp_path: Path, same: dict[str, str], said: str
) -> None:
    path = file(tmp_path, GRANT)

    with pytest.raises(BadUsage, match=said):
        taken(path, ledger(organisation("learners")), same=same)


def test_two_organisations_of_one_name_and_two_numbers_are_two(tmp_path: Path) -> None:
    second = json.loads(json.dumps(GRANT)) | {"id": "360G-fund-2"}
    second["recipientOrganization"][0] |= {"id": "GB-COH-07654321", "companyNumber": "07654321"}

    made = taken(file(tmp_path, GRANT, second))

    assert {"learners-ltd", "learners-ltd-2"} <= set(made.organisations)


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"amountAwarded": "£2,500"}, "amountAwarded", "'£2,500' is no number"),
        ({"amountAwarded": float("inf")}, "amountAwarded", "'inf' is no number"),
        ({"awardDate": "01/05/2024"}, "awardDate", "'01/05/2024' is no day"),
        ({"awardDate": "2024-02-30"}, "awardDate", "is no day"),
        ({"currency": "£"}, "currency", "'£' is no currency"),
        ({"title": ""}, "title", "it is missing"),
        ({"fundingOrganization": []}, "fundingOrganization", "it is missing"),
        ({"fundingOrganization": "A Fund"}, "fundingOrganization", "not one organisation"),
        ({"recipientOrganization": [{"id": "x"}]}, "recipientOrganization.0.name", "missing"),
        ({"recipientOrganization": [{}, {}]}, "recipientOrganization", "not one organisation"),
        ({"plannedDates": [{"startDate": "soon"}]}, "plannedDates.0.startDate", "'soon' is no"),
        (
            {"plannedDates": [{"startDate": "2025", "endDate": "2024"}]},
            "plannedDates.0.endDate",
            "2024 comes before the start, 2025",
        ),
        ({"grantProgramme": "x"}, "grantProgramme", "not a list of records"),
        ({"recipientIndividual": {"name": "A Person"}}, "recipientIndividual", "to a person"),
    ],
)
def test_a_bad_grant_is_named_by_file_row_and_column(
    tmp_path: Path, change: dict[str, Any], column: str, said: str
) -> None:
    path = file(tmp_path, GRANT, GRANT | {"id": "360G-fund-2"} | change)

    with pytest.raises(Faults) as refused:
        read_360(path, places=PLACES)

    fault = refused.value.faults[0]
    assert (fault.file, fault.row, fault.column) == ("grants.json", 2, column)
    assert said in str(fault)


def test_a_field_that_says_nothing_is_as_one_that_is_not_there(tmp_path: Path) -> None:
    path = file(tmp_path, GRANT | {"beneficiaryLocation": None, "plannedDates": None, "url": None})

    (grant,) = read_360(path, places=PLACES).grants

    assert (grant.places, grant.starts) == ((), "")
    assert "url" not in grant.given


def test_every_fault_is_said_at_once_and_a_grant_twice_is_one(tmp_path: Path) -> None:
    path = file(tmp_path, GRANT, GRANT, GRANT | {"id": "3", "currency": "pounds"})

    with pytest.raises(Faults) as refused:
        read_360(path, places=PLACES)

    assert [fault.row for fault in refused.value.faults] == [2, 3]
    assert "stands in row 1 too" in str(refused.value)


def test_a_bad_cell_of_the_flat_form_is_named_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "flat.csv"
    path.write_text(
        "Identifier,Title,Description,Currency,Amount Awarded,Award Date,"
        "Recipient Org:Identifier,Recipient Org:Name,Funding Org:Identifier,Funding Org:Name\n"
        "1,T,D,GBP,10,2024-05-01,GB-COH-1,A,GB-COH-2,B\n"
        "2,T,D,GBP,ten,2024-05-01,GB-COH-1,,GB-COH-2,B\n",
        encoding="utf-8",
    )

    with pytest.raises(Faults) as refused:
        read_360(path, places=PLACES)

    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (3, "Recipient Org:Name")


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "line 1"), ("[]", "no list under 'grants'"), ('{"grants": [1]}', "no list under")],
)
def test_what_is_no_360giving_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "grants.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadWorkspace, match=said):
        read_360(path, places=PLACES)


def test_a_grant_that_the_ledger_has_is_refused(tmp_path: Path) -> None:
    before = ledger(organisation("firm"), award("360g-fund-1", "firm", 1, "2024-01-01"))

    with pytest.raises(Faults, match="the ledger has an award '360g-fund-1' already"):
        taken(file(tmp_path, GRANT), before)


def test_a_programme_of_the_ledger_with_that_code_is_the_one_meant(tmp_path: Path) -> None:
    before = ledger(programme("digital", name="Our Digital Programme"))

    made = taken(file(tmp_path, GRANT), before)

    (one,) = made.awards.values()
    assert one.programme == "digital"
    assert made.programmes["digital"].name == "Our Digital Programme"
    assert export_360(made)[0][0]["grantProgramme"] == GRANT["grantProgramme"]
