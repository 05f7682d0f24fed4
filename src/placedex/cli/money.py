"""`placedex money`: the ledger's money by place, theme, year, head or programme."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from placedex.cli.prices import Prices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from placedex.cli.printed import Sheet
    from placedex.ledger import Ledger
    from placedex.ledger.money import Account, MoneyRow
    from placedex.workspace import Workspace

By = Literal["place", "theme", "year", "head", "programme"]
Format = Literal["table", "csv", "json"]
PRICES = Prices()


def money(
    workspace: Path = Path(),
    *,
    by: Annotated[By, Parameter(name="--by")] = "programme",
    prices: Prices = PRICES,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
    output: Annotated[Path | None, Parameter(name="--output")] = None,
) -> None:
    """Print the money in the ledger of WORKSPACE, each pound once, and what may be counted twice.

    By programme, what was expected stands beside what was reported, and what an output cost.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    by
        place, theme, year, head or programme.
    format
        table to read; csv or json for programs.
    output
        Write to this file instead of standard output.
    """
    from placedex.cli.printed import put
    from placedex.workspace import open_workspace
    from placedex.workspace.ledger import workspace_ledger
    from placedex.workspace.money import workspace_account

    opened = open_workspace(workspace)
    ledger = workspace_ledger(opened)
    done = workspace_account(
        opened, ledger, by=by, base=prices.base, place=prices.deflator, figures=prices.figures
    )
    put(_text(opened, ledger, done, format=format), output)


def _text(
    workspace: "Workspace",
    ledger: "Ledger",
    done: "Account",
    *,
    format: Format,  # noqa: A002
) -> str:
    """What is printed."""
    from placedex.cli.printed import Sheet, as_json, rows_as_csv
    from placedex.ledger.money import to_rows

    def name(code: str) -> str:
        named: Mapping[str, Any] = {"place": workspace.register, "programme": ledger.programmes}
        one = named[done.by].get(code) if done.by in named else None
        return code if one is None else str(one.name)

    rows = list(to_rows(done, name))
    if format == "csv":
        return rows_as_csv(rows)
    if format == "json":
        return as_json(_content(ledger, done, rows))
    sheet = Sheet()
    _print(sheet, done, rows)
    if done.by == "programme":
        _print_states(sheet, ledger)
        _print_costs(sheet, ledger)
    return sheet.text()


def _print(sheet: "Sheet", done: "Account", rows: list[dict[str, object]]) -> None:
    if not rows:
        sheet.say("The ledger holds no money and no awards.")
        return
    columns = {done.by: False, "currency": False, "prices": False, "amount": True, "up to": True}
    deflated = done.deflator is not None
    columns |= {"as given": True, "sums": True, "why": False} if deflated else {"sums": True}
    totals = [_total(one) for one in done.totals]
    cells = [_cells(row, deflated=deflated) for row in (*rows, *totals)]
    sheet.table(f"Money by {done.by}, each pound once", columns, cells)
    if done.deflator is not None:
        by = done.deflator
        sheet.say(
            f"Deflated to {done.base} by the indicator '{by.indicator}' of {by.place}"
            + (f", {by.part}." if by.part else ".")
        )
    for doubt in done.doubts:
        sheet.say(f"- {doubt}")


def _total(row: "MoneyRow") -> dict[str, object]:
    return {
        "name": "total",
        "currency": row.currency,
        "prices": row.prices,
        "amount": row.amount,
        "high": row.high,
        "as_given": row.as_given,
        "sums": len(row.pots),
        "not_deflated": row.why,
    }


def _cells(row: "dict[str, object]", *, deflated: bool) -> tuple[str, ...]:
    """A row as it is printed; at the prices of a year with what the ledger gives, and why not."""
    amount = f"{row['amount']:,.0f}"
    high = f"{row['high']:,.0f}" if row["high"] != row["amount"] else ""
    head = (str(row["name"]), str(row["currency"]), str(row["prices"]), amount, high)
    if not deflated:
        return (*head, str(row["sums"]))
    why = f"not deflated: {row['not_deflated']}" if row["not_deflated"] else ""
    return (*head, f"{row['as_given']:,.0f}", str(row["sums"]), why)


def _print_states(sheet: "Sheet", ledger: "Ledger") -> None:
    """What was expected beside what came of it, line by line."""
    from placedex.ledger.expected_and_reported import expected_and_reported

    rows = expected_and_reported(ledger)
    if rows:
        sheet.say("\nExpected, reported and official, beside each other")
    for row in rows:
        said = [
            f"{state} {' or '.join(f'{one.bound} {one.value:,.12g}'.strip() for one in listed)}"
            for state, listed in row.states.items()
        ]
        about = ", ".join(filter(None, (row.unit, row.place, row.period)))
        share = "" if row.share is None else f"; {row.share:.0%} of what was planned"
        what = row.of or row.kind
        sheet.say(f"- {row.programme}: {what} ({about}): {', '.join(said)}{share}")


def _print_costs(sheet: "Sheet", ledger: "Ledger") -> None:
    """What one of an output cost, what must be said of that, and where there is no cost."""
    from placedex.ledger.cost_per_output import CostPerOutput, NoCost, cost_per_output

    found = cost_per_output(ledger)
    costs = [one for one in found if isinstance(one, CostPerOutput)]
    if found:
        sheet.say("\nCost per output")
    for cost in costs:
        ends = dict.fromkeys(f"{one:,.0f}" for one in (cost.low, cost.high))
        amount = f"{cost.bound} {' to '.join(ends)}".strip()
        plan = "planned, " if cost.plan else ""
        sheet.say(
            f"- {cost.programme}: {amount} {cost.currency} ({plan}{cost.prices}) for each of "
            f"{cost.measure}; money for: {', '.join(cost.heads)}"
        )
    for caveat in dict.fromkeys(words for cost in costs for words in cost.caveats):
        sheet.say(f"  {caveat}")
    for no in (one for one in found if isinstance(one, NoCost)):
        sheet.say(f"- {no.programme}: none for {no.measure}: {no.why}")


def _content(ledger: "Ledger", done: "Account", rows: list[dict[str, object]]) -> dict[str, object]:
    from dataclasses import asdict

    from placedex.ledger.cost_per_output import cost_per_output
    from placedex.ledger.expected_and_reported import expected_and_reported

    by = done.deflator
    return {
        "by": done.by,
        "rows": rows,
        "totals": [_total(one) for one in done.totals],
        "deflator": None if by is None else {"indicator": by.indicator, "place": by.place,
                                             "part": by.part, "base": done.base},
        "doubts": [asdict(one) for one in done.doubts],
        "states": [asdict(one) | {"share": one.share} for one in expected_and_reported(ledger)],
        "cost_per_output": [asdict(one) for one in cost_per_output(ledger)],
    }  # fmt: skip
