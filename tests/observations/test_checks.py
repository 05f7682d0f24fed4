"""Bad figures are refused with file, row and column, all at once, and nothing is kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from placedex.errors import BadWorkspace, Fault, Faults
from placedex.observations import (
    MIGRATIONS,
    Observations,
    bundled_catalogue,
    check_observations,
    keep_observations,
    read_figures,
)
from placedex.places import bundled_register
from placedex.store import connect_memory, migrate

HEADER = "place,indicator,period,value,low,high,status,origin"
GOOD = "E08000025,gigabit-premises,2026-01,92.1,,,published,ofcom"
ORIGINS = """\
- code: ofcom
  publisher: Ofcom
  title: Connected Nations
  edition: January 2026
  url: https://www.ofcom.org.uk/
  licence: Open Government Licence v3.0
"""


def figures(folder: Path, rows: Sequence[str], *, header: str = HEADER) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "origins.yaml").write_text(ORIGINS, encoding="utf-8")
    (folder / "table.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder


def faults(folder: Path) -> tuple[Fault, ...]:
    with connect_memory() as connection:
        return check_observations(
            connection,
            [read_figures(folder)],
            register=bundled_register(),
            catalogue=bundled_catalogue(),
        )


def test_good_figures_have_no_fault(tmp_path: Path) -> None:
    assert faults(figures(tmp_path, [GOOD])) == ()


@pytest.mark.parametrize(
    ("row", "column", "met"),
    [
        ("E08009999,gigabit-premises,2026-01,92.1,,,published,ofcom", "place", "E08009999 is not"),
        (
            "West Midlands,gigabit-premises,2026-01,9,,,published,ofcom",
            "place",
            "could be 3 places",
        ),
        ("Coventry,gigabit-premises,2026-01,9,,,published,ofcom", "place", "'Coventry' is a name"),
        ("E08000025,gigabit,2026-01,92.1,,,published,ofcom", "indicator", "'gigabit' is not known"),
        ("E08000025,gigabit-premises,soon,92.1,,,published,ofcom", "period", "not a period"),
        ("E08000025,gigabit-premises,2026,92.1,,,published,ofcom", "period", "'2026' is a year"),
        ("E08000025,gigabit-premises,2026-01,92%,,,published,ofcom", "value", "'92%' is not a num"),
        ("E08000019,gigabit-premises,2026-01,9,,,published,ofcom", "place", "was only renumbered"),
        ("E08000025,gigabit-premises,2026-01,9_9,,,published,ofcom", "value", "'9_9' is not a num"),
        ("E08000025,gigabit-premises,2026-01,inf,,,published,ofcom", "value", "'inf' is not a num"),
        ("E08000025,gigabit-premises,2026-01,92,93,95,published,ofcom", "value", "excludes its"),
        ("E08000025,gigabit-premises,2026-01,92,80,91,published,ofcom", "value", "80 to 91 excl"),
        ("E08000025,gigabit-premises,2026-01,92,91,,published,ofcom", "low", "one side only"),
        ("E08000025,gigabit-premises,2026-01,,90,95,suppressed,ofcom", "low", "but no value"),
        ("E08000025,gigabit-premises,2026-01,,,,published,ofcom", "value", "the value is empty"),
        ("E08000025,gigabit-premises,2026-01,92,,,suppressed,ofcom", "status", "there is a value"),
        ("E08000025,gigabit-premises,2026-01,92,,,guessed,ofcom", "status", "'guessed' is not kno"),
        ("E08000025,gigabit-premises,2026-01,92,,,published,", "origin", "has no origin"),
        ("E08000025,gigabit-premises,2026-01,92,,,published,hearsay", "origin", "'hearsay' is not"),
    ],
)
def test_a_bad_cell_is_named_with_file_row_and_column(
    tmp_path: Path, row: str, column: str, met: str
) -> None:
    folder = figures(tmp_path / "figures", ["E08000026" + GOOD[9:], row])

    found = faults(folder)

    assert {(fault.file, fault.row, fault.column) for fault in found} == {
        ("figures/table.csv", 3, column)
    }
    assert any(met in fault.met for fault in found)
    assert all(fault.wanted and fault.do for fault in found)


def test_a_unit_that_is_not_the_indicators_is_refused(tmp_path: Path) -> None:
    folder = figures(tmp_path, [GOOD + ",households"], header=HEADER + ",unit")

    [fault] = faults(folder)

    assert (fault.row, fault.column, fault.met) == (2, "unit", "the unit is 'households'")
    assert "'% of premises'" in fault.wanted


def test_a_duplicate_names_both_rows(tmp_path: Path) -> None:
    folder = figures(tmp_path / "figures", [GOOD, "E08000026" + GOOD[9:], GOOD])

    [fault] = faults(folder)

    assert fault.row == 4
    assert "is there already, in figures/table.csv, row 2" in fault.met


def test_a_duplicate_is_met_though_its_period_is_spelt_in_another_way(tmp_path: Path) -> None:
    first = "E08000025,business-births,2024,15,,,published,ofcom"
    folder = figures(tmp_path / "figures", [first, first.replace("2024", "2024-01/P1Y")])

    [fault] = faults(folder)

    assert (fault.row, fault.column) == (3, "place")
    assert "for 2024 is there already" in fault.met


def test_an_unclosed_quotation_mark_is_named(tmp_path: Path) -> None:
    folder = figures(tmp_path, ['"' + GOOD, *[GOOD] * 3000])

    with pytest.raises(BadWorkspace, match="Wanted a CSV file with every quotation mark closed"):
        read_figures(folder)


def test_every_fault_is_met_at_once_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = figures(tmp_path, [GOOD, GOOD.replace("92.1", "much"), GOOD.replace("E08000025", "X")])
    with connect_memory() as connection:
        migrate(connection, MIGRATIONS)

        with pytest.raises(Faults) as caught:
            keep_observations(
                connection,
                [read_figures(folder)],
                register=bundled_register(),
                catalogue=bundled_catalogue(),
            )

        kept = Observations(connection, bundled_register(), bundled_catalogue(), ())
        assert kept.count() == 0
    assert len(caught.value.faults) == 3
    assert "row 3, column value: 'much' is not a number" in str(caught.value)


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        (HEADER.replace("origin", "source"), [GOOD], r"row 1: .*Wanted also origin"),
        (HEADER + ",place", [GOOD + ",x"], r"row 1: the column place is there twice"),
        ("", [], r"Wanted also place"),
    ],
)
def test_a_table_of_another_form_is_refused(
    tmp_path: Path, header: str, rows: list[str], words: str
) -> None:
    with pytest.raises(BadWorkspace, match=words):
        read_figures(figures(tmp_path, rows, header=header))


def test_a_row_of_another_length_does_not_hide_other_faults(tmp_path: Path) -> None:
    folder = figures(
        tmp_path / "figures", [GOOD, "E08000025,gigabit-premises", GOOD.replace("92.1", "much")]
    )

    found = faults(folder)

    assert [(fault.file, fault.row, fault.met) for fault in found if fault.row == 3] == [
        ("figures/table.csv", 3, "2 cells")
    ]
    assert any(fault.row == 4 and "'much' is not a number" in fault.met for fault in found)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="holds no figures"):
        read_figures(tmp_path)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = figures(tmp_path, [GOOD])
    (folder / "table.csv").write_bytes(f"{HEADER}\n{GOOD}é\n".encode("latin-1"))

    with pytest.raises(BadWorkspace, match="is not UTF-8"):
        read_figures(folder)


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    folder = figures(tmp_path, [GOOD])
    (folder / "table.csv").write_text(f"\ufeff{HEADER}\n{GOOD}\n", encoding="utf-8")

    assert faults(folder) == ()


def test_an_origin_with_a_wrong_key_is_named_with_its_line(tmp_path: Path) -> None:
    folder = figures(tmp_path, [GOOD])
    (folder / "origins.yaml").write_text(ORIGINS + "  licens: none\n", encoding="utf-8")

    with pytest.raises(BadWorkspace, match=r"line 7: .*licens' is not known. Did you mean 'lic"):
        read_figures(folder)
