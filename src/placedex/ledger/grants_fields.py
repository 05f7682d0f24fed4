"""The fields of 360Giving: the headers of its flat form, and the path in its JSON of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]

REQUIRED = (
    "id",
    "title",
    "description",
    "currency",
    "amountAwarded",
    "awardDate",
    "recipientOrganization",
    "fundingOrganization",
)
NUMBERS = frozenset({"amountAwarded", "amountAppliedFor", "amountDisbursed"})
# Whoever is named here is a person, and persons are not kept.
PERSONAL = frozenset({"contactName", "email", "telephone"})
INDIVIDUAL = "recipientIndividual"

_OF_GRANT = {
    "Identifier": "id",
    "Title": "title",
    "Description": "description",
    "Currency": "currency",
    "Amount Applied For": "amountAppliedFor",
    "Amount Awarded": "amountAwarded",
    "Amount Disbursed": "amountDisbursed",
    "Award Date": "awardDate",
    "URL": "url",
    "From an open call?": "fromOpenCall",
    "Last modified": "dateModified",
    "Data Source": "dataSource",
}
_OF_ORGANISATION = {
    "Identifier": "id",
    "Name": "name",
    "Department": "department",
    "Contact Name": "contactName",
    "Charity Number": "charityNumber",
    "Company Number": "companyNumber",
    "Street Address": "streetAddress",
    "City": "addressLocality",
    "County": "addressRegion",
    "Country": "addressCountry",
    "Postal Code": "postalCode",
    "Phone Number": "telephone",
    "Alternate Name": "alternateName",
    "Email": "email",
    "Description": "description",
    "Web Address": "url",
}
_OF_LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Recipient Org": ("recipientOrganization", _OF_ORGANISATION),
    "Funding Org": ("fundingOrganization", _OF_ORGANISATION),
    "Grant Programme": (
        "grantProgramme",
        {"Code": "code", "Title": "title", "Description": "description", "URL": "url"},
    ),
    "Beneficiary Location": (
        "beneficiaryLocation",
        {
            "Identifier": "id",
            "Name": "name",
            "Country Code": "countryCode",
            "Latitude": "latitude",
            "Longitude": "longitude",
            "Description": "description",
            "Geographic Code": "geoCode",
            "Geographic Code Type": "geoCodeType",
        },
    ),
    "Planned Dates": (
        "plannedDates",
        {
            "Start Date": "startDate",
            "End Date": "endDate",
            "Duration (months)": "duration",
            "Description": "description",
            "Title": "title",
        },
    ),
    "Actual Dates": (
        "actualDates",
        {"Start Date": "startDate", "End Date": "endDate", "Duration (months)": "duration"},
    ),
}
_NUMBERED = re.compile(r"(?P<list>[^:]+):\s*((?P<number>\d+):\s*)?(?P<field>.+)")


def path_of(header: str) -> Path:
    """Where in the JSON a column of the flat form stands; an unknown one at the top by its name.

    `Beneficiary Location:1:Geographic Code` is the second location.
    """
    if header in _OF_GRANT:
        return (_OF_GRANT[header],)
    match = _NUMBERED.fullmatch(header)
    if match is not None and match["list"].strip() in _OF_LISTS:
        name, fields = _OF_LISTS[match["list"].strip()]
        if match["field"].strip() in fields:
            return (name, int(match["number"] or 0), fields[match["field"].strip()])
    return (header,)


def header_of(path: Path) -> str:
    """The column of the flat form in which what stands at a path of the JSON is written."""
    if len(path) == 1:
        by_field = {field: header for header, field in _OF_GRANT.items()}
        return by_field.get(str(path[0]), str(path[0]))
    by_name = {name: (title, fields) for title, (name, fields) in _OF_LISTS.items()}
    if len(path) == 3 and path[0] in by_name:
        title, fields = by_name[str(path[0])]
        headers = {field: header for header, field in fields.items()}
        if path[2] in headers:
            number = f"{path[1]}:" if path[1] else ""
            return f"{title}:{number}{headers[str(path[2])]}"
    return "/".join(map(str, path))


def unflatten(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row of the flat form as a record of the JSON; empty cells are left out."""
    record: dict[str, Any] = {}
    for header, cell in cells.items():
        if cell == "":
            continue
        _put(record, path_of(header), cell)
    return record


def flatten(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of the JSON as a row of the flat form."""
    return {header_of(path): value for path, value in _leaves(record, ())}


def flat_rows(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Records of the JSON as rows of the flat form, all with the same columns."""
    rows = [flatten(record) for record in records]
    columns = dict.fromkeys(header for row in rows for header in row)
    return [{header: row.get(header) for header in columns} for row in rows]


def _put(record: dict[str, Any], path: Path, cell: str) -> None:
    if len(path) == 1:
        record[str(path[0])] = cell
        return
    name, number, field = path
    listed = record.setdefault(str(name), [])
    while len(listed) <= int(number):
        listed.append({})
    listed[int(number)][str(field)] = cell


def _leaves(content: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _leaves(value, (*path, str(key)))
    elif isinstance(content, list | tuple):
        for number, value in enumerate(content):
            yield from _leaves(value, (*path, number))
    else:
        yield path, content
