"""A made-up national register on each engine, against counts made row by row in plain Python."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from benchmarks.generate import Postcodes, read_pattern, write_companies, write_premises

from placedex.errors import UnreadableSource
from placedex.observations.large import Tabulated, tabulate
from placedex.places import bundled_register
from placedex.store import Engine
from tests.observations.large.tables import DIRECTORY, HEADER

CODES = ("AB1 2CD", "AB1 2CE", "CD3 4EF", "CD3 4EG")
DISTRICTS = ("E08000035", "E08000035", "E06000053", "E08000030")
PLACES = dict(zip(CODES, DISTRICTS, strict=True))
SICS = tuple(f"SICCode.SicText_{number}" for number in range(1, 5))


def directory(folder: Path) -> Path:
    """A directory that lacks the last postcode."""
    path = folder / "NSPL.csv"
    pa_csv.write_csv(pa.table({"pcds": CODES[:3], "laua": DISTRICTS[:3]}), path)
    return path


def counted(engine: Engine, path: Path, what: str) -> Tabulated:
    return tabulate(
        what, [path], engine=engine, register=bundled_register(), directory=directory(path.parent)
    )


def test_companies_are_as_many_as_plain_python_counts(
    engine: Engine, shared: Path, tmp_path: Path
) -> None:
    path = tmp_path / "companies.csv"
    pattern = read_pattern(shared / "data")
    write_companies(path, 20_000, pattern=pattern, codes=pa.array(CODES), seed=4)

    found = counted(engine, path, "companies")

    wanted, without = Counter[tuple[str, str, str]](), Counter[str]()
    for place, postcode, industries in companies(path):
        if place is None:
            without["companies whose postcode is not in the directory" if postcode
                    else "companies without a postcode"] += 1  # fmt: skip
            continue
        wanted[place, "companies", ""] += 1
        wanted[place, "companies-by-any-industry", ""] += 1
        wanted.update((place, "companies", one) for one in industries[:1] if one)
        wanted.update((place, "companies-by-any-industry", one) for one in set(industries) if one)
    assert found.left_out == dict(without)
    rows = found.rows.to_pylist()
    assert {(row["place"], row["indicator"], row["part"]): row["value"] for row in rows} == wanted
    assert sum(without.values()) + wanted["E08000035", "companies", ""] < 20_000


def companies(path: Path) -> Iterator[tuple[str | None, str, list[str]]]:
    """Each company's place, postcode and industries; "" for one that is not of five digits."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            postcode = row["RegAddress.PostCode"]
            texts = (row[name].partition(" ")[0] for name in SICS)
            industries = [text if len(text) == 5 and text.isdigit() else "" for text in texts]
            yield (PLACES[postcode] if postcode in CODES[:3] else None), postcode, industries


def test_premises_are_as_many_as_plain_python_counts(
    engine: Engine, shared: Path, tmp_path: Path
) -> None:
    path = tmp_path / "premises.parquet"
    postcodes = Postcodes(pa.array(CODES), pa.array(DISTRICTS))
    write_premises(path, 20_000, postcodes=postcodes, data=shared / "data", seed=4)

    found = counted(engine, path, "premises")

    wanted: dict[str | None, Counter[str]] = {}
    for row in pq.read_table(path).to_pylist():
        place = PLACES[row["PostCode"]] if row["PostCode"] in CODES[:3] else None
        down, up = row["MaxPredictedDown"], row["MaxPredictedUp"]
        wanted.setdefault(place, Counter()).update(
            premises=1,
            superfast=int(down >= 30),
            ultrafast=int(down >= 300),
            gigabit=int(down >= 1000),
            below_decent=int(down < 10 or up < 1),
        )
    rows = found.rows.to_pylist()
    assert {row.pop("place"): row for row in rows} == wanted
    assert sum(one["premises"] for one in wanted.values()) == 20_000


@pytest.mark.parametrize("what", ["companies", "postcodes"])
def test_a_file_with_a_header_alone_is_refused(engine: Engine, tmp_path: Path, what: str) -> None:
    path = tmp_path / "header.csv"
    header = HEADER if what == "companies" else DIRECTORY[0]
    path.write_text(f"{header}\n", encoding="utf-8")

    with pytest.raises(UnreadableSource, match=r"header.csv: there are no rows under the header"):
        counted(engine, path, what)
