"""A made-up national register, to measure with: companies, premises, and where their postcodes are.

    python -m benchmarks.generate FOLDER [--companies 5500000] [--premises 33000000] [--seed 2026]

The layout of companies is that of Companies House's monthly file (55 columns, some with a space
before their name). Industries, categories, states, days and how companies crowd at postcodes are
drawn, company by company, from the published file of South Yorkshire; names and streets are made
up. Premises have the columns of a record of Ofcom's Connected Nations interface but the address;
how many of them reach which speed is each district's published share, and that premises of one
postcode are independent is assumed, as is how many a postcode has. The postcodes are all of the
United Kingdom; each is put into the district whose centre is nearest, which is a stand-in for the
directory of ONS. The same seed gives the same files.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from benchmarks.postcodes import district_centres, unpack_postcodes
from placedex.observations.large import nearest_places, read_points
from placedex.store import open_engine

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
COMPANIES = "BasicCompanyDataAsOneFile-2026-11-01.csv"
DIRECTORY = "NSPL_NOV_2026_UK.csv"
PREMISES = "premises.parquet"
HEADER = (
    "CompanyName",
    " CompanyNumber",
    *(f"RegAddress.{name}" for name in ("CareOf", "POBox", "AddressLine1")),
    " RegAddress.AddressLine2",
    *(f"RegAddress.{name}" for name in ("PostTown", "County", "Country", "PostCode")),
    "CompanyCategory",
    "CompanyStatus",
    "CountryOfOrigin",
    "DissolutionDate",
    "IncorporationDate",
    *(f"Accounts.{name}" for name in ("AccountRefDay", "AccountRefMonth", "NextDueDate")),
    *(f"Accounts.{name}" for name in ("LastMadeUpDate", "AccountCategory")),
    *(f"Returns.{name}" for name in ("NextDueDate", "LastMadeUpDate")),
    *(f"Mortgages.NumMort{name}" for name in ("Charges", "Outstanding", "PartSatisfied")),
    "Mortgages.NumMortSatisfied",
    *(f"SICCode.SicText_{number}" for number in range(1, 5)),
    *(f"LimitedPartnerships.Num{name}Partners" for name in ("Gen", "Lim")),
    "URI",
    *(
        f" PreviousName_{number}.{name}"
        for number in range(1, 11)
        for name in ("CONDATE", "CompanyName")
    ),
    "ConfStmtNextDueDate",
    " ConfStmtLastMadeUpDate",
)
WORDS = (
    *("Acre", "Birch", "Brook", "Cedar", "Clay", "Dale", "Delta", "Eden", "Falcon", "Field"),
    *("Forge", "Glen", "Harbour", "Heath", "Iris", "Jasper", "Kestrel", "Lark", "Linden"),
    *("Maple", "Mill", "Moor", "North", "Oak", "Orbit", "Pearl", "Pine", "Quarry", "Ridge"),
    *("River", "Rowan", "Saffron", "Slate", "South", "Spring", "Stone", "Tarn", "Thistle"),
    *("Vale", "West", "Willow", "Yarrow"),
)
STREETS = (
    "High Street",
    "Station Road",
    "Church Lane",
    "Mill Road",
    "Park View",
    "Unit 4",
    "The Hub",
)
WITHOUT_POSTCODE = 0.003
RENAMED = 0.1
BATCH = 500_000
# Predicted speed down and up, in Mbit/s, of the classes of which Ofcom publishes shares.
SPEEDS = ((1800.0, 220.0), (500.0, 50.0), (80.0, 20.0), (20.0, 5.0), (4.0, 0.5))


@dataclass(frozen=True, slots=True)
class Postcodes:
    """Postcodes as they are written, and the district of each."""

    codes: pa.Array
    districts: pa.Array


def lay_out_postcodes(data: Path, folder: Path) -> Postcodes:
    """Every postcode of the United Kingdom with the district whose centre is nearest."""
    archive = data / "geography" / "postcodes" / "Postcodes2LatLon_postcodes.tar.gz"
    files = unpack_postcodes(archive, folder / "postcodes")
    with open_engine() as engine:
        points = read_points(engine, files)
        found = nearest_places(engine, points, district_centres())
        joined = points.inner_join(found, "postcode")
        spaced = joined.postcode.substr(0, joined.postcode.length() - 3)
        table = engine.rows(
            joined.select(
                pcds=spaced + " " + joined.postcode.right(3),
                laua=joined.place,
                lat=joined.latitude,
                long=joined.longitude,
            ).order_by("pcds")
        ).combine_chunks()
    pa_csv.write_csv(table, folder / DIRECTORY)
    return Postcodes(table["pcds"].combine_chunks(), table["laua"].combine_chunks())


def read_pattern(data: Path) -> pa.Table:
    """The companies of South Yorkshire, of which the made-up ones are drawn."""
    path = data / "companies" / "companieshouse_southyorkshire.csv.gz"
    wanted = ("Postcode", "CompanyCategory", "CompanyStatus", "CountryOfOrigin")
    columns = [*wanted, "IncorporationDate", *(f"SICCode.SicText_{one}" for one in range(1, 5))]
    options = pa_csv.ConvertOptions(
        include_columns=columns, column_types=dict.fromkeys(columns, pa.string())
    )
    return pa_csv.read_csv(path, convert_options=options).combine_chunks()


def write_companies(
    path: Path, count: int, *, pattern: pa.Table, codes: pa.Array, seed: int
) -> None:
    """The file of companies, a block as long as the pattern at a time."""
    sites = pattern["Postcode"].combine_chunks().dictionary_encode()
    schema = pa.schema([(name, pa.string()) for name in HEADER])
    options = pa_csv.WriteOptions(include_header=False, quoting_style="all_valid")
    with path.open("wb") as file:
        file.write((",".join(HEADER) + "\n").encode())
        with pa_csv.CSVWriter(file, schema, write_options=options) as writer:
            for block, began in enumerate(range(0, count, pattern.num_rows)):
                size = min(pattern.num_rows, count - began)
                chance = np.random.default_rng([seed, 1, block])
                moved = chance.integers(len(codes), size=len(sites.dictionary))
                drawn = chance.integers(pattern.num_rows, size=size)
                at = moved[sites.indices.to_numpy()[drawn]]
                rows = pattern.take(pa.array(drawn))
                cells = _cells(rows, codes.take(pa.array(at)), began=began, chance=chance)
                writer.write_table(pa.table(cells, schema=schema))


def _cells(
    rows: pa.Table, postcodes: pa.Array, *, began: int, chance: np.random.Generator
) -> list[pa.Array]:
    """A block's cells in the order of the header; what is not drawn is empty, as it mostly is."""
    size = rows.num_rows
    numbers = pa.array([f"{number:08d}" for number in range(began + 1, began + size + 1)])
    first, second = (chance.integers(len(WORDS), size=size) for _ in range(2))
    names = [f"{WORDS[one]} {WORDS[two]}".upper() for one, two in zip(first, second, strict=True)]
    street = chance.integers(len(STREETS), size=size)
    house = chance.integers(1, 200, size=size)
    lost = pa.array(chance.random(size) < WITHOUT_POSTCODE)
    renamed = chance.random(size) < RENAMED
    made: dict[str, Any] = {
        "CompanyName": [f"{name} {at} LIMITED" for name, at in zip(names, house, strict=True)],
        " CompanyNumber": numbers,
        "RegAddress.AddressLine1": [
            f"{number} {STREETS[at]}".upper() for number, at in zip(house, street, strict=True)
        ],
        "RegAddress.PostTown": ["TOWN"] * size,
        "RegAddress.Country": ["UNITED KINGDOM"] * size,
        "RegAddress.PostCode": _without(postcodes, lost),
        "Accounts.AccountRefDay": ["31"] * size,
        "Accounts.AccountRefMonth": ["12"] * size,
        "Accounts.NextDueDate": ["30/09/2027"] * size,
        "Accounts.LastMadeUpDate": ["31/12/2025"] * size,
        "Accounts.AccountCategory": ["MICRO ENTITY"] * size,
        "URI": [
            f"http://business.data.gov.uk/id/company/{number}" for number in numbers.to_pylist()
        ],
        " PreviousName_1.CONDATE": ["01/04/2020" if one else "" for one in renamed],
        " PreviousName_1.CompanyName": [
            f"{name} LIMITED" if one else "" for name, one in zip(names, renamed, strict=True)
        ],
        "ConfStmtNextDueDate": ["14/03/2027"] * size,
        " ConfStmtLastMadeUpDate": ["28/02/2026"] * size,
        **{name: rows[name].combine_chunks().fill_null("") for name in rows.column_names[1:]},
        **{name: ["0"] * size for name in HEADER if "NumMort" in name or "Partners" in name},
    }
    empty = pa.array([""] * size)
    return [pa.array(made[name]) if name in made else empty for name in HEADER]


