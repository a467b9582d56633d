"""HistogramPane: one histogram of a sheet, with its axes."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.widgets.histogram import Histogram, bins_for, count
from app.widgets.shape_arrays import LineArray, RectArray
from app.widgets.sheet import Look, Pane
from app.widgets.still import Still
from app.widgets.ticks import Tick, linear_ticks
from app.widgets.typeface import CENTRE, RIGHT
from app.widgets.value_text import short
from backprop.arrays import Array

_MINUS = "\N{MINUS SIGN}"
_GAP = 5.0
_NARROWEST = 4.0
_RUG = 5.0
_MOST_RUG = 300
#: On a logarithmic axis a count of one stands this much above the axis, in powers of ten.
_FOOT = 0.3
#: Panes lower or narrower than this have no names at their axes.
_LEAST_FOR_NAMES = (200.0, 120.0)
_BARS_WITH_GAPS = 3.0
_MOST_TICKS = 5


class HistogramPane(Pane):
    """Shows how numbers are distributed; biases, which are few, stand under the axis one by one.

    ``axis_names`` are those of the numbers and of the counts. With ``logarithmic`` counts are drawn as powers of ten.
    """

    def __init__(self, group: Hashable) -> None:
        super().__init__(group)
        self.axis_names = ("", "")
        self.logarithmic = False
        self.plot = QRectF()
        self._histogram: Histogram | None = None
        self._values: Array | None = None
        self._biases: Array | None = None
        self._reach = 1.0
        self._x_ticks: list[Tick] = []
        self._y_ticks: list[Tick] = []
        self._top = 1.0
        self._with_names = False
        self._bars = RectArray()
        self._rug = LineArray()
        self._axes = Still()
        self._ticks_for: tuple[object, ...] = ()

    @property
    def histogram(self) -> Histogram | None:
        """What is shown; None while there is a message instead, and before there is a place to show it at."""
        return None if self.message else self._histogram

    def show_values(self, values: Array, biases: Array | None, reach: float) -> None:
        """Show numbers over an axis from ``-reach`` to ``reach``."""
        self.message = ""
        self._values, self._biases, self._reach = values, biases, reach
        self._histogram = None

    # --- places

    def arrange(self, look: Look) -> None:
        values, body = self._values, self.body
        if values is None or self.message:
            return
        line = look.small.height
        bins = bins_for(values.size, body.width() - 4 * line, _NARROWEST)
        if self._histogram is None or len(self._histogram.counts) != bins:
            self._histogram = count(values, self._reach, bins)
            self.notes = self._notes(self._histogram)
        highest = int(self._histogram.counts.max())
        self._with_names = body.width() >= _LEAST_FOR_NAMES[0] and body.height() >= _LEAST_FOR_NAMES[1]
        names = line if self._with_names else 0.0
        below = line + 2.0 + names + (_RUG + 1.0 if self._biases is not None else 0.0)
        room = body.height() - below - 0.5 * line
        self._y_ticks, self._top = self._counted_ticks(highest, max(1, min(_MOST_TICKS, int(room / (2.0 * line)))))
        left = max(look.small.advance(tick.text) for tick in self._y_ticks) + _GAP
        if left > 0.4 * body.width():
            left, self._y_ticks = 0.0, []
        self.plot = body.adjusted(math.ceil(left), 0.5 * line, -2.0, -below).toAlignedRect().toRectF()
        self._x_ticks = self._value_ticks(look)
        self._stand(self._histogram)

    def _notes(self, histogram: Histogram) -> tuple[str, ...]:
        text = QCoreApplication.translate("HistogramPane", "mean {mean} · std {deviation}")
        scale = max(abs(histogram.mean), histogram.deviation)
        texts = (short(histogram.mean, scale), short(histogram.deviation, scale))
        return (text.format(mean=texts[0], deviation=texts[1]),)

    def _stand(self, histogram: Histogram) -> None:
        """Find out where the bars stand, on whole pixels."""
        counts, plot = histogram.counts, self.plot
        heights = np.log10(np.maximum(counts, 1)) + _FOOT if self.logarithmic else counts
        high = np.rint(heights * (plot.height() / self._top))
        high = np.where(counts > 0, np.maximum(high, 1.0), 0.0)  # one number among many is still seen
        edges = np.rint(plot.x() + np.arange(len(counts) + 1) * (plot.width() / len(counts)))
        gap = 1 if plot.width() / len(counts) >= _BARS_WITH_GAPS else 0
        bottom = float(int(plot.bottom()))
        self._bars.set(edges[:-1], bottom - high, edges[1:] - gap, bottom)

    def _counted_ticks(self, highest: int, most: int) -> tuple[list[Tick], float]:
        """Return ticks of the counts and the upper end of their axis, both as heights."""
        if not self.logarithmic:
            ticks = linear_ticks(max(highest, 1), most, whole=True)
            if len(ticks) < 2:  # no round number has room below
                ticks.append(Tick(float(highest), f"{highest:,}"))
            step = ticks[1].place
            top = math.ceil(max(highest, 1) / step - 0.05) * step
            if top > ticks[-1].place:
                ticks = linear_ticks(top, most, whole=True)
            # Above a count of one, the axis goes on a little: a bar that fills the plot looks cut off.
            return ticks, top if highest > 1 else 1.2
        powers = math.ceil(math.log10(max(highest, 2)) - 0.05)
        stride = -(-powers // max(1, most))
        ticks = [Tick(self._height(10**power), f"{10**power:,}") for power in range(0, powers + 1, stride)]
        return ticks, max(self._height(10**powers), self._height(highest))

    def _height(self, counted: float) -> float:
        if not self.logarithmic:
            return float(counted)
        return math.log10(counted) + _FOOT if counted > 0 else 0.0

    def _value_ticks(self, look: Look) -> list[Tick]:
        """Return ticks at both sides of zero as far as their labels have room."""
        reach = self._reach
        circumstances = (reach, self.plot.width(), look)
        if circumstances == self._ticks_for:
            return self._x_ticks
        self._ticks_for = circumstances
        ticks: list[Tick] = []
        for most in (5, 4, 3, 2, 1):
            fewer = [tick for tick in linear_ticks(reach, most) if tick.place > 0]
            ticks = fewer or ticks
            widest = max(look.small.advance(_MINUS + tick.text) for tick in ticks)
            if (widest + 3 * _GAP) * (2 * reach / ticks[0].place) <= self.plot.width():
                break
        negative = [Tick(-tick.place, _MINUS + tick.text) for tick in reversed(ticks)]
        return [*negative, Tick(0.0, "0"), *ticks]

    def _x(self, value: float) -> float:
        share = min(max(value / self._reach, -1.0), 1.0)
        return self.plot.center().x() + share * self.plot.width() / 2

    def bar(self, number: int) -> QRect:
        """Return where the bar of bin ``number`` stands."""
        return self._bars.rect(number)

    # --- what is read

    def spot_at(self, point: QPointF) -> int | None:
        if self.histogram is None or not self.plot.left() <= point.x() <= self.plot.right():
            return None
        share = (point.x() - self.plot.x()) / self.plot.width()
        return min(int(share * len(self.histogram.counts)), len(self.histogram.counts) - 1)

    def read_outs(self, spot: Hashable) -> tuple[str, ...]:
        assert isinstance(spot, int)
        if self.histogram is None:
            return ()
        counted = f"{int(self.histogram.counts[spot]):,}"
        low, high = self._edge_texts(spot)
        text = QCoreApplication.translate("HistogramPane", "{low} to {high}: {count}")
        return text.format(low=low, high=high, count=counted), counted

    def _edge_texts(self, spot: int) -> tuple[str, str]:
        assert self.histogram is not None
        low, high = self.histogram.edges(spot)
        return short(low, self.histogram.bin_width, 1), short(high, self.histogram.bin_width, 1)

    def tool_tip(self, spot: Hashable) -> str:
        assert isinstance(spot, int)
        histogram = self.histogram
        if histogram is None:
            return ""
        counted, (low, high) = int(histogram.counts[spot]), self._edge_texts(spot)
        text = QCoreApplication.translate("HistogramPane", "{count} of {total} lie between {low} and {high}: {share} %")
        share = 100.0 * counted / max(1, histogram.total)
        lines = [
            text.format(count=f"{counted:,}", total=f"{histogram.total:,}", low=low, high=high, share=f"{share:.3g}")
        ]
        if spot == len(histogram.counts) // 2 and self._values is not None:
            zeros = self._values.size - int(np.count_nonzero(self._values))
            text = QCoreApplication.translate("HistogramPane", "{count} of these are exactly 0")
            lines.append(text.format(count=f"{zeros:,}"))
        if self._biases is not None:
            lines.append(QCoreApplication.translate("HistogramPane", "The strokes under the axis are the biases"))
        return "\n".join(lines)

    # --- painting

    def paint(self, painter: QPainter, look: Look) -> None:
        histogram, plot, theme = self._histogram, self.plot, look.theme
        if histogram is None:
            return
        seldom = (self.plot, self._top, self._x_ticks, self._y_ticks, self.axis_names, theme.name, look)
        place = QRectF(self.rect.x(), self.body.y() - 1.0, self.rect.width(), self.body.height() + 1.0)
        self._axes.paint(painter, place, theme.card, seldom, lambda other: self._paint_axes(other, look))
        half = len(histogram.counts) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, first, last in (
            (theme.negative, 0, half),
            (look.mixed(theme.card, theme.soft_text, 0.7), half, half + 1),
            (theme.positive, half + 1, len(self._bars)),
        ):
            painter.setBrush(look.colour(colour))
            self._bars.draw(painter, first, last)
        painter.setPen(QPen(look.colour(look.mixed(theme.line, theme.soft_text, 0.5)), 1.0))
        painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5))
        if self._biases is not None and self._biases.size <= _MOST_RUG:
            self._paint_rug(painter, look, self._biases)

    def _paint_axes(self, painter: QPainter, look: Look) -> None:
        plot, theme, face = self.plot, look.theme, look.small
        line = face.height
        grid, text = QPen(look.colour(look.grid), 1.0), look.colour(theme.soft_text)
        for tick in self._y_ticks:
            y = round(plot.bottom() - tick.place / self._top * plot.height()) + 0.5
            if y < plot.top() - line / 2:
                continue
            if tick.place:
                painter.setPen(grid)
                painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(text)
            face.write_label(
                painter, QRectF(self.rect.x(), y - line / 2, plot.x() - _GAP - self.rect.x(), line), tick.text, RIGHT
            )
        below = plot.bottom() + 2.0 + (_RUG + 1.0 if self._biases is not None else 0.0)
        for tick in self._x_ticks:
            x, wide = self._x(tick.place), look.small.advance(tick.text)
            left = min(max(x - wide / 2, self.rect.left()), self.rect.right() - wide)
            face.write_label(painter, QRectF(left, below, wide, line), tick.text, CENTRE)
        if self._with_names:
            across, up = self.axis_names
            face.write_label(painter, QRectF(plot.x(), below + line, plot.width(), line), across, CENTRE)
            face.write_label(painter, QRectF(plot.x() + _GAP, plot.y() + 1.0, plot.width(), line), up)

    def _paint_rug(self, painter: QPainter, look: Look, biases: Array) -> None:
        painter.setPen(QPen(look.colour(look.theme.soft_text), 1.0))
        top, bottom = self.plot.bottom() + 2.0, self.plot.bottom() + 2.0 + _RUG
        share = np.clip(biases / self._reach, -1.0, 1.0)
        places = np.rint(self.plot.center().x() + share * (self.plot.width() / 2)) + 0.5
        self._rug.draw_segments(painter, places, top, places, bottom)

    def paint_spot(self, painter: QPainter, look: Look, spot: Hashable) -> None:
        assert isinstance(spot, int)
        bar = self.bar(spot)
        veil = QColor(look.theme.text)
        veil.setAlphaF(0.07)
        painter.fillRect(QRectF(bar.x(), self.plot.y(), bar.width(), self.plot.height()), veil)
        painter.fillRect(bar, look.colour(look.theme.text))
