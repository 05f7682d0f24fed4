"""`placedex subsidy`: what an enterprise was given, and what may still be given under a limit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

if TYPE_CHECKING:
    from placedex.cli.printed import Sheet
    from placedex.ledger.subsidy import SubsidyCheck

Format = Literal["table", "json"]
NO_RATES: tuple[str, ...] = ()


def subsidy(
    workspace: Path = Path(),
    *,
    enterprise: Annotated[str, Parameter(name="--enterprise")],
    on: Annotated[str | None, Parameter(name="--on")] = None,
    limit: Annotated[str, Parameter(name="--limit")] = "minimal-financial-assistance",
    rate: Annotated[tuple[str, ...], Parameter(name="--rate", negative="")] = NO_RATES,
    format: Annotated[Format, Parameter(name="--format")] = "table",  # noqa: A002
) -> None:
    """Print what an enterprise in the ledger of WORKSPACE was given, and what may still be given.

    Parameters
    ----------
    workspace
        The folder of a workspace.
    enterprise
        The code, the name or an identifier of an organisation of the ledger.
    on
        The day (2025-04-30) on which more would be given; today if left out.
    limit
        minimal-financial-assistance, de-minimis-2023, de-minimis-2013 or de-minimis-2006.
    rate
        What one of another currency is worth in the limit's, as EUR=0.85; may be given again.
    format
        table to read; json for programs.
    """
    from placedex.cli.day import read_day
    from placedex.ledger.subsidy import check_subsidy
    from placedex.ledger.subsidy_limits import find_limit
    from placedex.workspace import open_workspace
    from placedex.workspace.ledger import workspace_ledger

    done = check_subsidy(
        workspace_ledger(open_workspace(workspace)),
        enterprise,
        limit=find_limit(limit),
        on=read_day(on, name="--on"),
        rates=read_rates(rate),
    )
    _put(done, format)


def _put(done: "SubsidyCheck", format: Format) -> None:  # noqa: A002
    from placedex.cli.printed import Sheet, as_json, put

    sheet = Sheet()
    if format == "json":
        put(as_json(_content(done)), None)
    else:
        _print(sheet, done)
        put(sheet.text(), None)


def read_rates(given: tuple[str, ...]) -> dict[str, float]:
    """Rates by currency; BadUsage for what is none."""
    from placedex.errors import BadUsage

    rates = {}
    for one in given:
        currency, _, number = one.partition("=")
        try:
            rates[currency.strip().upper()] = float(number)
        except ValueError:
            raise BadUsage(f"'{one}' is no rate. Wanted one like EUR=0.85. Mend --rate.") from None
    return rates


def _print(sheet: "Sheet", done: "SubsidyCheck") -> None:
    limit = done.limit
    sheet.say(f"{done.enterprise.name}: {limit.name}, {limit.amount:,.0f} {limit.currency}")
    sheet.say(f"Source: {limit.source}; read on {limit.read.isoformat()}.")
    if done.one_with:
        sheet.say(f"One enterprise with {', '.join(one.name for one in done.one_with)}.")
    sheet.say(f"Awards from {done.first.isoformat()} to {done.last.isoformat()} count.\n")
    rows = [
        (one.award.period, one.award.recipient, one.award.title or one.award.code,
         f"{one.award.amount:,.0f} {one.award.currency}", f"{one.amount:,.0f}")
        for one in done.counted
    ]  # fmt: skip
    columns = {"day": False, "to": False, "award": False, "given": True, limit.currency: True}
    if rows:
        sheet.table("", columns, rows)
    words = {
        "within": "within the limit",
        "near": "NEAR THE LIMIT",
        "reached": "THE LIMIT IS REACHED",
        "over": "OVER THE LIMIT",
    }
    sheet.say(f"Given: {done.given:,.0f}, {done.share:.1%} of the limit: {words[done.word]}.")
    sheet.say(f"On {done.last.isoformat()} may still be given: {done.left:,.0f} {limit.currency}.")
    for award, why in done.not_counted:
        sheet.say(f"- {award.title or award.code}, {award.amount:,.0f} {award.currency}: {why}.")
    for note in done.notes:
        sheet.say(f"- {note}")


def _content(done: "SubsidyCheck") -> dict[str, object]:
    limit = done.limit
    return {
        "enterprise": done.enterprise.code,
        "name": done.enterprise.name,
        "one_with": [one.code for one in done.one_with],
        "limit": {
            "code": limit.code,
            "amount": limit.amount,
            "currency": limit.currency,
            "source": limit.source,
            "read": limit.read.isoformat(),
        },
        "from": done.first.isoformat(),
        "to": done.last.isoformat(),
        "awards": [{"code": one.award.code, "amount": one.amount} for one in done.counted],
        "given": done.given,
        "share": done.share,
        "state": done.word,
        "left": done.left,
        "not_counted": [{"code": award.code, "why": why} for award, why in done.not_counted],
        "notes": list(done.notes),
    }
