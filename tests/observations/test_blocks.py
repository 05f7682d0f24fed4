"""Tables one after another in one sheet: cut apart by data alone, refused if they were cut."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from placedex.observations import bundled_catalogue, comparable
from tests.observations.desk import faults_of, kept, rows_of
from tests.observations.layouts import read
from tests.observations.workbook import write_workbook

Rows = list[list[object]]
TEXT = """\
files: ["*.xlsx"]
format: xlsx
sheet: Data
header: Area
blocks:
  starts: date
  says: [date, industry]
  must: {legal status: Total}
  closes: All figures are rounded
place:
  column: Area
  prefixes: {"ladu:": {name_of: district, day: 2023-03-31}, "lsip:": {reason: plans}}
period: {column: date, form: month, replace: [["$", "-03"]]}
indicator: enterprises
wide: {columns: 'Total|Micro.*', but: [Area, date, industry]}
part: {columns: [industry, header], whole: ["Total | Total"]}
"""
SURVEY = """\
files: ["*.xlsx"]
format: xlsx
sheet: Data
header: Area
blocks: {starts: date, says: [date], must: {confidence: 95%}, header_rows: 2}
place: {column: Area, prefixes: {"ladu:": {name_of: district}}}
period: {column: date, form: month to month}
wide:
  columns: 'T09a:\\d+ \\((?P<work>.*) \\((?P<soc>SOC\\d+)\\)\\) \\| (?P<cell>number|Flags|conf)'
  beside: cell
  but: [Area, date]
indicator:
  column: soc
  map: {SOC2010: employment-by-occupation-2010, SOC2020: employment-by-occupation-2020}
part: {column: work}
value: number
half_width: conf
status:
  column: conf
  numbers: true
  marks: {"*": unreliable, "!": suppressed}
  instead: {"!": suppressed, "~": suppressed}
