"""Sources that a YAML file describes, and tables that are not as they should be."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, Faults, UnreadableSource
from placedex.observations import bundled_catalogue
from placedex.observations.sources import Described, claim, open_desk
from placedex.places import bundled_register
from tests.observations.desk import desk_of, faults_of, kept, rows_of
from tests.observations.layouts import PLAIN, layout, read, table, values


def test_a_table_is_read_by_twenty_lines(tmp_path: Path) -> None:
    table(tmp_path, "code,name,value", "E08000025,Birmingham,5", "E08000019,Sheffield,7")

    reading = read(tmp_path)

    assert values(reading) == [("E08000025", "5"), ("E08000039", "7")]
    assert [one["row"] for one in rows_of(reading)] == [2, 3]
    assert (reading.origins[0].code, reading.origins[0].publisher) == ("table.csv", "P")
    assert faults_of(reading) == ()


def test_thousands_separators_are_taken_out_where_they_stand_rightly(tmp_path: Path) -> None:
    table(tmp_path, "code,value", 'E08000025,"1,234,567"', 'E08000026,"1,23"')

    reading = read(
        tmp_path, PLAIN.replace("value: value", 'value: {column: value, thousands: ","}')
    )

    assert values(reading) == [("E08000025", "1234567"), ("E08000026", "1,23")]
    assert [(one.row, one.met) for one in faults_of(reading)] == [(3, "'1,23' is not a number")]


def test_a_share_becomes_a_percentage_without_the_dust_of_binary_numbers(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,0.57", "E08000026,0.63")

    reading = read(tmp_path, PLAIN.replace("value: value", "value: {column: value, share: true}"))

    assert [float(str(value)) for _, value in values(reading)] == [57.0, 63.0]


def test_a_percentage_that_one_file_writes_as_a_share_is_refused(tmp_path: Path) -> None:
    codes = [place.code for place in bundled_register().of_kind("district")][:12]
    for name, by in (("a.csv", 1.0), ("b.csv", 0.01)):
        lines = [f"{code},{(40 + number) * by}" for number, code in enumerate(codes)]
        table(tmp_path, "code,value", *lines, name=name)

    with pytest.raises(UnreadableSource, match=r"b\.csv: no figure of 'level-3' is above 0\.51"):
        read(tmp_path, PLAIN.replace("indicator: gva", "indicator: level-3"))


def test_a_total_row_in_the_middle_is_left_out_and_counted(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", "Total,12", "E08000026,7")
    rule = "left_out:\n  - {column: code, is: [Total], reason: totals}\n"

    reading = read(tmp_path, PLAIN + rule)

    assert values(reading) == [("E08000025", "5"), ("E08000026", "7")]
    assert reading.left_out == {"totals": 1}


def test_a_total_row_that_the_layout_does_not_name_is_a_fault_with_its_row(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", "Total,12", "E08000026,7")

    assert [(one.file, one.row) for one in faults_of(read(tmp_path))] == [("table.csv", 3)]


def test_notes_below_a_table_are_left_out(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", "Source: ONS", "")
    rule = "ragged: true\nleft_out:\n  - {column: value, empty: true, reason: notes}\n"

    reading = read(tmp_path, PLAIN + rule)

    assert (values(reading), reading.left_out) == ([("E08000025", "5")], {"notes": 1})


def test_a_file_in_latin_1_is_read_as_its_layout_says(tmp_path: Path) -> None:
    table(tmp_path, "code,name,value", "W06000001,Ynys Môn,5", encoding="latin-1")

    with pytest.raises(UnreadableSource, match=r"table\.csv"):
        read(tmp_path)
    assert values(read(tmp_path, PLAIN + "encoding: latin-1\n")) == [("W06000001", "5")]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("code,figure", "E08000025,5"), r"table\.csv, row 1: .*'figure'\. Wanted also 'value'"),
        (("code,value,value", "E08000025,5,6"), r"row 1: the column 'value' is there twice"),
        (("code,value", "E08000025,5,6"), r"table\.csv: .*Wanted a whole CSV file"),
        (("",), r"table\.csv is empty"),
    ],
)
def test_a_table_of_another_form_is_refused(
    tmp_path: Path, lines: Sequence[str], words: str
) -> None:
    table(tmp_path, *lines)

    with pytest.raises(UnreadableSource, match=words):
        read(tmp_path)


def test_a_compressed_file_that_was_cut_is_refused(tmp_path: Path) -> None:
    rows = "code,value\n" + "".join(f"E0800002{n % 8},{n}\n" for n in range(9999))
    packed = gzip.compress(rows.encode())
    (tmp_path / "table.csv.gz").write_bytes(packed[: len(packed) // 2])

    with pytest.raises(UnreadableSource, match=r"table\.csv\.gz"):
        read(tmp_path)


def test_the_same_file_twice_gives_each_figure_once(tmp_path: Path) -> None:
    for name in ("a.csv", "copy.csv"):
        table(tmp_path, "code,value", "E08000025,5", name=name)
    reading = read(tmp_path)

    observations = kept(reading)

    assert observations.count() == 1
    assert observations.series("E08000025", "gva")[0].origin.code == "a.csv"


def test_one_file_that_gives_a_figure_twice_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", "E08000026,7", "E08000025,6")
    reading = read(tmp_path)

    with pytest.raises(
        Faults, match=r"table\.csv, row 4, .*is there already, in table\.csv, row 2"
    ):
        kept(reading)

    desk = desk_of(reading)
    assert desk.connection.execute("SELECT count(*) FROM observation").fetchone() == (0,)


def test_a_code_of_areas_that_the_register_lacks_is_counted(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", "E01000001,6", "TLG31,7", "UKG3,8")

    reading = read(tmp_path)

    assert values(reading) == [("E08000025", "5")]
    assert reading.left_out == {
        "NUTS areas: not in the register": 1,
        "international territorial level 3: not in the register": 1,
        "small areas: not in the register": 1,
    }


def test_marks_say_why_a_value_is_missing_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    table(tmp_path, "code,value,mark", "E08000025,*,", "E08000026,,", "E08000027,3,e")
    status = "status: {column: mark, marks: {e: estimated}, instead: {'*': suppressed}}\n"

    reading = read(tmp_path, PLAIN + status)

    assert [(one["value"], one["status"]) for one in rows_of(reading)] == [
        (None, "suppressed"),
        (None, "not collected"),
        ("3", "estimated"),
    ]
    with pytest.raises(UnreadableSource, match=r"row 4, column mark: the mark 'e' is not known"):
        read(tmp_path, PLAIN + status.replace("e: estimated", "x: estimated"))


def test_half_of_an_interval_gives_both_its_ends(tmp_path: Path) -> None:
    table(tmp_path, "code,value,conf", "E08000025,50,2.5", "E08000026,40,")

    reading = read(tmp_path, PLAIN + "half_width: conf\n")

    assert [(one["low"], one["high"]) for one in rows_of(reading)] == [
        ("47.5", "52.5"),
        (None, None),
    ]


def test_columns_of_years_become_rows(tmp_path: Path) -> None:
    table(tmp_path, "code,1998,1999", "E08000025,5,", "E08000026,6,8")
    text = (
        PLAIN.replace("period: 2024", "period: {column: header, form: year}")
        .replace("value: value", "value: cell")
        + "wide: {columns: '\\d{4}'}\n"
    )  # fmt: skip

    rows = sorted(
        (one["place"], one["period"], one["value"], one["status"])
        for one in rows_of(read(tmp_path, text))
    )

    assert rows == [
        ("E08000025", "1998", "5", "published"),
        ("E08000025", "1999", None, "not collected"),
        ("E08000026", "1998", "6", "published"),
        ("E08000026", "1999", "8", "published"),
    ]


def test_names_without_codes_are_found_within_a_kind(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "West Midlands,5")
    text = PLAIN.replace("{column: code}", "{column: code, name_of: combined authority}")

    assert values(read(tmp_path, text)) == [("E47000007", "5")]
    with pytest.raises(UnreadableSource, match=r"table\.csv, row 2: 'West Midlands' is not a pl"):
        read(tmp_path, text.replace("combined authority", "district"))


def test_rows_of_one_figure_are_added_up_where_the_layout_says_so(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", "E08000026,1", "E08000025,7")

    reading = read(tmp_path, PLAIN + "add_up: true\n")

    assert values(reading) == [("E08000025", "12.0"), ("E08000026", "1.0")]


def test_two_rows_of_one_sum_are_both_added_up_under_whatever_words(tmp_path: Path) -> None:
    """Two grants of £5, one of them under the code of before April 2025, are £10."""
    table(tmp_path, "code,value", "E08000039,5", "E08000019,5", "E08000039,5")

    assert values(read(tmp_path, PLAIN + "add_up: true\n")) == [("E08000039", "15.0")]


def test_columns_are_added_up_and_taken_from_a_whole(tmp_path: Path) -> None:
    table(tmp_path, "code,a,b", "E08000025,0.1,0.2", "E08000026,,1", "E08000027,x,1")

    reading = read(tmp_path, PLAIN.replace("value: value", "value: {sum: [a, b]}"))
    rest = read(tmp_path, PLAIN.replace("value: value", "value: {column: a, taken_from: 100}"))

    assert values(reading) == [("E08000025", "0.3"), ("E08000026", None), ("E08000027", "x")]
    assert values(rest) == [("E08000025", "99.9"), ("E08000026", None), ("E08000027", "x")]
    assert [(one.row, one.met) for one in faults_of(reading)] == [(4, "'x' is not a number")]


def test_an_empty_cell_is_nought_beside_others_of_its_whole(tmp_path: Path) -> None:
    table(tmp_path, "code,a,b,c", "E08000025,,60,40", "E08000026,,,", "E08000027,100,,")
    text = PLAIN.replace("value: value", "value: {column: a, beside: [b, c]}")

    assert values(read(tmp_path, text)) == [
        ("E08000025", "0"),
        ("E08000026", None),
        ("E08000027", "100"),
    ]


def test_a_workspaces_own_layout_is_named_with_line_and_key(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match=r"layout\.yaml, line 5: .*'fils' is not known"):
        layout(tmp_path, PLAIN.replace("files:", "fils:"))
    with pytest.raises(BadWorkspace, match="the key 'place', for the layout or for each"):
        layout(tmp_path, PLAIN.replace("place: {column: code}\n", ""))


def test_a_file_that_two_sources_claim_is_an_error_that_names_both(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5")
    one = layout(tmp_path)
    other = Described(one.layout.model_copy(update={"code": "other"}))

    with pytest.raises(BadWorkspace, match=r"table\.csv is claimed by the sources 'test' and 'ot"):
        claim(tmp_path, [one, other])


def test_files_that_nobody_claims_are_listed(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5")
    (tmp_path / "deep").mkdir()
    table(tmp_path / "deep", "x", name="notes.txt")

    claims = claim(tmp_path, [layout(tmp_path)])

    assert [path.name for _, files in claims.by_source for path in files] == ["table.csv"]
    assert claims.unclaimed == ("deep/notes.txt", "layout.yaml")
    assert claims.explained == ()


def test_a_file_that_holds_no_figures_is_listed_with_the_reason(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5")
    table(tmp_path, "words", name="README.md")
    table(tmp_path, "words", name=".hidden")

    claims = claim(tmp_path, [layout(tmp_path)])

    assert claims.unclaimed == ("layout.yaml",)
    assert claims.explained == (("README.md", "words about the files beside them, or the licence"),)


def test_a_file_without_figures_is_listed_with_what_it_is(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5")
    table(tmp_path, "words", name="sources.txt")
    text = PLAIN + "documents:\n  - {file: sources.txt, why: a list of sources}\n"

    claims = claim(tmp_path, [layout(tmp_path, text)])

    assert claims.explained == (("sources.txt", "a list of sources"),)
    assert claims.unclaimed == ("layout.yaml",)


def test_a_name_is_that_of_a_place_on_the_day_that_the_file_speaks_of(tmp_path: Path) -> None:
    """Cumberland began on the first of April 2023, when Carlisle ended."""
    by_name = PLAIN.replace("{column: code}", "{column: code, name_of: district, day: DAY}")
    table(tmp_path, "code,value", "Carlisle,5")
    assert values(read(tmp_path, by_name.replace("DAY", "2023-03-31"))) == [("E07000028", "5")]
    with pytest.raises(UnreadableSource, match=r"table\.csv, row 2: 'Carlisle' is not a place"):
        read(tmp_path, by_name.replace("DAY", "2023-04-01"))

    table(tmp_path, "code,value", "Cumberland,5")
    assert values(read(tmp_path, by_name.replace("DAY", "2023-04-01"))) == [("E06000063", "5")]


def test_an_edition_with_a_known_fault_is_refused_with_the_reason(tmp_path: Path) -> None:
    table(tmp_path, "code,value", "E08000025,5", name="bad.csv")
    rule = "refused:\n  - {file: '^bad', why: its figures are those of another year.}\n"

    with pytest.raises(UnreadableSource, match=r"bad\.csv is an edition with a known fault: its"):
        read(tmp_path, PLAIN + rule)


def test_the_desk_is_given_by_the_workspace(tmp_path: Path) -> None:
    desk = open_desk(register=bundled_register(), catalogue=bundled_catalogue(), folder=tmp_path)

    assert desk.code("E08000019") == "E08000039"
    assert desk.code("TLG") == "E12000005"
    assert desk.code("E99999999") is None
    assert desk.family("E99999999") is None
    assert desk.family("E02000001") == "middle layer areas"
    assert desk.name(tmp_path / "a" / "b.csv") == "a/b.csv"
