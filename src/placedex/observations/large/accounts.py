"""Regional accounts: value added by place, group of industries and year, and its shares."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from placedex.store import Engine

if TYPE_CHECKING:
    from ibis.expr.types import Table

CURRENT = ("GVA Current Prices £m", "Current prices")
TOTAL = "Total"
Groups = Mapping[str, Sequence[str]]


def read_accounts(engine: Engine, files: Sequence[Path]) -> "Table":
    """Value added at current prices, of ONS: place, year, industry and millions of pounds.

    Source: ONS, regional gross value added (balanced) by industry, as Parquet.
    """
    tables = []
    for path in files:
        table = engine.read_parquet([path])
        table = table.filter(table["variable.name"].isin(CURRENT))
        tables.append(
            table.select(
                place=table["geography.code"],
                year=table["dates.date"].year(),
                industry=table["industry.code"],
                value=table["value"],
            )
        )
    whole = tables[0]
    for table in tables[1:]:
        whole = whole.union(table)
    return whole


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
