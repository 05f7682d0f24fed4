"""Regional accounts: value added by place, group of industries and year, and its shares."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.errors import UnreadableSource
from placedex.observations.large.columns import DAY, NUMBER, TEXT, read_columns
from placedex.store import Engine

if TYPE_CHECKING:
    from ibis.expr.types import Table

CURRENT = ("GVA Current Prices £m", "Current prices")
TOTAL = "Total"
COLUMNS = {
    "geography.code": TEXT,
    "dates.date": DAY,
    "industry.code": TEXT,
    "variable.name": TEXT,
    "value": NUMBER,
}
Groups = Mapping[str, Sequence[str]]


def read_accounts(engine: Engine, files: Sequence[Path]) -> "Table":
    """Value added at current prices, of ONS: place, year, industry and millions of pounds.

    Errors: UnreadableSource if a file lacks a column, or has no value added at current prices; it
            names the file and the words found.
    Source: ONS, regional gross value added (balanced) by industry, as Parquet.
    """
    import ibis

    return ibis.union(*(_read(engine, path) for path in files))


def _read(engine: Engine, path: Path) -> "Table":
    table = read_columns(engine, path, wanted=COLUMNS)
    words = engine.rows(table.select("variable.name").distinct())[0].to_pylist()
    if not any(word in CURRENT for word in words):
        met = ", ".join(sorted(f"'{word}'" for word in words)) or "nothing"
        raise UnreadableSource(
            f"{path.name}, column 'variable.name': the words are {met}. Wanted "
            f"{' or '.join(repr(word) for word in CURRENT)}. Name files of value added by industry."
        )
    table = table.filter(table["variable.name"].isin(CURRENT))
    return table.select(
        place=table["geography.code"],
        year=table["dates.date"].year(),
        industry=table["industry.code"],
        value=table["value"].cast("float64"),
    )


def refuse_twice(engine: Engine, accounts: "Table") -> None:
    """Refuse accounts that have two values for one place, year and industry.

    Errors: UnreadableSource with the first of them: else their sums would count it twice.
    """
    figures = accounts.group_by("place", "year", "industry").agg(there=accounts.count())
    twice = engine.rows(figures.filter(figures.there > 1).order_by(figures.columns).limit(1))
    for row in twice.to_pylist():
        raise UnreadableSource(
            f"{row['place']} has {row['there']} values for the industry {row['industry']} in "
            f"{row['year']}. Wanted one. Two files hold the same places: name one edition of each."
        )


def value_added(engine: Engine, accounts: "Table", *, groups: Groups | None = None) -> "Table":
    """Each place's value added in each year by group of industries, and the group's share in it.

    Without groups each published industry is one, the total too; they overlap.
    Shape:  accounts (place, year, industry, value); returns place, year, group, value and share.
    Units:  millions of pounds in and out; a share is a plain ratio.
    Gaps:   a group is missing where a part of it or the total is, and has no share of nothing.
    """
    import ibis

    found = _grouped(engine, accounts, groups=groups)
    sums = found.group_by("place", "year", "group").agg(
        there=found.value.count(), wanted=found.wanted.max(), sum=found.value.sum()
    )
    whole = accounts.filter(accounts.industry == TOTAL)
    whole = whole.select("place", "year", total=whole.value)
    joined = sums.left_join(whole, ["place", "year"])
    value = ibis.ifelse(joined.there == joined.wanted, joined["sum"], ibis.null("float64"))
    return joined.select(
        "place", "year", "group", value=value, share=value / joined.total.nullif(0.0)
    )


def _grouped(engine: Engine, accounts: "Table", *, groups: Groups | None) -> "Table":
    """The accounts with each industry's group, and of how many industries that is."""
    import ibis
    import pyarrow as pa

    if groups is None:
        return accounts.mutate(group=accounts.industry, wanted=ibis.literal(1, "int64"))
    pairs = [(group, industry) for group, parts in groups.items() for industry in parts]
    listed = pa.table(
        {
            "group": [group for group, _ in pairs],
            "industry": [industry for _, industry in pairs],
            "wanted": [len(groups[group]) for group, _ in pairs],
        }
    )
    return accounts.inner_join(engine.lay_out(listed), "industry")
