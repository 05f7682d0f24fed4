"""ONS Explore Local Statistics: the published files as they stand, and files that are not so."""

import csv
import gzip
import io
import json
import shutil
from pathlib import Path

import pytest

from placedex.errors import UnreadableSource
from tests.observations.desk import faults_of, read_with, rows_of

SOURCE = "ons-els"
HEADER = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
ROW = "{code},Name,Local Authority District,5G coverage,2026-01-01,{value},Percentage,%,,,{status},"


def published(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A folder with one indicator's files in the form that ONS publishes."""
    home = folder / "network-coverage-5g"
    home.mkdir(parents=True)
    text = "\ufeff" + "\r\n".join([header, *rows]) + "\r\n"
    (home / "network-coverage-5g.csv").write_text(text, encoding="utf-8", newline="")
    about = {
        "_note": "This file was last modified on 19/05/2026 at 14:26",
        "ess-beta-metadata": {
            "label": "5G coverage",
            "sourceOrg": "Ofcom",
            "sourceDate": "13/05/2026",
            "sourceURL": "https://www.ofcom.org.uk/",
        },
    }
    (home / "network-coverage-5g.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def row(code: str, value: object, status: str = "") -> str:
    return ROW.format(code=code, value=value, status=status)


def test_a_row_becomes_a_figure_with_its_origin(tmp_path: Path) -> None:
    folder = published(tmp_path, row("E08000025", 97.64), row("E08000026", "", "c"))

    reading = read_with(SOURCE, folder)

    first, second = rows_of(reading)
    assert (first["place"], first["indicator"], first["period"]) == (
        "E08000025",
        "5g-area",
        "2026-01",
    )
    assert (first["value"], first["status"], first["row"]) == ("97.64", "published", 2)
    assert (second["value"], second["status"]) == (None, "suppressed")
    assert reading.origins[0].publisher == "Ofcom, through ONS Explore Local Statistics"
    assert str(reading.origins[0].published) == "2026-05-13"


def test_a_figure_that_ons_calls_unreliable_is_marked_so(tmp_path: Path) -> None:
    note = "Estimate and confidence interval unreliable since the group sample size is small (3-9)"
    folder = published(tmp_path, row("E08000025", 1.5) + note)

    [one] = rows_of(read_with(SOURCE, folder))

    assert (one["value"], one["status"]) == ("1.5", "unreliable")


def test_a_renumbered_district_is_read_once_under_its_new_code(tmp_path: Path) -> None:
    folder = published(tmp_path, row("E08000019", 50), row("E08000039", 50))

    reading = read_with(SOURCE, folder)

    assert [(one["place"], one["row"]) for one in rows_of(reading)] == [("E08000039", 3)]


def test_two_figures_for_one_place_are_a_fault(tmp_path: Path) -> None:
    folder = published(tmp_path, row("E08000019", 50), row("E08000039", 51))
    reading = read_with(SOURCE, folder)

    faults = faults_of(reading)

    assert ["is there already" in fault.met for fault in faults] == [True]


def test_a_region_is_known_by_its_territorial_code_too(tmp_path: Path) -> None:
    folder = published(tmp_path, row("TLG", 88), row("TLG3", 97))

    reading = read_with(SOURCE, folder)

    assert [one["place"] for one in rows_of(reading)] == ["E12000005"]
    assert reading.left_out == {"international territorial levels 1 and 2: not in the register": 1}


@pytest.mark.parametrize(
    ("rows", "header", "words"),
    [
        (
            [row("E08000025", 1)],
            HEADER.replace("lci_95", "lower"),
            r"row 1: .*Wanted also 'lci_95'",
        ),
        ([row("E08000025", "", "q")], HEADER, r"row 2, column status: the mark 'q' is not known"),
        (
            [row("E08000025", 1).replace("5G", "6G")],
            HEADER,
            r"row 2: the indicator '6G coverage \| Perc",
        ),
        ([row("E08000025", 1).replace("%", "people")], HEADER, r"\| people' is not known"),
    ],
)
def test_a_file_that_has_changed_is_refused_with_the_words_found(
    tmp_path: Path, rows: list[str], header: str, words: str
) -> None:
    folder = published(tmp_path, *rows, header=header)

    with pytest.raises(UnreadableSource, match=words) as caught:
        read_with(SOURCE, folder)

    assert "network-coverage-5g/network-coverage-5g.csv" in str(caught.value)


def test_a_code_that_no_place_bears_is_a_fault_with_file_and_row(tmp_path: Path) -> None:
    folder = published(tmp_path, row("E08000025", 1), row("E99999999", 1))

    [fault] = faults_of(read_with(SOURCE, folder))

    assert (fault.file, fault.row) == ("network-coverage-5g/network-coverage-5g.csv", 3)
    assert "E99999999 is not a place" in fault.met


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    folder = published(tmp_path, row("E08000025", 97.64), row("E08000026", 90)[:40])

    with pytest.raises(UnreadableSource, match="Wanted a whole CSV file"):
        read_with(SOURCE, folder)


def test_a_compressed_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    folder = published(tmp_path, *(row("E08000025", 97.64) for _ in range(2000)))
    plain = folder / "network-coverage-5g" / "network-coverage-5g.csv"
    packed = gzip.compress(plain.read_bytes())
    plain.unlink()
    plain.with_suffix(".csv.gz").write_bytes(packed[: len(packed) // 2])

    with pytest.raises(UnreadableSource, match=r"network-coverage-5g\.csv\.gz"):
        read_with(SOURCE, folder)


def test_metadata_that_is_not_json_is_refused(tmp_path: Path) -> None:
    folder = published(tmp_path, row("E08000025", 1))
    (folder / "network-coverage-5g" / "network-coverage-5g.json").write_text("<html>")

    with pytest.raises(UnreadableSource, match="cannot be read .* Wanted the file that describes"):
        read_with(SOURCE, folder)


def test_a_folder_without_published_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds no files of Explore Local Statistics"):
        read_with(SOURCE, tmp_path)


def test_every_row_of_every_published_file_is_read_or_counted(shared: Path) -> None:
    """Counted anew by Python's own CSV reader; a figure under an old and a new code is one."""
    folder = shared / "data" / "ons-els"
    reading = read_with(SOURCE, folder)
    seen: set[tuple[str, ...]] = set()
    left = 0
    recodes = {"E08000016": "E08000038", "E08000019": "E08000039"}
    for path in sorted(folder.glob("*/*.csv*")):
        packed = path.read_bytes()
        text = gzip.decompress(packed) if path.suffix == ".gz" else packed
        with io.StringIO(text.decode("utf-8-sig"), newline="") as file:
            for one in csv.DictReader(file):
                code = recodes.get(one["areacd"], one["areacd"])
                level = code.startswith("TL") and len(code) > 3
                if level or code == "na" or code.startswith("K99") or code == "TLZ":
                    left += 1
                    continue
                code = _nation_or_region(code)
                seen.add((code, one["indicator"], one["measure"], one["period"]))

    assert len(rows_of(reading)) == len(seen)
    assert sum(reading.left_out.values()) == left
    assert len(reading.origins) == len(list(folder.glob("*/*.json")))


def _nation_or_region(code: str) -> str:
    order = ["TLC", "TLD", "TLE", "TLF", "TLG", "TLH", "TLI", "TLJ", "TLK"]
    if code in order:
        return f"E1200000{order.index(code) + 1}"
    nations = {"TLB": "E92000001", "TLL": "W92000004", "TLM": "S92000003", "TLN": "N92000002"}
    return nations.get(code, code)


def test_no_published_figure_has_a_fault(shared: Path) -> None:
    reading = read_with(SOURCE, shared / "data" / "ons-els")

    assert faults_of(reading) == ()


def test_a_published_file_whose_header_was_altered_is_refused(shared: Path, tmp_path: Path) -> None:
    name = "gigabit-capable-broadband"
    shutil.copytree(shared / "data" / "ons-els" / name, tmp_path / name)
    path = tmp_path / name / f"{name}.csv"
    path.chmod(0o644)
    text = path.read_text(encoding="utf-8-sig").replace("observation,", "value,", 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableSource, match=r"row 1: .*Wanted also 'observation'"):
        read_with(SOURCE, tmp_path)
