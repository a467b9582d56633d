"""Decimation: long curves thinned to what pixels can show, without losing a peak."""

import numpy as np

from backprop.arrays import Array


def thin(values: Array, stride: int) -> tuple[Array, Array]:
    """Return positions and values, each (points,) float64, that look like all of ``values`` (n,).

    Every block of ``stride`` values gives its smallest and its largest, the one first that the block starts nearer
    to, at the positions of its first and last value: a curve that only falls or rises keeps its course, one that
    trembles keeps its whole height. Blocks are counted from the start, so they stay the same while a curve grows.
    A block with a NaN gives NaN. Short curves, and strides up to 2, come back whole.
    """
    count = len(values)
    if stride <= 2 or count <= 2:
        return np.arange(count, dtype=np.float64), np.asarray(values, np.float64)
    first = np.arange(0, count, stride)
    last = np.minimum(first + stride, count) - 1
    low = np.minimum.reduceat(values, first)
    high = np.maximum.reduceat(values, first)
    falling = values[first] > values[last]
    positions = np.empty(2 * len(first))
    positions[0::2], positions[1::2] = first, last
    thinned = np.empty(2 * len(first))
    thinned[0::2] = np.where(falling, high, low)
    thinned[1::2] = np.where(falling, low, high)
    return positions, thinned
