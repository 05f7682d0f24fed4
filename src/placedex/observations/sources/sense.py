"""Sense made of a raw table: its rows as observations, by the roles that a layout gives."""

from dataclasses import dataclass

from placedex.observations.sources.desk import Desk
from placedex.observations.sources.layout import Number, Table, Which
from placedex.observations.sources.numbers import number, status, without_marks
from placedex.observations.sources.raw import Raw, find_column
from placedex.observations.sources.words import (
    Role,
    expression,
    lay_out,
    mapped_meaning,
    part_meaning,
    period_meaning,
    place_meaning,
    quote,
)

ROLES = ("place", "indicator", "period", "part")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a raw table says.

    Attributes:
        query: gives the rows, with the columns of a reading and `part`; SQL.
        left_out: rows that are not taken, by reason.
    """

    query: str
    left_out: dict[str, int]
    periods: frozenset[str]
    indicators: frozenset[str]


def make_sense(raw: Raw, table: Table, desk: Desk) -> Sense:
    """The rows of a raw table as observations.

    Errors: UnreadableSource if a column is missing, or words are met that the layout lacks.
    """
    rules = [(_condition(rule, raw, table=table), rule.reason) for rule in table.left_out]
    only = " AND ".join(_condition(one, raw, table=table) for one in table.only) or "true"
    taken = " AND ".join([only, *(f"NOT coalesce({rule}, false)" for rule, _ in rules)])
    roles = _roles(raw, table, taken=taken, desk=desk)
    query = _query(raw, table, roles, taken=taken, desk=desk)
    # Rows that are added up are each a thing of their own: two of one sum are not one.
    query = (
        _added_up(query)
        if table.add_up
        else _without_repeats(query, roles["place"], every=table.repeats, desk=desk)
    )
    return Sense(
        query,
        _left_out(raw, roles, rules=rules, only=only, desk=desk),
        roles["period"].means,
        roles["indicator"].means,
    )


def _condition(rule: Which, raw: Raw, *, table: Table) -> str:
    cell = f"trim(CAST({find_column(raw, rule.column, table=table)} AS VARCHAR))"
    if rule.matches is not None:
        return f"regexp_full_match({cell}, {quote(rule.matches)})"
    if rule.unlike is not None:
        return f"NOT regexp_full_match({cell}, {quote(rule.unlike)})"
    cases = []
    if rule.is_:
        cases.append(f"{cell} IN ({', '.join(quote(one) for one in rule.is_)})")
    if rule.empty:
        cases.append(f"coalesce({cell}, '') = ''")
    return f"({' OR '.join(cases) or 'false'})"


def _roles(raw: Raw, table: Table, *, taken: str, desk: Desk) -> dict[str, Role]:
    place, indicator, period, part = table.place, table.indicator, table.period, table.part
    meanings = {
        "place": (place, place_meaning(place, desk=desk)) if place else None,
        "indicator": (indicator, mapped_meaning(indicator, "indicator", known=desk.catalogue))
        if indicator
        else None,
        "period": (period, period_meaning(period)) if period else None,
        "part": (part, part_meaning(part)) if part else None,
    }
    return {
        name: lay_out(one[0], raw, one[1], table=table, taken=taken, desk=desk)
        for name, one in meanings.items()
        if one is not None
    }


def _query(raw: Raw, table: Table, roles: dict[str, Role], *, taken: str, desk: Desk) -> str:
    value = number(_value(table), raw, table=table)
    shown = without_marks(value, table.status)
    low, high = _interval(shown, raw, table=table)
    kind = "DOUBLE" if raw.numbers else "VARCHAR"
    joins = " ".join(
        f"JOIN {role.table} AS {name} ON {name}.text = {role.expression} AND {name}.reason IS NULL"
        for name, role in roles.items()
        if not role.constant
    )
    cells = {
        name: quote(role.meant[0].means or "") if role.constant else f"{name}.means"
        for name, role in roles.items()
    }
    return (
        f"SELECT {cells['place']} AS place, {roles['place'].expression} AS place_text, "
        f"{cells['indicator']} AS indicator, "
        f"{cells['period']} AS period, {shown} AS value, CAST({low} AS {kind}) AS low, "
        f"CAST({high} AS {kind}) AS high, "
        f"{status(value, raw, table=table, taken=taken, desk=desk)} AS status, "
        f"file AS origin, {_unit(raw, table)} AS unit, file, row, "
        f"{cells.get('part', quote(''))} AS part FROM {raw.relation} {joins} WHERE {taken}"
    )


def _interval(shown: str, raw: Raw, *, table: Table) -> tuple[str, str]:
    """SQL that gives the two ends of the interval round a value."""
    if table.half_width is not None:
        half = number(table.half_width, raw, table=table)
        ends = (
            f"CAST(try_cast({shown} AS DOUBLE) {sign} try_cast({half} AS DOUBLE) AS VARCHAR)"
            for sign in "-+"
        )
    else:
        ends = (
            "NULL" if one is None else without_marks(number(one, raw, table=table), table.status)
            for one in (table.low, table.high)
        )
    low, high = ends
    return low, high


def _value(table: Table) -> Number:
    return table.value or Number(column="cell" if table.wide else "value")


def _unit(raw: Raw, table: Table) -> str:
    if table.unit is None:
        return "CAST(NULL AS VARCHAR)"
    given = expression(table.unit, raw, table=table)
    cases = " ".join(f"WHEN {quote(old)} THEN {quote(new)}" for old, new in table.unit.map.items())
    return f"CASE {given} {cases} ELSE {given} END" if cases else given


def _without_repeats(query: str, places: Role, *, every: bool, desk: Desk) -> str:
    """The query; one and the same figure under an old and a new code is taken once.

    With `every`, so is one that is there again under the same code.
    """
    by_code: dict[str, list[str]] = {}
    for one in places.meant:
        if one.means is not None:
            by_code.setdefault(one.means, []).append(one.text)
    several = sorted(code for code, texts in by_code.items() if every or len(texts) > 1)
    if not several:
        return f"SELECT * EXCLUDE (place_text) FROM ({query})"
    name = desk.new_table("sense")
    desk.connection.execute(f"CREATE TEMP VIEW {name} AS {query}")
    codes = ", ".join(quote(code) for code in several)
    return (
        f"SELECT * EXCLUDE (place_text) FROM {name} WHERE place NOT IN ({codes}) UNION ALL "
        f"SELECT * EXCLUDE (place_text) FROM (SELECT * FROM {name} WHERE place IN ({codes}) "
        "QUALIFY row_number() OVER (PARTITION BY file, place, indicator, part, period, value, "
        "low, high ORDER BY place_text = place DESC, row) = 1)"
    )


def _added_up(query: str) -> str:
    """The query with one row for each figure: the sum, under the first of its rows.

    A text that is no number stops it, and so no sum lacks a part.
    """
    return (
        "SELECT place, indicator, period, CAST(sum(CAST(value AS DOUBLE)) AS VARCHAR) AS value, "
        "CAST(NULL AS VARCHAR) AS low, CAST(NULL AS VARCHAR) AS high, "
        "CASE WHEN sum(CAST(value AS DOUBLE)) IS NULL THEN 'not collected' ELSE 'derived' END "
        f"AS status, origin, unit, file, min(row) AS row, part FROM ({query}) GROUP BY ALL"
    )


def _left_out(
    raw: Raw, roles: dict[str, Role], *, rules: list[tuple[str, str]], only: str, desk: Desk
) -> dict[str, int]:
    reasoned = {name: role for name, role in roles.items() if role.reasons}
    if not rules and not reasoned:
        return {}
    cases = [f"WHEN {rule} THEN {quote(reason)}" for rule, reason in rules]
    cases += [f"WHEN {name}.reason IS NOT NULL THEN {name}.reason" for name in reasoned]
    joins = " ".join(
        f"LEFT JOIN {role.table} AS {name} ON {name}.text = {role.expression}"
        for name, role in reasoned.items()
    )
    rows = desk.connection.execute(
        f"SELECT why, count(*) FROM (SELECT CASE {' '.join(cases)} END AS why "
        f"FROM {raw.relation} {joins} WHERE {only}) WHERE why IS NOT NULL GROUP BY why ORDER BY why"
    ).fetchall()
    return {reason: int(count) for reason, count in rows}
