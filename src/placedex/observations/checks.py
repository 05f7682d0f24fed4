"""Checks of rows before they are kept: every fault at once, with file, row and column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from placedex.errors import AmbiguousPlace, BadPeriod, Fault, Refused, UnknownPlace
from placedex.observations.catalogue import Catalogue
from placedex.observations.origin import Origin
from placedex.observations.period import Period, parse_period
from placedex.observations.reading import Reading
from placedex.observations.status import WORDS
from placedex.places import Register, Registers
from placedex.store import insert_rows

_WITH_VALUE = ", ".join(f"'{words}'" for words, status in WORDS.items() if status.has_value)
_NUMBERS = ", ".join(str(int(status)) for status in WORDS.values() if status.has_value)
_UNKNOWN = 255
# Of a fault that a whole file has, so many rows are told.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Known:
    """What rows may speak of: places, also those of other registers, indicators and origins."""

    register: Register
    catalogue: Catalogue
    origins: tuple[Origin, ...]
    others: Registers | None = None

    def has_place(self, code: str) -> bool:
        """Whether any of the registers has a place."""
        return code in self.register or (self.others is not None and code in self.others)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A condition that is true of a faulty row, and the words for it.

    `where` is asked of the rows as text, `kept` of the rows as they were written.
    """

    where: str
    kept: str
    column: str
    met: str
    wanted: str
    do: str


_FORM = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_NUMBER = f"NOT regexp_full_match({{0}}, '{_FORM}') OR NOT isfinite(try_cast({{0}} AS DOUBLE))"
_RULES = (
    *(
        _Rule(
            where=f"{column} IS NOT NULL AND ({_NUMBER.replace('{0}', column)})",
            kept=f"NOT isfinite({column})",
            column=column,
            met=f"'{{{column}}}' is not a number",
            wanted="digits, with a point before decimals",
            do="Mend the cell, or leave it empty and say why in status.",
        )
        for column in ("value", "low", "high")
    ),
    _Rule(
        where="(low IS NULL) <> (high IS NULL)",
        kept="(low IS NULL) <> (high IS NULL)",
        column="low",
        met="the interval has one side only",
        wanted="both low and high, or neither",
        do="Give the other side, or leave both empty.",
    ),
    _Rule(
        where="try_cast(low AS DOUBLE) > try_cast(value AS DOUBLE) "
        "OR try_cast(high AS DOUBLE) < try_cast(value AS DOUBLE)",
        kept="low > value OR high < value",
        column="value",
        met="the interval {low} to {high} excludes its value {value}",
        wanted="low <= value <= high",
        do="Mend whichever is wrong.",
    ),
    _Rule(
        where="value IS NULL AND (low IS NOT NULL OR high IS NOT NULL)",
        kept="value IS NULL AND (low IS NOT NULL OR high IS NOT NULL)",
        column="low",
        met="there is an interval but no value",
        wanted="a value with it",
        do="Give the value, or take the interval out.",
    ),
    _Rule(
        where=f"value IS NULL AND status IN ({_WITH_VALUE})",
        kept=f"value IS NULL AND status IN ({_NUMBERS})",
        column="value",
        met="the value is empty though its status is '{status}'",
        wanted="a value, or a status that says why there is none",
        do="Give the value, or set status to suppressed, not collected or not applicable.",
    ),
    _Rule(
        where=f"value IS NOT NULL AND status NOT IN ({_WITH_VALUE})",
        kept=f"value IS NOT NULL AND status NOT IN ({_NUMBERS}, {_UNKNOWN})",
        column="status",
        met="there is a value {value} though its status is '{status}'",
        wanted="no value with that status",
        do="Take the value out, or set status to published.",
    ),
    _Rule(
        where="origin IS NULL",
        kept="origin = -1",
        column="origin",
        met="the figure has no origin",
        wanted="the code of an origin",
        do="Add the origin to origins.yaml and give its code.",
    ),
)


def suspicions(
    connection: duckdb.DuckDBPyConnection, readings: Iterable[Reading], *, known: Known
) -> bool:
    """Whether any row that was written may be faulty: a few passes over columns, none over rows.

    Only if one is, the rows are read again to find which (`find_faults`).
    """
    counts = ", ".join(f"count_if({rule.kept})" for rule in _RULES)
    [hits] = connection.execute(
        f"SELECT {counts}, count_if(status = {_UNKNOWN}), count_if(months < 0) FROM observation"
    ).fetchall()
    return (
        any(hits)
        or _strange_codes(connection, known)
        or _strange_units(connection, readings, known=known)
    )


