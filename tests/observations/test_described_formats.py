"""Every form of table that a layout can describe: workbooks, JSON, SDMX, CSV on the Web."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from tests.observations.desk import faults_of, kept, rows_of
from tests.observations.layouts import PLAIN, read, table, values
from tests.observations.workbook import write_workbook

MERGED = """\
files: ["*.xlsx"]
format: xlsx
sheet: Figures
header: [3, 4]
wide: {columns: '(?P<year>\\d{4}) \\| (?P<group>.+)'}
left_out:
  - {column: "", matches: "(Source|Note).*", reason: notes below the table}
place: {column: "", split: " : "}
period: {column: year, form: year}
part: {column: group, whole: [All]}
indicator: gva
value: cell
"""
SHEET = (
    ("A title", "", "", "", ""),
    (),
    ("", "2022", "", "2023", ""),
    ("", "All", "J", "All", "J"),
    ("E08000025 : Birmingham", 30, 3, 31, 4),
    ("E08000026 : Coventry", 10, 1.5, 11, 2),
    ("Source: nobody", "", "", "", ""),
)


def test_merged_headers_of_a_workbook_are_joined(tmp_path: Path) -> None:
    write_workbook(tmp_path / "table.xlsx", {"Notes": (("x",),), "Figures": SHEET})

    reading = read(tmp_path, MERGED)

    assert sorted(
        (one["place"], one["period"], one["part"], one["value"]) for one in rows_of(reading)
    )[:4] == [
        ("E08000025", "2022", "", "30"),
        ("E08000025", "2022", "J", "3"),
        ("E08000025", "2023", "", "31"),
        ("E08000025", "2023", "J", "4"),
    ]
    assert {one["row"] for one in rows_of(reading)} == {5, 6}
    assert faults_of(reading) == ()
    assert kept(reading).series("E08000026", "gva", part="J")[0].value == 1.5


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"Other": SHEET}, r"table\.xlsx: the sheets are Other\. Wanted the sheet 'Figures'"),
        (
            {"Figures": (*SHEET[:3], ("", "All", "J", "all", "K"), *SHEET[4:5])},
            None,
        ),
        (
            {"Figures": (*SHEET[:2], ("", "22", "", "23", ""), *SHEET[3:])},
            r"sheet 'Figures', row 4: no column's header is of the form .*22 \| All",
        ),
        ({"Figures": SHEET[:2]}, r"sheet 'Figures' has . rows\. Wanted a header in row 4"),
    ],
)
def test_a_workbook_of_another_form_is_refused_with_sheet_and_row(
    tmp_path: Path, sheets: dict[str, Sequence[Sequence[object]]], words: str | None
) -> None:
    write_workbook(tmp_path / "table.xlsx", sheets)

    if words is None:
        assert {one["part"] for one in rows_of(read(tmp_path, MERGED))} == {"", "J", "all", "K"}
        return
    with pytest.raises(UnreadableSource, match=words):
        read(tmp_path, MERGED)


def test_a_workbook_that_was_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    write_workbook(path, {"Figures": SHEET})
    path.write_bytes(path.read_bytes()[:500])

    with pytest.raises(UnreadableSource, match=r"table\.xlsx.* cannot be read as a workbook"):
        read(tmp_path, MERGED)


def test_json_records_are_read_under_their_path_or_under_keys(tmp_path: Path) -> None:
    record = {"code": "E08000025", "figures": {"gva": 5}}
    (tmp_path / "list.json").write_text(json.dumps({"data": {"rows": [record]}}))
    text = PLAIN.replace('["*.csv", "*.csv.gz"]', '["list.json"]').replace(
        "value: value", "value: figures.gva\nformat: json\nrecords: data.rows"
    )

    assert values(read(tmp_path, text)) == [("E08000025", "5")]
    with pytest.raises(UnreadableSource, match=r"list\.json: there is no 'items'; the keys are"):
        read(tmp_path, text.replace("data.rows", "data.items"))
    with pytest.raises(UnreadableSource, match=r"list\.json, row 0: .*Wanted also 'figures\.gdp'"):
        read(tmp_path, text.replace("figures.gva", "figures.gdp"))


def test_plain_values_under_keys_become_rows(tmp_path: Path) -> None:
    content = {"median": 6, "by": {"E08000025": 5, "E08000026": 7.5, "E08000027": None}}
    (tmp_path / "list.json").write_text(json.dumps(content))
    text = """\
files: [list.json]
format: json
records: by
place: {column: key}
period: 2024
indicator: gva
value: value
"""

    assert values(read(tmp_path, text)) == [
        ("E08000025", "5"),
        ("E08000026", "7.5"),
        ("E08000027", None),
    ]


def test_json_stat_is_read_by_its_dimensions(tmp_path: Path) -> None:
    """The order of cells is that of the standard: the last dimension runs fastest."""
    cube = {
        "version": "2.0",
        "class": "dataset",
        "id": ["area", "time"],
        "size": [2, 2],
        "dimension": {
            "area": {"category": {"index": {"E08000026": 1, "E08000025": 0}}},
            "time": {"category": {"index": ["2022", "2023"], "label": {"2022": "2022"}}},
        },
        "value": {"0": 1, "1": 2, "3": 4},
        "status": {"2": "c"},
    }
    (tmp_path / "cube.json").write_text(json.dumps(cube))
    text = """\
files: [cube.json]
format: json-stat
place: {column: area}
period: {column: time}
indicator: gva
status: {column: status, marks: {c: suppressed}}
"""

    rows = [
        (one["place"], one["period"], one["value"], one["status"])
        for one in rows_of(read(tmp_path, text))
    ]

    assert rows == [
        ("E08000025", "2022", "1", "published"),
        ("E08000025", "2023", "2", "published"),
        ("E08000026", "2022", None, "suppressed"),
        ("E08000026", "2023", "4", "published"),
    ]


def test_sdmx_csv_needs_neither_value_nor_period_nor_marks(tmp_path: Path) -> None:
    table(
        tmp_path,
        "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS",
        "X:Y(1.0),A,E08000025,2022,5,A",
        "X:Y(1.0),A,E08000025,2023,,Q",
    )
    text = 'files: ["*.csv"]\nformat: sdmx-csv\nplace: {column: REF_AREA}\nindicator: gva\n'

    assert [
        (one["period"], one["value"], one["status"]) for one in rows_of(read(tmp_path, text))
    ] == [("2022", "5", "published"), ("2023", None, "suppressed")]


def test_csv_on_the_web_has_its_dialect_and_names_from_its_metadata(tmp_path: Path) -> None:
    table(tmp_path, "Area;Figure", "E08000025;5")
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "table.csv",
        "dialect": {"delimiter": ";"},
        "tableSchema": {
            "columns": [{"name": "code", "titles": "Area"}, {"name": "value", "titles": ["Figure"]}]
        },
    }
    (tmp_path / "table.csv-metadata.json").write_text(json.dumps(about))

    assert values(read(tmp_path, PLAIN + "format: csvw\n")) == [("E08000025", "5")]
