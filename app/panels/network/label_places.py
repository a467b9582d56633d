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
    search = _Search(lines, size, obstacles)
    for over_lines in (False, True):
        for share in _COMMON:
            if (places := search.at_one_share(share, over_lines)) is not None:
                return places
        if (places := search.one_by_one(over_lines)) is not None:
            return places
    return None


class _Search:
    def __init__(self, lines: Sequence[Line], size: QSizeF, obstacles: Sequence[QRectF]) -> None:
        self._starts = np.array([(start.x(), start.y()) for start, _ in lines])
        self._ends = np.array([(end.x(), end.y()) for _, end in lines])
        self._half = np.array([0.5 * size.width(), 0.5 * size.height()])
        self._boxes = np.array([(r.left(), r.top(), r.right(), r.bottom()) for r in obstacles]).reshape(-1, 4)
        self._crossings = _crossings(self._starts, self._ends)

    def at_one_share(self, share: float, over_lines: bool) -> list[QPointF] | None:
        placed = np.empty((0, 2))
        for line in range(len(self._starts)):
            point = self._points(line, np.array([share]))
            if not self._free(line, point, placed, over_lines)[0]:
                return None
            placed = np.vstack([placed, point])
        return [QPointF(round(x), round(y)) for x, y in placed]

    def one_by_one(self, over_lines: bool) -> list[QPointF] | None:
        placed = np.empty((0, 2))
        for line in range(len(self._starts)):
            points = self._points(line, _OWN)
            free = np.flatnonzero(self._free(line, points, placed, over_lines))
            if not len(free):
                return None
            placed = np.vstack([placed, points[free[0]]])
        return [QPointF(round(x), round(y)) for x, y in placed]

    def _points(self, line: int, shares: Points) -> Points:
        points: Points = self._starts[line] + shares[:, np.newaxis] * (self._ends[line] - self._starts[line])
        return points

    def _free(self, line: int, points: Points, placed: Points, over_lines: bool) -> Mask:
        """Return for each of ``points``, (points, 2), whether a label of ``line`` can stand there."""
        apart = np.abs(points[:, np.newaxis] - placed) >= 2 * self._half + _CLEARANCE
        free: Mask = np.all(np.any(apart, axis=2), axis=1)
        clear = np.abs(points[:, np.newaxis] - self._crossings) > self._half + _CLEARANCE
        free &= np.all(np.any(clear, axis=2), axis=1)
        low, high = points - self._half - _CLEARANCE, points + self._half + _CLEARANCE
        boxes = self._boxes
        outside = (
            (low[:, :1] > boxes[:, 2])
            | (high[:, :1] < boxes[:, 0])
            | (low[:, 1:] > boxes[:, 3])
            | (high[:, 1:] < boxes[:, 1])
        )
        free &= np.all(outside, axis=1)
        return free if over_lines else free & self._clear_of_lines(line, low, high)

    def _clear_of_lines(self, line: int, low: Points, high: Points) -> Mask:
        others = np.arange(len(self._starts)) != line
        starts, ends = self._starts[others], self._ends[others]
        slopes = (ends[:, 1] - starts[:, 1]) / (ends[:, 0] - starts[:, 0])
        left, right = (starts[:, 1] + slopes * (bounds[:, :1] - starts[:, 0]) for bounds in (low, high))
        passes = (np.maximum(left, right) >= low[:, 1:]) & (np.minimum(left, right) <= high[:, 1:])
        clear: Mask = ~np.any(passes, axis=1)
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
    return points
