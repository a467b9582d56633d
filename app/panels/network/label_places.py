"""Places for labels on lines: on its own line each, clear of every other label, of obstacles and of crossings."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

Line = tuple[QPointF, QPointF]
Points = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Shares of a line's length from its start. All labels at the same share make the calmest picture, so these come
# first; the second list is for each line by itself, nearest to the first wish first.
_COMMON = (0.36, 0.33, 0.39, 0.3, 0.64, 0.67, 0.7, 0.25, 0.75, 0.42, 0.58, 0.5)
_OWN = np.array(sorted(np.arange(0.12, 0.881, 0.02), key=lambda share: abs(share - 0.36)))
_CLEARANCE = 2.0


def label_places(lines: Sequence[Line], size: QSizeF, obstacles: Sequence[QRectF]) -> list[QPointF] | None:
    """Return the middle of a label of ``size`` for each of ``lines``, all from left to right, or None if none fit.

    A label may lie over another line only where nothing else is possible, and never over a point where two meet.
    """
    starts = np.array([(start.x(), start.y()) for start, _ in lines])
    ends = np.array([(end.x(), end.y()) for _, end in lines])
    half = np.array([0.5 * size.width(), 0.5 * size.height()])
    boxes = np.array([(r.left(), r.top(), r.right(), r.bottom()) for r in obstacles]).reshape(-1, 4)
    shares = np.concatenate([_COMMON, _OWN])
    points: Points = starts[:, np.newaxis] + shares[:, np.newaxis] * (ends - starts)[:, np.newaxis]
    low, high = points - half - _CLEARANCE, points + half + _CLEARANCE
    usable = _clear_of_boxes(low, high, boxes) & _clear_of_points(low, high, _crossings(starts, ends))
    for allowed in (usable & _clear_of_lines(low, high, starts, ends), usable):
        places = _at_one_share(points, allowed, half)
        if places is None:
            places = _one_by_one(points, allowed, half)
        if places is not None:
            return [QPointF(round(x), round(y)) for x, y in places]
    return None


def _at_one_share(points: Points, allowed: Mask, half: Points) -> Points | None:
    """Return places for all labels at the first common share that suits every line; arrays are (lines, shares)."""
    first, second = np.triu_indices(len(points), 1)
    for share in range(len(_COMMON)):
        places: Points = points[:, share]
        if np.all(allowed[:, share]) and np.all(_apart(places[first], places[second], half)):
            return places
    return None


def _one_by_one(points: Points, allowed: Mask, half: Points) -> Points | None:
    """Return a place for each label at the first share that suits its line and the labels before it."""
    places: Points = np.empty((0, 2))
    for candidates, is_allowed in zip(points[:, len(_COMMON) :], allowed[:, len(_COMMON) :], strict=True):
        free = np.flatnonzero(is_allowed & np.all(_apart(candidates[:, np.newaxis], places, half), axis=1))
        if not len(free):
            return None
        places = np.vstack([places, candidates[free[0]]])
    return places


def _apart(first: Points, second: Points, half: Points) -> Mask:
    """Return whether labels around two points, (..., 2), are clear of each other."""
    far = np.abs(first - second) >= 2 * half + _CLEARANCE
    apart: Mask = far[..., 0] | far[..., 1]
    return apart


def _clear_of_boxes(low: Points, high: Points, boxes: Points) -> Mask:
    """Return whether rectangles from ``low`` to ``high``, (lines, shares, 2), are clear of all of ``boxes``."""
    outside = (
        (low[..., :1] > boxes[:, 2])
        | (high[..., :1] < boxes[:, 0])
        | (low[..., 1:] > boxes[:, 3])
        | (high[..., 1:] < boxes[:, 1])
    )
    clear: Mask = np.all(outside, axis=-1)
    return clear


def _clear_of_points(low: Points, high: Points, points: Points) -> Mask:
    """Return whether none of ``points``, (points, 2), lies within each rectangle."""
    (x, y), (left, top), (right, bottom) = points.T, np.moveaxis(low, -1, 0), np.moveaxis(high, -1, 0)
    # Column by column: reducing an axis of two numbers would cost more than all else here.
    inside = (left[..., np.newaxis] <= x) & (x <= right[..., np.newaxis])
    inside &= top[..., np.newaxis] <= y
    inside &= y <= bottom[..., np.newaxis]
    clear: Mask = ~np.any(inside, axis=-1)
    return clear


def _clear_of_lines(low: Points, high: Points, starts: Points, ends: Points) -> Mask:
    """Return whether no line but its own passes through each rectangle."""
    slopes = (ends[:, 1] - starts[:, 1]) / (ends[:, 0] - starts[:, 0])
    left, right = (starts[:, 1] + slopes * (side[..., :1] - starts[:, 0]) for side in (low, high))
    passes = (np.maximum(left, right) >= low[..., 1:]) & (np.minimum(left, right) <= high[..., 1:])
    own = np.arange(len(starts))
    passes[own, :, own] = False
    clear: Mask = ~np.any(passes, axis=-1)
    return clear


def _crossings(starts: Points, ends: Points) -> Points:
    """Return the points where two of the lines cross between their ends, (crossings, 2)."""
    first, second = np.triu_indices(len(starts), 1)
    # All lines run from one column to another, so each is y(t) over the same t; two meet where their gap closes.
    gap_start = starts[first, 1] - starts[second, 1]
    gap_end = ends[first, 1] - ends[second, 1]
    crossing: Mask = gap_start * gap_end < 0
    share = gap_start[crossing] / (gap_start[crossing] - gap_end[crossing])
    first = first[crossing]
    points: Points = starts[first] + share[:, np.newaxis] * (ends[first] - starts[first])
    # In a regular network many lines meet in one point.
    # (np.unique would import NumPy's masked arrays, for which the first picture would wait.)
    return np.array(sorted(set(map(tuple, np.round(points)))), points.dtype).reshape(-1, 2)
