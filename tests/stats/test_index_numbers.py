"""Index numbers, each worked by hand."""

import numpy as np
import pytest

from placedex.stats.index_numbers import at_base, fisher, growth, laspeyres


def test_money_is_taken_to_the_prices_of_the_base() -> None:
    assert at_base([10, 12], [100, 120]).tolist() == [10, 10]
    assert at_base([10, 12], [100, 120], base=1).tolist() == [12, 12]


def test_growth_has_none_for_the_first() -> None:
    found = growth([10, 11, 11])

    assert np.isnan(found[0])
    assert found[1:] == pytest.approx([0.1, 0])


QUANTITIES = [[10, 10], [20, 10], [20, 20]]
PRICES = [[1, 1], [1, 3], [1, 1]]


def test_a_chained_index_multiplies_links_at_the_prices_before() -> None:
    # First link (20 + 10) / (10 + 10) = 1.5; second, at prices 1 and 3, 80 / 50 = 1.6.
    assert laspeyres(QUANTITIES, PRICES) == pytest.approx([100, 150, 240])


def test_an_index_held_at_the_first_prices_is_another() -> None:
    assert laspeyres(QUANTITIES, PRICES, chained=False) == pytest.approx([100, 150, 200])


def test_fisher_is_between_the_two_weightings() -> None:
    # First link by the later prices, 1 and 3: (20 + 30) / (10 + 30) = 1.25; the mean of both.
    assert fisher(QUANTITIES, PRICES)[1] == pytest.approx(100 * (1.5 * 1.25) ** 0.5)


def test_a_chained_index_of_two_parts_is_no_sum_of_theirs() -> None:
    """Each good alone grows to 200; together at chained prices they are 240."""
    alone = [laspeyres(np.array(QUANTITIES)[:, [at]], np.array(PRICES)[:, [at]]) for at in (0, 1)]

    assert [one[-1] for one in alone] == pytest.approx([200, 200])
    assert laspeyres(QUANTITIES, PRICES)[-1] == pytest.approx(240)
