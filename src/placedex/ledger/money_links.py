"""Links of money: which money is said to be part of which other."""

from collections.abc import Iterator, Mapping

from placedex.ledger.ledger import Ledger

# The programme, and the code of the money in it.
Key = tuple[str, str]
Lost = tuple[str, str, str]


def is_currency(text: str) -> bool:
    """Whether a text is the three letters of a currency."""
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def ancestors(ledger: Ledger, programme: str) -> Iterator[str]:
    """The programmes of which a programme is a part, the nearest first."""
    seen = {programme}
    one = ledger.programmes.get(programme)
    while one is not None and one.part_of and one.part_of not in seen:
        seen.add(one.part_of)
        yield one.part_of
        one = ledger.programmes.get(one.part_of)


def money_links(ledger: Ledger) -> tuple[Mapping[Key, Key], tuple[Lost, ...]]:
    """For each money that is said to be a part its whole; and what is part of nothing there is.

    A code is looked for in the same programme, then in those that hold it, then in all others.
    """
    codes: dict[str, list[str]] = {}
    for programme in ledger.programmes.values():
        for one in programme.money:
            codes.setdefault(one.code, []).append(programme.code)
    links: dict[Key, Key] = {}
    lost: list[Lost] = []
    for programme in ledger.programmes.values():
        for one in programme.money:
            if not one.part_of:
                continue
            having = codes.get(one.part_of, [])
            near = (programme.code, *ancestors(ledger, programme.code))
            found = [code for code in near if code in having][:1] or having
            if len(found) == 1:
                links[programme.code, one.code] = (found[0], one.part_of)
            else:
                lost.append((programme.code, one.code, one.part_of))
    return links, tuple(lost)
