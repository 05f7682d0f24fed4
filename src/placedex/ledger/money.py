"""Money by place, theme, year, head or programme: each pound once, at stated prices."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from placedex.ledger.counted_once import Counted, Line, count_once
from placedex.ledger.deflator import NOMINAL, Deflator, in_prices_of
from placedex.ledger.funding import STATES, State
from placedex.ledger.ledger import Ledger
from placedex.ledger.pot import Doubt

NOT_SHARED = "not shared out"
BY = ("place", "theme", "year", "head", "programme")
LAST = frozenset({NOT_SHARED, *(f"no {by}" for by in BY)})


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Money of one kind: of one place, theme, year, head or programme, currency and price basis.

    Attributes:
        of: the code or word it is for; `not shared out` for what several have together.
        prices: nominal, or the prices of a year.
        amount, high: the sum of the amounts, and that of the upper ends of ranges.
        as_given: the sum of the amounts as the ledger gives them, not deflated.
        by_state: how much of the amount reached which state at the furthest.
        pots: how many sums of money these are, with what is left of a whole.
        why: why this is not at the prices that were asked for.
    """

    of: str
    currency: str
    prices: str
    amount: float
    high: float
    as_given: float
    by_state: Mapping[State, float]
    pots: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger's money by one thing, its totals, and what is in doubt."""

    by: str
    rows: tuple[MoneyRow, ...]
    totals: tuple[MoneyRow, ...]
    doubts: tuple[Doubt, ...]
    deflator: Deflator | None = None
    base: int | None = None
    counted: Counted = field(repr=False, kw_only=True)


def account(
    ledger: Ledger, *, by: str = "place", base: int | None = None, deflator: Deflator | None = None
) -> Account:
    """A ledger's money by place, theme, year, head or programme, each pound once.

    With a base year and a deflator it is at the prices of that year; what cannot be taken there
    stands in rows of its own with the reason.
    Units:  money as the ledger gives it; currencies and price bases are never added together.
    Gaps:   what is for several places or themes, and is not shared out in the ledger, stands in a
            row of its own, `not shared out`; what names none in one named for that.
    """
    counted = count_once(ledger)
    of = partial(_of, ledger, by=by)
    rows = _rows(counted.lines, of, base=base, deflator=deflator)
    totals = _rows(counted.lines, lambda _: "total", base=base, deflator=deflator)
    return Account(by, rows, totals, counted.doubts, deflator, base, counted=counted)


def _of(ledger: Ledger, line: Line, *, by: str) -> str:
    """The place, theme, year, head or programme of a line, or that it has none or several."""
    pot = line.pot
    programme = ledger.programmes.get(pot.programme)
    several: Sequence[str]
    if by == "place":
        several = pot.places
    elif by == "theme":
        several = () if programme is None else programme.themes
    else:
        several = tuple(filter(None, (str(getattr(pot, by)),)))
        if by == "year" and pot.award and pot.year:
            several = (pot.year[:4],) if "/" not in pot.year else (pot.year,)
    if len(several) > 1:
        return NOT_SHARED
    return several[0] if several else f"no {by}"


def _rows(
    lines: Sequence[Line],
    key: Callable[[Line], str],
    *,
    base: int | None,
    deflator: Deflator | None,
) -> tuple[MoneyRow, ...]:
    groups: dict[tuple[str, str, str, str], list[tuple[Line, float, float]]] = defaultdict(list)
    for line in lines:
        prices, amount, high, why = _priced(line, base=base, deflator=deflator)
        groups[key(line), line.pot.currency, prices, why].append((line, amount, high))
    rows = tuple(_row(group, listed) for group, listed in groups.items())
    return tuple(sorted(rows, key=_order))


def _priced(
    line: Line, *, base: int | None, deflator: Deflator | None
) -> tuple[str, float, float, str]:
    """A line's price basis, its amounts at it, and why it is not the one that was asked for."""
    if base is None or deflator is None:
        return line.pot.prices, line.amount, line.high, ""
    if line.pot.currency != "GBP":
        why = f"the deflator is of pounds, and it is in {line.pot.currency}"
        return line.pot.prices, line.amount, line.high, why
    found = in_prices_of(line, base, deflator)
    if isinstance(found, str):
        return line.pot.prices, line.amount, line.high, found
    return f"{base} prices", *found, ""


def _row(group: tuple[str, str, str, str], listed: Sequence[tuple[Line, float, float]]) -> MoneyRow:
    of, currency, prices, why = group
    by_state = {
        state: sum(amount for line, amount, _ in listed if line.pot.state == state)
        for state in STATES
        if any(line.pot.state == state for line, _, _ in listed)
    }
    return MoneyRow(
        of=of,
        currency=currency,
        prices=prices,
        amount=sum(amount for _, amount, _ in listed),
        high=sum(high for _, _, high in listed),
        as_given=sum(line.amount for line, _, _ in listed),
        by_state=by_state,
        pots=tuple(line.pot.code for line, _, _ in listed),
        why=why,
    )


def _order(row: MoneyRow) -> tuple[bool, str, str, bool, str]:
    """Rows in order of what they are of; what is shared by several or has none comes last."""
    return row.of in LAST, row.of, row.currency, row.prices == NOMINAL, row.why


def to_rows(
    done: Account, name: Callable[[str], str] = lambda code: code
) -> Iterator[dict[str, object]]:
    """An account as rows for a table, a file or a page; `name` gives a place or programme its."""
    for row in done.rows:
        named = row.of if row.of in LAST else name(row.of)
        yield {
            done.by: row.of,
            "name": named,
            "currency": row.currency,
            "prices": row.prices,
            "amount": row.amount,
            "high": row.high,
            "as_given": row.as_given,
            **{state: row.by_state.get(state, 0.0) for state in STATES},
            "sums": len(row.pots),
            "not_deflated": row.why,
        }
