"""Numbers and statuses as SQL: how a cell becomes a figure, and why there is none."""

from collections.abc import Mapping

from placedex.errors import UnreadableSource
from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Marks, Number, Table
from placedex.observations.sources.raw import Raw, find_column
from placedex.observations.sources.words import quote

DECIMALS = 10


def number(given: Number, raw: Raw, *, table: Table) -> str:
    """SQL that gives a cell's number: as text if the file holds text, so that a check can name it.

    A product is rounded at the tenth decimal, which takes out what binary arithmetic adds to it.
    """
    if given.sum:
        return _added(given, raw, table=table)
    cell = _column(given, raw, table=table)
    if cell in raw.numbers:
        plain = f"CASE WHEN isnan({cell}) THEN NULL ELSE CAST({cell} AS DOUBLE) END"
        return _reckoned(plain, given)
    text = _plain(cell, given)
    if given.beside:
        others = ", ".join(f"nullif(trim({find_column(raw, one, table=table)}), '')"
                           for one in given.beside)  # fmt: skip
        text = (
            f"CASE WHEN {text} IS NULL AND coalesce({others}) IS NOT NULL THEN '0' ELSE {text} END"
        )
    if not _reckons(given):
        return text
    product = _reckoned(f"try_cast({text} AS DOUBLE)", given)
    return f"coalesce(CAST({product} AS VARCHAR), {text})"


def _added(given: Number, raw: Raw, *, table: Table) -> str:
    """SQL that adds up several cells: nothing if one is empty, the text if one is no number."""
    texts = [
        _plain(f"CAST({find_column(raw, one, table=table)} AS VARCHAR)", given) for one in given.sum
    ]
    numbers = " + ".join(f"try_cast({text} AS DOUBLE)" for text in texts)
    product = _reckoned(f"round({numbers}, {DECIMALS})", given)
    cases = " ".join(
        f"WHEN {text} IS NOT NULL AND try_cast({text} AS DOUBLE) IS NULL THEN {text}"
        for text in texts
    )
    return f"CASE {cases} ELSE CAST({product} AS VARCHAR) END"


def _plain(cell: str, given: Number) -> str:
    """SQL that gives a cell's text without spaces, ornaments and marks between thousands."""
    text = f"trim({cell})"
    for ornament in given.strip:
        text = f"trim(replace({text}, {quote(ornament)}, ''))"
    text = f"nullif({text}, '')"
    if given.thousands is not None:
        text = _without_thousands(text, given.thousands)
    if given.decimal is not None:
        text = f"replace({text}, {quote(given.decimal)}, '.')"
    return text


def _column(given: Number, raw: Raw, *, table: Table) -> str:
    if given.last:
        return f"c{len(raw.header) - 1}"
    return find_column(raw, given.column, table=table)


def _reckons(given: Number) -> bool:
    return (
        given.share
        or given.times != 1
        or given.decimals is not None
        or given.taken_from is not None
    )


def _reckoned(number: str, given: Number) -> str:
    """SQL that turns a number into the indicator's unit, and takes it from its whole."""
    if not _reckons(given):
        return number
    times = 100.0 if given.share else given.times
    product = f"{number} * {times!r}"
    if given.taken_from is not None:
        product = f"{given.taken_from!r} - {product}"
    return f"round({product}, {DECIMALS if given.decimals is None else given.decimals})"


def _without_thousands(text: str, mark: str) -> str:
    """SQL that takes out the marks between thousands, if they stand where they should."""
    form = r"[+-]?\d{1,3}(" + ("\\" + mark if mark == "." else mark) + r"\d{3})+(\D\d*)?"
    return (
        f"CASE WHEN regexp_full_match({text}, {quote(form)}) "
        f"THEN replace({text}, {quote(mark)}, '') ELSE {text} END"
    )


def without_marks(value: str, marks: Marks) -> str:
    """SQL that gives the number, and nothing where a mark stands instead of it."""
    if not marks.instead:
        return value
    return f"CASE WHEN {value} IN ({_listed(marks.instead)}) THEN NULL ELSE {value} END"


def status(value: str, raw: Raw, *, table: Table, taken: str, desk: Desk) -> str:
    """SQL that gives the status of a row from its marks, its value and its note.

    Errors: UnreadableSource for a mark that the layout does not name.
    """
    marks = table.status
    cases = [
        f"WHEN {value} = {quote(mark)} THEN {quote(words)}" for mark, words in marks.instead.items()
    ]
    if marks.column is not None:
        column = find_column(raw, marks.column, table=table)
        _refuse_unknown(column, raw, table=table, taken=taken, desk=desk)
        cases += [
            f"WHEN {column} = {quote(mark)} THEN {quote(words)}"
            for mark, words in marks.marks.items()
            if mark
        ]
    cases.append(f"WHEN {value} IS NULL THEN {quote(marks.empty)}")
    if marks.note is not None:
        note = find_column(raw, marks.note, table=table)
        cases += [
            f"WHEN contains({note}, {quote(text)}) THEN {quote(words)}"
            for text, words in marks.says.items()
        ]
    return f"CASE {' '.join(cases)} ELSE {quote(marks.otherwise)} END"


def _refuse_unknown(column: str, raw: Raw, *, table: Table, taken: str, desk: Desk) -> None:
    marks = table.status
    known = _listed({"": "", **marks.marks})
    number = f" AND try_cast({column} AS DOUBLE) IS NULL" if marks.numbers else ""
    rows = desk.connection.execute(
        f"SELECT file, row, {column} FROM {raw.relation} WHERE {taken} AND {column} IS NOT NULL "
        f"AND {column} NOT IN ({known}){number} ORDER BY file, row LIMIT 1"
    ).fetchall()
    for file, row, mark in rows:
        raise UnreadableSource(
            f"{file}, row {row}, column {marks.column}: the mark '{mark}' is not known. "
            f"Wanted one of {', '.join(filter(None, marks.marks)) or 'no marks'}, or nothing. "
            "Bring placedex up to date, or mend the layout."
        )


def _listed(marks: Mapping[str, str]) -> str:
    return ", ".join(quote(mark) for mark in marks)
