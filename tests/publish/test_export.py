"""Export: what is taken away reads back the same in every form, by readers that are not ours."""

import csv
import hashlib
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from placedex.errors import BadUsage
from placedex.publish.export import FORMS
from tests.publish.exported import BEFORE, FIGURES, HOSTILE, Cells, export, kept
from tests.publish.read_back import (
    READERS,
    code_lists,
    ordered,
    read_csvw,
    read_parquet,
    sheet,
)

TABLES = ("figures", "places", "indicators", "origins")
# Numbers that lose a digit if they are written with sixteen, and the ends of what there is.
AWKWARD = (0.1 + 0.2, 1 / 3, 2 / 3, 5e-324, 1.7976931348623157e308, -1e-7, 1e22, 9007199254740993.0,
           123456.78901234567)  # fmt: skip


def digest(path: Path) -> dict[str, str]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def test_every_form_is_read_back_here() -> None:
    assert set(READERS) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_reads_back_the_same(form: str, tmp_path: Path) -> None:
    """Values to the last digit; a gap is a gap with its status, and nought stays nought."""
    found = READERS[form](export(kept(), form, tmp_path / "out"))

    assert ordered(found) == ordered(FIGURES)


@pytest.mark.parametrize("form", FORMS)
def test_no_number_loses_a_digit(form: str, tmp_path: Path) -> None:
    figures: list[Cells] = [
        ("E08000001", "pay", "", str(2000 + number), value, None, None, "published", "work")
        for number, value in enumerate(AWKWARD)
    ]

    found = READERS[form](export(kept(figures), form, tmp_path / "out"))

    assert [row[4] for row in ordered(found)] == list(AWKWARD)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_figures_give_the_same_bytes_in_whatever_order_they_came(
    form: str, tmp_path: Path
) -> None:
    one = export(kept(), form, tmp_path / "one")
    other = export(kept((BEFORE, *reversed(FIGURES))), form, tmp_path / "other")

    found, wanted = digest(one), digest(other)
    assert list(found.values()) == list(wanted.values())


@pytest.mark.parametrize("form", FORMS)
def test_a_part_of_the_figures_can_be_taken(form: str, tmp_path: Path) -> None:
    path = export(kept(), form, tmp_path / "out", codes=("pay",), places=("E08000001",))

    assert [row[:4] for row in ordered(READERS[form](path))] == [
        ("E08000001", "pay", "", "2024-08/P1Y"),
        ("E08000001", "pay", "", "2025-04-30"),
    ]


def test_only_what_the_figures_name_is_listed_beside_them(tmp_path: Path) -> None:
    folder = export(kept(), "parquet", tmp_path / "out", codes=("pay",), places=("E08000001",))

    listed = {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in TABLES}
    assert [row["name"] for row in listed["places"]] == ["Ashby"]
    assert [row["indicator"] for row in listed["indicators"]] == ["pay"]
    assert [(row["origin"], row["licence"]) for row in listed["origins"]] == [("work", "Ask first")]
    assert listed["origins"][0]["address"] == "https://example.org/work"


def test_an_indicator_that_is_reckoned_brings_the_two_it_is_reckoned_from(tmp_path: Path) -> None:
    folder = export(kept(), "parquet", tmp_path / "out", codes=("job-share",))

    assert {row[1] for row in read_parquet(folder)} == {"jobs", "all-jobs"}
    about = {
        row["indicator"]: row for row in pq.read_table(folder / "indicators.parquet").to_pylist()
    }
    assert about["job-share"]["numerator"] == "jobs"
    assert about["job-share"]["times"] == 100


def test_the_figures_as_they_were_known_on_a_day_can_be_taken(tmp_path: Path) -> None:
    folder = export(kept().known_on(date(2024, 6, 1)), "parquet", tmp_path / "out")

    found = [row for row in read_parquet(folder) if row[8] in {"lines", "lines-before"}]
    assert found == [BEFORE]


