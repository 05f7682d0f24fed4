"""The page of money: by place, theme, year and head, each pound once, nominal and deflated."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from placedex.publish.cells import link
from placedex.publish.ledger_rows import AccountRow, MoneyLine, MoneyRow
from placedex.publish.material import Material
from placedex.publish.pages.page import Page
from placedex.publish.pages.sides import sentence
from placedex.publish.pages.view import View
from placedex.publish.quantities import money, period_words
from placedex.publish.tables import draw_table, figures, words
from placedex.publish.words import capital, listed

PATH = "money.html"
STATES = ("expected", "announced", "committed", "reported", "official")
TITLES = {"place": "By place", "theme": "By theme", "year": "By year", "head": "By head",
          "programme": "By programme"}  # fmt: skip
# So many sums are named in a row; the rest are counted.
MOST_NAMED = 3


def money_page(material: Material) -> Page | None:
    """The page of money; nothing if it was not reckoned."""
    view = View(PATH, material)
    row = view.record.money
    if row is None:
        return None
    return Page(
        path=PATH,
        title="Money",
        template="money.html",
        section="programmes",
        content={
            "lead": _lead(row),
            "states": _states(row.totals),
            "accounts": [_account(one, row, view=view) for one in row.accounts],
            "base": row.base,
            "doubts": [sentence(one) for one in row.doubts],
        },
    )


def _lead(row: MoneyRow) -> str:
    if not row.totals:
        return "The ledger holds no money and no awards."
    total = listed(_reach(one) for one in row.totals)
    spent = [
        money(sum(one.by_state.get(state, 0.0) for state in STATES[-2:]), one.currency)
        for one in row.totals
    ]
    return (
        f"{total} is named in all, each pound once. {listed(spent)} of it is reported or official; "
        "the rest was expected, announced or committed."
    )


def _states(totals: Sequence[MoneyLine]) -> list[str]:
    """How much reached which state at the furthest, in words."""
    return [
        f"{money(one.by_state[state], one.currency)} is {state} at the furthest"
        + ("" if one.prices == "nominal" else f", in {one.prices}")
        for one in totals
        for state in STATES
        if one.by_state.get(state)
    ]


def _reach(one: MoneyLine) -> str:
    amount = money(one.amount, one.currency)
    if one.high > one.amount:
        amount = f"{amount} to {money(one.high, one.currency)}"
    return amount if one.prices == "nominal" else f"{amount} ({one.prices})"


def _account(account: AccountRow, row: MoneyRow, *, view: View) -> dict[str, Any]:
    title = TITLES.get(account.by, capital(account.by))
    base = row.base
    return {
        "key": f"by-{account.by}",
        "title": title,
        "nominal": _table(account, account.nominal, view=view, key=f"{account.by}-nominal",
                          caption=f"{title}, as published"),
        "deflated": _table(account, account.deflated, view=view, key=f"{account.by}-deflated",
                           caption=f"{title}, {base}") if account.deflated else None,
    }  # fmt: skip


def _table(
    account: AccountRow, lines: Sequence[MoneyLine], *, view: View, key: str, caption: str
) -> Markup:
    rows = [
        [
            _name(account.by, one, view),
            _reach(one),
            "; ".join(
                f"{state} {money(one.by_state[state], one.currency)}"
                for state in STATES
                if one.by_state.get(state)
            ),
            _sums(one, view),
            *([one.why] if any(each.why for each in lines) else []),
        ]
        for one in lines
    ]
    columns = [words(capital(account.by)), figures("Amount"), words("How far"), words("Made of")]
    if any(one.why for one in lines):
        columns.append(words("Left as published, because"))
    return draw_table(key, caption, columns=columns, rows=rows)


def _name(by: str, one: MoneyLine, view: View) -> str | Markup:
    if by == "place" and one.of in view.material.places:
        return view.place(one.of)
    if by == "year":
        return period_words(one.of)
    return capital(one.name)


def _sums(one: MoneyLine, view: View) -> Markup:
    """The programmes whose money it is, each leading to its page."""
    codes = tuple(dict.fromkeys(one.partition("/")[0] for one in one.sums))
    named = [_programme(code, view) for code in codes[:MOST_NAMED]]
    more = len(codes) - len(named)
    if more:
        named.append(Markup("{} more").format(more))
    return Markup(", ").join(named)


def _programme(code: str, view: View) -> Markup:
    if code in view.record.ledger.programmes:
        return view.entry("programmes", code)
    return link(view.links.to("programmes/index.html"), "awards")
