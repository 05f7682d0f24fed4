"""Code lists of SDMX: a code that its grammar allows for every word, and never one for two."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

_SIGNS = {"%": "PT", "£": "GBP", "€": "EUR", "$": "USD", "+": "_OR_MORE"}


@dataclass(frozen=True, slots=True)
class Code:
    """A code: the word that it stands for, its id, its name, and what else is to be said."""

    word: str
    id: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list of an agency."""

    id: str
    name: str
    codes: tuple[Code, ...]
    agency: str = "PLACEDEX"
    version: str = "1.0"


def list_codes(
    connection: duckdb.DuckDBPyConnection,
    id_: str,
    name: str,
    query: str,
    *,
    known: Mapping[str, str] | None = None,
) -> CodeList:
    """The code list of the words, names and remarks that a question gives."""
    taken: set[str] = set((known or {}).values())
    codes = []
    for word, called, about in connection.execute(query).fetchall():
        code = (known or {}).get(word) or _free(sdmx_id(word), taken)
        taken.add(code)
        codes.append(Code(word, code, called, about or ""))
    return CodeList(id_, name, tuple(codes))


def sdmx_id(word: str) -> str:
    """A word as SDMX allows it for an id; a word that is one already stays as it is.

    Source: SDMX 2.1, Section 3A: an id is made of letters, digits and _ - @ $.
    """
    if re.fullmatch(r"[A-Za-z0-9_@$-]+", word):
        return word
    for sign, letters in _SIGNS.items():
        word = word.replace(sign, letters)
    return re.sub(r"[^A-Za-z0-9@$-]+", "_", word).strip("_").upper() or "_"


def _free(code: str, taken: set[str]) -> str:
    """The id, with a number if another word has it already."""
    if code not in taken:
        return code
    number = 2
    while f"{code}_{number}" in taken:
        number += 1
    return f"{code}_{number}"
