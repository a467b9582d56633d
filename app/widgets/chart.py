"""Chart: curves over epochs on calm axes, fast enough for thirty frames a second, read with the pointer.

A pyqtgraph view with pyqtgraph's curves, but axes of our own: stock axes take several milliseconds a frame whenever
a range changes. Grid and labels are the view's background, which Qt keeps until they change; curves are scene items
in pixels; marks are the foreground.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from app.theme import LIGHT, Theme
from app.widgets.chart_axes import Axes, Frame, Titles, lay_out, paint_axes
from app.widgets.chart_marks import (
    EndLabel,
    ReadOut,
    end_label_room,
    paint_end_labels,
    paint_legend,
    paint_read_out,
)
from app.widgets.decimation import thin
from app.widgets.lettering import Lettering
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

    ``name`` is for the legend; ``label`` is written where the curve ends, unless it is empty.
    """

    name: str
    colour: str
    values: Array
    start: float = 0.0
    spacing: float = 1.0
    width: float = 2.0
    label: str = ""
    bold: bool = False

    def place(self, index: int) -> float:
        """Return where value ``index`` stands on the x axis."""
        return self.start + index * self.spacing


class _PixelCurve(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph has no types
    """A curve in pixels of the chart. Its bounds are the chart's: finding its own took half the time of an update."""

    def __init__(self) -> None:
        self._area = QRectF()
        super().__init__(antialias=True, skipFiniteCheck=True)

    def boundingRect(self) -> QRectF:
        return self._area

    def show_in(self, area: QRectF, curve: Curve, x: Array, y: Array) -> None:
        """Go through ``x`` and ``y`` (n,), in pixels; points whose ``y`` is NaN are left out."""
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area
        known = np.isfinite(y)
        if not known.all():
            x, y = x[known], y[known]
        # A long, wide path is slow to stroke when antialiased; segments are not, but where long ones meet, seams show.
        self.setSegmentedLineMode("on" if curve.width > 1.0 and len(y) > _LONG else "off")
        pen = self.opts["pen"]
        if pen.color() != QColor(curve.colour) or pen.widthF() != curve.width:
            pen = QPen(QColor(curve.colour), curve.width)
            pen.setCosmetic(False)  # or it would be thinner on a screen with more pixels
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            self.setPen(pen)
        self.setData(x, y)


class Chart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Curves on axes; ``draw`` shows others. Nothing on it can be dragged or zoomed; the pointer reads it.

    ``reader`` is asked what to read out at a place along the x axis; it may answer None.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setMinimumSize(80, 60)
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
        self._items: list[_PixelCurve] = []
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
            self.viewport().update()

    def set_legend(self, shown: bool) -> None:
        """Explain the curves by their names in a corner, or not."""
        self._legend = shown
        self.viewport().update()

    def set_exporting(self, titles: Titles) -> None:
        """Become a figure by itself: larger text, titles, grid lines both ways, a legend; nothing is read out."""
        self._exporting = self._legend = True
        self._titles = titles
        self._lettering = Lettering(_EXPORT_POINTS)
        self.reader = None
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; the curves' own come with the next ``draw``."""
        self._theme = theme
        self.resetCachedContent()
        self.viewport().update()

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
        """Fit axes to curves and size, and hand the curves' pixels to the scene."""
        # A stride depends on the span of the axis and not on how much is recorded: a growing curve keeps its points.
        columns = max(1, self.width())
        points = [thin(curve.values, math.ceil(self._axes.x_high / curve.spacing / columns)) for curve in self._curves]
        labels = [(curve.label, curve.bold) for curve in self._curves if curve.label]
        frame = lay_out(
            self._axes,
            self._axes.y_range([values for _, values in points]),
            self.size(),
            end_label_room(labels, self._lettering) if labels else 0.0,
            self._titles,
            self._lettering,
        )
        if frame != self._frame:
            self._frame = frame
            self.resetCachedContent()
        while len(self._items) < len(self._curves):
            self._items.append(_PixelCurve())
            self.addItem(self._items[-1])
        area = QRectF(0, 0, self.width(), self.height())
        for item, curve, (positions, values) in zip(self._items, self._curves, points, strict=False):
            x = frame.x_pixels(positions * curve.spacing + curve.start)
            item.show_in(area, curve, x, frame.y_pixels(values))
        for item in self._items[len(self._curves) :]:
            item.setData([], [])
        self.viewport().update()

    # --- painting

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the axes."""
        painter.fillRect(rect, QColor(self._theme.card))
        paint_axes(painter, self._frame, self._titles, self._theme, self._lettering, upright_lines=self._exporting)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the present moment, the curves' ends, the legend, the read-out."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._now is not None and self._curves:
            pen = QPen(QColor(self._theme.accent), 1.0)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            self._upright(painter, min(self._now, self._axes.x_high))
        self._paint_ends(painter)
        read_out = self.read_out()
        if read_out is not None:
            self._paint_read_out(painter, read_out)  # which names the curves as well
        elif self._legend and self._curves:
            named = [(curve.name, curve.colour, curve.width) for curve in reversed(self._curves)]
            paint_legend(painter, named, self._frame.plot, self._theme, self._lettering)

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
        painter.setPen(QPen(QColor(self._theme.soft_text), 1.0))
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
        painter.setPen(QPen(QColor(self._theme.card), 1.0))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(at, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # --- events

    def close(self) -> bool:
        # pyqtgraph's takes the viewport away from a view that may still be painted, which can crash.
        return bool(QWidget.close(self))

    def sizeHint(self) -> QSize:
        # The base class would ask for the size it has, and so never give any of it back.
        return QSize(320, 160)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # The base class calls this before there is anything to arrange.
        if hasattr(self, "_items"):
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "_items"):
            self._lettering = Lettering(_EXPORT_POINTS if self._exporting else _POINTS)
            self.resetCachedContent()
            self._arrange()

    # The scene is not told of the mouse: nothing on it can be dragged, and pyqtgraph would look for menus and hovers.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None: ...

    def mouseReleaseEvent(self, event: QMouseEvent) -> None: ...

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None: ...

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()