"""


def block(year: int, industry: str, *rows: Sequence[object]) -> Rows:
    return [
        ["UK Business Counts"],
        [],
        ["date", year],
        ["industry", industry],
        ["legal status", "Total"],
        [],
        ["Area", "Total", "Micro (0 to 9)"],
        *map(list, rows),
        [],
        ["All figures are rounded to avoid disclosure."],
        [],
    ]


def two() -> Rows:
    rows = (["ladu:Darlington", 30, 25], ["lsip:Somewhere", 9, 9], ["ladu:Carlisle", 10, 5])
    return [*block(2021, "Total", *rows), *block(2022, "J", *rows)]


def read_sheet(folder: Path, rows: Rows, text: str = TEXT) -> list[dict[str, object]]:
    write_workbook(folder / "table.xlsx", {"Data": rows})
    return rows_of(read(folder, text))


def test_each_block_has_the_period_and_the_industry_that_stand_above_it(tmp_path: Path) -> None:
    """Carlisle ended on the first of April 2023, and is found on the day before."""
    write_workbook(tmp_path / "table.xlsx", {"Data": two()})

    reading = read(tmp_path, TEXT)

    assert [
        (one["row"], one["place"], one["period"], one["part"], one["value"])
        for one in rows_of(reading)
        if "Micro" not in str(one["part"])
    ] == [
        (8, "E06000005", "2021-03", "", "30"),
        (10, "E07000028", "2021-03", "", "10"),
        (21, "E06000005", "2022-03", "J | Total", "30"),
        (23, "E07000028", "2022-03", "J | Total", "10"),
    ]
    assert reading.left_out == {"plans": 4}
    assert faults_of(reading) == ()


def test_blocks_of_a_csv_file_are_read_alike(tmp_path: Path) -> None:
    lines = (",".join(f'"{cell}"' for cell in row) for row in two())
    (tmp_path / "table.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = TEXT.replace("*.xlsx", "*.csv").replace("format: xlsx\nsheet: Data", "format: csv")

    assert len(rows_of(read(tmp_path, text))) == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        # The last block was cut in the middle: rows are missing, or what stands below them.
        (lambda rows: rows[:21], r"sheet 'Data', row 21: .*without the row 'lsip:Somewhere'"),
        (lambda rows: rows[:23], r"row 23: the block of row 16 ends here, without a line that"),
        (lambda rows: rows[:17], r"the block of row 16 has no header that begins with 'Area'"),
        (lambda rows: rows[:20], r"row 20: the block of row 16 has no rows"),
        # An empty row in the middle: what follows stands outside.
        (lambda rows: [*rows[:8], [], *rows[8:]], r"row 10: 'lsip:Somewhere, 9, 9' stands"),
        # A total in the middle is no place of a known kind.
        (
            lambda rows: [[*("Total", 49, 39)] if row[:1] == ["lsip:Somewhere"] else row
                          for row in rows],
            r"table\.xlsx, sheet 'Data', row 9: 'Total' begins with none of the words",
        ),
        # A block begins inside another.
        (lambda rows: [*rows[:10], *rows[15:]], r"row 11: 'date' stands among the rows of"),
        # A header that was merged leaves a column without one.
        (
            lambda rows: [["Area", "Total", ""] if row[:1] == ["Area"] else row for row in rows],
            r"row 8: '25' stands in column 3, which has no header in row 7",
        ),
        # A line above the header says another thing than the layout's.
        (
            lambda rows: [["legal status", "Company"] if row[:1] == ["legal status"] else row
                          for row in rows],
            r"row 5: legal status is 'Company'\. Wanted 'Total'",
        ),
        (
            lambda rows: [row for row in rows if row[:1] != ["industry"]],
            r"row 6: no line above says 'industry'",
        ),
        (lambda rows: [*rows[:3], ["sex", "All"], *rows[3:]], r"row 4: 'sex' stands above the"),
        # A column that nobody knows.
        (
            lambda rows: [["Area", "Total", "Tiny"] if row[:1] == ["Area"] else row
                          for row in rows],
            r"row 7: the column 'Tiny' is not of the form",
        ),
        (lambda rows: rows[:2], r"no row begins with 'date', with which a block starts"),
        # A place that was renamed, or is misspelt.
        (
            lambda rows: [["ladu:Darlingtown", 1, 1] if row[:1] == ["ladu:Darlington"] else row
                          for row in rows],
            r"row 8: 'Darlingtown' is not a place .*Did you mean Darlington",
        ),
    ],
)  # fmt: skip
def test_a_sheet_of_another_form_is_refused_with_sheet_row_and_words(
    tmp_path: Path, change: object, words: str
) -> None:
    assert callable(change)
    with pytest.raises(UnreadableSource, match=words):
        read_sheet(tmp_path, change(two()))


def test_thousands_separators_are_taken_out_in_blocks_too(tmp_path: Path) -> None:
    rows = [["ladu:Darlington", "1,030", "1,025"]]
    text = TEXT + 'value: {column: cell, thousands: ","}\n'

    found = read_sheet(tmp_path, block(2021, "Total", *rows), text)

    assert {one["value"] for one in found} == {"1030", "1025"}


def survey(soc: str, *rows: Sequence[object]) -> Rows:
    return [
        ["date", "Jan 2021-Dec 2021"],
        ["confidence", "95%"],
        [],
        ["Area", f"T09a:1 (Managers ({soc}))", "", "", f"T09a:4 (Clerks ({soc}))", "", ""],
        ["", "number", "Flags", "conf", "number", "Flags", "conf"],
        *map(list, rows),
        [],
    ]


def test_a_number_has_its_interval_beside_it_and_a_mark_says_why_there_is_none(
    tmp_path: Path,
) -> None:
    rows = (
        ["ladu:Darlington", 5000, "", 1200, "!", "", "!"],
        ["ladu:Hartlepool", 900, "", "*", "~", "", "*"],
    )

    found = read_sheet(tmp_path, survey("SOC2010", *rows), SURVEY)

    assert {
        (one["place"], one["part"]): (one["value"], one["low"], one["high"], one["status"])
        for one in found
    } == {
        ("E06000005", "Managers"): ("5000", "3800.0", "6200.0", "published"),
        ("E06000005", "Clerks"): (None, None, None, "suppressed"),
        ("E06000001", "Managers"): ("900", None, None, "unreliable"),
        ("E06000001", "Clerks"): (None, None, None, "suppressed"),
    }
    assert {one["period"] for one in found} == {"2021"}


def test_blocks_by_two_classifications_are_two_indicators(tmp_path: Path) -> None:
    row = ["ladu:Darlington", 5000, "", 1200, 700, "", 300]
    rows = [*survey("SOC2010", row), *survey("SOC2020", row)]

    found = read_sheet(tmp_path, rows, SURVEY)

    assert sorted({str(one["indicator"]) for one in found}) == [
        "employment-by-occupation-2010",
        "employment-by-occupation-2020",
    ]
    catalogue = bundled_catalogue()
    assert not comparable(*(catalogue[str(one["indicator"])] for one in (found[0], found[-1])))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (["", "number", "Flags", "conf", "number", "conf", ""], r"beside .* stand the columns"),
        (["", "number", "Flags", "error", "number", "Flags", "conf"], r"is not of the form"),
    ],
)
def test_columns_that_should_stand_beside_each_other_must_be_there(
    tmp_path: Path, header: list[object], words: str
) -> None:
    rows = survey("SOC2010", ["ladu:Darlington", 5000, "", 1200, 700, 300, ""])
    rows[4] = header

    with pytest.raises(UnreadableSource, match=words):
        read_sheet(tmp_path, rows, SURVEY)


def test_an_unknown_mark_among_the_numbers_is_refused_with_its_row(tmp_path: Path) -> None:
    rows = survey("SOC2010", ["ladu:Darlington", 5000, "", "?", 700, "", 300])

    with pytest.raises(UnreadableSource, match=r"row 6, column conf: the mark '\?' is not known"):
        read_sheet(tmp_path, rows, SURVEY)


def test_a_figure_is_kept_with_its_interval_by_its_indicator(tmp_path: Path) -> None:
    row = ["ladu:Darlington", 5000, "", 1200, 700, "", 300]
    write_workbook(tmp_path / "table.xlsx", {"Data": survey("SOC2010", row)})

    observations = kept(read(tmp_path, SURVEY))

    [one] = observations.series("E06000005", "employment-by-occupation-2010", part="Managers")
    assert (one.value, one.low, one.high) == (5000, 3800, 6200)


def test_a_published_workbook_that_lost_its_last_rows_is_refused(
    shared: Path, tmp_path: Path
) -> None:
    """The smallest of the real ones, written again without its last forty rows."""
    from python_calamine import CalamineWorkbook

    from tests.observations.desk import read_with, source_of

    folder = shared / "data" / "lsip-nomis"
    [path] = folder.glob("ubc_enterprises_by_sizeband*.xlsx")
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Data").to_python()
    write_workbook(tmp_path / path.name, {"Data": rows[:-40]})
    with pytest.raises(UnreadableSource, match=r"row 2328: the block of row 1900 ends here"):
        read_with(source_of("local-skills-nomis"), tmp_path)
