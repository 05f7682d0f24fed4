"""Words: the texts of a role, each judged once, and what they mean, laid out as a table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from placedex.errors import AmbiguousPlace, BadPeriod, UnknownPlace, UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.forms import period_text
from placedex.observations.sources.layout import (
    Named,
    PartWords,
    PeriodWords,
    PlaceWords,
    Table,
    Words,
)
from placedex.observations.sources.raw import Raw, find_column
from placedex.store import insert_rows


@dataclass(frozen=True, slots=True)
class Met:
    """A text as a file has it, and its words, cut as the layout says.

    `first` looks up the first row that has it, for a message.
    """

    text: str
    words: str
    first: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means: something, or a reason why its rows are not taken."""

    text: str
    means: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role's texts at the desk.

    Attributes:
        expression: gives the text for a row of the raw table; SQL.
        table: has the columns `text`, `means` and `reason`.
        meant: the same in Python.
        constant: every row has the one text that the layout gives.
    """

    expression: str
    table: str
    meant: tuple[Meant, ...]
    constant: bool = False

    @property
    def means(self) -> frozenset[str]:
        """Everything that a text of the role means."""
        return frozenset(one.means for one in self.meant if one.means is not None)

    @property
    def reasons(self) -> bool:
        """Whether some of the role's rows are not taken."""
        return any(one.reason for one in self.meant)


