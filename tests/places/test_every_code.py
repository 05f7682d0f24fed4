"""Every code in every published table is a place in some register, or is told with file and row."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from placedex.places import all_registers

CODE = (
    r"[EWSNK]\d{8}|TL[A-Z][0-9A-Z]{0,2}|UK[A-Z]?|UK[A-Z][0-9A-Z]|UK[A-Z][0-9A-Z]{2}"
    r"|95[A-Z]{2}\d{2}[SW]\d?"
)
# A column of codes is one in which most of what stands is a code; a list of codes counts too.
SHARE = 0.5
# Between the codes of a list, and between a code and its name.
BETWEEN = r"\s*[;,]\s*|\s+:\s+"
LATIN = {"HDR21-22_Composite_indices_complete_time_series.csv.gz"}
REASONS = {
    "S12000009": "given up before 2012; its day is not in any table",
    "S12000043": "given up before 2012; its day is not in any table",
    "E37000041": "a partnership of 2017 to 2019; no table names it",
    "E37000042": "a partnership of 2017 to 2019; no table names it",
}


def tables(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.name.endswith((".csv", ".csv.gz", ".parquet")):
            yield path


def relation(path: Path, spare: Path) -> str:
    """The table of a file as something to select from; what is not UTF-8 is written so first."""
    if path.suffix == ".parquet":
        return f"read_parquet('{path}')"
    if not path.name.endswith(".gz"):
        content = path.read_bytes()
        try:
            content.decode()
        except UnicodeDecodeError:
            path = spare / path.name
            path.write_text(content.decode("cp1252", errors="replace"), encoding="utf-8")
    encoding = "latin-1" if path.name in LATIN else "utf-8"
    return (
        f"read_csv('{path}', all_varchar=true, header=true, encoding='{encoding}', "
        "strict_mode=false, null_padding=true, parallel=false)"
    )


def codes(folder: Path, spare: Path) -> Iterator[tuple[Path, str, str, int]]:
    """File, column, code and the first row with it, for every code of every column of codes."""
    connection = duckdb.connect()
    for path in tables(folder):
        source = relation(path, spare)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE held AS SELECT row_number() OVER () + 1 AS row, * "
            f"FROM {source}"
        )
        columns = [one[0] for one in connection.execute("DESCRIBE held").fetchall()[1:]]
        for column in columns:
            name = '"' + column.replace('"', '""') + '"'
            found = connection.execute(
                f"""
                WITH cell AS (
                    SELECT row, unnest(regexp_split_to_array({name}::VARCHAR, '{BETWEEN}')) AS word
                    FROM held WHERE {name} IS NOT NULL AND {name}::VARCHAR <> ''
                ), word AS (
                    SELECT word, min(row) AS row, count(*) AS many,
                        regexp_full_match(word, '{CODE}') AS is_code
                    FROM cell GROUP BY word
                )
                SELECT word, row FROM word WHERE is_code AND (
                    SELECT sum(many) FILTER (is_code) >= {SHARE} * sum(many) FROM word
                )
                """
            ).fetchall()
            for word, row in found:
                yield path, column, word, row
    connection.close()


@pytest.mark.slow
def test_every_code_is_a_place_or_one_of_those_that_are_told(shared: Path, tmp_path: Path) -> None:
    registers = all_registers()
    known = {place.code for register in registers for place in register}
    unknown: dict[str, list[str]] = defaultdict(list)
    seen = set()

    for path, column, code, row in codes(shared / "data", tmp_path):
        seen.add(code)
        if code not in known:
            unknown[code].append(f"{path.relative_to(shared)}, row {row}, column {column}")

    assert len(seen) > 59_000
    assert sorted(unknown) == sorted(REASONS), {
        code: unknown[code][:3] for code in sorted(set(unknown) ^ set(REASONS))
    }


def test_a_code_of_each_family_is_told_from_a_word() -> None:
    for code in ("E08000025", "TLG31", "TLG", "UKG3", "UK", "95AA01S1", "95DD04W1", "UKZZZ"):
        assert re.fullmatch(CODE, code)
    for word in ("Leeds", "2024", "SIC 62", "UKRAINE", "TLG312", "E0800002"):
        assert not re.fullmatch(CODE, word)
