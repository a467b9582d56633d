"""Chart: curves over epochs on calm axes, fast enough for thirty frames a second, read with the pointer.

Axes and curves are one picture that is kept: while a run goes on only the new ends of curves are painted onto it. Marks
and what the pointer reads come on top, anew in every frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.look.colours import ink
from app.look.fonts import scaled
from app.look.theme import LIGHT, Theme
from app.widgets.chart_axes import Axes, Frame, Titles, lay_out, paint_axes
from app.widgets.chart_marks import (
    EndLabel,
    ReadOut,
    end_label_room,
    legend_box,
    paint_end_labels,
    paint_legend,
    paint_read_out,
)
from app.widgets.dashes import dashed
from app.widgets.decimation import GrowingCurve, settled_points
from app.widgets.lettering import Lettering
from app.widgets.shape_arrays import LineArray
from app.widgets.still import Still
from backprop.arrays import Array

_POINTS = 8.0
_EXPORT_POINTS = 10.5
#: Curves of more points are drawn in segments.
_LONG = 150
#: The pointer reads values a little beyond the axes as well, where it would be hard to stay between them.
_REACH = 6.0


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve through ``values`` (n,), which stand at ``start``, ``start + spacing`` ... on the x axis.

    ``name`` is for the legend; ``label`` is written where the curve ends, unless it is empty. ``dash`` is the length of
    its dashes in pixels; 0 draws it solid.
    """

    name: str
    colour: str
    values: Array
    start: float = 0.0
    spacing: float = 1.0
    width: float = 2.0
    label: str = ""
    bold: bool = False
    dash: float = 0.0

    @property
    def look(self) -> tuple[object, ...]:
        """All about it but its values."""
        return self.colour, self.start, self.spacing, self.width, self.dash

    def place(self, index: int) -> float:
        """Return where value ``index`` stands on the x axis."""
        return self.start + index * self.spacing


class _Line(NamedTuple):
    """A curve in pixels of the chart; its first ``settled`` points stay where they are while it grows."""

    curve: Curve
    x: Array
    y: Array
    settled: int