def _strange_codes(connection: duckdb.DuckDBPyConnection, known: Known) -> bool:
    recodes = known.register.recodes()
    places = connection.execute("SELECT DISTINCT place FROM observation").fetchall()
    if any(code in recodes or not known.has_place(code) for (code,) in places):
        return True
    kinds = connection.execute(
        "SELECT DISTINCT indicator, month(starts), months, part <> '' FROM observation"
    ).fetchall()
    for code, month, months, parted in kinds:
        one = known.catalogue.get(code)
        if one is None or (parted and not one.parts):
            return True
        if one.period is not None and Period(date(2000, month, 1), months).kind != one.period:
            return True
    return False


def _strange_units(
    connection: duckdb.DuckDBPyConnection, readings: Iterable[Reading], *, known: Known
) -> bool:
    for reading in readings:
        connection.register("with_units", reading.rows)
        found = connection.execute(
            "SELECT DISTINCT indicator, unit FROM with_units WHERE unit IS NOT NULL"
        ).fetchall()
        connection.unregister("with_units")
        if any(unit != known.catalogue[code].unit for code, unit in found):
            return True
    return False


def find_faults(connection: duckdb.DuckDBPyConnection, known: Known) -> tuple[Fault, ...]:
    """Every fault in the table `staged`, in the order of files and rows."""
    counts = ", ".join(f"count_if({rule.where})" for rule in _RULES)
    [hits] = connection.execute(f"SELECT {counts} FROM staged").fetchall()
    met = (rule for rule, count in zip(_RULES, hits, strict=True) if count)
    faults = [fault for rule in met for fault in _by_rule(connection, rule)]
    faults += _unknown_places(connection, known)
    faults += _unknown_codes(
        connection, column="indicator", codes=known.catalogue, do="Add it to the indicators"
    )
    faults += _unknown_codes(
        connection,
        column="origin",
        codes={origin.code for origin in known.origins},
        do="Add it to origins.yaml",
    )
    faults += _unknown_codes(connection, column="status", codes=WORDS, do="Choose one of them")
    faults += _parts(connection, known.catalogue)
    faults += _periods(connection, known.catalogue)
    faults += _units(connection, known.catalogue)
    faults += _duplicates(connection)
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.row or 0, fault.column or "")))


def _by_rule(connection: duckdb.DuckDBPyConnection, rule: _Rule) -> Iterable[Fault]:
    rows = connection.execute(
        f"SELECT file, row, value, low, high, status FROM staged WHERE {rule.where} LIMIT {MOST}"
    ).fetchall()
    for file, row, value, low, high, status in rows:
        met = rule.met.format(value=value, low=low, high=high, status=status)
        yield Fault(file, row, rule.column, met, rule.wanted, rule.do)


def _rows_by_text(
    connection: duckdb.DuckDBPyConnection, column: str, refused: Callable[[str], Fault | None]
) -> Iterable[Fault]:
    """A fault for each row whose text in a column is refused; each text is judged once."""
    texts = connection.execute(
        f"SELECT DISTINCT coalesce({column}, '') FROM staged ORDER BY 1"
    ).fetchall()
    for (text,) in texts:
        fault = refused(text)
        if fault is None:
            continue
        rows = connection.execute(
            f"SELECT file, row FROM staged WHERE coalesce({column}, '') = ? LIMIT {MOST}", [text]
        ).fetchall()
        for file, row in rows:
            yield Fault(file, row, column, fault.met, fault.wanted, fault.do)


