"""Course: several numbers that change together, thinned to what pixels can show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backprop.arrays import Array

# Points this near to a straight line, in pixels, are left out; it may be done several times over.
_NEAR = 0.12
_ROUNDS = 6
_FEW = 8
# Segments that meet at such an angle, in radians, leave a gap.
_SHARP = 0.6


def thin_together(places: Array, values: Array, stride: int) -> tuple[Array, Array]:
    """Return places (points,) and values (points, curves), float64, that look like all of ``values`` (n, curves).

    Every block of ``stride`` values gives the smallest and the largest of each curve, the one first that the block
    starts nearer to, at its first and last place: no peak is lost. Blocks are counted from the start, so they stay the
    same while curves grow.
    """
    count = len(places)
    if stride <= 2 or count <= 2:
        return places.astype(np.float64), values.astype(np.float64)
    first = np.arange(0, count, stride)
    last = np.minimum(first + stride, count) - 1
    low = np.minimum.reduceat(values, first, axis=0)
    high = np.maximum.reduceat(values, first, axis=0)
    falling = values[first] > values[last]
    thinned = np.empty((2 * len(first), values.shape[1]))
    thinned[0::2] = np.where(falling, high, low)
    thinned[1::2] = np.where(falling, low, high)
    thinned_places = np.empty(2 * len(first))
    thinned_places[0::2], thinned_places[1::2] = places[first], places[last]
    return thinned_places, thinned


def without_straight_parts(x: Array, y: Array) -> tuple[Array, Array]:
    """Leave out points of curves ``x`` (points,), ``y`` (points, curves), in pixels, where all of them are straight."""
    for _ in range(_ROUNDS):
        if len(x) < _FEW:
            break
        before, middle, after = x[:-2:2], x[1:-1:2], x[2::2]
        with np.errstate(all="ignore"):
            share = (middle - before) / (after - before)
            line = y[:-2:2] + (y[2::2] - y[:-2:2]) * share[:, np.newaxis]
            # A number that is none is not near to anything, and stays.
            straight = np.abs(y[1:-1:2] - line).max(axis=1) < _NEAR
        if 4 * int(straight.sum()) < len(straight):
            break
        kept = np.ones(len(x), bool)
        kept[1:-1:2] = ~straight
        x, y = x[kept], y[kept]
    return x, y


def smooth(x: Array, y: Array) -> NDArray[np.bool_]:
    """Return for each curve ``x`` (points,), ``y`` (points, curves), in pixels, whether it has no sharp bends."""
    if len(x) < 3:
        return np.ones(y.shape[1], bool)
    angles = np.arctan2(np.diff(y, axis=0), np.diff(x)[:, np.newaxis])
    # A curve with numbers that are none is not smooth.
    result: NDArray[np.bool_] = np.abs(np.diff(angles, axis=0)).max(axis=0) < _SHARP
    return result


def on_whole_pixels(x: Array, y: Array) -> tuple[Array, Array]:
    """Return points of one smooth curve ``x``, ``y`` (points,) at whole pixels: segments meet there without a seam."""
    whole = np.rint(x)
    return whole, np.interp(whole, x, y)
