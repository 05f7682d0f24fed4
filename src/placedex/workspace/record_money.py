"""The money of a ledger by place, theme, year and head, as published and deflated, to be shown."""

from collections.abc import Iterable

from placedex.errors import BadUsage
from placedex.ledger import Ledger
from placedex.ledger.deflator import Deflator
from placedex.ledger.money import MoneyRow as Reckoned
from placedex.ledger.money import account
from placedex.observations import Observations
from placedex.publish import AccountRow, MoneyLine, MoneyRow
from placedex.workspace.money import nearest_deflator
from placedex.workspace.workspace import Workspace

BY = ("place", "theme", "year", "head")


def money_row(ledger: Ledger, workspace: Workspace, observations: Observations) -> MoneyRow | None:
    """The money of a ledger; nothing if it holds none."""
    plain = {by: account(ledger, by=by) for by in BY}
    if not plain[BY[0]].rows:
        return None
    deflator = _deflator(workspace, observations)
    base = max(deflator.levels) if deflator is not None else None
    rows = []
    for by, done in plain.items():
        deflated: tuple[MoneyLine, ...] = ()
        if deflator is not None:
            priced = account(ledger, by=by, base=base, deflator=deflator)
            deflated = tuple(_lines(by, priced.rows, workspace))
        rows.append(AccountRow(by, tuple(_lines(by, done.rows, workspace)), deflated))
    first = plain[BY[0]]
    return MoneyRow(
        totals=tuple(_lines("total", first.totals, workspace)),
        accounts=tuple(rows),
        doubts=tuple(str(one) for one in first.doubts),
        base=_base(deflator, base, workspace),
    )


def _deflator(workspace: Workspace, observations: Observations) -> Deflator | None:
    """The deflator of the home place or of the nearest around it; nothing if there is none."""
    try:
        return nearest_deflator(workspace, observations, None)
    except BadUsage:
        return None


def _base(deflator: Deflator | None, base: int | None, workspace: Workspace) -> str:
    if deflator is None:
        return ""
    return f"in prices of {base} by the deflator of {workspace.register[deflator.place].name}"


def _lines(by: str, rows: Iterable[Reckoned], workspace: Workspace) -> Iterable[MoneyLine]:
    for row in rows:
        place = workspace.register.get(row.of) if by == "place" else None
        yield MoneyLine(
            of=row.of,
            name=row.of if place is None else place.name,
            currency=row.currency,
            prices=row.prices,
            amount=row.amount,
            high=row.high,
            by_state={str(state): amount for state, amount in row.by_state.items()},
            sums=row.pots,
            why=row.why,
        )
