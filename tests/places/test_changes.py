"""What kind of change a place went through, and what it became."""

from datetime import date

import pytest

from placedex.places import Change, bundled_register, successions
from placedex.places.changes import BOUNDARY_MOVED, MERGED, RENUMBERED, SPLIT, kind_of

DAY = date(2025, 4, 1)


def change(
    old: str, new: str, year: int = 2023, kind: str = "", share: float | None = None
) -> Change:
    return Change(old, new, date(year, 4, 1), kind, share)


def test_the_kind_of_a_change_is_told_by_itself_or_by_the_others_of_its_day() -> None:
    changes = (
        change("A", "C"), change("B", "C"), change("D", "E"), change("F", "G"), change("F", "H"),
        change("I", "J", kind=BOUNDARY_MOVED),
    )  # fmt: skip

    kinds = [kind_of(one, changes) for one in changes]

    assert kinds == [MERGED, MERGED, RENUMBERED, SPLIT, SPLIT, BOUNDARY_MOVED]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("E06000028", "E06000058", MERGED),
        ("E07000050", "E06000059", MERGED),
        ("E07000004", "E06000060", MERGED),
        ("E07000205", "E07000244", MERGED),
        ("E08000019", "E08000039", BOUNDARY_MOVED),
        ("E06000048", "E06000057", BOUNDARY_MOVED),
    ],
)
def test_each_published_change_has_its_kind(old: str, new: str, kind: str) -> None:
    [end] = successions(bundled_register().changes, DAY)[old]

    assert (end.code, end.kinds, end.share) == (new, (kind,), 1.0)