def test_the_description_of_csv_on_the_web_binds_the_tables_together(tmp_path: Path) -> None:
    """The rules of the vocabulary: keys are there once, and each reference leads to one row."""
    folder = export(kept(), "csv", tmp_path / "out")
    about = json.loads((folder / "csv-metadata.json").read_text("utf-8"))
    tables = {one["url"]: one["tableSchema"] for one in about["tables"]}
    rows = {
        url: list(csv.DictReader((folder / url).read_text("utf-8").splitlines())) for url in tables
    }

    assert about["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert {
        "@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    } in (about["dc:license"])
    for url, schema in tables.items():
        columns = {one["name"]: one for one in schema["columns"]}
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows[url]]
        assert len(set(keys)) == len(keys)
        assert list(rows[url][0]) == list(columns)
        needed = [name for name, one in columns.items() if one["required"]]
        assert all(row[name] for row in rows[url] for name in needed)
        assert all(one["null"] == "" for one in columns.values() if not one["required"])
        for key in schema.get("foreignKeys", ()):
            to = key["reference"]
            there = {row[to["columnReference"][0]] for row in rows[to["resource"]]}
            assert {row[key["columnReference"]] for row in rows[url]} <= there
    status = next(one for one in tables["figures.csv"]["columns"] if one["name"] == "status")
    assert re.fullmatch(status["datatype"]["format"], "not applicable")


