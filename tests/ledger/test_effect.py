"""Effects: found where one was put in, refused to conclude where nothing can be concluded."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from placedex.errors import BadUsage
from placedex.ledger import Effect, Question, effect
from placedex.observations import Observation, Status, parse_period
from placedex.places import Place, Register
from tests.ledger.held import ORIGIN

PLACES = tuple(f"P{number:02d}" for number in range(24))


def register() -> Register:
    """Twenty-four towns in a region in a nation, the first made of two wards."""
    towns = tuple(Place(code, f"Town {code}", "town", "made", ("REGION",)) for code in PLACES)
    return Register(
        "made",
        date(2025, 1, 1),
        (
            Place("NATION", "The nation", "nation", "made"),
            Place("REGION", "The region", "region", "made", ("NATION",)),
            *towns,
            Place("WARD", "A ward", "ward", "made", ("P00",)),
        ),
    )


def series(place: str, values: Sequence[float | None], first: int = 2010) -> list[Observation]:
    return [
        Observation(
            place, "jobs", parse_period(str(first + at)), value, None, None,
            Status.PUBLISHED if value is not None else Status.SUPPRESSED, ORIGIN,
        )
        for at, value in enumerate(values)
    ]  # fmt: skip


def towns(*, effect_of: float, count: int = 24, off: float = 0.0) -> list[list[Observation]]:
    """Towns that move by two causes each its own share; the first gains something from 2018 on."""
    chance = np.random.default_rng(11)
    causes = np.cumsum(chance.normal(size=(12, 2)), axis=0)
    shares = chance.uniform(0, 1, size=(2, count))
    shares[:, 0] = shares[:, 1:6].mean(axis=1)
    values = 50 + 10 * causes @ shares + chance.normal(scale=0.2, size=(12, count))
    values[8:, 0] += effect_of
    values[:, 0] += off
    return [series(code, [*map(float, values[:, at])]) for at, code in enumerate(PLACES[:count])]


QUESTION = Question("P00", "jobs", parse_period("2018"))


def asked(given: list[list[Observation]], **more: object) -> Effect:
    return effect(QUESTION, given, register(), **more)  # type: ignore[arg-type]


def test_an_effect_that_was_put_in_is_found_and_odd() -> None:
    found = asked(towns(effect_of=10))

    assert found.mean_gap == pytest.approx(10, abs=1)
    assert found.tested.rank == 1
    assert found.tested.chance == pytest.approx(1 / 24)
    assert found.concludes
    assert "more than chance would have it" in " ".join(found.words)


def test_where_nothing_happened_nothing_is_concluded() -> None:
    found = asked(towns(effect_of=0))

    assert not found.concludes
    assert "No effect can be told from chance" in " ".join(found.words)


def test_a_mix_that_was_far_off_before_concludes_nothing() -> None:
    """A town far above all others has no mix like it, whatever came after."""
    found = asked(towns(effect_of=10, off=400))

    assert not found.fits
    assert not found.concludes
    assert "Nothing can be concluded: before, the mix was off" in " ".join(found.words)


def test_few_places_are_said_to_be_too_few_for_any_gap() -> None:
    found = asked(towns(effect_of=10, count=9))

    assert not found.concludes
    words = " ".join(found.words)
    assert "with 9 places p cannot be below 0.11" in words
    assert "Few places: with fewer than 19 others" in words


def test_what_cannot_be_known_is_always_said() -> None:
    words = " ".join(asked(towns(effect_of=10)).words)

    for word in ("no standard error", "Anticipation", "Spill-over", "Whatever else began here"):
        assert word in words


def test_the_difference_in_differences_is_of_means_before_and_after() -> None:
    flat = [series(code, [10.0] * 8 + [12.0] * 4) for code in PLACES[1:6]]
    wavy = [1.0, 2, 1, 2, 1, 2, 1, 2, 8.5, 8.5, 8.5, 8.5]

    found = effect(QUESTION, [series("P00", [*wavy]), *flat], register())

    # It went from 1.5 to 8.5, by 7, and the others by 2.
    assert found.difference == pytest.approx(5)


@pytest.mark.parametrize("kin", ["NATION", "REGION", "WARD"])
def test_what_holds_the_place_or_lies_in_it_is_no_donor(kin: str) -> None:
    given = [*towns(effect_of=0), series(kin, [float(at) for at in range(12)])]

    with pytest.raises(BadUsage, match=f"{kin}.*holds Town P00 or lies in it"):
        asked(given)


def test_places_where_it_began_too_are_no_donors() -> None:
    found = asked(towns(effect_of=0), also={"P01", "P02"})

    assert {"P01", "P02"}.isdisjoint(found.donors)
    assert found.left_out == ()


def test_several_places_where_it_began_have_one_effect_with_an_interval() -> None:
    given = towns(effect_of=10)
    given[1] = series("P01", [(one.value or 0) + 10 * (at >= 8) for at, one in enumerate(given[1])])

    found = asked(given, also={"P01"})

    assert found.together is not None
    low, high = found.together.interval()
    assert low < found.together.effect < high
    assert "clustered by place" in " ".join(found.words)
    assert asked(towns(effect_of=10)).together is None


def test_a_donor_with_a_gap_is_left_out_and_named() -> None:
    given = towns(effect_of=0)
    given[3] = series("P03", [None, *(one.value for one in given[3][1:])])

    found = asked(given)

    assert found.left_out == ("P03",)
    assert "Left out for a missing figure: 1 places, P03." in found.words


def test_figures_as_a_hundred_before_compare_places_of_unlike_size() -> None:
    given = [series(code, [at + 1.0 for _ in range(8)] * 1 + [(at + 1.0) * 1.1] * 4)
             for at, code in enumerate(PLACES[1:6])]  # fmt: skip
    own = series("P00", [999.0, 1001] * 4 + [1300.0] * 4)

    found = effect(
        Question("P00", "jobs", parse_period("2018"), indexed=True), [own, *given], register()
    )

    assert found.mean_gap == pytest.approx(20)
    assert found.difference == pytest.approx(20)


def test_a_place_of_nought_cannot_be_a_hundred() -> None:
    given = [series(code, [0.0] * 12) for code in PLACES[:6]]

    with pytest.raises(BadUsage, match="can be no 100"):
        effect(Question("P00", "jobs", parse_period("2018"), indexed=True), given, register())


@pytest.mark.parametrize("begins", ["2012", "2030", "1990"])
def test_too_few_periods_before_or_none_after_are_refused(begins: str) -> None:
    question = Question("P00", "jobs", parse_period(begins))

    with pytest.raises(BadUsage, match="Wanted 4 before, or more, and one after"):
        effect(question, towns(effect_of=0), register())


def test_too_few_donors_are_refused() -> None:
    with pytest.raises(BadUsage, match="3 of 3 other places"):
        asked(towns(effect_of=0, count=4))


def test_rows_hold_the_place_its_mix_and_every_donor() -> None:
    found = asked(towns(effect_of=10))

    row = found.to_rows()[-1]
    assert row["after"] is True
    assert float(str(row["value"])) - float(str(row["mix"])) == pytest.approx(row["gap"])
    donors = found.donor_rows()
    assert donors[0]["weight"] is None
    assert sum(float(str(one["weight"])) for one in donors[1:]) == pytest.approx(1)