def _parts(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> Iterable[Fault]:
    rows = connection.execute(
        "SELECT DISTINCT indicator, part FROM staged WHERE part <> '' AND indicator IS NOT NULL"
    ).fetchall()
    for code, part in rows:
        if code in catalogue and not catalogue[code].parts:
            yield from _same(
                connection,
                (code, "part", part),
                Fault(
                    "",
                    None,
                    "part",
                    f"the part is '{part}'",
                    f"no part, since '{code}' has none",
                    "Say in the catalogue by which classification it has parts, or take it out.",
                ),
            )


def _unknown_places(connection: duckdb.DuckDBPyConnection, known: Known) -> Iterable[Fault]:
    register = known.register
    recodes = register.recodes()

    def refused(code: str) -> Fault | None:
        if code in recodes:
            return _fault(
                Refused(
                    f"{code} was only renumbered",
                    f"the code {recodes[code]} that it bears now",
                    "Write that code.",
                )
            )
        if known.has_place(code):
            return None
        try:
            found = register.find(code)
        except AmbiguousPlace as error:
            return _fault(error)
        except UnknownPlace:
            return _fault(register.refusal(code))
        met = f"'{code}' is a name"
        return Fault("", None, None, met, "a code", f"Write {found.code} for the {found.kind}.")

    return _rows_by_text(connection, "place", refused)


def _fault(error: Refused) -> Fault:
    return Fault("", None, None, error.met, error.wanted, error.do)


def _unknown_codes(
    connection: duckdb.DuckDBPyConnection, *, column: str, codes: Iterable[str], do: str
) -> Iterable[Fault]:
    known = sorted(codes)

    def refused(code: str) -> Fault | None:
        if code in known or (not code and column == "origin"):
            return None
        listed = ", ".join(known) if len(known) <= 12 else f"one of the {len(known)} known codes"
        return Fault("", None, None, f"the {column} '{code}' is not known", listed, f"{do}.")

    return _rows_by_text(connection, column, refused)


def _periods(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> Iterable[Fault]:
    def refused(text: str) -> Fault | None:
        try:
            parse_period(text)
        except BadPeriod as error:
            return _fault(error)
        return None

    yield from _rows_by_text(connection, "period", refused)
    rows = connection.execute(
        "SELECT DISTINCT indicator, period FROM staged WHERE period IS NOT NULL"
    ).fetchall()
    for code, text in rows:
        kind = catalogue[code].period if code in catalogue else None
        period = _readable(text)
        if kind is None or period is None or period.kind == kind:
            continue
        yield from _same(
            connection,
            (code, "period", text),
            Fault(
                "",
                None,
                "period",
                f"'{text}' is a {period.kind}",
                f"a {kind}, the period of '{code}'",
                "Write the period as it was published.",
            ),
        )


def _readable(text: str) -> Period | None:
    try:
        return parse_period(text)
    except BadPeriod:
        return None


def _units(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> Iterable[Fault]:
    rows = connection.execute(
        "SELECT DISTINCT indicator, unit FROM staged WHERE unit IS NOT NULL"
    ).fetchall()
    for code, unit in rows:
        if code in catalogue and unit != catalogue[code].unit:
            yield from _same(
                connection,
                (code, "unit", unit),
                Fault(
                    "",
                    None,
                    "unit",
                    f"the unit is '{unit}'",
                    f"'{catalogue[code].unit}', the unit of '{code}'",
                    "Turn the figures into that unit, or use another indicator.",
                ),
            )


def _same(
    connection: duckdb.DuckDBPyConnection, key: tuple[str, str, str], fault: Fault
) -> Iterable[Fault]:
    """The fault for each row of an indicator that has a text in a column."""
    code, column, text = key
    rows = connection.execute(
        f"SELECT file, row FROM staged WHERE indicator = ? AND {column} = ? LIMIT {MOST}",
        [code, text],
    ).fetchall()
    for file, row in rows:
        yield Fault(file, row, fault.column, fault.met, fault.wanted, fault.do)


def _duplicates(connection: duckdb.DuckDBPyConnection) -> Iterable[Fault]:
    """A figure that one origin has twice, also where its period is spelt in two ways."""
    texts = connection.execute("SELECT DISTINCT period FROM staged WHERE period IS NOT NULL")
    spelt = [(text, str(_readable(text) or text)) for (text,) in texts.fetchall()]
    connection.execute("CREATE OR REPLACE TEMP TABLE spelt (period VARCHAR, meant VARCHAR)")
    insert_rows(connection, "spelt", spelt)
    rows = connection.execute(
        """
        SELECT place, indicator, part, meant, list(file ORDER BY file, row),
            list(row ORDER BY file, row)
        FROM staged JOIN spelt USING (period)
        GROUP BY place, indicator, part, meant, origin HAVING count(*) > 1
        """
    ).fetchall()
    for place, indicator, part, period, files, numbers in rows:
        what = f"{indicator}, {part}," if part else indicator
        for file, number in zip(files[1:], numbers[1:], strict=True):
            yield Fault(
                file,
                number,
                "place",
                f"{what} of {place} for {period} is there already, in {files[0]}, row {numbers[0]}",
                "each figure once",
                "Take one of the two out.",
            )
