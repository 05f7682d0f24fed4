"""Every code in every published file is a place in some register, or is told with file and row."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from placedex.places import CODE, NINE_SIGNS, all_registers, code_reason, look_up_codes
from placedex.store import cells_like
from tests.conftest import Run

AREAS_LIST = "areas-list.json.gz"
# Of no register here: parishes, communities, constituencies and electoral regions. One file lists
# them, for its search box; no figure is about one.
NOT_KEPT = {"E04", "W04", "E14", "W07", "S14", "N05", "N06", "W09", "W10"}
TOLD = {"S12000009", "S12000043"}


@pytest.mark.slow
def test_every_code_is_a_place_or_one_of_those_that_are_told(shared: Path) -> None:
    """CSV, Parquet, workbooks and JSON, packed or not: every file with tables in it."""
    found = look_up_codes(cells_like(shared / "data", CODE, sure=NINE_SIGNS), all_registers())

    places = defaultdict(set)
    for one in found.unknown:
        places[one.path.name].add(one.text)
    assert found.known > 68_000
    assert {code[:3] for code in places.pop(AREAS_LIST)} == NOT_KEPT
    assert {code for codes in places.values() for code in codes} == TOLD
    assert all(code_reason(code) != "of no register" for code in TOLD)


def test_every_file_with_a_table_is_one_that_is_looked_through(shared: Path) -> None:
    """What is left are texts, the list of this folder, and postcodes, which are no codes."""
    looked = (".csv", ".csv.gz", ".parquet", ".xlsx", ".json", ".json.gz")
    left = {
        path.name
        for path in (shared / "data").rglob("*")
        if path.is_file() and not path.name.endswith((*looked, ".yaml", ".md"))
    }

    assert left == LEFT


LEFT = {"MANIFEST.tsv", "LICENSE.note", "sources.txt", "Postcodes2LatLon_postcodes.tar.gz"}


def test_a_code_of_each_family_is_told_from_a_word() -> None:
    for code in ("E08000025", "TLG31", "TLG", "UKG3", "UK", "95AA01S1", "95DD04W1", "UKZZZ"):
        assert re.fullmatch(CODE, code)
    for word in ("Leeds", "2024", "SIC 62", "UKRAINE", "TLG312", "E0800002"):
        assert not re.fullmatch(CODE, word)


def write_tables(folder: Path) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (folder / "below").mkdir()
    (folder / "a.csv").write_text("code,value\nE08000025,1\nE99999999,2\nE99999999,3\n")
    (folder / "latin.csv").write_bytes(
        "code,name\nE08000031,Ynys M\xf4n\nE99999998,x\n".encode("cp1252")
    )
    (folder / "below" / "list.csv").write_text('codes\n"E08000025; E99999997"\n')
    pq.write_table(pa.table({"place": ["E08000025", "TLZ99"]}), folder / "b.parquet")
    (folder / "c.json").write_text('{"areas": ["E08000025", "E99999996"], "E99999995": {}}')
    (folder / "notes.txt").write_text("E99999994")
    (folder / "words.csv").write_text("name\nLeeds\nYork\nE99999993\n")
    return folder


def test_the_command_reports_each_code_of_no_register_with_file_row_and_column(
    run: Run, tmp_path: Path
) -> None:
    done = run("codes", write_tables(tmp_path))

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "a.csv, row 3, column code: E99999999 (of no register), 2 times",
        "b.parquet, row 3, column place: TLZ99 (of no register), 1 times",
        "below/list.csv, row 2, column codes: E99999997 (of no register), 1 times",
        "c.json, row 2, entry areas: E99999996 (of no register), 1 times",
        "c.json, row 2, entry of the file: E99999995 (of no register), 1 times",
        "latin.csv, row 3, column code: E99999998 (of no register), 1 times",
    ]
    assert "6 codes in" in done.stderr


def test_the_command_writes_every_code_as_csv(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "code\nE08000025\nS12000043\n" + "".join(f"E040000{n}\n" for n in range(10, 20))
    )

    text = run("codes", path)
    rows = run("codes", path, "--format", "csv").stdout.splitlines()

    assert "mine.csv, row 3, column code: S12000043 (Glasgow City before" in text.stdout
    assert "E04000010 and 9 more that begin with E04 (parish)" in text.stdout
    assert len(rows) == 12
    assert rows[2] == "E04000010,mine.csv,column code,4,1,parish"


def test_tables_of_known_codes_are_said_to_be_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("code\nE08000025\nE08000025\nE01000001\n")

    done = run("codes", path)

    assert done.returncode == 0
    assert done.stdout == f"{path}: 2 different codes, each a place in a register\n"


def test_a_workbook_is_looked_through_sheet_by_sheet(run: Run, tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet("Figures")
        lines = (("A title",), (), ("Code", "Value"), ("E08000025", 1), ("E99999999", 2))
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)

    done = run("codes", tmp_path)

    assert done.stdout.startswith("book.xlsx, row 5, sheet Figures, column 1: E99999999")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.csv.gz", b"\x1f\x8b\x08\x00cut", "cut.csv.gz cannot be read"),
        ("web.xlsx", b"<html>not found</html>", "web.xlsx cannot be read"),
        ("half.json", b'{"areas": [', "half.json cannot be read"),
        ("b.parquet", b"PAR1", "b.parquet cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)

    done = run("codes", tmp_path)

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("codes", tmp_path / "gone")

    assert done.returncode == 2
    assert "gone is missing. Wanted a folder of tables" in done.stderr


def test_a_folder_without_tables_is_refused(run: Run, tmp_path: Path) -> None:
    """That nothing was looked through must not read as that all is well."""
    (tmp_path / "notes.txt").write_text("E99999999")

    done = run("codes", tmp_path)

    assert done.returncode == 2
    assert "holds no table. Wanted files that end in one of .csv" in done.stderr