def test_a_data_package_says_of_each_file_its_size_hash_and_keys(tmp_path: Path) -> None:
    folder = export(kept(), "frictionless", tmp_path / "out")
    about = json.loads((folder / "datapackage.json").read_text("utf-8"))

    assert re.fullmatch(r"[a-z0-9._/-]+", about["name"])
    assert [one["name"] for one in about["licenses"]] == ["Ask-first", "OGL-UK-3.0"]
    assert [one["name"] for one in about["resources"]] == list(TABLES)
    for one in about["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        names = [field["name"] for field in one["schema"]["fields"]]
        assert content.splitlines()[0].decode() == ",".join(names)
        assert set(one["schema"]["primaryKey"]) <= set(names)
    figures = about["resources"][0]["schema"]
    assert {key["reference"]["resource"] for key in figures["foreignKeys"]} == set(TABLES[1:])
    assert figures["missingValues"] == [""]


def test_a_json_stat_dataset_has_roles_units_and_a_reason_for_each_gap(tmp_path: Path) -> None:
    cube = json.loads(export(kept(), "json-stat", tmp_path / "out.json").read_text("utf-8"))

    assert (cube["version"], cube["class"]) == ("2.0", "dataset")
    assert cube["id"] == ["place", "indicator", "part", "period"]
    assert cube["role"] == {"geo": ["place"], "metric": ["indicator"], "time": ["period"]}
    assert cube["size"] == [len(cube["dimension"][one]["category"]["index"]) for one in cube["id"]]
    assert cube["dimension"]["indicator"]["category"]["unit"]["pay"] == {"label": "£"}
    assert cube["dimension"]["place"]["category"]["coordinates"] == {"E08000001": [-1.5, 52.25]}
    assert cube["dimension"]["place"]["category"]["label"]["E08000002"] == HOSTILE
    gaps = {cube["status"][one] for one in set(cube["status"]) - set(cube["value"])}
    assert gaps == {"suppressed", "not collected", "not applicable"}
    assert gaps <= set(cube["extension"]["status"]["label"])


UNLIKE = (
    "pay-before: not comparable: the price basis is 'current' in one and 'deflated 2022' in the "
    "other."
)


def test_every_form_says_at_which_prices_money_is_and_what_it_may_not_be_compared_with(
    tmp_path: Path,
) -> None:
    paths = {form: export(kept(), form, tmp_path / form) for form in FORMS}

    for form in ("csv", "frictionless"):
        for table, columns in (("figures", {"prices": "current"}),
                               ("indicators", {"prices": "current", "deflator": "pay-deflator",
                                               "not_comparable": UNLIKE})):  # fmt: skip
            with (paths[form] / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                pay, *_ = [one for one in csv.DictReader(file) if one["indicator"] == "pay"]
            assert {name: pay[name] for name in columns} == columns
    rows = pq.read_table(paths["parquet"] / "figures.parquet").to_pylist()
    assert {(row["indicator"] == "pay", row["prices"]) for row in rows} == {
        (True, "current"), (False, None)
    }  # fmt: skip
    cube = json.loads(paths["json-stat"].read_text("utf-8"))
    assert cube["dimension"]["indicator"]["category"]["note"] == {
        "pay": ["Price basis: current.", "Deflator: pay-deflator.", UNLIKE]
    }
    lists = code_lists(paths["sdmx-csv"] / "structure.xml")
    assert lists["CL_PRICES"] == {"_Z": "no sum of money", "current": "current"}
    with (paths["sdmx-csv"] / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert {(one["INDICATOR"] == "pay", one["PRICES"]) for one in csv.DictReader(file)} == {
            (True, "current"), (False, "_Z")
        }  # fmt: skip
    header, *cells = sheet(paths["xlsx"], "Indicators")[2:]
    pay = next(dict(zip(header, row, strict=True)) for row in cells if row[0] == "pay")
    assert (pay["Prices"], pay["Deflator"], pay["Not comparable"]) == (
        "current", "pay-deflator", UNLIKE
    )  # fmt: skip


def test_a_parquet_file_says_itself_what_its_columns_mean(tmp_path: Path) -> None:
    folder = export(kept(), "parquet", tmp_path / "out")

    about = pq.read_schema(folder / "figures.parquet").metadata
    assert about[b"title"] == b"Figures & more: figures"
    columns = json.loads(about[b"columns"])
    assert list(columns) == pq.read_schema(folder / "figures.parquet").names
    assert columns["prices"] == "the price basis of a sum of money; empty if it is none"
    assert json.loads(about[b"key"]) == ["place", "indicator", "part", "period"]


def test_figures_of_wholes_alone_have_no_dimension_of_parts(tmp_path: Path) -> None:
    path = export(kept(), "json-stat", tmp_path / "out.json", codes=("gigabit",))

    assert json.loads(path.read_text("utf-8"))["id"] == ["place", "indicator", "period"]


def test_sdmx_codes_are_as_its_grammar_wants_and_mean_one_thing_each(tmp_path: Path) -> None:
    folder = export(kept(), "sdmx-csv", tmp_path / "out")
    lists = code_lists(folder / "structure.xml")

    assert lists["CL_UNIT"]["PT_OF_PREMISES"] == "% of premises"
    assert lists["CL_UNIT"]["GBP"] == "£"
    assert lists["CL_PART"] == {"_T": "whole", "62": "62", "62_01_OR_MORE": "62.01+"}
    assert lists["CL_AREA"]["E08000002"] == HOSTILE
    assert all(re.fullmatch(r"[A-Za-z0-9_@$-]+", code) for one in lists.values() for code in one)
    periods = (folder / "figures.csv").read_text("utf-8")
    assert ",2024-08-01/P1Y," in periods
    assert ",2019-01-01/P3Y," in periods


def test_two_words_never_share_a_code(tmp_path: Path) -> None:
    figures: list[Cells] = [
        ("E08000001", "jobs", part, "2024", 1.0, None, None, "published", "work")
        for part in ("62.0", "62/0", "62_0")
    ]

    found = READERS["sdmx-csv"](export(kept(figures), "sdmx-csv", tmp_path / "out"))

    assert [row[2] for row in found] == ["62.0", "62/0", "62_0"]


def test_a_workbook_is_as_the_guidance_for_spreadsheets_wants_it(tmp_path: Path) -> None:
    """A1 says what a sheet is; one marked-up table, unique headers, no blank or merged cell."""
    path = export(kept(), "xlsx", tmp_path / "out.xlsx")
    book = CalamineWorkbook.from_path(str(path))

    assert book.sheet_names[:3] == ["Cover", "Contents", "Notes"]
    assert [row[0] for row in sheet(path, "Contents")[3:]] == book.sheet_names[2:]
    for name in book.sheet_names[1:]:
        title, about, header, *rows = sheet(path, name)
        assert title[0]
        assert "one table" in about[0]
        assert not any([*title[1:], *about[1:]])
        assert all(header)
        assert len(set(header)) == len(header)
        assert rows
        assert all(cell != "" for row in rows for cell in row)
    with zipfile.ZipFile(path) as file:
        sheets = [one for one in file.namelist() if one.startswith("xl/worksheets/sheet")]
        pages = [file.read(one).decode() for one in sheets]
        marked = [file.read(one).decode() for one in file.namelist() if "/tables/" in one]
    assert not any("mergeCell" in one or "hidden" in one or "<f>" in one for one in pages)
    assert sum('state="frozen"' in one for one in pages) == len(pages) - 1
    assert len(marked) == len(pages) - 1
    assert {re.findall(r'displayName="(\w+)"', one)[0] for one in marked} >= set(TABLES)


def test_shorthand_stands_where_a_value_is_missing_and_the_notes_explain_it(tmp_path: Path) -> None:
    path = export(kept(), "xlsx", tmp_path / "out.xlsx")
    header, *rows = sheet(path, "Figures")[2:]
    notes = {row[0]: row[1] for row in sheet(path, "Notes")[3:]}

    value, status = header.index("Value"), header.index("Status")
    gaps = {row[status]: row[value] for row in rows if isinstance(row[value], str)}
    assert gaps == {
        "suppressed [c]": "[c]",
        "not collected [x]": "[x]",
        "not applicable [z]": "[z]",
    }
    assert "unreliable [u]" in {row[status] for row in rows}
    assert {"[c]", "[x]", "[z]", "[u]", "[e]"} <= set(notes)
    assert notes["Figures: Value"].startswith("the figure in the unit of its row")


def test_more_rows_than_a_workbook_can_hold_are_refused(tmp_path: Path) -> None:
    observations = kept()
    observations.connection.execute(
        "INSERT INTO observation SELECT place, indicator, 'p' || number, period, starts, months, "
        "value, low, high, status, origin, since, until "
        "FROM current_observation, range(20000) AS many(number)"
    )

    with pytest.raises(BadUsage, match="'figures' has 220,011 rows. Wanted at most 200,000"):
        export(observations, "xlsx", tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_indicator_and_a_choice_without_figures_are_refused(tmp_path: Path) -> None:
    observations = kept()

    with pytest.raises(BadUsage, match="'gigabits' is no indicator.*gigabit"):
        export(observations, "csv", tmp_path / "out", codes=("gigabits",))
    with pytest.raises(BadUsage, match="There is no figure of pay for K02000001"):
        export(observations, "csv", tmp_path / "out", codes=("pay",), places=("K02000001",))
    with pytest.raises(BadUsage, match="'yaml' is no form. Wanted one of parquet, csv"):
        export(observations, "yaml", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_export_replaces_one_before_and_nothing_else(tmp_path: Path) -> None:
    folder, path = tmp_path / "out", tmp_path / "out.json"
    export(kept(), "parquet", folder)
    export(kept(), "csv", folder, codes=("pay",))
    assert {row[1] for row in read_csvw(folder)} == {"pay"}

    (folder / "mine.txt").write_text("mine")
    before = digest(folder)
    with pytest.raises(BadUsage, match="out holds mine.txt, which no export writes"):
        export(kept(), "csv", folder)
    with pytest.raises(BadUsage, match="out is a folder. Wanted a file"):
        export(kept(), "json-stat", folder)
    path.write_text("mine")
    with pytest.raises(BadUsage, match=r"out.json is a file. Wanted a folder"):
        export(kept(), "csv", path)
    assert digest(folder) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "out.json"]
