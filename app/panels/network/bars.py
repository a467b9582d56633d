"""Bars: the outputs of a network as labelled bars, the right class ticked."""

import math
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.look.colours import ink
from app.look.fonts import number_font, text_scale
from app.look.theme import Theme
from app.panels.network.drawing import draw_cross, draw_tick, tint
from app.panels.network.figures import short, signed
from app.panels.network.sample_view import SampleView, Shape
from app.widgets.typeface import RIGHT, Typeface

MOST_BARS = 24

_TALLEST_ROW = 30.0
_GAP = 6.0
_LEAST_BAR = 40.0
#: So far the numbers at the right end stay clear of a frame around the rows.
FRAME_ROOM = 3.0


class _Row(NamedTuple):
    """Where the parts of a unit's row stand."""

    mark: QRectF
    name: QRectF
    bar: QRectF
    value: QRectF
    delta: QRectF


class Bars:
    """One row a unit of the output layer: mark, name, bar, value and, where there is room, delta."""

    def __init__(self, shape: Shape, room: QRectF, zoom: float) -> None:
        self.shape, self.room = shape, room
        units = shape.sizes[-1]
        self.row = min(_TALLEST_ROW * zoom, room.height() / units)
        # Text grows with the program's, but never beyond its row.
        points = min(10.0 * zoom, max(5.5, 0.5 * self.row / text_scale()))
        self._face, self._small = Typeface(number_font(points)), Typeface(number_font(0.9 * points))
        names = [shape.unit_name(shape.last, unit) for unit in range(units)]
        mark = self._face.height * 0.8
        name = min(max(map(self._face.advance, names)) + 2.0, 0.35 * room.width())
        value = self._small.advance("−0.000") + 2.0
        delta = self._small.advance("+0.00000") + 2.0
        bar = room.width() - FRAME_ROOM - mark - name - value - 3 * _GAP
        self.shows_delta = bar - delta - _GAP >= _LEAST_BAR
        if self.shows_delta:
            bar -= delta + _GAP
        self._names = [self._face.elided(text, name + 1.0) for text in names]
        top = round(room.center().y() - 0.5 * self.row * units)
        self.rect = QRectF(room.left(), top, room.width(), self.row * units)
        starts = list(accumulate((mark, name, bar, value), lambda left, width: left + width + _GAP, initial=0.0))
        parts = list(zip(starts, (mark, name, max(8.0, bar), value, delta), strict=True))
        self._places = [
            _Row(*(QRectF(room.left() + start, top + unit * self.row, width, self.row) for start, width in parts))
            for unit in range(units)
        ]
        thickness = max(3.0, min(16.0, 0.52 * self.row))
        self._tracks = [
            QRectF(row.bar.left(), row.bar.center().y() - 0.5 * thickness, row.bar.width(), thickness)
            for row in self._places
        ]

    def paint_backdrop(self, painter: QPainter, theme: Theme, stale: bool) -> None:
        """Paint names and empty tracks; ``stale`` where the outputs are not computed yet."""
        for name, place, track in zip(self._names, self._places, self._tracks, strict=True):
            painter.setPen(ink(theme.waiting if stale else tint(theme.card, theme.text, 85)))
            self._face.write(painter, place.name, name, RIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(theme.field))
            painter.drawRoundedRect(track, min(4.0, 0.5 * track.height()), min(4.0, 0.5 * track.height()))

    def paint(self, painter: QPainter, view: SampleView, theme: Theme) -> None:
        """Paint the outputs on the backdrop, if they are computed."""
        values, deltas = view.activations(self.shape.last), view.deltas(self.shape.last)
        colours = self._paint_marks(painter, view, theme)
        if values is not None:
            scale = view.scale(self.shape.last)
            for unit, value in enumerate(values.tolist()):
                self._paint_bar(painter, unit, value, scale, colours.get(unit, theme.positive))
                painter.setPen(ink(theme.text if unit in colours else theme.soft_text))
                # Between 0 and 1 there are only a thousand of these, and 0.000 comes again and again.
                self._small.write_label(painter, self._places[unit].value, short(value), RIGHT)
        if deltas is not None and self.shows_delta:
            painter.setPen(ink(theme.backward))
            for unit, delta in enumerate(deltas.tolist()):
                self._small.write(painter, self._places[unit].delta, signed(delta), RIGHT)

    def _paint_marks(self, painter: QPainter, view: SampleView, theme: Theme) -> dict[int, str]:
        """Tick the right class, cross a wrong answer; return the colours of the bars so marked."""
        answer, right = view.answered_class, view.right_class
        if self.shape.sizes[-1] > 1:
            marks = {unit: False for unit in (answer,) if unit is not None} | {right: True}
        else:
            marks = {} if answer is None else {0: answer == right}
        for unit, is_right in marks.items():
            part = self._places[unit].mark
            size = min(part.width(), part.height()) * 0.72
            box = QRectF(0.0, 0.0, size, size)
            box.moveCenter(part.center())
            (draw_tick if is_right else draw_cross)(painter, box, theme.right if is_right else theme.wrong)
        return {unit: theme.right if is_right else theme.wrong for unit, is_right in marks.items()}

    def _paint_bar(self, painter: QPainter, unit: int, value: float, scale: tuple[float, float], colour: str) -> None:
        track = self._tracks[unit]
        low, high = scale
        value = min(high, max(low, value)) if math.isfinite(value) else high
        start, end = (track.left() + track.width() * (x - low) / (high - low) for x in (0.0, value))
        # A value of 0 is still a value: it keeps a thin line at its place.
        bar = QRectF(min(start, end), track.top(), max(1.0, abs(end - start)), track.height())
        if bar.width() < 2.0:
            painter.fillRect(bar, ink(colour))
            return
        rounding = min(4.0, 0.5 * bar.height(), 0.5 * bar.width())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(colour))
        painter.drawRoundedRect(bar, rounding, rounding)

    def find(self, point: QPointF) -> int | None:
        """Return the unit at ``point``."""
        if not self.rect.contains(point):
            return None
        return min(self.shape.sizes[-1] - 1, int((point.y() - self.rect.top()) / self.row))

    def place(self, unit: int) -> QRectF:
        """Return the row of ``unit``."""
        return QRectF(self.rect.left(), self.rect.top() + unit * self.row, self.rect.width(), self.row)
