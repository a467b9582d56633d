"""The plot of a softmax unit: how the layer's units share 1, and how each share changes with this unit's z."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.colours import mix, softened
from app.look.theme import Theme
from app.panels.inspector.fonts import PageFonts
from app.panels.inspector.subject import UnitSubject
from app.widgets.value_text import exact, with_minus
from backprop.arrays import Array
from backprop.chain_rule.digits import significant
from backprop.chain_rule.notation import Formula
from backprop.chain_rule.unit import UnitExplanation
from backprop.chain_rule.unit_notation import UnitNotation

_GAP = 12.0
_WIDEST_BAR = 26.0
# In less height there is no second row of bars.
_LEAST_HEIGHT = 100.0


class SoftmaxPlot:
    """Two rows of bars in ``room``, a column for each unit of the layer: a above, da/dz of this unit below."""

    def __init__(self, subject: UnitSubject, explanation: UnitExplanation, room: QRectF, fonts: PageFonts) -> None:
        self.subject = subject
        self.explanation = explanation
        self.fonts = fonts
        self.room = room
        self.units = subject.shape.sizes[explanation.layer]
        self._names = [subject.shape.unit_name(explanation.layer, unit) for unit in range(self.units)]
        small = fonts.small
        caption = fonts.formula(0.74).upright.height
        inner = room.adjusted(0, caption + 5, 0, -small.height - 3.0)
        self._caption = caption
        shows_changes = inner.height() >= _LEAST_HEIGHT * fonts.scale
        lower = 0.42 * (inner.height() - caption - _GAP) if shows_changes else 0.0
        between = caption + _GAP if shows_changes else 0.0
        self.lower = QRectF(inner.left(), inner.bottom() - lower, inner.width(), lower)
        self.upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() - lower - between)
        row = subject.row
        self.outputs: Array | None = None if explanation.outputs is None else explanation.outputs[row]
        #: None also where there is no room for it.
        self.changes = explanation.jacobian_row(row) if shows_changes else None
        self._shows_changes = shows_changes

    def column(self, unit: int) -> QRectF:
        """Return the column of a unit, over both rows."""
        width = self.room.width() / self.units
        return QRectF(self.room.left() + unit * width, self.upper.top(), width, self.lower.bottom() - self.upper.top())

    def bar(self, unit: int, lower: bool = False) -> QRectF:
        """Return the bar of a unit's output, or in the lower row of how that changes; empty before it is known."""
        values = self.changes if lower else self.outputs
        column = self.column(unit)
        value = 0.0 if values is None or not math.isfinite(values[unit]) else float(values[unit])
        width = min(_WIDEST_BAR * self.fonts.scale, max(1.0, 0.68 * column.width()))
        zero, unit_height = self._scale(lower)
        height = value * unit_height
        return QRectF(column.center().x() - width / 2, zero - max(0.0, height), width, abs(height))

    def _scale(self, lower: bool) -> tuple[float, float]:
        """Return where zero is, and how high 1 is."""
        if not lower:
            return self.upper.bottom(), self.upper.height()
        largest = 0.0 if self.changes is None else float(np.abs(self.changes[np.isfinite(self.changes)]).max(initial=0))
        return self.lower.center().y(), 0.5 * self.lower.height() / (largest or 0.25)

    # --- what it says

    def texts(self) -> list[str]:
        """Return every text on the plot, apart from formulas."""
        unit = self.explanation.unit
        values = [self._own_text(values) for values in (self.outputs, self.changes) if values is not None]
        return [self._names[unit], self._upper_words(), self._lower_words(), *values]

    def _own_text(self, values: Array) -> str:
        return with_minus(significant(float(values[self.explanation.unit]), 3))

    def _upper_words(self) -> str:
        if self.explanation.is_output:
            return QCoreApplication.translate("Inspector", "the units share 1; the line is the target")
        return QCoreApplication.translate("Inspector", "the units share 1")

    def _lower_words(self) -> str:
        return QCoreApplication.translate("Inspector", "what it gains, the others lose")

    def _change_formula(self) -> Formula:
        notation = UnitNotation(self.explanation)
        return ("∂", notation.activation(self.explanation.layer, "m"), "/∂", notation.z())

    # --- painting

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the plot."""
        own = self.explanation.unit
        column = self.column(own)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(column.adjusted(0, -2, 0, self.fonts.small.height + 5), 4, 4)
        self._paint_captions(painter, theme)
        painter.setPen(QPen(QColor(mix(theme.line, theme.soft_text, 0.25)), 1.0))
        for lower in (False, True) if self._shows_changes else (False,):
            zero = math.floor(self._scale(lower)[0]) + 0.5
            painter.drawLine(QPointF(self.room.left(), zero), QPointF(self.room.right(), zero))
        painter.setPen(Qt.PenStyle.NoPen)
        for unit in range(self.units):
            if self.outputs is not None:
                painter.setBrush(QColor(theme.forward if unit == own else softened(theme.forward, theme.card)))
                painter.drawRect(self.bar(unit))
            if self.changes is not None:
                painter.setBrush(QColor(theme.positive if self.changes[unit] >= 0 else theme.negative))
                painter.drawRect(self.bar(unit, lower=True))
        if self.explanation.is_output:
            self._paint_targets(painter, theme)
        self._paint_names(painter, theme)
        self._paint_own_values(painter, theme)

    def _paint_captions(self, painter: QPainter, theme: Theme) -> None:
        face, small = self.fonts.formula(0.74), self.fonts.small
        notation = UnitNotation(self.explanation)
        top = self.room.top() + face.ascent
        name: Formula = (notation.activation(self.explanation.layer, "m"),)
        face.paint(painter, QPointF(self.room.left() + 2, top), name, theme.forward)
        painter.setFont(small.font)
        painter.setPen(QColor(theme.soft_text))
        painter.drawText(QPointF(self.room.left() + face.width(name) + 9, top), self._upper_words())
        if not self._shows_changes:
            return
        base = self.lower.top() - self._caption - 3 + face.ascent
        change = self._change_formula()
        face.paint(painter, QPointF(self.room.left() + 2, base), change, theme.backward)
        painter.setFont(small.font)
        painter.setPen(QColor(theme.soft_text))
        painter.drawText(QPointF(self.room.left() + face.width(change) + 9, base), self._lower_words())

    def _paint_targets(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.text), 1.5))
        for unit in np.flatnonzero(self.subject.snapshot.y[self.subject.row] > 0).tolist():
            y = self.upper.bottom() - self.upper.height() * float(self.subject.snapshot.y[self.subject.row, unit])
            bar = self.bar(unit)
            painter.drawLine(QPointF(bar.left() - 2, y), QPointF(bar.right() + 2, y))

    def _paint_names(self, painter: QPainter, theme: Theme) -> None:
        top = self.lower.bottom() + 3.0
        own = self.explanation.unit
        width = self.room.width() / self.units
        small, bold = self.fonts.small, self.fonts.small_bold
        all_fit = max(map(small.advance, self._names)) + 4 <= width
        for unit, name in enumerate(self._names):
            if unit != own and not all_fit:
                continue
            face = bold if unit == own else small
            painter.setFont(face.font)
            painter.setPen(QColor(theme.text if unit == own else theme.soft_text))
            half = 0.5 * face.advance(name)
            centre = min(max(self.column(unit).center().x(), self.room.left() + half), self.room.right() - half)
            painter.drawText(QPointF(centre - half, top + self.fonts.small_ascent), name)

    def _paint_own_values(self, painter: QPainter, theme: Theme) -> None:
        face = self.fonts.small_bold
        painter.setFont(face.font)
        for values, lower, colour in ((self.outputs, False, theme.forward), (self.changes, True, theme.backward)):
            if values is None:
                continue
            bar, text = self.bar(self.explanation.unit, lower), self._own_text(values)
            room = self.lower if lower else self.upper
            half = 0.5 * face.advance(text)
            if lower:
                # Its neighbours' bars hang below the line, so there is room beside its own.
                beside = bar.right() + 5 + 2 * half < self.room.right()
                x = bar.right() + 5 if beside else bar.left() - 5 - 2 * half
                y = max(bar.top() - 0.5 * face.height, room.top() - 2)
            else:
                x = min(max(bar.center().x() - half, room.left()), room.right() - 2 * half)
                y = max(bar.top() - face.height - 1.0, room.top())
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(x, y + self.fonts.small_ascent), text)

    # --- pointing

    def unit_at(self, point: QPointF) -> int | None:
        """Return the unit whose column is at ``point``."""
        area = QRectF(self.upper.topLeft(), self.room.bottomRight())
        if not area.contains(point):
            return None
        return min(self.units - 1, int((point.x() - self.room.left()) / (self.room.width() / self.units)))

    def hint_at(self, point: QPointF) -> str:
        """Return all digits of the column at ``point``."""
        unit = self.unit_at(point)
        if unit is None:
            return ""
        lines = [self.subject.shape.full_name(self.explanation.layer, unit)]
        if self.outputs is None:
            return "\n".join([*lines, QCoreApplication.translate("Inspector", "Not computed yet in this step.")])
        lines.append(f"a = {exact(self.outputs[unit])}")
        if self.changes is not None:
            change = QCoreApplication.translate("Inspector", "changes with z of {name} by {value}")
            name = self.subject.shape.full_name(self.explanation.layer, self.explanation.unit)
            lines.append(change.format(name=name, value=exact(self.changes[unit])))
        if self.explanation.is_output:
            target = self.subject.snapshot.y[self.subject.row, unit]
            lines.append(QCoreApplication.translate("Inspector", "target = {value}").format(value=exact(target)))
        return "\n".join(lines)
