"""Small ledgers that a reader can work out by hand."""

from datetime import date
from typing import Any

from placedex.ledger import (
    Award,
    Cites,
    Ledger,
    Money,
    Organisation,
    Output,
    Programme,
    SupportOffer,
    parse_citation,
)

CITES = Cites({"all": (parse_citation("source:made-up"),)})
KINDS = {
    Organisation: "organisations",
    Programme: "programmes",
    SupportOffer: "support",
    Award: "awards",
}


def money(code: str, amount: float, state: str = "committed", **more: Any) -> Money:
    return Money(code, amount, more.pop("currency", "GBP"), state, CITES, **more)  # type: ignore[arg-type]


def output(code: str, value: float, state: str, **more: Any) -> Output:
    named = {"measure": "firms helped", "unit": "firms", **more}
    return Output(code, named.pop("measure"), named.pop("unit"), value, state, CITES, **named)  # type: ignore[arg-type]


def programme(code: str, *listed: Money | Output, **more: Any) -> Programme:
    return Programme(
        code,
        more.pop("name", code),
        "programme",
        CITES,
        money=tuple(one for one in listed if isinstance(one, Money)),
        outputs=tuple(one for one in listed if isinstance(one, Output)),
        **more,
    )


def organisation(code: str, name: str = "", **more: Any) -> Organisation:
    return Organisation(code, name or code, "company", CITES, **more)


def award(code: str, recipient: str, amount: float, day: str, **more: Any) -> Award:
    return Award(
        code,
        recipient,
        amount,
        more.pop("currency", "GBP"),
        date.fromisoformat(day) if day else None,
        more.pop("programme", ""),
        CITES,
        **more,
    )


def offer(code: str, *needs: str, **more: Any) -> SupportOffer:
    return SupportOffer(
        code, code, more.pop("by", "hub"), "Help", needs or ("advice",), CITES, **more
    )


def ledger(*entries: Organisation | Programme | SupportOffer | Award) -> Ledger:
    kinds: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS.values()}
    for one in entries:
        kinds[KINDS[type(one)]][one.code] = one
    return Ledger(**kinds)