def _without(codes: pa.Array, lost: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.if_else(lost, "", codes)


def write_premises(path: Path, count: int, *, postcodes: Postcodes, data: Path, seed: int) -> None:
    """The records of premises in Parquet, in the order of their postcodes, a batch at a time."""
    weights = np.random.default_rng([seed, 2]).gamma(1.2, size=len(postcodes.codes))
    ends = np.floor(np.cumsum(weights) / weights.sum() * count).astype(np.int64)
    ends[-1] = count
    shares = _shares(data)
    national = np.mean(list(shares.values()), axis=0)
    coded = postcodes.districts.dictionary_encode()
    limits = np.array([shares.get(code, national) for code in coded.dictionary.to_pylist()])
    limits = np.cumsum(limits, axis=1)
    district = coded.indices.to_numpy()
    with pq.ParquetWriter(path, _record(), compression="zstd") as writer:
        for began in range(0, count, BATCH):
            numbers = np.arange(began, min(began + BATCH, count))
            at = np.searchsorted(ends, numbers, side="right")
            chance = np.random.default_rng([seed, 3, began // BATCH])
            drawn = chance.random(len(numbers))[:, None]
            kind = (drawn >= limits[district[at]][:, :-1]).sum(axis=1)
            writer.write_table(_premises(numbers, postcodes.codes.take(pa.array(at)), kind=kind))


def _shares(data: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Of each district: the shares of premises with gigabit, ultrafast, superfast, decent, less."""
    content = json.loads((data / "ofcom" / "broadband-by-laua.json").read_text(encoding="utf-8"))
    return {code: _classes(one) for code, one in _districts(content)}


def _districts(content: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from content.items()


def _classes(one: dict[str, Any]) -> np.ndarray[Any, Any]:
    reach = [float(one[name]) / 100 for name in ("gigabit", "ultrafast", "superfast")]
    decent = 1 - float(one["belowUso"]) / 100
    gigabit, ultrafast, superfast = np.minimum.accumulate([decent, *reversed(reach)])[:0:-1]
    return np.array(
        [gigabit, ultrafast - gigabit, superfast - ultrafast, decent - superfast, 1 - decent]
    )


def _record() -> pa.Schema:
    """The columns of a record of premises of Ofcom's broadband interface, without the address."""
    speeds = [
        f"Max{kind}Predicted{way}" for kind in ("Bb", "Sfbb", "Ufbb", "") for way in ("Down", "Up")
    ]
    fields = [("UPRN", pa.int64()), ("PostCode", pa.string())]
    return pa.schema([*fields, *((name, pa.float64()) for name in speeds)])


def _premises(
    numbers: np.ndarray[Any, Any], codes: pa.Array, *, kind: np.ndarray[Any, Any]
) -> pa.Table:
    """Records: of each class of speed what is there, and -1 where there is none."""
    down, up = (np.array([speed[way] for speed in SPEEDS])[kind] for way in range(2))
    basic, superfast, ultrafast = kind >= 3, kind == 2, kind <= 1
    columns: list[Any] = [pa.array(numbers + 100_000_000), codes]
    for there in (basic, superfast, ultrafast):
        columns += [np.where(there, down, -1.0), np.where(there, up, -1.0)]
    return pa.table([*columns, down, up], schema=_record())


def generate(folder: Path, *, companies: int, premises: int, seed: int, data: Path = DATA) -> None:
    """Write companies, premises and the directory of postcodes into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    postcodes = lay_out_postcodes(data, folder)
    write_companies(
        folder / COMPANIES,
        companies,
        pattern=read_pattern(data),
        codes=postcodes.codes,
        seed=seed,
    )
    write_premises(folder / PREMISES, premises, postcodes=postcodes, data=data, seed=seed)


def main() -> None:
    """Write the files and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--companies", type=int, default=5_500_000)
    parser.add_argument("--premises", type=int, default=33_000_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--data", type=Path, default=DATA)
    asked = parser.parse_args()
    generate(
        asked.folder,
        companies=asked.companies,
        premises=asked.premises,
        seed=asked.seed,
        data=asked.data,
    )
    for name in (COMPANIES, DIRECTORY, PREMISES):
        print(f"{name:44s} {(asked.folder / name).stat().st_size / 1e6:9,.1f} MB")


if __name__ == "__main__":
    main()
