"""The plot of a unit: f with the tangent at z and every other sample on the curve, and below it f' with its value."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.colours import mix
from app.look.theme import Theme
from app.panels.inspector.curve_pictures import CurveFrame
from app.panels.inspector.fonts import PageFonts
from app.widgets.typeface import Typeface
from app.widgets.value_text import exact, with_minus
from backprop.chain_rule.digits import significant
from backprop.chain_rule.notation import Formula, Symbol
from backprop.chain_rule.unit import UnitExplanation

_LEAST_REACH = {"sigmoid": 6.0, "tanh": 3.0}
_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_GAP = 12.0
_TICK = 9.0
_NEAR = 5.0
# The tangent's length, as a share of the plot's width.
_TANGENT = 0.42
_Z: Formula = (Symbol("z"),)
_NAMES: dict[str, Formula] = {
    "sigmoid": ("σ(", *_Z, ")"),
    "tanh": ("tanh ", *_Z),
    "relu": ("max(0, ", *_Z, ")"),
    "identity": _Z,
}


def reach(explanation: UnitExplanation) -> float:
    """Return how far z has to go to both sides, a round number, so that every sample of the batch has its place."""
    z = np.abs(explanation.z) if explanation.z is not None else np.zeros(1)
    finite = z[np.isfinite(z)]
    largest = float(finite.max(initial=0.0))
    least = _LEAST_REACH.get(explanation.activation.name, 1.0)
    if largest <= least:
        return least
    scale = 10.0 ** math.floor(math.log10(largest))
    return next(scale * step for step in (*_STEPS, 15.0) if scale * step >= largest)


class UnitPlot:
    """f and f' of one unit in ``room``, at the z of sample ``row``."""

    def __init__(self, explanation: UnitExplanation, row: int, room: QRectF, fonts: PageFonts) -> None:
        self.explanation = explanation
        self.row = row
        self.room = room
        self.fonts = fonts
        small = fonts.small
        name = explanation.activation.name
        self.frame = CurveFrame(name, reach(explanation), QRectF(), QRectF())
        left = max(small.advance(text) for _, text in self._value_marks()) + 6.0
        inner = room.adjusted(left, 0.5 * small.height, -_NEAR - 1, -small.height - 3.0)
        gap = _GAP * fonts.scale
        upper = max(8.0, 0.64 * (inner.height() - gap))
        # Whole pixels: the same picture serves every moment.
        self.frame = CurveFrame(
            name,
            self.frame.reach,
            QRectF(QRectF(inner.left(), inner.top(), inner.width(), upper).toRect()),
            QRectF(
                QRectF(inner.left(), inner.top() + upper + gap, inner.width(), inner.height() - upper - gap).toRect()
            ),
        )

    # --- what it shows

    @property
    def z(self) -> float | None:
        """The z that is marked; None before it is computed, and where it is not a number."""
        z = self.explanation.z
        value = None if z is None else float(z[self.row])
        return value if value is not None and math.isfinite(value) else None

    def point(self) -> QPointF | None:
        """Return where (z, a) is."""
        z, a = self.z, self.explanation.a
        return None if z is None or a is None else QPointF(self.frame.x(z), self.frame.y(float(a[self.row])))

    def slope_point(self) -> QPointF | None:
        """Return where (z, f'(z)) is."""
        z, slope = self.z, self.explanation.slope
        return (
            None if z is None or slope is None else QPointF(self.frame.x(z), self.frame.slope_y(float(slope[self.row])))
        )

    def tangent(self) -> tuple[QPointF, QPointF] | None:
        """Return the ends of the tangent at z, within the room of f."""
        z, a, slope = self.z, self.explanation.a, self.explanation.slope
        if z is None or a is None or slope is None:
            return None
        value, steep = float(a[self.row]), float(slope[self.row])
        low, high = self.frame.value_range()
        half = _TANGENT * self.frame.reach
        ends = []
        for side in (-1.0, 1.0):
            run = min(half, self.frame.reach - side * z)
            if steep:  # as far as it stays within the room
                run = min(run, ((high if side > 0 else low) - value) / (side * steep))
            ends.append(QPointF(self.frame.x(z + side * run), self.frame.y(value + side * run * steep)))
        return ends[0], ends[1]

    def texts(self) -> list[str]:
        """Return every text on the plot."""
        marked = [text for text in (self._z_text(), self._slope_text()) if text]
        return [*(text for _, text in self._value_marks()), *(text for _, text in self._z_marks()), *marked]

    def _value_marks(self) -> list[tuple[float, str]]:
        """Return where a value of f or f' stands at its axis."""
        frame, greatest = self.frame, self.explanation.activation.greatest_slope
        low, high = frame.value_range()
        values = [low, high]
        if frame.upper.height() > 3 * self.fonts.small.height and frame.activation != "relu":
            values.insert(1, (low + high) / 2)
        slopes = [(frame.slope_y(slope), f"{slope:g}") for slope in (0.0, greatest)]
        return [*((frame.y(value), with_minus(f"{value:g}")) for value in values), *slopes]

    def _z_marks(self) -> list[tuple[float, str]]:
        """Return where a z stands at the axis, leaving out what would touch the marked one."""
        frame = self.frame
        marks = [(frame.x(z), with_minus(f"{z:g}")) for z in (-frame.reach, 0.0, frame.reach)]
        if self.z is None:
            return marks
        small, text = self.fonts.small, self._z_text()
        at, half = self._z_centre(), 0.5 * self.fonts.small_bold.advance(text) + 9.0
        return [mark for mark in marks if abs(mark[0] - at) > half + 0.5 * small.advance(mark[1])]

    def _z_text(self) -> str:
        return "" if self.z is None else with_minus(f"z = {significant(self.z, 4)}")

    def _slope_text(self) -> str:
        slope = self.explanation.slope
        return "" if slope is None or self.z is None else with_minus(significant(float(slope[self.row]), 3))

    def _z_centre(self) -> float:
        assert self.z is not None
        half = 0.5 * self.fonts.small_bold.advance(self._z_text())
        return min(max(self.frame.x(self.z), self.room.left() + half), self.room.right() - half)

    # --- painting

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the plot."""
        self.fonts.curves.paint(painter, self.frame, theme, self._paint_names)
        self._paint_z_marks(painter, theme)
        self._paint_samples(painter, theme)
        point, slope_point = self.point(), self.slope_point()
        if point is None or slope_point is None:
            return
        frame, x = self.frame, math.floor(point.x()) + 0.5
        painter.setPen(QPen(QColor(theme.soft_text), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, point.y()), QPointF(x, frame.lower.bottom()))
        tangent = self.tangent()
        if tangent is not None:
            painter.setPen(QPen(QColor(theme.backward), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(*tangent)
        for at, colour, radius in ((point, theme.forward, 5.0), (slope_point, theme.backward, 4.0)):
            painter.setPen(QPen(QColor(theme.card), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(at, radius * self.fonts.scale, radius * self.fonts.scale)
        self._paint_slope_text(painter, theme, slope_point)

    def _paint_names(self, painter: QPainter, theme: Theme) -> None:
        face, frame, small = self.fonts.formula(0.74), self.frame, self.fonts.small
        painter.setFont(small.font)
        painter.setPen(QColor(theme.soft_text))
        right = frame.upper.left() - 5.0
        for centre, text in self._value_marks():
            room = QRectF(right - 80, centre - small.height / 2, 80, small.height)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if frame.lower.height() < face.upright.height:
            return
        name = _NAMES.get(frame.activation, (Symbol("f"), "(", *_Z, ")"))
        at = QPointF(frame.upper.left() + 5, frame.upper.top() + face.ascent)
        face.paint(painter, at, name, theme.forward)
        flat = frame.activation == "identity"
        base = frame.lower.top() + (face.ascent + 4 if flat else face.ascent - 2)
        face.paint(painter, QPointF(frame.lower.left() + 5, base), (Symbol("f"), "′(", *_Z, ")"), theme.backward)
        regions = frame.flat_regions()
        if regions and self.fonts.small.advance(_flat_word(frame.activation)) + 20 < regions[-1].width():
            painter.setFont(self.fonts.small.font)
            painter.setPen(QColor(theme.soft_text))
            room = regions[-1].adjusted(0, 0, 0, -3)
            if frame.activation == "relu":
                room.setBottom(room.bottom() - 6)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, _flat_word(frame.activation)
            )

    def _paint_z_marks(self, painter: QPainter, theme: Theme) -> None:
        base = self.frame.lower.bottom() + 3.0 + self.fonts.small_ascent
        for x, text in self._z_marks():
            _write(painter, self.fonts.small, theme.soft_text, text, x, base, self.room)
        if self.z is not None:
            _write(painter, self.fonts.small_bold, theme.text, self._z_text(), self._z_centre(), base, self.room)

    def _paint_samples(self, painter: QPainter, theme: Theme) -> None:
        """Paint the other samples as ticks on the curve, no two at the same pixel."""
        z, a = self.explanation.z, self.explanation.a
        if z is None or a is None:
            return
        half = 0.5 * _TICK * self.fonts.scale
        painter.setPen(QPen(QColor(mix(theme.card, theme.text, 0.62)), 1.2))
        finite = np.flatnonzero(np.isfinite(z) & np.isfinite(a))
        xs = self.frame.xs(z[finite])
        _, first = np.unique(np.rint(xs), return_index=True)
        places = zip(xs[first].tolist(), self.frame.ys(a[finite[first]]).tolist(), strict=True)
        painter.drawLines([QLineF(x, y - half, x, y + half) for x, y in places])

    def _paint_slope_text(self, painter: QPainter, theme: Theme, point: QPointF) -> None:
        face, text = self.fonts.small_bold, self._slope_text()
        if self.frame.lower.height() < 1.6 * face.height:
            return
        width = face.advance(text)
        away = 9.0 * self.fonts.scale
        # Away from the middle, where the curve rises; below a slope that is near the top.
        right = point.x() >= self.frame.lower.center().x()
        if not self.frame.lower.left() + width + away < point.x() < self.room.right() - width - away:
            right = not right
        x = point.x() + away if right else point.x() - away - width
        above = point.y() - face.height - 1.0
        y = above if above >= self.frame.lower.top() - 2.0 else point.y() + 2.0
        painter.setFont(face.font)
        painter.setPen(QColor(theme.backward))
        painter.drawText(QPointF(x, y + self.fonts.small_ascent), text)

    # --- pointing

    def row_at(self, point: QPointF) -> int | None:
        """Return the row of the batch whose tick is nearest to ``point`` and close to it."""
        z, a = self.explanation.z, self.explanation.a
        if z is None or a is None or not self.frame.upper.adjusted(-_NEAR, -_TICK, _NEAR, _TICK).contains(point):
            return None
        away = np.where(np.isfinite(z), np.abs(self.frame.xs(z) - point.x()), np.inf)
        nearest = int(np.argmin(away))
        if away[self.row] <= away[nearest]:
            nearest = self.row
        close = away[nearest] < _NEAR and abs(self.frame.y(float(a[nearest])) - point.y()) <= _TICK
        return nearest if close else None

    def hint_at(self, point: QPointF) -> str:
        """Return all digits of what is marked at ``point``."""
        explanation, at = self.explanation, self.slope_point()
        if at is None or explanation.slope is None:
            return ""
        if (point - at).manhattanLength() <= 2 * _NEAR:
            return f"f′(z) = {exact(explanation.slope[self.row])}"
        return ""


def _flat_word(activation: str) -> str:
    if activation == "relu":
        return QCoreApplication.translate("Inspector", "silent")
    return QCoreApplication.translate("Inspector", "saturated")


def _write(painter: QPainter, face: Typeface, colour: str, text: str, centre: float, base: float, room: QRectF) -> None:
    half = 0.5 * face.advance(text)
    centre = min(max(centre, room.left() + half), room.right() - half)
    painter.setFont(face.font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(centre - half, base), text)
