"""Bars: the outputs of one sample, or their deltas, each with its name and value."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.look.colours import ink
from app.look.theme import Theme
from app.panels.equation.blocks import BarsBlock
from app.panels.equation.glyphs import NumberPen
from app.panels.equation.notation import Face
from app.panels.equation.terms import Terms
from app.panels.network.drawing import draw_cross, draw_tick, tint
from app.panels.network.figures import short, signed
from app.panels.network.sample_view import SampleView, Shape
from app.widgets.value_text import with_minus

_LARGEST, _SMALLEST = 12.0, 7.0
_GAP = 5.0
_COLUMN_GAP = 14.0


@dataclass(frozen=True)
class Bar:
    """Where mark, name, track and value of a unit stand, and the line of its texts."""

    mark: QRectF
    name: QRectF
    track: QRectF
    right: float
    room: float
    base: float


class Bars:
    """Paints one block; activations grow from their zero, deltas to both sides of theirs."""

    def __init__(self, block: BarsBlock, shape: Shape, scale: float, zoom: float) -> None:
        self.block, self.shape = block, shape
        self._is_delta = block.key.kind == "delta"
        self._decimals = (5 if block.columns == 1 else 4) if self._is_delta else 3
        row = block.rect.height() / block.rows * zoom / scale
        pixels = round(max(_SMALLEST, min(_LARGEST * zoom, 0.74 * row)))
        self._face = Face(pixels)
        self._pen = NumberPen(self._face.typeface.font)
        self._thick = 14.0 * scale
        self._bars = self._arranged()

    def _arranged(self) -> list[Bar]:
        block, shape, face = self.block, self.shape, self._face
        layer = block.key.layer
        mark = face.cap + 3.0 if not self._is_delta and layer else 0.0
        widest = max(face.width(shape.unit_name(layer, unit)) for unit in range(shape.sizes[layer]))
        negative = "−" if self._is_delta or shape.has_signed_values else ""
        value = face.width(f"{negative}0.{self._decimals * '0'}") + _GAP
        found = []
        for unit in range(shape.sizes[layer]):
            column, line = divmod(unit, block.rows)
            row = block.rect_of((line, line + 1, column, column + 1))
            row.setRight(row.right() - (_COLUMN_GAP if column + 1 < block.columns else 0.0))
            name = QRectF(row.left() + mark, row.top(), min(widest, 0.35 * row.width()), row.height())
            thick = max(3.0, min(self._thick, 0.52 * row.height()))
            left = name.right() + _GAP
            length = max(4.0, row.right() - value - left)
            found.append(
                Bar(
                    QRectF(row.left(), row.center().y() - 0.5 * face.cap, face.cap, face.cap),
                    name,
                    QRectF(left, row.center().y() - 0.5 * thick, length, thick),
                    row.right(),
                    value,
                    row.center().y() + 0.5 * face.cap,
                )
            )
        return found

    def paint_background(self, painter: QPainter, theme: Theme, known: bool) -> None:
        """Paint names and empty tracks."""
        face, layer = self._face, self.block.key.layer
        painter.setFont(face.typeface.font)
        for unit, bar in enumerate(self._bars):
            text = face.typeface.elided(self.shape.unit_name(layer, unit), bar.name.width() + 1.0)
            painter.setPen(ink(tint(theme.card, theme.text, 85) if known else theme.waiting))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(bar.name, right | Qt.TextFlag.TextDontClip, text)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(theme.field))
            painter.drawRoundedRect(bar.track, 2.5, 2.5)

    def paint(self, painter: QPainter, view: SampleView, terms: Terms, theme: Theme) -> None:
        """Paint bars and values."""
        array = terms.array(self.block.key)
        assert array is not None
        values = array[view.row].tolist()
        low, high = self._scale(view, values)
        marks = {} if self._is_delta or not self.block.key.layer else _marks(view)
        for unit, (bar, value) in enumerate(zip(self._bars, values, strict=True)):
            colour = theme.positive if value >= 0 else theme.negative
            if unit in marks:
                colour = theme.right if marks[unit] else theme.wrong
                (draw_tick if marks[unit] else draw_cross)(painter, bar.mark, colour)
            self._paint_bar(painter, bar.track, value, low, high, colour)
            text = signed(value, self._decimals) if self._is_delta else short(value)
            self._pen.write_to(text if self._pen.width(text) <= bar.room else brief(value), bar.right, bar.base)
        painter.setPen(ink(theme.text))
        self._pen.paint(painter)

    def _scale(self, view: SampleView, values: list[float]) -> tuple[float, float]:
        if not self._is_delta:
            return view.scale(self.block.key.layer)
        largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0) or 1.0
        return -largest, largest

    def _paint_bar(self, painter: QPainter, track: QRectF, value: float, low: float, high: float, colour: str) -> None:
        if math.isnan(value):
            return
        value = min(high, max(low, value))
        zero, end = (track.left() + track.width() * (x - low) / (high - low) for x in (0.0, value))
        bar = QRectF(min(zero, end), track.top(), max(1.0, abs(end - zero)), track.height())
        painter.fillRect(bar, ink(colour))


def brief(value: float) -> str:
    """Return ``value`` with a single figure and its power of ten."""
    return with_minus(f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e"))


def _marks(view: SampleView) -> dict[int, bool]:
    """Return the outputs to be marked: the right class, and a wrong answer."""
    answer, right = view.answered_class, view.right_class
    if view.shape.sizes[-1] == 1:
        return {} if answer is None else {0: answer == right}
    return ({answer: False} if answer is not None else {}) | {right: True}
