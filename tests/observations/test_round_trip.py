"""One table in every form that a layout reads: the same figures come out of each."""

import csv
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placedex.errors import UnreadableSource
from placedex.observations import Reading
from placedex.observations.sources import Described, read_layout
from tests.observations.desk import faults_of, kept, read_with, rows_of
from tests.observations.layouts import ABOUT
from tests.observations.workbook import write_workbook

PLACES = ("E08000025", "E08000026", "W06000015")
YEARS = ("2022", "2023")
# None is suppressed.
FIGURES = {
    ("E08000025", "2022"): 31.25,
    ("E08000025", "2023"): 0.0,
    ("E08000026", "2022"): None,
    ("E08000026", "2023"): 11.0,
    ("W06000015", "2022"): 1234567.5,
    ("W06000015", "2023"): -2.5,
}
HEADER = ("place", "year", "value", "mark")
ROWS = [
    (place, year, FIGURES[place, year], "c" if FIGURES[place, year] is None else "")
    for place in PLACES
    for year in YEARS
]
LAYOUT = """\
files: ["{name}"]
format: {form}
place: {{column: place}}
period: {{column: year, form: year}}
indicator: gva
value: value
status: {{column: mark, marks: {{c: suppressed}}}}
"""
SDMX = 'files: ["{name}"]\nformat: {form}\nplace: {{column: REF_AREA}}\nindicator: gva\n'
CUBE = """\
files: ["{name}"]
format: {form}
place: {{column: area}}
period: {{column: time, form: year}}
indicator: gva
status: {{column: status, marks: {{c: suppressed}}}}
"""


def shown(cell: object) -> object:
    return "" if cell is None else cell


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *([shown(cell) for cell in row] for row in ROWS)])


def write_csvw(path: Path) -> None:
    with path.open("w", encoding="latin-1", newline="") as file:
        rows = [
            ("Fläche", "Jahr", "Wert", "Zeichen"),
            *([shown(one) for one in row] for row in ROWS),
        ]
        csv.writer(file, delimiter=";").writerows(rows)
    titles = dict(zip(HEADER, ("Fläche", "Jahr", "Wert", "Zeichen"), strict=True))
    about = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": path.name,
        "dialect": {"delimiter": ";", "encoding": "latin-1"},
        "tableSchema": {
            "columns": [{"name": name, "titles": title} for name, title in titles.items()]
        },
    }
    path.with_name(f"{path.name}-metadata.json").write_text(json.dumps(about), encoding="utf-8")


def write_sdmx(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(("DATAFLOW", "FREQ", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"))
        for place, year, value, mark in ROWS:
            write.writerow(("X:Y(1.0)", "A", place, year, shown(value), "Q" if mark else "A"))


def write_cube(path: Path) -> None:
    cube = {
        "version": "2.0",
        "class": "dataset",
        "id": ["area", "time"],
        "size": [len(PLACES), len(YEARS)],
        "dimension": {
            "area": {"category": {"index": list(PLACES)}},
            "time": {"category": {"index": list(YEARS)}},
        },
        "value": [value for *_, value, _ in ROWS],
        "status": {str(number): mark for number, (*_, mark) in enumerate(ROWS) if mark},
    }
    path.write_text(json.dumps(cube), encoding="utf-8")


def write_parquet(path: Path) -> None:
    columns = list(zip(*ROWS, strict=True))
    pq.write_table(pa.table(dict(zip(HEADER, map(list, columns), strict=True))), path)


def write_xlsx(path: Path) -> None:
    write_workbook(path, {"Figures": [HEADER, *([shown(cell) for cell in row] for row in ROWS)]})


OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(path: Path) -> None:
    """The least of an OpenDocument spreadsheet."""
    rows = "".join(
        f"<table:table-row>{_ods_cells(row)}</table:table-row>" for row in [HEADER, *ROWS]
    )
    names = " ".join(
        f'xmlns:{name}="{OPEN_DOCUMENT}:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} '
        'office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Figures">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{OPEN_DOCUMENT}'
        f':manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{SPREADSHEET}"/><manifest:file-entry manifest:full-path="'
        'content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", SPREADSHEET)
        file.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        file.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)


def _ods_cells(row: Sequence[object]) -> str:
    cells: list[str] = []
    for cell in row:
        if cell in (None, ""):
            cells.append('<table:table-cell table:number-columns-repeated="1"/>')
        elif isinstance(cell, float):
            cells.append(
                f'<table:table-cell office:value-type="float" office:value="{cell!r}">'
                f"<text:p>{cell:,.1f}</text:p></table:table-cell>"
            )
        else:
            cells.append(
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
            )
    return "".join(cells)


FORMS: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "csv": ("table.csv", LAYOUT, write_csv),
    "csvw": ("table.csv", LAYOUT, write_csvw),
    "sdmx-csv": ("table.csv", SDMX, write_sdmx),
    "json-stat": ("table.json", CUBE, write_cube),
    "parquet": ("table.parquet", LAYOUT, write_parquet),
    "xlsx": ("table.xlsx", LAYOUT, write_xlsx),
    "ods": ("table.ods", LAYOUT, write_ods),
}
every_form = pytest.mark.parametrize("form", FORMS)


def read(folder: Path, form: str) -> Reading:
    name, text, write = FORMS[form]
    if not (folder / name).exists():
        write(folder / name)
    path = folder / "layout.yaml"
    path.write_text(ABOUT + text.format(name=name, form=form), encoding="utf-8")
    return read_with(Described(read_layout(path)), folder)


@every_form
def test_the_same_figures_come_out_of_every_form(tmp_path: Path, form: str) -> None:
    reading = read(tmp_path, form)

    assert faults_of(reading) == ()
    assert {
        (one["place"], one["period"]): None if one["value"] is None else float(one["value"])
        for one in rows_of(reading)
    } == FIGURES
    assert {(one["place"], one["period"], one["status"]) for one in rows_of(reading)} == {
        (place, year, "suppressed" if value is None else "published")
        for (place, year), value in FIGURES.items()
    }


@every_form
def test_what_is_kept_of_every_form_is_what_was_written(tmp_path: Path, form: str) -> None:
    observations = kept(read(tmp_path, form))

    assert observations.count() == len(FIGURES)
    for (place, year), value in FIGURES.items():
        [one] = [one for one in observations.series(place, "gva") if str(one.period) == year]
        assert one.value == value
        assert one.status.name == ("SUPPRESSED" if value is None else "PUBLISHED")


@every_form
def test_a_file_of_any_form_that_was_cut_is_refused_by_name(tmp_path: Path, form: str) -> None:
    name, _, write = FORMS[form]
    path = tmp_path / name
    write(path)
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b",") - 1] if path.suffix == ".csv" and form != "csvw"
                     else content[: len(content) // 2 - 7])  # fmt: skip

    with pytest.raises(UnreadableSource, match=name.replace(".", r"\.")):
        read(tmp_path, form)
