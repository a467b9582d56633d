"""Axes of a chart: what they span, where values stand between them, and how they are painted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from app.look.colours import ink
from app.look.fonts import number_font
from app.look.theme import Theme
from app.widgets.lettering import Lettering
from app.widgets.ticks import Tick, linear_ticks, logarithmic_range, logarithmic_ticks
from backprop.arrays import Array

_TITLE_POINTS = 13.5
#: However large a chart is, more intervals than these make it harder to read, not easier.
_MOST_ON_X, _MOST_ON_Y = 10, 6
# Values outside stand at the nearer one: their logarithms or ticks could not be computed with.
_SMALLEST, _LARGEST = 1e-300, 1e300

_CENTRE = Qt.AlignmentFlag.AlignCenter
_BESIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BELOW = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class Axes:
    """What the axes span: x from 0 to ``x_high``, y from 0 to ``y_high``, or to the largest value if that is None.

    With ``logarithmic``, y spans round numbers around the positive values; ``y_suffix`` follows labels on y.
    """

    x_high: float = 1.0
    y_high: float | None = None
    logarithmic: bool = False
    y_suffix: str = ""

    def y_range(self, values: Sequence[Array]) -> tuple[float, float]:
        """Return the lowest and highest place on y for curves with ``values``; log10 on a logarithmic axis."""
        if self.logarithmic:
            positive = [v[(v > 0) & (v < np.inf)] for v in values]
            extremes = [(float(v.min()), float(v.max())) for v in positive if v.size]
            if not extremes:
                return -1.0, 0.0
            smallest = min(low for low, _ in extremes)
            largest = self.y_high if self.y_high is not None else max(high for _, high in extremes)
            return logarithmic_range(max(smallest, _SMALLEST), min(max(largest, _SMALLEST), _LARGEST))
        high = self.y_high
        if high is None:
            # Unlike max(), fmax passes over NaN, of which a curve may have some.
            high = max((float(np.fmax.reduce(v)) for v in values if v.size), default=0.0)
        return 0.0, min(high, _LARGEST) if high > _SMALLEST else 1.0


@dataclass(frozen=True)
class Titles:
    """The titles of a figure that stands by itself, all empty for one on a panel."""

    figure: str = ""
    x: str = ""
    y: str = ""


@dataclass(frozen=True)
class Frame:
    """Axes at their places: ``plot`` is the area between them, in pixels; ``low`` and ``high`` are the ends of y."""

    axes: Axes
    plot: QRectF
    low: float
    high: float
    x_ticks: tuple[Tick, ...] = ()
    y_ticks: tuple[Tick, ...] = ()

    def height(self, value: float) -> float:
        """Return the height of one value, as ``heights`` does."""
        if self.axes.logarithmic:
            value = math.log10(max(value, _SMALLEST))
        return min(1.0, max(0.0, (min(value, _LARGEST) - self.low) / (self.high - self.low)))

    def heights(self, values: Array) -> Array:
        """Return for each value its height within the plot, from 0 to 1; NaN stays NaN."""
        if self.axes.logarithmic:
            values = np.log10(np.maximum(values, _SMALLEST))
        shares: Array = (np.minimum(values, _LARGEST) - self.low) / (self.high - self.low)
        return shares.clip(0.0, 1.0)

    def x_pixels(self, x: Array) -> Array:
        """Return where places along x are, in pixels."""
        return x * (self.plot.width() / self.axes.x_high) + self.plot.left()

    def y_pixels(self, values: Array) -> Array:
        """Return where values are on y, in pixels; beyond the axis, at its end."""
        return self.plot.bottom() - self.heights(values) * self.plot.height()

    def pixel(self, x: float, value: float) -> QPointF:
        """Return where a point is."""
        plot = self.plot
        across = x / self.axes.x_high * plot.width()
        return QPointF(plot.left() + across, plot.bottom() - self.height(value) * plot.height())

    def x_at(self, pixel: float) -> float:
        """Return the place along x of a pixel; beyond the axis, that of its end."""
        share = (pixel - self.plot.left()) / self.plot.width()
        return min(1.0, max(0.0, share)) * self.axes.x_high


def lay_out(
    axes: Axes, y_range: tuple[float, float], size: QSize, room_right: float, titles: Titles, lettering: Lettering
) -> Frame:
    """Return the frame for a chart of ``size`` in which every label has room, and ``room_right`` is kept free."""
    line, low, high = lettering.line, *y_range
    top = line / 2 + 2 + (2.4 * line if titles.figure else 0.0)
    bottom = line + 6 + (1.4 * line if titles.x else 0.0)
    height = max(10.0, size.height() - top - bottom)
    most = max(1, min(_MOST_ON_Y, int(height / (1.7 * line))))
    if axes.logarithmic:
        y_ticks = logarithmic_ticks(low, high, most + 1)
    else:
        y_ticks = linear_ticks(high, most, suffix=axes.y_suffix)
    left = max(lettering.width(text) for text in ("0.00", *(tick.text for tick in y_ticks))) + 9
    left += 1.7 * line if titles.y else 0.0
    # The last label stands centred under the axis's end, so half of it sticks out.
    widest = lettering.width(f"{math.ceil(axes.x_high):,}")
    right = max(widest / 2 + 2, 8.0, room_right)
    width = max(10.0, size.width() - left - right)
    x_ticks = linear_ticks(axes.x_high, max(1, min(_MOST_ON_X, int(width / (widest + 26)))), whole=True)
    plot = QRectF(round(left), round(top), round(width), round(height))
    return Frame(axes, plot, low, high, tuple(x_ticks), tuple(y_ticks))


def paint_axes(
    painter: QPainter, frame: Frame, titles: Titles, theme: Theme, lettering: Lettering, upright_lines: bool
) -> None:
    """Paint grid lines, labels and titles."""
    plot, line = frame.plot, lettering.line
    painter.setFont(lettering.plain.font)
    grid, text = QPen(ink(theme.grid), 1.0), QPen(ink(theme.soft_text))
    for k, tick in enumerate(frame.y_ticks):
        share = (tick.place - frame.low) / (frame.high - frame.low)
        # A line of one pixel is sharp in that pixel's middle.
        y = math.floor(plot.bottom() - share * plot.height()) + 0.5
        painter.setPen(QPen(ink(theme.line), 1.0) if k == 0 else grid)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(text)
        painter.drawText(QRectF(0, y - line, plot.left() - 7, 2 * line), _BESIDE, tick.text)
    for tick in frame.x_ticks:
        x = math.floor(frame.pixel(tick.place, 0.0).x()) + 0.5
        if upright_lines:
            painter.setPen(grid)
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setPen(text)
        painter.drawText(QRectF(x - 100, plot.bottom() + 4, 200, line + 2), _BELOW, tick.text)
    _paint_titles(painter, plot, titles, theme, line)


def _paint_titles(painter: QPainter, plot: QRectF, titles: Titles, theme: Theme, line: float) -> None:
    painter.setPen(ink(theme.text))
    if titles.x:
        painter.drawText(QRectF(plot.left(), plot.bottom() + 1.6 * line, plot.width(), line), _CENTRE, titles.x)
    if titles.y:
        painter.save()
        painter.translate(0.9 * line, plot.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-plot.height(), -line, 2 * plot.height(), 2 * line), _CENTRE, titles.y)
        painter.restore()
    if titles.figure:
        painter.setFont(number_font(_TITLE_POINTS, bold=True))
        painter.drawText(QRectF(0, 0, plot.left() + plot.right(), plot.top() - line / 2), _CENTRE, titles.figure)