def quote(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def expression(words: Words, raw: Raw, *, table: Table) -> str:
    """SQL that gives a role's text for a row of the raw table; never null."""
    if words.constant is not None:
        return quote(words.constant)
    if words.file is not None:
        return "file"
    columns = [find_column(raw, one, table=table) for one in words.wanted]
    if len(columns) == 1:
        return f"coalesce(CAST({columns[0]} AS VARCHAR), '')"
    cells = (f"coalesce(CAST({one} AS VARCHAR), '')" for one in columns)
    return "concat_ws(' | ', " + ", ".join(cells) + ")"


def _first(given: str, text: str, raw: Raw, *, desk: Desk) -> str:
    """The file, with its sheet if there is one, and the row where a text stands first."""
    rows = desk.connection.execute(
        f"SELECT file, row FROM {raw.relation} WHERE {given} = ? ORDER BY file, row LIMIT 1",
        [text],
    ).fetchall()
    if not rows:
        return raw.where
    # Files of one header are read at once, and then only the first is named in `where`.
    file = raw.where if raw.where.startswith(f"{rows[0][0]}, sheet ") else rows[0][0]
    return f"{file}, row {rows[0][1]}"


def cut(words: Words, text: str) -> str:
    """The words of a text: of a file's name the first group, split, replaced, without spaces."""
    if words.file is not None:
        found = re.search(words.file, PurePosixPath(text).name)
        if found is None:
            raise UnreadableSource(
                f"{text}: the name has nothing of the form '{words.file}'. Wanted a file named "
                "as its publisher names it. Give it its name back, or mend the layout."
            )
        text = found[1] if found.re.groups else found[0]
    if words.split is not None and words.split in text:
        parts = text.split(words.split)
        text = parts[0] if words.take == "first" else parts[-1]
    for old, new in words.replace:
        text = re.sub(old, new, text)
    return " ".join(text.split())


def lay_out(
    words: Words,
    raw: Raw,
    meaning: Callable[[Met], Meant],
    *,
    table: Table,
    taken: str,
    desk: Desk,
) -> Role:
    """Every text of a role with what it means; `taken` is true of the rows that are taken."""
    given = expression(words, raw, table=table)
    if words.constant is not None:
        met = [Met(words.constant, words.constant, lambda: raw.where)]
    else:
        found = desk.connection.execute(
            f"SELECT DISTINCT {given} AS text FROM {raw.relation} WHERE {taken} ORDER BY 1"
        ).fetchall()
        met = [
            Met(text, cut(words, text), partial(_first, given, text, raw, desk=desk))
            for (text,) in found
        ]
    meant = tuple(meaning(one) for one in met)
    name = desk.new_table("role")
    desk.connection.execute(
        f"CREATE TEMP TABLE {name} (text VARCHAR, means VARCHAR, reason VARCHAR)"
    )
    insert_rows(desk.connection, name, [(one.text, one.means, one.reason) for one in meant])
    return Role(given, name, meant, words.constant is not None)


def place_meaning(words: PlaceWords, *, desk: Desk) -> Callable[[Met], Meant]:
    """What a text of the place means: the code in the register, or why its rows are left out.

    Words that the layout leaves out are left out only as long as the register lacks them.
    A code that is of no known kind is handed on as it is, and a check names every row of it.
    """

    def meaning(met: Met) -> Meant:
        named, name = _named(words, met)
        if isinstance(named, Named) and (named.reason or name in named.left_out):
            return Meant(met.text, None, named.reason or named.left_out[name])
        code = named.map.get(name, name)
        if named.name_of is not None and not desk.knows(named.name_of, register=named.among):
            return Meant(met.text, None, f"{named.name_of}: not in the register")
        if named.name_of is not None and name not in {*named.map, *named.left_out}:
            try:
                code = desk.find(name, kind=named.name_of, register=named.among, day=named.day).code
            except (UnknownPlace, AmbiguousPlace) as error:
                raise UnreadableSource(f"{met.first()}: {error}") from None
        found = desk.code(code)
        if found is None and met.words in words.left_out:
            return Meant(met.text, None, words.left_out[met.words])
        family = None if found is not None else desk.family(code)
        if family is not None:
            return Meant(met.text, None, f"{family}: not in the register")
        return Meant(met.text, code if found is None else found)

    return meaning


def _named(words: PlaceWords, met: Met) -> tuple[PlaceWords | Named, str]:
    """How a text names its place, and the name without the prefix that says so."""
    if not words.prefixes:
        return words, met.words
    for prefix, named in words.prefixes.items():
        if met.words.startswith(prefix):
            return named, met.words.removeprefix(prefix).strip()
    raise UnreadableSource(
        f"{met.first()}: '{met.words}' begins with none of the words that say what a place is. "
        f"Wanted one of {', '.join(words.prefixes)}. The publisher has changed the file, or this "
        "is a total or a note: name it in the layout."
    )


def mapped_meaning(words: Words, role: str, *, known: Mapping[str, object] | None = None
                   ) -> Callable[[Met], Meant]:  # fmt: skip
    """What a text means by the layout's map; without a map it means itself.

    Errors: UnreadableSource for a text that the map lacks, or a code that nobody knows.
    """

    def meaning(met: Met) -> Meant:
        if met.words in words.left_out:
            return Meant(met.text, None, words.left_out[met.words])
        means = words.map.get(met.words, None if words.map else met.words)
        if words.like is not None and not re.fullmatch(words.like, met.words):
            means = None
        if means is None or (known is not None and means not in known):
            raise UnreadableSource(
                f"{met.first()}: the {role} '{met.words}' is not known. Wanted one "
                "that the layout names. The publisher has changed the file: bring placedex up to "
                "date, or mend the layout."
            )
        return Meant(met.text, means)

    return meaning


def part_meaning(words: PartWords) -> Callable[[Met], Meant]:
    """What a text of the part means: the whole, if it is one of its words; else by the map."""
    mapped = mapped_meaning(words, "part")

    def meaning(met: Met) -> Meant:
        if met.words in words.whole:
            return Meant(met.text, "")
        return mapped(met)

    return meaning


def period_meaning(words: PeriodWords) -> Callable[[Met], Meant]:
    """What a text of the period means, in the one written form."""

    def meaning(met: Met) -> Meant:
        if met.words in words.left_out:
            return Meant(met.text, None, words.left_out[met.words])
        try:
            text = words.map.get(met.words)
            return Meant(met.text, text or period_text(met.words, form=words.form))
        except BadPeriod as error:
            raise UnreadableSource(f"{met.first()}: {error}") from None

    return meaning
