"""Shape arrays: many lines or rectangles handed from NumPy to Qt; an object made for each takes longer than drawing."""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRect
from PySide6.QtGui import QPainter

from backprop.arrays import Array

_FIRST = 128

Shape = TypeVar("Shape", QLineF, QRect)


def _looking_into(numbers: NDArray[np.float64] | NDArray[np.int32], kind: type[Shape]) -> list[Shape]:
    """Return an object of Qt for each row of ``numbers`` (shapes, 4), whose memory it uses as its own."""
    start, size = numbers.ctypes.data, numbers.strides[0]
    places = range(start, start + size * len(numbers), size)
    return [cast(Shape, shiboken6.wrapInstance(place, kind)) for place in places]


class LineArray:
    """Draws lines; a polyline through many points as its segments, which Qt strokes many times as fast as one path.

    At sharp bends, a pen with square caps closes the gaps between segments.
    """

    def __init__(self) -> None:
        self._numbers = np.zeros((0, 4))
        self._lines: list[QLineF] = []

    def draw(self, painter: QPainter, x: Array, y: Array) -> None:
        """Draw the line through the points ``x``, ``y``, each (points,); it is broken where one is not finite."""
        self.draw_segments(painter, x[:-1], y[:-1], x[1:], y[1:])

    def draw_segments(self, painter: QPainter, x1: Array, y1: Array | float, x2: Array, y2: Array | float) -> None:
        """Draw a line from each point to its other one, each (lines,), but those of which a number is not finite."""
        if len(x1) > len(self._lines):
            self._numbers = np.zeros((max(_FIRST, 2 * len(x1)), 4))
            self._lines = _looking_into(self._numbers, QLineF)
        numbers, lines = self._numbers[: len(x1)], self._lines[: len(x1)]
        numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3] = x1, y1, x2, y2
        known = np.isfinite(numbers).all(axis=1)
        if not known.all():
            kept = numbers[known]
            numbers[: len(kept)] = kept
            lines = lines[: len(kept)]
        if lines:
            painter.drawLines(lines)


class RectArray:
    """Draws rectangles of whole pixels with the painter's brush."""

    def __init__(self) -> None:
        self._numbers = np.zeros((0, 4), np.int32)
        self._rects: list[QRect] = []
        self._count = 0

    def set(self, left: Array, top: Array, right: Array, bottom: Array | float) -> None:
        """Take the edges, each (rectangles,): the first pixels inside, and the first ones beyond."""
        self._count = len(left)
        if self._count > len(self._rects):
            self._numbers = np.zeros((max(_FIRST, 2 * self._count), 4), np.int32)
            self._rects = _looking_into(self._numbers, QRect)
        numbers = self._numbers[: self._count]
        # Qt keeps the last pixels inside.
        numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3] = left, top, right - 1, bottom - 1

    def __len__(self) -> int:
        return self._count

    def rect(self, number: int) -> QRect:
        """Return one of them."""
        left, top, right, bottom = self._numbers[number].tolist()
        return QRect(left, top, right - left + 1, bottom - top + 1)

    def draw(self, painter: QPainter, first: int, last: int) -> None:
        """Draw those from ``first`` to just before ``last``."""
        painter.drawRects(self._rects[first:last])
