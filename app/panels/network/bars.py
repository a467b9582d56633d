"""Bars: the outputs of a network as labelled bars, the right class ticked."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from app.panels.network.drawing import draw_cross, draw_tick, ink, tint
from app.panels.network.figures import short, signed
from app.panels.network.sample_view import SampleView, Shape
from app.theme import Theme, number_font

MOST_BARS = 24

_TALLEST_ROW = 30.0
_GAP = 6.0
_LEAST_BAR = 40.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Bars:
    """One row a unit of the output layer: mark, name, bar, value and, where there is room, delta."""

    def __init__(self, shape: Shape, room: QRectF, zoom: float) -> None:
        self.shape, self.room = shape, room
        units = shape.sizes[-1]
        self.row = min(_TALLEST_ROW * zoom, room.height() / units)
        points = min(10.0 * zoom, max(5.5, 0.5 * self.row))
        self.font, self.small_font = number_font(points), number_font(0.9 * points)
        metrics = QFontMetricsF(self.font)
        names = [shape.unit_name(shape.last, unit) for unit in range(units)]
        mark = metrics.height() * 0.8
        name = min(max(map(metrics.horizontalAdvance, names)) + 2.0, 0.35 * room.width())
        value = QFontMetricsF(self.small_font).horizontalAdvance("−0.000") + 2.0
        delta = QFontMetricsF(self.small_font).horizontalAdvance("+0.00000") + 2.0
        bar = room.width() - mark - name - value - 3 * _GAP
        self.shows_delta = bar - delta - _GAP >= _LEAST_BAR
        if self.shows_delta:
            bar -= delta + _GAP
        self._names = [metrics.elidedText(text, Qt.TextElideMode.ElideRight, name + 1.0) for text in names]
        self._background: tuple[tuple[Theme, bool, float], QPixmap] | None = None
        top = room.center().y() - 0.5 * self.row * units
        self.rect = QRectF(room.left(), round(top), room.width(), self.row * units)
        self._mark = (0.0, mark)
        self._name = (mark + _GAP, name)
        self._bar = (mark + name + 2 * _GAP, max(8.0, bar))
        self._value = (mark + name + bar + 3 * _GAP, value)
        self._delta = (mark + name + bar + value + 4 * _GAP, delta)

    def paint(self, painter: QPainter, view: SampleView, theme: Theme) -> None:
        """Paint the outputs; empty tracks where they are not computed yet."""
        values, deltas = view.activations(self.shape.last), view.deltas(self.shape.last)
        self._paint_background(painter, theme, values is None)
        colours = self._paint_marks(painter, view, theme)
        painter.setFont(self.small_font)
        if values is not None:
            scale = view.scale(self.shape.last)
            for unit, value in enumerate(values.tolist()):
                self._paint_bar(painter, unit, value, scale, colours.get(unit, theme.positive))
                painter.setPen(ink(theme.text if unit in colours else theme.soft_text))
                painter.drawText(self._part(unit, self._value), _RIGHT, short(value))
        if deltas is not None and self.shows_delta:
            painter.setPen(ink(theme.backward))
            for unit, delta in enumerate(deltas.tolist()):
                painter.drawText(self._part(unit, self._delta), _RIGHT, signed(delta))

    def _paint_background(self, painter: QPainter, theme: Theme, stale: bool) -> None:
        """Paint names and empty tracks from a picture, which is made anew only when they look different."""
        key = (theme, stale, painter.device().devicePixelRatio())
        if self._background is None or self._background[0] != key:
            self._background = key, self._background_picture(*key)
        painter.drawPixmap(self.rect.topLeft(), self._background[1])

    def _background_picture(self, theme: Theme, stale: bool, ratio: float) -> QPixmap:
        picture = QPixmap(math.ceil(self.rect.width() * ratio), math.ceil(self.rect.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.rect.topLeft())
        painter.setFont(self.font)
        for unit, name in enumerate(self._names):
            painter.setPen(ink(tint(theme.card, theme.text, 45 if stale else 85)))
            painter.drawText(self._part(unit, self._name), _RIGHT, name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(theme.field))
            track = self._track(unit)
            painter.drawRoundedRect(track, min(4.0, 0.5 * track.height()), min(4.0, 0.5 * track.height()))
        painter.end()
        return picture

    def _paint_marks(self, painter: QPainter, view: SampleView, theme: Theme) -> dict[int, str]:
        """Tick the right class, cross a wrong answer; return the colours of the bars so marked."""
        answer, right = view.answered_class, view.right_class
        if self.shape.sizes[-1] > 1:
            marks = {unit: False for unit in (answer,) if unit is not None} | {right: True}
        else:
            marks = {} if answer is None else {0: answer == right}
        for unit, is_right in marks.items():
            part = self._part(unit, self._mark)
            size = min(part.width(), part.height()) * 0.72
            box = QRectF(0.0, 0.0, size, size)
            box.moveCenter(part.center())
            (draw_tick if is_right else draw_cross)(painter, box, theme.right if is_right else theme.wrong)
        return {unit: theme.right if is_right else theme.wrong for unit, is_right in marks.items()}

    def _paint_bar(self, painter: QPainter, unit: int, value: float, scale: tuple[float, float], colour: str) -> None:
        track = self._track(unit)
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

    def _track(self, unit: int) -> QRectF:
        part = self._part(unit, self._bar)
        thickness = max(3.0, min(16.0, 0.52 * self.row))
        return QRectF(part.left(), part.center().y() - 0.5 * thickness, part.width(), thickness)

    def _part(self, unit: int, part: tuple[float, float]) -> QRectF:
        return QRectF(self.rect.left() + part[0], self.rect.top() + unit * self.row, part[1], self.row)

    def find(self, point: QPointF) -> int | None:
        """Return the unit at ``point``."""
        if not self.rect.contains(point):
            return None
        return min(self.shape.sizes[-1] - 1, int((point.y() - self.rect.top()) / self.row))

    def place(self, unit: int) -> QRectF:
        """Return the row of ``unit``."""
        return QRectF(self.rect.left(), self.rect.top() + unit * self.row, self.rect.width(), self.row)