@lru_cache(64)
def _pen(colour: str, width: float) -> QPen:
    """Return a pen for a curve, made once. It is shared: do not change it."""
    return QPen(ink(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)


class Chart(QWidget):
    """Curves on axes; ``draw`` shows others. Nothing on it can be dragged or zoomed; the pointer reads it.

    ``reader`` is asked what to read out at a place along the x axis; it may answer None.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.reader: Callable[[float], ReadOut | None] | None = None
        self._theme = LIGHT
        self._lettering = Lettering(_POINTS)
        self._titles = Titles()
        self._exporting = False
        self._legend = False
        self._now: float | None = None
        self._pointer: QPointF | None = None
        self._curves: tuple[Curve, ...] = ()
        self._axes = Axes()
        self._frame = Frame(self._axes, QRectF(0, 0, 1, 1), 0.0, 1.0)
        self._circumstances: tuple[object, ...] = ()
        self._thinned: list[GrowingCurve] = []
        self._lines: list[_Line] = []
        #: Axes and curves, and how much of each curve is on the picture.
        self._plot = Still()
        self._plotted: list[Array] = []
        self._segments = LineArray()
        self._legend_picture = Still()
        self._arrange()

    # --- what it shows

    def draw(self, curves: Sequence[Curve], axes: Axes) -> None:
        """Show ``curves``, the first one lowest, instead of those before."""
        self._curves = tuple(curves)
        self._axes = axes
        self._arrange()

    def set_now(self, x: float | None) -> None:
        """Mark ``x`` as the present moment, or nothing."""
        if x != self._now:
            self._now = x
            self.update()

    def set_legend(self, shown: bool) -> None:
        """Explain the curves by their names in a corner, or not."""
        self._legend = shown
        self.update()

    def set_exporting(self, titles: Titles) -> None:
        """Become a figure by itself: larger text, titles, grid lines both ways, a legend; nothing is read out."""
        self._exporting = self._legend = True
        self._titles = titles
        self._lettering = Lettering(_EXPORT_POINTS)
        self.reader = None
        self.setMouseTracking(False)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; the curves' own come with the next ``draw``."""
        self._theme = theme
        self.update()

    # --- what may be asked

    @property
    def curves(self) -> tuple[Curve, ...]:
        """The curves shown."""
        return self._curves

    @property
    def frame(self) -> Frame:
        """Where axes and values are, in pixels of the chart."""
        return self._frame

    @property
    def now(self) -> float | None:
        """The place marked as the present moment."""
        return self._now

    @property
    def legend(self) -> list[str]:
        """The names in the legend, from top to bottom; none without a legend."""
        return [curve.name for curve in reversed(self._curves)] if self._legend else []

    def read_out(self) -> ReadOut | None:
        """Return what is read out under the pointer now."""
        within = self._frame.plot.adjusted(-_REACH, -_REACH, _REACH, _REACH)
        if self.reader is None or self._pointer is None or not within.contains(self._pointer):
            return None
        return self.reader(self._frame.x_at(self._pointer.x()))

    # --- where things are

    def _arrange(self) -> None:
        """Fit the axes to curves and size, and find the curves' pixels."""
        # A stride depends on the span of the axis and not on how much is recorded: a growing curve keeps its points.
        columns = max(1, self.width())
        strides = [math.ceil(self._axes.x_high / curve.spacing / columns) for curve in self._curves]
        self._thinned += [GrowingCurve() for _ in self._curves[len(self._thinned) :]]
        points = [
            growing.thinned(curve.values, stride)
            for growing, curve, stride in zip(self._thinned, self._curves, strides, strict=False)
        ]
        self._lay_out(self._axes.y_range([values for _, values in points]))
        self._lines = []
        for curve, stride, (positions, values) in zip(self._curves, strides, points, strict=True):
            x = self._frame.x_pixels(positions * curve.spacing + curve.start)
            y, settled = self._frame.y_pixels(values), settled_points(curve.values, stride)
            known = np.isfinite(y)
            if not known.all():
                x, y, settled = x[known], y[known], int(np.count_nonzero(known[:settled]))
            if curve.dash:
                x, y = dashed(x, y, curve.dash)
                settled = len(y)
            self._lines.append(_Line(curve, x, y, settled))
        self.update()

    def _lay_out(self, y_range: tuple[float, float]) -> None:
        """Place the axes, unless nothing has changed for them."""
        labels = tuple((curve.label, curve.bold) for curve in self._curves if curve.label)
        circumstances = (self._axes, y_range, self.size(), labels, self._titles, self._lettering)
        if circumstances == self._circumstances:
            return
        self._circumstances = circumstances
        room = end_label_room(labels, self._lettering) if labels else 0.0
        self._frame = lay_out(self._axes, y_range, self.size(), room, self._titles, self._lettering)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_plot(painter)
            self._paint_marks(painter)

    def _paint_plot(self, painter: QPainter) -> None:
        """Paint axes and curves; of curves that have only grown, no more than the new end."""
        look = (self._frame, self._theme, self._lettering, [line.curve.look for line in self._lines])
        gone_on = all(
            np.array_equal(line.y[: len(y)], y, equal_nan=line.curve.dash > 0)
            for line, y in zip(self._lines, self._plotted, strict=False)
        )
        if not gone_on:
            self._plot.forget()
        if self._plot.prepare(painter, QRectF(self.rect()), self._theme.card, look, self._paint_axes):
            self._plotted = [line.y[:0] for line in self._lines]
        if any(
            _in_segments(line) and line.settled > len(y) for line, y in zip(self._lines, self._plotted, strict=True)
        ):
            self._plot.add(self._plot_settled)
        self._plot.put(painter)
        for line, plotted in zip(self._lines, self._plotted, strict=True):
            self._paint_line(painter, line, len(plotted), len(line.y))

    def _paint_axes(self, painter: QPainter) -> None:
        paint_axes(painter, self._frame, self._titles, self._theme, self._lettering, upright_lines=self._exporting)

    def _plot_settled(self, painter: QPainter) -> None:
        """Add to the picture what has become of the curves for good."""
        for k, line in enumerate(self._lines):
            if _in_segments(line) and line.settled > len(self._plotted[k]):
                self._paint_line(painter, line, len(self._plotted[k]), line.settled)
                self._plotted[k] = line.y[: line.settled]

    def _paint_line(self, painter: QPainter, line: _Line, done: int, end: int) -> None:
        """Paint a curve from the last point that is ``done``."""
        start = max(0, done - 1)
        x, y = line.x[start:end], line.y[start:end]
        painter.setPen(_pen(line.curve.colour, line.curve.width))
        if _in_segments(line):
            self._segments.draw(painter, x, y)
        elif len(y) > 1:
            painter.drawPolyline([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])

    def _paint_marks(self, painter: QPainter) -> None:
        """Paint the present moment, the curves' ends, the legend, the read-out."""
        if self._now is not None and self._curves:
            painter.setPen(_dashes(self._theme.accent))
            self._upright(painter, min(self._now, self._axes.x_high))
        self._paint_ends(painter)
        read_out = self.read_out()
        if read_out is not None:
            self._paint_read_out(painter, read_out)  # which names the curves as well
        elif self._legend and self._curves:
            self._paint_legend(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        named = [(curve.name, curve.colour, curve.width, curve.dash) for curve in reversed(self._curves)]
        box = legend_box([name for name, *_ in named], self._frame.plot, self._lettering)
        look = (named, self._theme, self._lettering)
        self._legend_picture.paint(
            painter, box, None, look, lambda painter: paint_legend(painter, named, box, self._theme, self._lettering)
        )

    def _paint_ends(self, painter: QPainter) -> None:
        labels = []
        for curve in self._curves:
            last = float(curve.values[-1]) if len(curve.values) else math.nan
            if curve.width <= 1.0 or math.isnan(last):
                continue
            end = self._frame.pixel(curve.place(len(curve.values) - 1), last)
            self._dot(painter, end, curve.colour, curve.width + 0.6)
            if curve.label:
                labels.append(EndLabel(curve.label, curve.colour, end, curve.bold))
        if labels:
            paint_end_labels(painter, labels, self._frame.plot, self._theme, self._lettering)

    def _paint_read_out(self, painter: QPainter, read_out: ReadOut) -> None:
        frame = self._frame
        painter.setPen(_pen(self._theme.soft_text, 1.0))
        x = self._upright(painter, read_out.x)
        for reading in read_out.readings:
            if not math.isnan(reading.y):
                self._dot(painter, frame.pixel(read_out.x, reading.y), reading.colour, 3.5)
        # Labels beside the plot stay visible, unless the plot is too narrow.
        area = QRectF(0, 0, max(frame.plot.right() + _REACH, 0.75 * self.width()), self.height())
        paint_read_out(painter, read_out, x, area, self._theme, self._lettering)

    def _upright(self, painter: QPainter, place: float) -> float:
        """Paint a sharp line from top to bottom, and return its pixel along x."""
        plot = self._frame.plot
        x = math.floor(plot.left() + place / self._axes.x_high * plot.width()) + 0.5
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        return x

    def _dot(self, painter: QPainter, at: QPointF, colour: str, radius: float) -> None:
        painter.setPen(_pen(self._theme.card, 1.0))
        painter.setBrush(ink(colour))
        painter.drawEllipse(at, radius, radius)

    # --- events

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(84))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lettering = Lettering(_EXPORT_POINTS if self._exporting else _POINTS)
            self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()


@lru_cache(4)
def _dashes(colour: str) -> QPen:
    """Return a pen for an upright line between curves, made once. It is shared: do not change it."""
    pen = QPen(ink(colour), 1.0)
    pen.setDashPattern([3, 3])
    return pen


def _in_segments(line: _Line) -> bool:
    """Return whether a curve is drawn in segments.

    A long path is slow to stroke when antialiased, and segments are not; but where long, wide ones meet, seams show.
    Dashes are segments already.
    """
    return line.curve.width <= 1.0 or line.curve.dash > 0 or len(line.y) > _LONG
