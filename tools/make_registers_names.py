"""Other names of places: Welsh, former and official ones, from the published tables."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.register_facts import OTHER_NAMES, REFUSED_NAMES

# Tables with a code and a name that it bore then: (file, column of the code, columns of names).
NAMED = (
    ("lookups/Lower_Layer_Super_Output_Area_(2021)*.csv.gz", "LAD23CD", ("LAD23NMW",)),
    ("lookups/LAD13_to_NUTS3*.csv", "LAD13CD", ("LAD13NM",)),
    ("lookups/LAD16_to_NUTS3*.csv", "LAD16CD", ("LAD16NM",)),
    ("lookups/LAD18_to_NUTS3*.csv", "LAD18CD", ("LAD18NM",)),
    ("lookups/Local_Authority_Districts_December_2022_UK.csv", "LAD22CD", ("LAD22NM",)),
    ("geo-lookups/la_all_codes.csv", "LADCD", ("LAD20NM",)),
    ("geo-lookups/cauth_all_codes.csv", "CAUTHCD", ("CAUTHNM",)),
    (
        "mysociety-la/uk_local_authorities_current.csv",
        "gss-code",
        ("official-name", "nice-name"),
    ),
)


def other_names(geography: Path, names: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """For each code the names beside its name in the register, each once, in order of table."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, listed in OTHER_NAMES.items():
        for name in listed:
            found[code].setdefault(_plain(name), name)
    for pattern, column, named in NAMED:
        [path] = geography.glob(pattern)
        for row in _rows(path):
            for name in (row[one].strip() for one in named):
                if _clean(name):
                    found[row[column]].setdefault(_plain(name), name)
    return {
        code: tuple(name for plain, name in found[code].items() if plain != _plain(names[code]))
        for code in names
        if code in found
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def _clean(name: str) -> bool:
    """Whether a name can be kept: not one that was garbled, or holds the mark between names."""
    return bool(name) and name not in REFUSED_NAMES and not {"\ufffd", "¿", "½", ";"} & set(name)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("&", "and").replace("-", " ").split())
