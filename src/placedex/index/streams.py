"""Streams: numpy's Philox in machine code, for many short streams at once."""

import numpy as np
from numpy.typing import NDArray

from placedex.index.kernels import compiled
from placedex.index.program import FloatArray

WordArray = NDArray[np.uint64]

ROUNDS = 10
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
FIRST, SECOND = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
GOLDEN, SQUARE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
DROPPED, UNIT = np.uint64(11), 1.0 / 9007199254740992.0


@compiled
def high_word(one: np.uint64, other: np.uint64) -> np.uint64:
    """The upper 64 bits of a product of two 64-bit numbers."""
    low, high = one & LOW, one >> HALF
    other_low, other_high = other & LOW, other >> HALF
    middle = high * other_low + ((low * other_low) >> HALF)
    further = low * other_high + (middle & LOW)
    return high * other_high + (middle >> HALF) + (further >> HALF)


@compiled
def philox(counter: WordArray, key: WordArray, words: WordArray) -> None:
    """Four random words from a counter and a key: Philox 4x64 with ten rounds.

    Source: Salmon and others (2011), Parallel random numbers: as easy as 1, 2, 3.
    """
    words[:] = counter
    left, right = key[0], key[1]
    for _ in range(ROUNDS):
        first, second = FIRST * words[0], SECOND * words[2]
        top, top_second = high_word(FIRST, words[0]), high_word(SECOND, words[2])
        words[0], words[2] = top_second ^ words[1] ^ left, top ^ words[3] ^ right
        words[1], words[3] = second, first
        left += GOLDEN
        right += SQUARE


@compiled
def uniforms(key: WordArray, replicates: WordArray, purpose: np.uint64, found: FloatArray) -> None:
    """Numbers from 0 up to 1, a row for each replicate: those that numpy's Philox would give."""
    counter, words = np.zeros(4, dtype=np.uint64), np.zeros(4, dtype=np.uint64)
    counter[2] = purpose
    for row in range(replicates.size):
        counter[0], counter[3] = 0, replicates[row]
        for column in range(found.shape[1]):
            if column % 4 == 0:
                counter[0] += np.uint64(1)
                philox(counter, key, words)
            found[row, column] = (words[column % 4] >> DROPPED) * UNIT
