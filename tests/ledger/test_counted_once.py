"""Money counted once, held against a reckoning by hand over any tree of parts."""

from hypothesis import given
from hypothesis import strategies as st

from placedex.ledger import count_once
from tests.ledger.small_ledgers import ledger, money, programme


@st.composite
def trees(draw: st.DrawFn) -> list[tuple[int, int | None]]:
    """Amounts, each with the number of an earlier one of which it is a part, or none."""
    amounts = draw(st.lists(st.integers(1, 100), min_size=1, max_size=8))
    wholes = [
        draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
        for number in range(len(amounts))
    ]
    return list(zip(amounts, wholes, strict=True))


def reckoned(tree: list[tuple[int, int | None]], number: int) -> int:
    """What a sum comes to: itself, or its parts if these come to more."""
    parts = [one for one, (_, whole) in enumerate(tree) if whole == number]
    return max(tree[number][0], sum(reckoned(tree, one) for one in parts))


@given(trees())
def test_a_whole_counts_or_its_parts_if_these_come_to_more(
    tree: list[tuple[int, int | None]],
) -> None:
    listed = [
        money(f"m{number}", amount, head=f"h{number}", part_of="" if of is None else f"m{of}")
        for number, (amount, of) in enumerate(tree)
    ]

    found = sum(line.amount for line in count_once(ledger(programme("fund", *listed))).lines)

    assert found == sum(reckoned(tree, one) for one, (_, of) in enumerate(tree) if of is None)


@given(trees())
def test_parts_in_programmes_within_count_as_parts_in_one(
    tree: list[tuple[int, int | None]],
) -> None:
    """The same tree with a programme for each sum, which lies in that of its whole."""
    listed = [
        programme(f"p{number}", money("all", amount), part_of="" if of is None else f"p{of}")
        for number, (amount, of) in enumerate(tree)
    ]

    found = sum(line.amount for line in count_once(ledger(*listed)).lines)

    assert found == sum(reckoned(tree, one) for one, (_, of) in enumerate(tree) if of is None)
