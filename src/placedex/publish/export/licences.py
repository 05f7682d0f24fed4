"""Licences by the names and addresses that programs know them by."""

import re
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: the words of the origin, a short name, and where its text stands."""

    words: str
    name: str
    address: str = ""


_KNOWN = (
    ("open government licence v?3", "OGL-UK-3.0",
     "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
    ("(creative commons attribution|cc[- ]by) 4", "CC-BY-4.0",
     "https://creativecommons.org/licenses/by/4.0/"),
    ("mit( licence| license)?$", "MIT", "https://opensource.org/license/mit"),
)  # fmt: skip


def licence(words: str) -> Licence:
    """The licence that an origin names; one that is not known keeps its words as its name."""
    for pattern, name, address in _KNOWN:
        if re.match(pattern, words.strip(), re.IGNORECASE):
            return Licence(words, name, address)
    return Licence(words, re.sub(r"[^A-Za-z0-9._]+", "-", words).strip("-") or "unknown")


def licences(connection: duckdb.DuckDBPyConnection, origins: str) -> tuple[Licence, ...]:
    """The licences in a table of origins, each once, by their words."""
    rows = connection.execute(f"SELECT DISTINCT licence FROM ({origins}) ORDER BY ALL").fetchall()
    return tuple(licence(words) for (words,) in rows)
