"""Decimation: long curves thinned to what pixels can show, without losing a peak."""

import math

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


def settled_points(values: Array, stride: int) -> int:
    """Return how many of the points that ``thin`` returns will stay the same while ``values`` (n,) grow."""
    return len(values) if stride <= 2 else 2 * (len(values) // stride)


class GrowingCurve:
    """Thins a curve that grows from frame to frame: only what is new, so that a long one costs no more than a short."""

    def __init__(self) -> None:
        self._stride = 0
        self._done = 0
        #: A few places and their values, which tell whether a curve is the one before, only longer.
        self._marks: list[tuple[int, float]] = []
        self._positions: Array = np.empty(0)
        self._values: Array = np.empty(0)

    def thinned(self, curve: Array, stride: int) -> tuple[Array, Array]:
        """Return what ``thin`` returns for ``curve`` (n,)."""
        complete = len(curve) // stride * stride
        goes_on = complete >= self._done and all(_same(float(curve[place]), value) for place, value in self._marks)
        if stride != self._stride or not goes_on:
            self._stride, self._done, self._marks = stride, 0, []
            self._positions, self._values = np.empty(0), np.empty(0)
        if stride <= 2 or not complete:
            return thin(curve, stride)
        if complete > self._done:
            positions, values = thin(curve[self._done : complete], stride)
            self._positions = np.concatenate([self._positions, positions + self._done])
            self._values = np.concatenate([self._values, values])
            self._done = complete
            self._marks = [(place, float(curve[place])) for place in (0, complete // 2, complete - 1)]
        positions, values = thin(curve[complete:], stride)
        return np.concatenate([self._positions, positions + complete]), np.concatenate([self._values, values])


def _same(first: float, second: float) -> bool:
    return first == second or (math.isnan(first) and math.isnan(second))
