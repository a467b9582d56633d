"""Curve pictures: f and f' over z with axes and shaded flat regions, painted once for each function, range and size."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from app.look.colours import mix
from app.look.theme import Theme
from app.widgets.vector import is_vector
from backprop.activations import ACTIVATIONS
from backprop.arrays import Array
from backprop.chain_rule.unit import SATURATED

_MOST = 12
_CURVE = 2.0
_THIN = 1.4


@dataclass(frozen=True)
class CurveFrame:
    """Where f and f' of an activation stand: ``upper`` and ``lower`` are their rooms, z goes from -reach to reach.

    Coordinates are pixels of the whole plot.
    """

    activation: str
    reach: float
    upper: QRectF
    lower: QRectF

    def x(self, z: float) -> float:
        """Return where ``z`` is; a number beyond the range, or none at all, is at its end."""
        share = (z + self.reach) / (2 * self.reach) if math.isfinite(z) else 0.5 + math.copysign(0.5, z)
        return self.upper.left() + self.upper.width() * min(1.0, max(0.0, share))

    def xs(self, z: Array) -> Array:
        """Return where finite ``z`` are, likewise."""
        places: Array = self.upper.left() + self.upper.width() * np.clip((z / self.reach + 1.0) / 2.0, 0.0, 1.0)
        return places

    def y(self, a: float) -> float:
        """Return where ``a`` is in the upper room."""
        low, high = self.value_range()
        return self.upper.bottom() - self.upper.height() * (min(high, max(low, a)) - low) / (high - low)

    def ys(self, a: Array) -> Array:
        """Return where finite ``a`` are, likewise."""
        low, high = self.value_range()
        places: Array = self.upper.bottom() - self.upper.height() * (np.clip(a, low, high) - low) / (high - low)
        return places

    def slope_y(self, slope: float) -> float:
        """Return where a slope is in the lower room."""
        share = min(1.0, max(0.0, slope / ACTIVATIONS[self.activation].greatest_slope))
        return self.lower.bottom() - self.lower.height() * share

    def value_range(self) -> tuple[float, float]:
        """Return the smallest and the largest a that there is room for."""
        return {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, self.reach)}.get(
            self.activation, (-self.reach, self.reach)
        )

    def samples(self) -> tuple[Array, Array, Array]:
        """Return z, f(z) and f'(z) at every second pixel."""
        count = max(8, round(self.upper.width() / 2))
        z = np.linspace(-self.reach, self.reach, count)[:, np.newaxis]
        a, slope = np.empty_like(z), np.empty_like(z)
        ACTIVATIONS[self.activation].function(z, a)
        ACTIVATIONS[self.activation].derivative(z, a, slope)
        return z[:, 0], a[:, 0], slope[:, 0]

    def flat_regions(self) -> list[QRectF]:
        """Return the parts of the upper room in which f is so flat that hardly any error passes."""
        z, _, slope = self.samples()
        quiet = slope < SATURATED * ACTIVATIONS[self.activation].greatest_slope
        if not quiet.any() or quiet.all():
            return []
        # Every function here is flat at its ends only.
        left = float(z[~quiet].min()) if quiet[0] else -self.reach
        right = float(z[~quiet].max()) if quiet[-1] else self.reach
        left = 0.0 if self.activation == "relu" else left
        ends = ((self.upper.left(), self.x(left)), (self.x(right), self.upper.right()))
        return [
            QRectF(start, self.upper.top(), end - start, self.upper.height()) for start, end in ends if end - start > 1
        ]


class CurvePictures:
    """Paints the pictures, and keeps the latest few."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def paint(
        self, painter: QPainter, frame: CurveFrame, theme: Theme, paint_names: Callable[[QPainter, Theme], None]
    ) -> None:
        """Paint curves, axes and flat regions of ``frame``; ``paint_names`` paints on a new picture whatever stays."""
        if is_vector(painter):
            painter.save()
            _paint(painter, frame, theme, paint_names)
            painter.restore()
            return
        ratio = painter.device().devicePixelRatio()
        sizes = (frame.upper.getRect(), frame.lower.getRect())
        key = (frame.activation, frame.reach, sizes, theme, ratio)
        picture = self._pictures.pop(key, None) or _picture(frame, theme, ratio, paint_names)
        self._pictures[key] = picture
        if len(self._pictures) > _MOST:
            del self._pictures[next(iter(self._pictures))]
        painter.drawPixmap(QPointF(0, 0), picture)


def _picture(frame: CurveFrame, theme: Theme, ratio: float, paint_names: Callable[[QPainter, Theme], None]) -> QPixmap:
    width, height = frame.upper.right() + 4, frame.lower.bottom() + 4
    picture = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        _paint(painter, frame, theme, paint_names)
    return picture


def _paint(painter: QPainter, frame: CurveFrame, theme: Theme, paint_names: Callable[[QPainter, Theme], None]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for room in frame.flat_regions():
        for part in (room, QRectF(room.left(), frame.lower.top(), room.width(), frame.lower.height())):
            painter.fillRect(part, QColor(theme.field))
    line = QPen(QColor(mix(theme.line, theme.soft_text, 0.25)), 1.0)
    painter.setPen(line)
    for room, zero in ((frame.upper, frame.y(0.0)), (frame.lower, frame.slope_y(0.0))):
        painter.drawLine(QPointF(room.left(), _crisp(zero)), QPointF(room.right(), _crisp(zero)))
        painter.drawLine(QPointF(_crisp(frame.x(0.0)), room.top()), QPointF(_crisp(frame.x(0.0)), room.bottom()))
    z, a, slope = frame.samples()
    xs = [frame.x(value) for value in z]
    for colour, width, ys in (
        (theme.forward, _CURVE, map(frame.y, a)),
        (theme.backward, _THIN, map(frame.slope_y, slope)),
    ):
        _draw(painter, QPen(QColor(colour), width), [QPointF(x, y) for x, y in zip(xs, ys, strict=True)])
    paint_names(painter, theme)


def _draw(painter: QPainter, pen: QPen, points: list[QPointF]) -> None:
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))


def _crisp(place: float) -> float:
    return math.floor(place) + 0.5
